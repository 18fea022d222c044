"""What the readers share: the part that one file gives, and the error that stops a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jalon.errors import SourceUnreadable
from jalon.sources.catalog import SourceFile
from jalon.sources.defects import Defects
from jalon.sources.rows import Row

LARGEST_FILE = 300_000_000
MEND = "reprenez le fichier chez son producteur (jalon sources fetch) ou corrigez-le, puis relancez."


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one file, its defects, and how many rows it held."""

    file: SourceFile
    rows: Sequence[Row]
    defects: Defects
    rows_read: int


def unreadable(path: Path, why: str, mend: str = MEND) -> SourceUnreadable:
    """The error for a file that cannot be read at all; `why` is French and completes the file's name."""
    name = f"{path.parent.name}/{path.name}"
    return SourceUnreadable(f"{path}: {why}", user_message=f"{name} : {why}.", mend=mend)


def content(path: Path) -> bytes:
    """The bytes of a file; SourceUnreadable when it is empty, too large, or a web page instead of data."""
    size = path.stat().st_size
    if size == 0:
        raise unreadable(path, "le fichier est vide")
    if size > LARGEST_FILE:
        raise unreadable(path, f"le fichier est trop gros ({size} octets, au plus {LARGEST_FILE})")
    data = path.read_bytes()
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<head", b"<?xml")):
        raise unreadable(path, "c'est une page web ou du XML (une erreur du serveur, sans doute), pas les données")
    return data


def decoded(path: Path) -> str:
    """The file as UTF-8 text, without byte-order mark; SourceUnreadable names the first byte that is not UTF-8."""
    try:
        return content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"octet {error.start + 1}"
        raise unreadable(path, f"le texte n'est pas en UTF-8 ({where})", "convertissez le fichier en UTF-8.") from error
