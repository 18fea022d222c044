"""What a table of rows is for: a list of actions, the parts of one action, or who pays for it."""

from typing import Literal

from jalon.agreements import labels
from jalon.agreements.drafts import Draft, Value
from jalon.agreements.items import Rows
from jalon.agreements.references import is_part, key
from jalon.agreements.wording import fold

Role = Literal["listing", "contents", "value"]
MONEY = frozenset({"funding", "budget", "share", "other", None})
CHANGES = frozenset({"budget_initial", "budget_amended", "status"})


def role(rows: Rows, current: Draft | None, value: Value | None) -> Role:
    """The part that rows play where they stand. Rows of parts of an action are no actions."""
    names = {column.name for column in rows.columns}
    if not names:
        return "value"
    if _announced(value) or (current is not None and _parts(rows, current)):
        return "contents"
    if names <= MONEY:
        return "value"
    named = bool(names & {"title", "heading"}) or bool("reference" in names and names & CHANGES)
    if named and (current is None or len(names - {None}) >= 3 or names & CHANGES):
        return "listing"
    if named:
        return "listing" if _numbered(rows) else "contents"
    if current is None and "description" in names and ("reference" in names or "axis" in names):
        return "listing"
    return "contents" if current is not None else "value"


def _announced(value: Value | None) -> bool:
    """Whether a label such as "Contenu de l'action" stands just above."""
    if value is None or value.label is None or value.texts:
        return False
    text = fold(value.label.text)
    return value.label.name == "contents" or "contenu" in text or "detail" in text


def references(rows: Rows) -> list[str]:
    at = next((column for column in rows.columns if column.name == "reference"), None)
    if at is None:
        return []
    held = [
        cell.text
        for row in rows.rows
        for cell in row
        if cell.box.x0 < at.x1 - 1 and cell.box.x1 > at.x0 + 1 and len(row) > 1
    ]
    return [text for text in held if text and not labels.label(text)]


def _parts(rows: Rows, current: Draft) -> bool:
    held = references(rows)
    whole = current.reference
    if not whole and (value := current.values.get("reference")):
        whole = " ".join(text.line.text for text in value.texts)
    return bool(held) and all(is_part(text, whole) for text in held)


def _numbered(rows: Rows) -> bool:
    held = references(rows)
    return bool(held) and len({key(text) for text in held}) == len(held)
