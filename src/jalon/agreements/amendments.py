"""Amendments bound with an agreement: which actions they change, and how."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jalon.agreements import dates, fields
from jalon.agreements.amounts import amounts, budget, rounded
from jalon.agreements.drafts import Draft
from jalon.agreements.items import Item, Label, Text
from jalon.agreements.merge import Group, likeness
from jalon.agreements.model import Action, Amendment, Change, Evidence, Field, Money
from jalon.agreements.references import heading, key
from jalon.agreements.wording import fold, join, paragraphs
from jalon.documents.lines import Line

OPENS = re.compile(r"^(?:annexe\b.{0,12})?avenant\s*(?:n\s?[°ºo]\s*|numero\s*)?(\d+)?")
GONE = re.compile(
    r"\b(?:abandon\w*|retir(?:e|ee|es|ees|er|ait)\b|retrait\b|supprim\w*|suppression|annul(?:e|ee|er|ation)\w*"
    r"|renonc\w*|sans suite)"
)
CHANGES = re.compile(
    r"\b(?:port(?:e|ee|es|er)|ramen\w*|fix(?:e|ee|er)|modifi\w*|revis\w*|pass(?:e|er|era)|remplac\w*|augment\w*|redui\w*|actualis\w*"
    r"|releve\w*|reevalu\w*|nouveau (?:budget|montant|cout)|s'eleve|s'etabli\w*|desormais)\b"
)
MONEY = re.compile(r"\b(?:budget|cout|montant|enveloppe|depense|estimation)\w*")
ADDED = re.compile(r"\b(?:ajout\w*|inscri\w+|integr\w+|nouvelle (?:action|fiche))")
CALLED = re.compile(
    r"(?P<called>\b(?:fiche|action|projet|op[ée]ration)\b[^«»“”\"]{0,40}?)[«“\"]\s*(?P<title>.{6,200}?)\s*[»”\"]",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"(?:article|titre|section)\s+[0-9ivx]+|[0-9]{1,2}\s?[.)]\s")
QUOTED = re.compile(r"[«“\"]\s*(.{6,200}?)\s*[»”\"]")
ALIKE = 78


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph of an amendment."""

    amendment: str
    text: str
    lines: tuple[Line, ...]


def amendments(items: Sequence[Item]) -> tuple[Amendment, ...]:
    """The amendments that a document holds, where each begins and when it was signed."""
    found: dict[str, Amendment] = {}
    for rank, item in enumerate(items):
        number = _opens(item)
        if number is None or not isinstance(item, Text) or number in found:
            continue
        near = (i.line.text for i in items[rank : rank + 12] if isinstance(i, Text))
        day = next((d for text in near if re.search(r"sign|fait a|date", fold(text)) and (d := dates.day(text))), None)
        found[number] = Amendment(number, day, item.line.page)
    return tuple(found.values())


def _opens(item: Item) -> str | None:
    """The number of the amendment that a line of heading opens."""
    if not isinstance(item, Text):
        return None
    folded = fold(item.line.text)
    found = OPENS.match(folded)
    return (found.group(1) or "1") if found and len(folded) < 110 and not folded.endswith(".") else None


def clauses(items: Sequence[Item], known: frozenset[str]) -> list[Clause]:
    """The paragraphs that stand in amendments."""
    out: list[Clause] = []
    number, run = "", list[Text]()
    for item in [*items, None]:
        opened = _opens(item) if item else None
        if isinstance(item, Text) and opened is None:
            run.append(item)
            continue
        if run and number:
            out += _paragraphs(run, number, known)
        run = []
        if isinstance(item, Label) and number and item.lines:
            run = [Text(line, None, False) for line in item.lines]
        number = opened or number
    return out


def _paragraphs(run: Sequence[Text], number: str, known: frozenset[str]) -> Iterable[Clause]:
    for part in paragraphs([text.line for text in run]):
        yield Clause(number, join((line.text for line in part), known), tuple(part))


def changes(actions: Sequence[Action], parts: Sequence[Clause]) -> dict[int, list[tuple[Change, Money | None]]]:
    """What clauses change, by the rank of the action; a clause without a name goes to the one named before it."""
    out: dict[int, list[tuple[Change, Money | None]]] = {}
    last: int | None = None
    for clause in parts:
        named = _named(clause.text, actions)
        if named is None and ARTICLE.match(fold(clause.text)):
            last = None
        rank = named if named is not None else last
        if rank is None:
            continue
        last = rank
        read = _change(clause)
        if read and not any(read[0].kind == held.kind for held, _ in out.get(rank, [])):
            out.setdefault(rank, []).append(read)
    return out


def _named(text: str, actions: Sequence[Action]) -> int | None:
    """The action that a text names: by its title in quotes, by its reference, or by its title."""
    for quoted in QUOTED.findall(text):
        best = max(range(len(actions)), key=lambda rank: likeness(actions[rank].title.value, quoted), default=None)
        if best is not None and likeness(actions[best].title.value, quoted) >= ALIKE:
            return best
    plain = f" {_spaced(text)} "
    found = [
        (len(own), rank)
        for rank, action in enumerate(actions)
        if action.reference and (own := key(action.reference.value)) and f" {own} " in plain and _after_word(own, plain)
    ]
    if found:
        return max(found)[1]
    whole = [rank for rank, a in enumerate(actions) if len(a.title.value) > 14 and fold(a.title.value) in fold(text)]
    return whole[0] if len(whole) == 1 else None


def unheard(actions: Sequence[Action], parts: Sequence[Clause]) -> list[Draft]:
    """Actions that clauses change, withdraw or add and that nothing else in the document describes.

    So an amendment that comes alone tells them by their title in quotes, and their reference where it stands before.
    """
    out: dict[str, Draft] = {}
    for clause in parts:
        folded = fold(clause.text)
        if not (CHANGES.search(folded) or GONE.search(folded) or ADDED.search(folded)):
            continue
        for found in CALLED.finditer(clause.text):
            title = found.group("title").strip()
            if title in out or any(likeness(one.title.value, title) >= ALIKE for one in actions):
                continue
            numbered = heading(found.group("called").strip())
            reference = numbered.reference if numbered else ""
            page = clause.lines[0].page
            out[title] = Draft(
                "row", reference, clause.lines, title, clause.lines, "", (), page, page, clause.amendment
            )
    return list(out.values())


def _spaced(text: str) -> str:
    folded = re.sub(r"([a-z])(\d)", r"\1 \2", re.sub(r"[^a-z0-9]+", " ", fold(re.sub(r"[nN]\s?[°º]", " ", text))))
    return re.sub(r"\b0+(?=\d)", "", folded)


def _after_word(own: str, plain: str) -> bool:
    """A bare number is a reference only after the word action or fiche."""
    return not own.replace(" ", "").isdigit() or bool(
        re.search(rf"\b(?:action|fiche)s?(?: n| no| numero| action)* {own} ", plain)
    )


def _change(clause: Clause) -> tuple[Change, Money | None] | None:
    folded = fold(clause.text)
    proof = fields.evidence(clause.lines)
    found = amounts(clause.text)
    if found and (CHANGES.search(folded) or MONEY.search(folded)):
        read = budget(clause.text)
        if read.amount is not None:
            return _budget_change(read.initial, read.amount, clause.amendment, proof)
    if GONE.search(folded) and not found:
        return Change("withdrawn", clause.amendment, "", "abandonnée", proof), None
    if ADDED.search(folded) and not found:
        return Change("added", clause.amendment, "", "ajoutée", proof), None
    return None


def _budget_change(
    before: Decimal | None, after: Decimal, number: str, proof: tuple[Evidence, ...]
) -> tuple[Change, Money | None]:
    told = [f"{rounded(amount)} €" if amount is not None else "" for amount in (before, after)]
    return Change("budget", number, told[0], told[1], proof), Money(after, after, after, initial=before)


def tabled(group: Group, context: fields.Context) -> tuple[Change, Money | None] | None:
    """The change that a row of a table of an amendment states."""
    for draft in [group.main, *group.others]:
        number = draft.amendment or "1"
        for name in ("budget_amended", "status"):
            value = draft.values.get(name)  # type: ignore[call-overload]
            if value and GONE.search(fold(fields.flat(value, context))):
                return Change("withdrawn", number, "", "abandonnée", fields.evidence(value.lines())), None
        value = draft.values.get("budget_amended") or (draft.values.get("status") if draft.amendment else None)
        money = fields.money(_only(draft, ("budget_amended", "budget_initial")), context) if value else None
        if value and money and money.value.amount is not None:
            return _budget_change(money.value.initial, money.value.amount, number, money.evidence)
        read = budget(fields.flat(value, context)) if value else None
        if value and read and read.amount is not None:
            return _budget_change(read.initial, read.amount, number, fields.evidence(value.lines()))
    return None


def _only(draft: Draft, names: Sequence[str]) -> Draft:
    return replace(draft, values={name: value for name, value in draft.values.items() if name in names})


def apply(action: Action, found: Sequence[tuple[Change, Money | None]]) -> Action:
    """The action as amended: the amount in force with the first one beside, its state, and the changes themselves."""
    for change, money in found:
        if change.kind == "withdrawn":
            action = replace(action, state="withdrawn", changes=(*action.changes, change))
        elif change.kind == "added":
            action = replace(action, changes=(*action.changes, change))
        elif money is not None:
            held = action.budget
            before = money.initial or (held.value.initial or held.value.amount if held else None)
            basis = held.value.basis if held else None
            merged = replace(money, initial=before, basis=basis)
            sure = min(0.97, held.confidence if held else 0.9)
            field = Field(merged, (*change.evidence, *(held.evidence if held else ())), sure)
            action = replace(action, budget=field, changes=(*action.changes, change))
    return action
