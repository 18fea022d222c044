"""A document read as an agreement: its stages in order, each a function whose result can be looked at."""

from jalon.agreements import assemble, fiches, listings, merge
from jalon.agreements.fields import Context
from jalon.agreements.items import Item, Label, Rows, Text
from jalon.agreements.model import Agreement
from jalon.agreements.stream import stream
from jalon.agreements.wording import vocabulary
from jalon.documents.lines import Line
from jalon.documents.model import Document

VERSION = "1"


def read(document: Document) -> Agreement:
    """The agreement that a document holds: parties, amendments and every action."""
    items = stream(document)
    guessed = any(page.origin == "ocr" for page in document.pages)
    cut = fiches.cut(items, guessed)
    drafts = [*cut.drafts, *listings.rows(cut.listed), *listings.entries(cut.loose)]
    context = Context(vocabulary(line for item in items for line in _lines(item)))
    actions = [assemble.action(group, context) for group in merge.groups(drafts, guessed)]
    return Agreement(
        document.name, document.sha256, None, None, (), None, (), tuple(a for a in actions if a), document.paged
    )


def _lines(item: Item) -> tuple[Line, ...]:
    if isinstance(item, Text):
        return (item.line,)
    if isinstance(item, Label):
        return item.lines
    if isinstance(item, Rows):
        return tuple(line for row in item.rows for cell in row for line in cell.lines)
    return ()
