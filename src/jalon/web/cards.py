"""A checked text as the page shows it: its words with marks, a legend, and a card for each claim."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.claims import LABELS, Check, Claim, Proof, Verdict
from jalon.claims.marks import SIGNS, Piece, counts, marked
from jalon.figures import format_moment, format_value
from jalon.figures.columns import evidence_column
from jalon.web import typography

LINES = 5
TEXT, OTHERS = "statement", ("fact_id", "independent", "note")


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of evidence: what it says and where it was said, or a row as labels and values."""

    says: str
    source: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A claim. `value` is that of the register, with its day; `before` and `after` are the numbers beside it."""

    number: int
    verdict: Verdict
    label: str
    sign: str
    quoted: str
    reason: str
    figure: str
    value: str
    as_of: date | None
    href: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the text with the card it leads to; `card` is None for bare words."""

    text: str
    card: Card | None
    begins: bool


@dataclass(frozen=True, slots=True)
class Legend:
    verdict: Verdict
    label: str
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What `_checked.html` shows."""

    edition: str
    as_of: date
    dated_by: str
    paragraphs: tuple[tuple[Mark, ...], ...]
    cards: tuple[Card, ...]
    legend: tuple[Legend, ...]
    sentences: int
    silent: int


WHY = {"given": "date demandée", "text": "date que dit le texte", "edition": "date de l’édition"}


def checked(check: Check) -> Checked:
    """The whole of a check for the page."""
    cards = tuple(card(number, claim) for number, claim in enumerate(check.claims, 1))
    found = marked(check)
    return Checked(
        edition=check.edition,
        as_of=check.as_of,
        dated_by=WHY[check.dated_by],
        paragraphs=tuple(tuple(_mark(piece, cards) for piece in paragraph) for paragraph in found.paragraphs),
        cards=cards,
        legend=tuple(
            Legend(verdict, LABELS[verdict], count, _first(cards, verdict)) for verdict, count in counts(check).items()
        ),
        sentences=found.sentences,
        silent=found.silent,
    )


def card(number: int, claim: Claim) -> Card:
    reference = claim.figure
    return Card(
        number=number,
        verdict=claim.verdict,
        label=LABELS[claim.verdict],
        sign=SIGNS[claim.verdict],
        quoted=" ".join(claim.text.split()),
        reason=claim.reason,
        figure=reference.label if reference else "",
        value=reference.display if reference else "",
        as_of=reference.as_of if reference else None,
        href=reference.permalink if reference else "",
        lines=tuple(_line(proof) for proof in claim.evidence[:LINES]),
    )


def summary(check: Check) -> str:
    """The answer of the page: how many points, how many of each verdict, how many sentences say no quantity."""
    if not check.claims:
        return "Aucune quantité à vérifier dans ce texte."
    said = ", ".join(typography.plural(count, LABELS[verdict]) for verdict, count in counts(check).items())
    return f"{typography.plural(len(check.claims), 'point relevé', 'points relevés')} : {said}."


def _mark(piece: Piece, cards: tuple[Card, ...]) -> Mark:
    return Mark(piece.text, cards[piece.numbers[0] - 1] if piece.numbers else None, bool(piece.begins))


def _first(cards: tuple[Card, ...], verdict: Verdict) -> int:
    return next(card.number for card in cards if card.verdict == verdict)


def _line(proof: Proof) -> Line:
    fields = dict(proof.fields)
    if proof.kind == "fact":
        source = f"{fields['publisher']}, {format_moment(str(fields['date']))}"
        return Line(str(fields[TEXT]), source, str(fields["url"]))
    told = (_told(name, value) for name, value in fields.items() if value not in (None, ""))
    return Line(" · ".join(told))


def _told(name: str, value: Any) -> str:
    column = evidence_column(name)
    if column.format == "date" and isinstance(value, str):
        value = date.fromisoformat(value)
    if column.format in ("text", "population") or isinstance(value, str):
        return f"{column.label} : {typography.words(value)}"
    return f"{column.label} : {format_value(value, column.format)}"
