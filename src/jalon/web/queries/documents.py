"""Documents of the published edition, what they say and where."""

from dataclasses import dataclass
from datetime import date

from jalon.editions import Edition
from jalon.web.published import fetch

TABLE = "documents.parquet"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    sha256: str
    name: str
    kind: str
    agreement_id: str
    pages: int
    bytes: int
    dated_on: date | None
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A place of a document that says a field of an action; `box` as "x0 y0 x1 y1"."""

    action_id: str
    title: str
    field: str
    sha256: str
    document: str
    page: int | None
    box: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    action_id: str
    sha256: str
    document: str
    kind: str
    amendment: str | None
    before: str | None
    after: str | None
    page: int | None


_PROOFS = """SELECT a.action_id, coalesce(a.title, a.action_id), e.field, d.document_sha256, d.name, e.page, e.box,
    e.quote
FROM evidence e JOIN documents d USING (document_sha256) JOIN actions a ON a.action_id = e.subject_id
WHERE e.subject = 'action' AND """
_CHANGES = """SELECT c.action_id, d.document_sha256, d.name, c.kind, c.amendment, c.before, c.after, c.page
FROM action_changes c JOIN documents d USING (document_sha256) WHERE """


def held(edition: Edition) -> bool:
    """Whether this edition names its documents: those made before did not."""
    return TABLE in edition.manifest.files


def document(edition: Edition, sha256: str) -> DocumentRow | None:
    if not held(edition):
        return None
    sql = """SELECT document_sha256, name, kind, agreement_id, pages, bytes, dated_on, replaced_by FROM documents
    WHERE document_sha256 = ?"""
    return next(iter(fetch(DocumentRow, edition.connect(), sql, [sha256])), None)


def proofs_in(edition: Edition, sha256: str) -> list[ProofRow]:
    """What a document proves, in the order of its pages."""
    sql = f"{_PROOFS} e.document_sha256 = ? ORDER BY e.page NULLS LAST, a.action_id, e.field, e.row"
    return fetch(ProofRow, edition.connect(), sql, [sha256])


def proofs_of(edition: Edition, action_id: str) -> list[ProofRow]:
    """Where the fields of an action stand, the first place of each first."""
    if not held(edition):
        return []
    sql = f"{_PROOFS} e.subject_id = ? ORDER BY e.row, e.page NULLS LAST, e.field"
    return fetch(ProofRow, edition.connect(), sql, [action_id])


def changes_of(edition: Edition, action_id: str) -> list[ChangeRow]:
    """What amendments change in an action."""
    if not held(edition):
        return []
    sql = f"{_CHANGES} c.action_id = ? ORDER BY d.dated_on NULLS LAST, c.rank"
    return fetch(ChangeRow, edition.connect(), sql, [action_id])


def changes_in(edition: Edition, sha256: str) -> list[ChangeRow]:
    sql = f"{_CHANGES} c.document_sha256 = ? ORDER BY c.action_id, c.rank"
    return fetch(ChangeRow, edition.connect(), sql, [sha256])
