"""The files an edition was made from, and the defects found in them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jalon.editions import Edition
from jalon.web.published import fetch
from jalon.web.typography import apostrophes


@dataclass(frozen=True, slots=True)
class SourceFile:
    source_id: str
    file: str
    title: str
    producer: str
    licence: str
    url: str | None
    vintage: str
    published_on: date | None
    sha256: str
    bytes: int
    rows_read: int
    rows_refused: int
    origin: str


@dataclass(frozen=True, slots=True)
class RefusalRow:
    source_id: str
    file: str
    row: int
    field: str
    value: str
    code: str
    reason: str
    effect: str


@dataclass(frozen=True, slots=True)
class Defect:
    """A kind of defect in a source: how many rows and fields it touched."""

    code: str
    reason: str
    effect: str
    count: int


_FILES = """
SELECT source_id, file, title, producer, licence, url, vintage, published_on, sha256, bytes, rows_read, rows_refused,
       origin
FROM sources
"""
_REFUSALS = "SELECT source_id, file, row, field, value, code, reason, effect FROM refusals"


def files(edition: Edition) -> list[SourceFile]:
    return fetch(SourceFile, edition.connect(), f"{_FILES} ORDER BY title, vintage, file")


def files_of(edition: Edition, source_id: str) -> list[SourceFile]:
    return fetch(SourceFile, edition.connect(), f"{_FILES} WHERE source_id = ? ORDER BY file", [source_id])


@lru_cache(maxsize=3)
def _titles(edition: Edition) -> dict[str, str]:
    rows = edition.connect().execute("SELECT source_id, any_value(title), any_value(vintage) FROM sources GROUP BY 1")
    return {source: apostrophes(f"{title} ({vintage})") for source, title, vintage in rows.fetchall()}


def title_of(edition: Edition, source_id: str) -> str:
    """Title and vintage of a source; its identifier when the edition does not describe it."""
    return _titles(edition).get(source_id, source_id)


def defects(edition: Edition, source_id: str) -> list[Defect]:
    sql = """
    SELECT code, any_value(reason), effect, count(*) FROM refusals WHERE source_id = ?
    GROUP BY code, effect ORDER BY count(*) DESC, code
    """
    return fetch(Defect, edition.connect(), sql, [source_id])


def refusals(
    edition: Edition, source_id: str, code: str = "", limit: int | None = None, offset: int = 0
) -> list[RefusalRow]:
    bound = f" LIMIT {limit} OFFSET {offset}" if limit is not None else ""
    sql = f"{_REFUSALS} WHERE source_id = ? AND (code = ? OR ? = '') ORDER BY file, row, field{bound}"
    return fetch(RefusalRow, edition.connect(), sql, [source_id, code, code])


def count_refusals(edition: Edition, source_id: str, code: str = "") -> int:
    sql = "SELECT count(*) FROM refusals WHERE source_id = ? AND (code = ? OR ? = '')"
    (count,) = edition.connect().execute(sql, [source_id, code, code]).fetchone() or (0,)
    return int(count)


def refusals_of_code(edition: Edition, code: str, limit: int = 50) -> list[RefusalRow]:
    """Defects whose published value, or the text of whose reason, names the code of a territory."""
    sql = f"{_REFUSALS} WHERE value = ? OR contains(reason, ?) ORDER BY source_id, file, row, field LIMIT {limit:d}"
    return fetch(RefusalRow, edition.connect(), sql, [code, code])
