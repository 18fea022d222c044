"""Take files in: each kept under its content hash, with a row that says where its reading stands, and a job."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jalon import samples
from jalon.errors import DocumentError
from jalon.home import home
from jalon.register.models import OPEN, Document, Reading, ReadingState
from jalon.register.readings import store, tasks, worker

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one deposit may weigh."""

    files: int
    file_bytes: int
    all_bytes: int


DEPOSIT = Bounds(files=500, file_bytes=300 * MIB, all_bytes=2_000 * MIB)
TRIAL = Bounds(files=1, file_bytes=20 * MIB, all_bytes=20 * MIB)
TRIALS_WAITING = 20
TRIALS_KEPT = 400


class NotTaken(DocumentError):
    """A deposit refused as a whole, before anything is kept."""

    code = "deposit-refused"


def deposit(files: Sequence[UploadedFile], programme: str, author: User) -> str:
    """Keep files and ask for their reading; gives the name of the deposit. Raises NotTaken."""
    check(files, DEPOSIT)
    batch = uuid4().hex
    rows = [_row(each, batch, programme_id=programme, author=author) for each in files]
    _ask(rows)
    return batch


def trial(given: UploadedFile) -> Reading:
    """Keep the file that a visitor tries. Raises NotTaken, also when too many visitors try at once."""
    check([given], TRIAL)
    _demand_room()
    row = _row(given, uuid4().hex, trial=True)
    row.fictional = row.sha256 in samples.hashes()
    _ask([row])
    return row


def again(reading: Reading) -> None:
    """Ask for a refused file to be read once more. Raises NotTaken when it is no longer there."""
    if not store.original(reading).is_file():
        raise NotTaken("gone", user_message=f"{reading.name} n’est plus gardé.", mend="déposez-le de nouveau.")
    reading.state, reading.attempts, reading.reason, reading.mend = ReadingState.WAITING, 0, "", ""
    reading.settled_at = reading.started_at = None
    _ask([reading])


def reread(document: Document, programme: str, author: User | None) -> None:
    """Ask for a document of the register to be read again, unless it waits already."""
    if Reading.objects.filter(sha256=document.pk, trial=False, state__in=OPEN).exists():
        return
    token = uuid4().hex
    row = Reading(token=token, batch=token, programme_id=programme, name=document.name, sha256=document.pk)
    row.bytes, row.author = document.bytes, author
    _ask([row])


def check(files: Sequence[UploadedFile], bounds: Bounds) -> None:
    """Raises NotTaken for no file, too many, or too heavy."""
    if not files:
        raise NotTaken("no file", user_message="aucun fichier n’est arrivé.", mend="choisissez au moins un fichier.")
    if len(files) > bounds.files:
        told = f"{len(files)} fichiers à la fois, plus de {bounds.files}."
        raise NotTaken("too many", user_message=told, mend="déposez-les en plusieurs fois.")
    heavy = next((each for each in files if (each.size or 0) > bounds.file_bytes), None)
    if heavy is not None:
        told = f"{heavy.name} pèse {(heavy.size or 0) // MIB} Mio, plus de {bounds.file_bytes // MIB}."
        raise NotTaken("too heavy", user_message=told, mend="découpez-le, ou enregistrez-le plus léger.")
    if sum(each.size or 0 for each in files) > bounds.all_bytes:
        told = f"ces fichiers pèsent ensemble plus de {bounds.all_bytes // MIB} Mio."
        raise NotTaken("too heavy", user_message=told, mend="déposez-les en plusieurs fois.")


def _demand_room() -> None:
    tried = Reading.objects.filter(trial=True)
    if tried.filter(state__in=OPEN).count() >= TRIALS_WAITING or tried.count() >= TRIALS_KEPT:
        raise NotTaken(
            "too many trials",
            user_message="trop de visiteurs essaient en ce moment.",
            mend="revenez dans quelques minutes : les essais sont effacés au bout d’un jour.",
        )


def _row(given: UploadedFile, batch: str, **more: object) -> Reading:
    digest = hashlib.sha256()
    for chunk in given.chunks():
        digest.update(chunk)
    row = Reading(
        token=uuid4().hex,
        batch=batch,
        name=store.safe_name(given.name or ""),
        sha256=digest.hexdigest(),
        bytes=given.size or 0,
        **more,
    )
    store.keep(row, given.chunks())
    return row


def _ask(rows: Sequence[Reading]) -> None:
    """Rows and jobs in one transaction, then a process to run them."""
    with transaction.atomic():
        for row in rows:
            row.save()
            tasks.ask(row)
    worker.wake(home(), "trial" if rows[0].trial else "default")
