"""Every file of a dossier."""

from collections.abc import Callable

from jalon.dossiers.docx import to_docx
from jalon.dossiers.page import to_html
from jalon.dossiers.pdf import to_pdf
from jalon.dossiers.record import Dossier

FILES: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Kinds of file with their media types."""
_WRITERS: dict[str, Callable[[Dossier], bytes]] = {
    "html": to_html,
    "json": Dossier.record,
    "pdf": to_pdf,
    "docx": to_docx,
}


def written(dossier: Dossier) -> dict[str, bytes]:
    """The bytes of each kind."""
    return {kind: write(dossier) for kind, write in _WRITERS.items()}
