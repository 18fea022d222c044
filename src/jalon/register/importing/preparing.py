"""What a worker makes of one source, ready to be written. No database here: it runs in any process."""

import gc
import hashlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing import connection, parent_process
from pathlib import Path

import jalon.geography
import jalon.sources
import jalon.themes
from jalon.errors import Refusal
from jalon.register.importing import clean, grants
from jalon.register.importing.grants import Grants, Known
from jalon.sources import FileRead, GrantRow, Located, Reading


@dataclass(frozen=True, slots=True)
class Task:
    """A source to read, with what the register knows of its actions and the folder of clean tables."""

    located: Located
    known: Known
    clean: Path


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows to write and what to say of them; `rows_kept` stand in the register or in `clean_tables`."""

    source_id: str
    origin: str
    files: tuple[FileRead, ...]
    refusals: tuple[Refusal, ...]
    rows_read: int
    rows_kept: int
    clean_tables: tuple[str, ...] = ()
    grants: Grants = field(default_factory=Grants)


def prepare(task: Task) -> Prepared:
    """Read, compare with what the register knows, label what is new. Raises SourceError for an unreadable file."""
    source = task.located.source
    reading = jalon.sources.read(source, task.located)
    jalon.sources.demand_whole(source, reading)
    subsidised = [row for row in reading.rows if isinstance(row, GrantRow)]
    others = [row for row in reading.rows if not isinstance(row, GrantRow)]
    single, doubled = grants.unique(subsidised, source.id, _file_of(reading))
    return Prepared(
        source_id=source.id,
        origin=task.located.origin,
        files=_counting(reading.files, len(doubled)),
        refusals=one_a_defect((*reading.refusals, *doubled)),
        rows_read=reading.rows_read,
        rows_kept=len(single) + len(others),
        clean_tables=clean.write(task.clean, source.id, others),
        grants=grants.changes(single, source.id, task.known),
    )


def _counting(files: tuple[FileRead, ...], doubled: int) -> tuple[FileRead, ...]:
    """The files with the rows refused here added to the first one's."""
    return tuple(
        replace(file, rows_refused=file.rows_refused + (0 if rank else doubled)) for rank, file in enumerate(files)
    )


def _file_of(reading: Reading) -> str:
    return reading.files[0].file if reading.files else ""


def one_a_defect(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """One record a file, row, field and kind of defect: values that share all four are shown together."""
    found: dict[tuple[str, int, str, str], Refusal] = {}
    for refusal in refusals:
        key = (refusal.file, refusal.row, refusal.field, refusal.code)
        before = found.get(key)
        found[key] = _with_value(refusal, refusal.value if before is None else f"{before.value} | {refusal.value}")
    return tuple(found.values())


def _with_value(refusal: Refusal, value: str) -> Refusal:
    cut = grants.storable(value)[:200]
    return replace(refusal, value=cut)


def sums(located: Located) -> list[str]:
    """SHA-256 of the files that a reading of this place would open, sorted."""
    return sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in _paths(located))


def _paths(located: Located) -> list[Path]:
    if located.origin == "carried":
        return [located.folder / f"{located.source.id}.csv"]
    return [located.folder / file.file for file in located.source.files]


@cache
def reader_version() -> str:
    """A hash of the code and geography that readers use: what they made with another is read again."""
    digest = hashlib.sha256()
    for path in sorted(_inputs()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _inputs() -> Iterator[Path]:
    yield from Path(jalon.sources.__file__).parent.glob("**/*.py")
    yield from Path(jalon.geography.__file__).parent.glob("*.p[ya]*")


def classifier_version(tables: Sequence[str]) -> str:
    """The version that labels the actions of a source; empty for a source without actions."""
    return jalon.themes.VERSION if "actions" in tables else ""


def start_worker() -> None:
    """In a worker: end at once when the parent is killed, instead of waiting for work for ever.

    The rows of a source hold no cycles: looking for some among hundreds of thousands of them is a fifth of the time.
    """
    gc.disable()
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
