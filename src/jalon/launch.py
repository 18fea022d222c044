"""From a fresh machine to a served edition: what `jalon run` does, step by step, each of which may be repeated.

Nothing here is clever about failure: the register is written one transaction a source, an edition is written beside
and renamed, and what is served only changes at the last step. A run killed anywhere is mended by the next one.
"""

import hashlib
import json
import os
import secrets
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

from filelock import FileLock, Timeout

from jalon import editions, programmes
from jalon.errors import ConfigurationError, EditionDamaged, EditionError, JalonError, NoEdition, PortBusy
from jalon.figures.format import format_number
from jalon.home import Home, home
from jalon.register.publishing import build_edition

Say = Callable[[str], None]
STAMP = "prepared.json"
LOCAL_KEY = "JALON_LOCAL_KEY"
PACKAGE = Path(__file__).resolve().parent
INPUTS = {".py", ".toml", ".csv", ".parquet", ".json", ".npz"}
STEPS = {"reading": "  lecture de {}", "failed": "  {} : illisible, laissé de côté"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run found or made: the edition served, and what went wrong without stopping it."""

    edition_id: str
    built: bool
    failures: tuple[JalonError, ...]


def check_port(host: str, port: int) -> None:
    """Raise `PortBusy` when another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortBusy(
                str(error),
                user_message=f"le port {port} de {host} n’est pas libre ({error.strerror}).",
                mend=f"choisissez-en un autre : make run PORT={port + 1 if port < 65535 else 8000}",
            ) from error


def prepare(say: Say) -> Prepared:
    """Bring the register up to date and make sure that a sound edition is published.

    Raises JalonError or OSError when nothing can be served; what failed without preventing it is in `failures`.
    """
    place = home()
    place.root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place.root / "run.lock", timeout=0):
            return _prepare(place, say)
    except Timeout as error:
        raise ConfigurationError(
            "another run holds the lock",
            user_message=f"un autre « make run » prépare déjà {place.root}.",
            mend="attendez qu’il finisse, ou donnez un autre dossier avec JALON_HOME.",
        ) from error


def _prepare(place: Home, say: Say) -> Prepared:
    from jalon.register import migrate

    migrate.prepare()
    failures = _bring_register_up_to_date(say)
    damage = _damage(place)
    inputs = {"edition": editions.current_id(place), "inputs": _inputs()} if damage is None else None
    if inputs and inputs["edition"] and _stamp(place) == inputs:
        return Prepared(str(inputs["edition"]), built=False, failures=tuple(failures))
    say("Construction de l’édition…")
    made = build_edition(date.today(), publish=True)  # noqa: DTZ011 - the day where the user is
    _write_stamp(place, {"edition": made.id, "inputs": _inputs()})
    return Prepared(made.id, built=True, failures=(*failures, *([damage] if damage else [])))


def _bring_register_up_to_date(say: Say) -> list[JalonError]:
    """Programmes then sources; the errors of those that could not be read."""
    from jalon.register import linking
    from jalon.register.imports import import_programmes, import_sources
    from jalon.register.models import ProjectLink

    say("Import des programmes et des sources…")
    import_programmes(programmes.programmes())
    reports = import_sources(progress=lambda source, step: say(STEPS[step].format(source)) if step in STEPS else None)
    read, refused = (format_number(sum(getattr(r, name) for r in reports)) for name in ("rows_read", "rows_refused"))
    changed = any(report.changed or report.withdrawn for report in reports)
    if changed or not ProjectLink.objects.exists():
        linking.refresh()
    if changed:
        say(f"{read} lignes lues, dont {refused} refusées (pourquoi : page Sources, ou « jalon sources check »).")
    return [report.failure for report in reports if report.failure]


def _damage(place: Home) -> EditionError | None:
    """The published edition, hashed again: what is wrong with it, if anything."""
    try:
        problems = editions.verify(editions.current(place))
    except NoEdition:
        return None
    except EditionError as error:
        return error
    if not problems:
        return None
    return EditionDamaged(
        str(problems),
        user_message=f"l’édition publiée était abîmée ({problems[0].says}) ; elle a été refaite du registre.",
        mend="rien à faire ; « jalon edition list » montre les éditions.",
    )


def _inputs() -> str:
    """Hash of what an edition is made from: the files read, the programmes' folders, the code.

    What people change in the register is not there: publishing it is a decision, « jalon edition build --publish ».
    """
    from jalon.register.models import SourceFile

    read = SourceFile.objects.order_by("key").values_list("key", "sha256", "reader", "classifier", "origin")
    digest = hashlib.sha256(repr(list(read)).encode())
    for folder in (PACKAGE, *programmes.folders().values()):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in INPUTS):
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def draw(say: Say) -> None:
    """Draw the pictures of the home pages once an edition, so that the first visitor does not wait for them."""
    from jalon.web.charts import warm

    edition = editions.current(home())
    if not (home().cache / edition.id).is_dir():
        say("Dessin des cartes et des graphiques…")
        warm(edition)


def _stamp(place: Home) -> object:
    try:
        return json.loads((place.root / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write_stamp(place: Home, stamp: dict[str, str]) -> None:
    beside = place.root / f".{STAMP}.{os.getpid()}"
    beside.write_text(json.dumps(stamp), encoding="utf-8")
    beside.replace(place.root / STAMP)


def local_key(host: str) -> str:
    """A key made for this run, left to the server in `JALON_LOCAL_KEY`: who reads the terminal enters without account.

    Empty when the server listens to other machines, or when JALON_HOSTS names other hosts, as behind a proxy.
    """
    os.environ.pop(LOCAL_KEY, None)
    if host not in ("127.0.0.1", "::1", "localhost") or os.environ.get("JALON_HOSTS"):
        return ""
    os.environ[LOCAL_KEY] = secrets.token_urlsafe(18)
    return os.environ[LOCAL_KEY]


def serve(host: str, port: int, workers: int) -> NoReturn:
    """Become the web server: the memory used to prepare is given back, and Ctrl+C goes straight to it."""
    granian = Path(sys.executable).with_name("granian")
    program = str(granian) if granian.exists() else shutil.which("granian") or "granian"
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    _start_workers()
    options += ["--blocking-threads", "4", "--backpressure", "256"]
    sys.stdout.flush()
    os.execv(program, [program, *options, "--log-level", "warning", "jalon.web.wsgi:application"])  # noqa: S606


def _start_workers() -> None:
    """The processes that read what is given on the site; they end with the server."""
    import django

    django.setup()
    from jalon.register.readings import worker

    for queue in worker.QUEUES:
        worker.wake(home(), queue)
