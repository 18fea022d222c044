"""What the published edition says of a document, as blocks of the reading page and as the evidence of an action."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from jalon import facsimile
from jalon.documents import Box
from jalon.editions import Edition
from jalon.errors import JalonError
from jalon.facsimile import Sheets
from jalon.home import home
from jalon.register.importing import originals
from jalon.web.queries import documents
from jalon.web.queries.documents import ChangeRow, ProofRow
from jalon.web.reading import wording
from jalon.web.reading.blocks import box
from jalon.web.reading.model import Block, ChangeRead, FieldRead, Mark, Place
from jalon.web.reading.page import MARGIN

NOT_HERE = "L’original de ce document n’est pas gardé sur ce serveur : ses pages ne peuvent pas y être montrées."


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A field of an action and where it is said."""

    label: str
    quote: str
    place: str
    href: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """The evidence of an action: its first page with its boxes drawn, and every field with its place."""

    lines: tuple[ProofLine, ...]
    changes: tuple[tuple[ChangeRead, str], ...]
    document: str
    page: int
    href: str
    image: str
    width: float
    height: float
    marks: tuple[Mark, ...]


def blocks(edition: Edition, sha256: str) -> tuple[Block, ...]:
    """One block an action, in the order of the pages."""
    rows: dict[str, list[ProofRow]] = {}
    for row in documents.proofs_in(edition, sha256):
        rows.setdefault(row.action_id, []).append(row)
    changes: dict[str, list[ChangeRow]] = {}
    for change in documents.changes_in(edition, sha256):
        changes.setdefault(change.action_id, []).append(change)
    return tuple(_block(own, found, changes.get(own, [])) for own, found in rows.items())


def _block(own: str, rows: Sequence[ProofRow], changes: Sequence[ChangeRow]) -> Block:
    names = [name for name in wording.LABELS if any(row.field == name for row in rows)]
    fields = tuple(_field(own, name, [row for row in rows if row.field == name]) for name in names)
    pages = tuple(sorted({row.page for row in rows if row.page}))
    told = tuple(map(change_read, changes))
    return Block(own, rows[0].title, "", pages, fields, changes=told, href=reverse("action", args=[own]))


def _field(own: str, name: str, rows: Sequence[ProofRow]) -> FieldRead:
    places = tuple(Place(row.page or 0, _box(row.box), row.quote or "") for row in rows)
    return FieldRead(f"{own}-{name}", wording.LABELS[name], rows[0].quote or "", places)


def _box(text: str | None) -> Box | None:
    return box([float(side) for side in (text or "").split()])


def change_read(row: ChangeRow) -> ChangeRead:
    label = wording.CHANGES.get(row.kind, row.kind)
    named = f"avenant n° {row.amendment}" if row.amendment else "avenant"
    return ChangeRead(f"{label} ({named})", row.before or "", row.after or "", row.page or 0, "")


def sheets(sha256: str, name: str) -> Sheets:
    """The pages of a published document, empty with a note where its original is not kept here."""
    given = originals.place(home(), sha256)
    if not given.is_file():
        return Sheets((), NOT_HERE)
    try:
        return facsimile.prepare(home(), given, sha256, name)
    except JalonError as error:
        return Sheets((), error.user_message)


def drawer(edition: Edition, action_id: str) -> Drawer | None:
    """The evidence of an action read in documents; None for one that no published document names."""
    rows = documents.proofs_of(edition, action_id)
    if not rows:
        return None
    first = next((row for row in rows if row.page and row.field == "title"), rows[0])
    number = first.page or 1
    known = sheets(first.sha256, first.document).pages
    sheet = known[number - 1] if number <= len(known) else None
    base = reverse("document", args=[first.sha256])
    return Drawer(
        lines=tuple(map(_line, _once(rows))),
        changes=tuple(
            (change_read(row), f"{reverse('document', args=[row.sha256])}?page={row.page or 1}")
            for row in documents.changes_of(edition, action_id)
        ),
        document=first.document,
        page=number,
        href=_href(first),
        image=f"{base}pages/{number}.webp" if sheet else "",
        width=sheet.width if sheet else 0,
        height=sheet.height if sheet else 0,
        marks=tuple(_marks([row for row in rows if (row.sha256, row.page) == (first.sha256, number)])),
    )


def _once(rows: Sequence[ProofRow]) -> list[ProofRow]:
    """The first place of each field in each document, in the order people read them."""
    found: dict[tuple[str, str], ProofRow] = {}
    for row in rows:
        found.setdefault((row.field, row.sha256), row)
    order = list(wording.LABELS)
    return sorted(found.values(), key=lambda row: order.index(row.field) if row.field in order else len(order))


def _line(row: ProofRow) -> ProofLine:
    place = f"{row.document}, page {row.page}" if row.page else row.document
    return ProofLine(wording.LABELS.get(row.field, row.field), row.quote or "", place, _href(row))


def _href(row: ProofRow) -> str:
    champ = f"{row.action_id}-{row.field}"
    return f"{reverse('document', args=[row.sha256])}?page={row.page or 1}&champ={champ}#{champ}"


def _marks(rows: Sequence[ProofRow]) -> list[Mark]:
    found = []
    for row in rows:
        at = _box(row.box)
        if at:
            x0, y0, x1, y1 = at
            label = f"{wording.LABELS.get(row.field, row.field)} : {(row.quote or '')[:120]}"
            found.append(
                Mark(
                    f"{row.action_id}-{row.field}", _href(row), label, x0 - MARGIN, y0 - MARGIN,
                    x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN, False,
                )
            )  # fmt: skip
    return sorted(found, key=lambda mark: -mark.width * mark.height)
