"""Sources into the register: read by two workers at a time, written one transaction a source."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db.models import Count, Q
from filelock import FileLock, Timeout

from jalon.errors import JalonError, RegisterError, SourceError
from jalon.home import home
from jalon.programmes import programmes
from jalon.register.health import told_plainly
from jalon.register.importing import clean, lists
from jalon.register.importing.preparing import (
    Prepared,
    Task,
    classifier_version,
    prepare,
    reader_version,
    start_worker,
    sums,
)
from jalon.register.importing.programmes import import_programmes
from jalon.register.importing.writing import write
from jalon.register.models import Action, Refusal, SourceFile, SourceOrigin, Standing
from jalon.sources import Located, Source, chosen, locate, require

__all__ = ["ImportReport", "import_programmes", "import_sources"]

Progress = Callable[[str, str], None]
"""Called with a source's identifier and what happened: "reading", "written", "unchanged" or "failed"."""
WORKERS = 2


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did with one source; `changed` and `unchanged` are rows kept, `repaired` values."""

    source_id: str
    file: str
    rows_read: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    repaired: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    origin: str = ""
    failure: JalonError | None = None


def import_sources(
    ids: Sequence[str] | None = None, progress: Progress | None = None, *, executor: Executor | None = None
) -> tuple[ImportReport, ...]:
    """Read the named sources, all that are on this machine by default, and bring the register up to date.

    A source already read from the same bytes by the same reader and classifier is left alone. A source that cannot be
    read has its error in `failure`, and the others go on. Lists of beneficiaries that changed are laid over the
    programmes. Raises SourceMissing for an unknown identifier, RegisterError when another import runs or the database
    fails. The reports come in the order of the catalogue.
    """
    say = progress or (lambda source, step: None)
    wanted = chosen(tuple(ids) if ids is not None else None)
    with alone(), told_plainly():
        reports = {}
        tasks = []
        for source in wanted:
            found = _look(source, named=ids is not None)
            if isinstance(found, ImportReport):
                say(source.id, "failed" if found.failure else "unchanged")
                reports[source.id] = found
            elif found is not None:
                tasks.append(found)
        before = {source.id: lists.names_of(source.id) for source in wanted}
        reports |= _run(tasks, executor, say)
        if any(lists.names_of(source_id) != names for source_id, names in before.items()):
            import_programmes(programmes())
    return tuple(reports[source.id] for source in wanted if source.id in reports)


@contextmanager
def alone(patience: float = 0.0) -> Iterator[None]:
    """One import at a time in a data folder. Raises RegisterError when another still runs after `patience` seconds."""
    home().root.mkdir(parents=True, exist_ok=True)
    try:
        held = FileLock(home().root / "import.lock").acquire(timeout=patience)
    except Timeout as error:
        raise RegisterError(
            "another import holds the lock",
            user_message="un autre import est en cours dans ce dossier de données.",
            mend="attendez qu’il finisse, puis relancez.",
        ) from error
    with held:
        yield


def _look(source: Source, *, named: bool) -> Task | ImportReport | None:
    """The work a source asks for, a report when there is none, None when it is absent and nobody named it."""
    located = locate(source)
    if located is None:
        return _absent(source) if named else None
    files = list(SourceFile.objects.filter(source_id=source.id).order_by("key"))
    if files and (_carried_over(located, files) or _up_to_date(located, files)):
        return _left_alone(source, files)
    return Task(located, _known(source), home().clean)


def _absent(source: Source) -> ImportReport:
    try:
        require(source)
    except SourceError as error:
        return ImportReport(source.id, "", failure=error)
    raise AssertionError(source.id)


def _carried_over(located: Located, files: list[SourceFile]) -> bool:
    """Facts that the product carries never replace a full reading."""
    return located.origin == SourceOrigin.CARRIED and files[0].origin != SourceOrigin.CARRIED


def _up_to_date(located: Located, files: list[SourceFile]) -> bool:
    first = files[0]
    return (
        first.origin == located.origin
        and first.reader == reader_version()
        and first.classifier == classifier_version(located.source.tables)
        and sorted(file.sha256 for file in files) == sums(located)
        and clean.intact(home().clean, _tables(files))
    )


def _tables(files: list[SourceFile]) -> list[str]:
    return [name for file in files for name in file.clean_tables.split()]


def _left_alone(source: Source, files: list[SourceFile]) -> ImportReport:
    counts = Refusal.objects.filter(source_id=source.id).aggregate(repaired=Count("pk", filter=Q(effect="repaired")))
    read, refused = sum(file.rows_read for file in files), sum(file.rows_refused for file in files)
    return ImportReport(
        source.id,
        ", ".join(file.file for file in files),
        rows_read=read,
        rows_kept=read - refused,
        rows_refused=refused,
        repaired=counts["repaired"],
        unchanged=read - refused,
        origin=files[0].origin,
    )


def _known(source: Source) -> dict[str, tuple[str, str, float | None]]:
    if "actions" not in source.tables:
        return {}
    rows = Action.objects.filter(source_id=source.id).values_list(
        "action_id", "fingerprint", "label_key", "probability", "standing"
    )
    return {
        action: ("" if standing == Standing.WITHDRAWN else fingerprint, label_key, probability)
        for action, fingerprint, label_key, probability, standing in rows
    }


def _run(tasks: list[Task], executor: Executor | None, say: Progress) -> dict[str, ImportReport]:
    """The biggest files first, so that both workers end together; each source is written as soon as it is read."""
    ordered = sorted(tasks, key=lambda task: -sum(file.bytes for file in task.located.source.files))
    if not ordered:
        return {}
    with nullcontext(executor) if executor else _workers() as pool:
        futures = {}
        for task in ordered:
            say(task.located.source.id, "reading")
            futures[pool.submit(prepare, task)] = task.located.source
        return {source.id: _settle(future, source, say) for future, source in _as_they_come(futures)}


def _workers() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(WORKERS, mp_context=context, initializer=start_worker)


def _as_they_come(futures: dict[Future, Source]) -> Iterator[tuple[Future, Source]]:
    for future in as_completed(futures):
        yield future, futures[future]


def _settle(future: Future, source: Source, say: Progress) -> ImportReport:
    try:
        prepared: Prepared = future.result()
        before = _tables(list(SourceFile.objects.filter(source_id=source.id)))
        write(prepared, source)
    except JalonError as error:
        say(source.id, "failed")
        return ImportReport(source.id, "", failure=error)
    except BrokenProcessPool as error:
        say(source.id, "failed")
        return ImportReport(source.id, "", failure=_killed(source, error))
    say(source.id, "written")
    return _report(prepared, before)


def _killed(source: Source, error: Exception) -> SourceError:
    return SourceError(
        str(error),
        user_message=f"la lecture de {source.id} a été arrêtée par le système, sans doute faute de mémoire.",
        mend="fermez d’autres programmes, puis relancez : ce qui était importé le reste.",
    )


def _report(prepared: Prepared, before: list[str]) -> ImportReport:
    tabled = prepared.rows_kept - len(prepared.grants.actions) - prepared.grants.unchanged
    same = sorted(before) == sorted(prepared.clean_tables)
    return ImportReport(
        prepared.source_id,
        ", ".join(file.file for file in prepared.files),
        rows_read=prepared.rows_read,
        rows_kept=prepared.rows_kept,
        rows_refused=sum(file.rows_refused for file in prepared.files),
        repaired=sum(refusal.effect == "repaired" for refusal in prepared.refusals),
        changed=len(prepared.grants.actions) + (0 if same else tabled),
        unchanged=prepared.grants.unchanged + (tabled if same else 0),
        withdrawn=len(prepared.grants.vanished),
        origin=prepared.origin,
    )
