"""Open a file of any kind as a document."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pypdfium2 import PdfDocument

from jalon.documents import flat, office, pdf, pictures, refusals, scan, sniff
from jalon.documents.limits import LIMITS, Limits
from jalon.documents.model import Document, Kind, Page


def open_document(path: Path, limits: Limits = LIMITS) -> Document:
    """Read a file. Raises a DocumentError that says, in French, why it is refused."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise refusals.too_large(path.name, f"{size >> 20} Mio")
    return read_bytes(path.name, path.read_bytes(), limits)


def read_bytes(name: str, data: bytes, limits: Limits = LIMITS) -> Document:
    """Read the bytes of a file. Raises a DocumentError."""
    kind = sniff.kind(name, data, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    if kind == "pdf":
        return from_pdf(name, sha256, kind, data, limits)
    if kind == "image":
        return from_pdf(name, sha256, kind, pictures.as_pdf(name, data, limits), limits)
    if office.command() is None and kind in flat.PARTS:
        note = "LibreOffice n'est pas installé : les actions sont citées par section, sans page"
        return Document(name, sha256, kind, flat.pages(name, data, kind), paged=False, notes=(note,))
    return from_pdf(name, sha256, kind, office.render(name, data, kind, limits), limits)


def from_pdf(name: str, sha256: str, kind: Kind, data: bytes, limits: Limits = LIMITS) -> Document:
    """The document that a PDF shows; `kind` is that of the file it was made from."""
    opened = pdf.open_pdf(name, data)
    try:
        pages = tuple(_whole(name, opened, limits))
    finally:
        opened.close()
    if all(page.origin in ("blank", "unread") for page in pages):
        told = next((page.note for page in pages if page.note), "pages blanches")
        raise refusals.broken(name, f"aucune page lisible ({told})")
    missing = [page for page in pages if page.origin == "unread"]
    return Document(name, sha256, kind, pages, notes=tuple(f"page {p.number} non lue : {p.note}" for p in missing))


def _whole(name: str, opened: PdfDocument, limits: Limits) -> Iterator[Page]:
    guessed = 0
    for page in pdf.pages(name, opened, limits):
        if page.origin != "unread" or not page.width:
            yield page
            continue
        guessed += 1
        yield scan.read(opened, page, limits) if guessed <= limits.scanned_pages else page
