"""Pictures and words on disk, made once: `cache/facsimile/<hash>/` of a data folder."""

import gzip
import json
from pathlib import Path
from threading import BoundedSemaphore

from filelock import FileLock

from jalon.bounded import run_bounded
from jalon.errors import DocumentError
from jalon.facsimile import drawing
from jalon.facsimile.model import Sheet, Sheets, Spot
from jalon.home import Home

NO_PAGES = (
    "Ce format n’a pas de pages à lui, et LibreOffice, qui les mettrait en page, n’est pas installé : "
    "les passages sont cités par section."
)
MEMORY_MB = 4_096
BLOCK = 24
"""Small pictures drawn at once: a child starts in half a second."""
AT_ONCE = BoundedSemaphore(2)
PATIENCE = 60.0


class Busy(DocumentError):
    code = "facsimile-busy"


def folder(home: Home, sha256: str) -> Path:
    return home.cache / "facsimile" / sha256[:2] / sha256


def prepared(home: Home, sha256: str) -> Sheets | None:
    """The pages of a document made ready before."""
    kept = folder(home, sha256)
    try:
        sizes = json.loads((kept / "sheets.json").read_text())
    except (OSError, ValueError):
        return None
    return Sheets(tuple(Sheet(rank, width, height) for rank, (width, height) in enumerate(sizes, 1)))


def prepare(home: Home, given: Path, sha256: str, name: str = "") -> Sheets:
    """The pages of a document, laid out by LibreOffice where its format has none. Raises DocumentError, SourceError."""
    known = prepared(home, sha256)
    if known is not None:
        return known
    kept = folder(home, sha256)
    kept.mkdir(parents=True, exist_ok=True)
    with FileLock(kept / ".lock"):
        known = prepared(home, sha256)
        if known is not None:
            return known
        what = name or given.name
        sheets = run_bounded(
            drawing.lay_out, given, kept, what=what, memory_mb=MEMORY_MB, cpu_seconds=200, wall_seconds=240
        )
    return Sheets((), NO_PAGES) if sheets is None else Sheets(sheets)


def picture(home: Home, given: Path, sha256: str, number: int, *, small: bool = False) -> Path:
    """The picture of a page. Raises DocumentError for a page that is not there, SourceError when it cannot be drawn."""
    kept = folder(home, sha256)
    target = kept / (f"{number}.small.webp" if small else f"{number}.webp")
    if target.is_file():
        return target
    sheets = prepare(home, given, sha256)
    if not 1 <= number <= len(sheets.pages):
        raise DocumentError(f"{sha256}: no page {number}", user_message=f"pas de page {number} dans ce document.")
    _draw(kept, given, _together(number, len(sheets.pages), small), small)
    if not target.is_file():
        raise DocumentError(f"{sha256}: page {number}", user_message=f"la page {number} ne peut pas être montrée.")
    return target


def _together(number: int, count: int, small: bool) -> tuple[int, ...]:
    """A large picture comes with the next ones, small ones come by blocks."""
    if small:
        first = (number - 1) // BLOCK * BLOCK + 1
        return tuple(range(first, min(first + BLOCK, count + 1)))
    return tuple(range(number, min(number + 4, count + 1)))


def _draw(kept: Path, given: Path, numbers: tuple[int, ...], small: bool) -> None:
    laid = kept / "document.pdf"
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Busy("busy", user_message="trop de pages se dessinent à la fois.", mend="rechargez dans un instant.")
    try:
        missing = tuple(n for n in numbers if not (kept / (f"{n}.small.webp" if small else f"{n}.webp")).is_file())
        if missing:
            source = laid if laid.is_file() else given
            run_bounded(drawing.draw, source, kept, missing, small, what="cette page", memory_mb=1_500, cpu_seconds=40)
    finally:
        AT_ONCE.release()


def index(home: Home, given: Path, name: str, sha256: str) -> tuple[tuple[Spot, ...], ...]:
    """The words of every page, read now unless they were kept. Raises DocumentError, SourceError."""
    known = words(home, sha256)
    if known is None:
        kept = folder(home, sha256)
        kept.mkdir(parents=True, exist_ok=True)
        run_bounded(drawing.spell, given, kept, what=name, memory_mb=MEMORY_MB, cpu_seconds=1_800, wall_seconds=3_600)
        known = words(home, sha256)
    return known or ()


def words(home: Home, sha256: str) -> tuple[tuple[Spot, ...], ...] | None:
    """The words of every page, None where they were not kept yet."""
    try:
        pages = json.loads(gzip.decompress((folder(home, sha256) / "words.json.gz").read_bytes()))
    except (OSError, ValueError, EOFError):
        return None
    return tuple(tuple(Spot(*word) for word in page) for page in pages)
