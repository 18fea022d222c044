"""A document read as an agreement: its stages in order, each a function whose result can be looked at."""

from collections.abc import Sequence

from jalon.agreements import amendments, assemble, fiches, listings, merge, parties
from jalon.agreements.fields import Context
from jalon.agreements.items import Item, Label, Rows, Text
from jalon.agreements.model import Action, Agreement
from jalon.agreements.stream import stream
from jalon.agreements.wording import vocabulary
from jalon.documents.lines import Line, lines
from jalon.documents.model import Document

VERSION = "4"
DOUBTFUL = 0.8


def read(document: Document) -> Agreement:
    """The agreement that a document holds: parties, amendments and every action."""
    items = stream(document)
    guessed = any(page.origin == "ocr" for page in document.pages)
    cut = fiches.cut(items, guessed)
    context = Context(vocabulary(line for item in items for line in _lines(item)))
    drafts = [*cut.drafts, *listings.rows(cut.listed), *listings.entries(cut.loose)]
    groups = [group for group in merge.groups(drafts, guessed) if assemble.titled(group, context)]
    parts = amendments.clauses(items, context.known)
    actions = [assemble.action(group, context) for group in groups]
    alone = [merge.Group(draft) for draft in amendments.unheard(actions, parts)]
    actions = _amended([*groups, *alone], [*actions, *(assemble.action(one, context) for one in alone)], parts, context)
    shown = [line for item in items for line in _lines(item)]
    front = [line for line in shown if line.page < _first_fiche(cut)] or shown
    return Agreement(
        document=document.name,
        sha256=document.sha256,
        towns=parties.towns(shown, _heads(document)),
        epci=parties.epci(shown),
        signatories=parties.signatories(front),
        signed=parties.signed(front),
        amendments=amendments.amendments(items),
        actions=tuple(actions),
        paged=document.paged,
        notes=(*document.notes, *_doubts(actions)),
    )


def _amended(
    groups: Sequence[merge.Group],
    actions: Sequence[Action],
    parts: Sequence[amendments.Clause],
    context: Context,
) -> list[Action]:
    """The actions with what amendments change in them."""
    told = amendments.changes(actions, parts)
    out = []
    for rank, (group, action) in enumerate(zip(groups, actions, strict=True)):
        row = amendments.tabled(group, context)
        found = [*([row] if row else []), *told.get(rank, [])]
        out.append(amendments.apply(action, found[:2]))
    return out


def _first_fiche(cut: fiches.Cut) -> int:
    return min((draft.first_page for draft in cut.drafts if draft.first_page), default=10**6)


def _heads(document: Document) -> list[str]:
    """The running heads of a few pages, which often name the town."""
    out: list[str] = []
    for page in document.pages[1:4]:
        out += [line.text for line in lines(page.number, page.words[:24])[:1]]
    return out


def _doubts(actions: Sequence[Action]) -> list[str]:
    """What a person should look at, in French."""
    out = [f"{_called(action)} : {flag}" for action in actions for flag in action.flags]
    unsure = (action for action in actions if action.title.confidence < DOUBTFUL)
    return out + [f"{_called(action)} : titre peu sûr (page {action.page_start})" for action in unsure]


def _called(action: Action) -> str:
    return action.reference.value if action.reference else action.title.value[:60]


def _lines(item: Item) -> tuple[Line, ...]:
    if isinstance(item, Text):
        return (item.line,)
    if isinstance(item, Label):
        return item.lines
    if isinstance(item, Rows):
        return tuple(line for row in item.rows for cell in row for line in cell.lines)
    return ()
