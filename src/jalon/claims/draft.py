"""An answer drafted from figures: each sentence carries its figure and is kept only when `check` confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jalon.claims.check import check, world_of
from jalon.claims.claim import Claim, Reference
from jalon.claims.draft_wording import Params, wordings, writable
from jalon.editions import Edition
from jalon.figures import Figure, evaluate, format_day, get

GOOD = ("confirmed", "compatible")


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure to write, with its parameters; `exact` refuses a round number."""

    figure: str
    params: Params = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Words of the officer's own, kept as they are and marked as such."""

    text: str


Item = Asked | Typed


@dataclass(frozen=True, slots=True)
class Note:
    """The figure behind a sentence, as it can be cited."""

    number: int
    reference: Reference
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """`note` is None for what the officer typed."""

    text: str
    note: Note | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that no sentence could say so that it is confirmed, and why, in French."""

    asked: Asked
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    question: str
    edition: str
    as_of: date
    sentences: tuple[Sentence, ...]
    left_out: tuple[LeftOut, ...] = field(default=())

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(sentence.note for sentence in self.sentences if sentence.note)


def compose(question: str, items: Sequence[Item], edition: Edition, *, as_of: date | None = None) -> Draft:
    """The draft, in the order of the items. Raises FigureError for a figure or a parameter that does not exist.

    Every number of a drafted sentence is confirmed by `check`, or compatible where a hedge was chosen; a figure that
    cannot be said so is left out with its reason.
    """
    day = as_of or edition.as_of
    sentences: list[Sentence] = []
    left: list[LeftOut] = []
    for item in items:
        if isinstance(item, Typed):
            if item.text.strip():
                sentences.append(Sentence(" ".join(item.text.split()), None))
            continue
        figure = evaluate(get(item.figure, edition), edition, as_of=day, **dict(item.params))
        said = _said(item, figure, edition, day)
        if isinstance(said, str):
            left.append(LeftOut(item, figure.label, said))
            continue
        text, reference = said
        number = 1 + sum(sentence.note is not None for sentence in sentences)
        sentences.append(Sentence(text, Note(number, reference, _cited(figure, reference))))
    return Draft(" ".join(question.split()), edition.id, day, tuple(sentences), tuple(left))


def _said(asked: Asked, figure: Figure, edition: Edition, day: date) -> tuple[str, Reference] | str:
    """The first wording that holds, with its figure; else why there is none."""
    if not figure.known:
        return figure.unknown_reason or "La valeur n’est pas connue à cette date."
    if figure.is_table:
        return "Un tableau ne s’écrit pas en une phrase : choisissez une de ses lignes par ses paramètres."
    if not writable(figure.id):
        return "Ce chiffre n’a pas de formule : écrivez la phrase vous-même, puis vérifiez-la."
    worst = "Aucune formule ne dit ce chiffre sans équivoque : écrivez la phrase vous-même, puis vérifiez-la."
    for text in wordings(figure, asked.params, day, world_of(edition, day).years, exact=asked.exact):
        claims = check(text, edition, as_of=day).claims
        own = next((claim for claim in claims if _is_of(claim, asked)), None)
        if own is not None and own.figure and all(claim.verdict in GOOD for claim in claims):
            return text, own.figure
        if own is not None and own.verdict == "circular":
            worst = own.reason
    return worst


def _is_of(claim: Claim, asked: Asked) -> bool:
    return claim.figure is not None and claim.figure.id == asked.figure and _held(claim.figure) == dict(asked.params)


def _held(reference: Reference) -> dict[str, str | int]:
    return dict(reference.params)


def _cited(figure: Figure, reference: Reference) -> str:
    kind = "chiffre déclaré" if figure.kind == "declared" else "chiffre calculé"
    latest = f" ({figure.latest})" if figure.latest else ""
    return f"{figure.label} : {reference.display}, {kind}, au {format_day(reference.as_of)}{latest}"
