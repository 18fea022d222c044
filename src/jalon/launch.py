"""From a fresh machine to a served edition: what `jalon run` does, step by step, each of which may be repeated.

Nothing here is clever about failure: the register is written one transaction a source, an edition is written beside
and renamed, and what is served only changes at the last step. A run killed anywhere is mended by the next one.
"""

import hashlib
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

import jalon
from jalon.errors import ConfigurationError, EditionError, JalonError, PortBusy
from jalon.home import Home, home

Say = Callable[[str], None]
STAMP = "prepared.json"


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
                user_message=f"le port {port} de {host} n'est pas libre ({error.strerror}).",
                mend=f"choisissez-en un autre : make run PORT={port + 1 if port < 65535 else 8000}",
            ) from error


def prepare(say: Say) -> Prepared:
    """Bring the register up to date and make sure that a sound edition is published.

    Raises JalonError when nothing can be served; what failed without preventing it is in `failures`.
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
            mend="attendez qu'il finisse, ou donnez un autre dossier avec JALON_HOME.",
        ) from error


def _prepare(place: Home, say: Say) -> Prepared:
    from jalon.register import imports, migrate

    migrate.prepare()
    started = time.monotonic()
    failures = [*imports.import_programmes_or_failures(), *_import_sources(say)]
    say(f"Registre à jour ({time.monotonic() - started:.1f} s).")
    damaged = _set_damaged_aside(place, say)
    if damaged:
        failures.append(damaged)
    inputs = _inputs()
    served = _served(place)
    if served and _stamp(place) == [served, inputs]:
        return Prepared(served, built=False, failures=tuple(failures))
    edition_id = _publish_new(place, say)
    _write_stamp(place, [edition_id, inputs])
    return Prepared(edition_id, built=True, failures=tuple(failures))
