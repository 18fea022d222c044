"""A text sentence by sentence: each quantity with what surrounds it, and what the sentence before lends to this one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jalon.claims.context import Context, Frame, Reading
from jalon.claims.lexicon import found, loose, spans
from jalon.claims.periods import Moment, moments
from jalon.claims.places import Gazetteer, Named, places, recalled, taken_up
from jalon.claims.quantity import Quantity
from jalon.claims.scan import quantities
from jalon.claims.scope import moment_of, place_of
from jalon.claims.special import specials
from jalon.claims.subject import subject
from jalon.claims.text import Plain
from jalon.claims.vocabulary import vocabulary
from jalon.claims.windows import clause_end, is_total, windows

_BARE = re.compile(r"(?! ?(?:d'|de |des |du )(?!subvention|pret|fonds|credit|dotation|aide))")
_NEGATED = re.compile(r"(?<![a-z0-9])(?:ne|n) [a-z ]{1,40}?\b(?:pas|jamais|aucune?|guere)\b")


@dataclass(frozen=True, slots=True)
class _Before:
    """What the sentences read lend to the next: the programme and place last named, and the place of the last one."""

    programme: str = ""
    place: Named | None = None
    just_said: Named | None = None


def read(plain: Plain, known: Gazetteer) -> Reading:
    """Every quantity of the text with its context. Raises TextRefused."""
    text = loose(plain.text)
    dated = moments(plain.text)
    counted = quantities(plain, dated)
    every = sorted([*counted, *specials(plain.text, text, dated)], key=lambda quantity: (quantity.start, quantity.end))
    contexts: list[Context] = []
    before = _Before()
    for index, (start, end) in enumerate(plain.sentences):
        inside = _in_money([quantity for quantity in every if start <= quantity.start < end], text)
        frame = _frame(plain, text, index, [moment for moment in dated if start <= moment.start < end], known, before)
        if inside:
            contexts += _contexts(frame, inside, [n for n in counted if start <= n.start < end])
        before = _handed_on(frame, before)
    return Reading(plain, text, tuple(contexts))


def _frame(plain: Plain, text: str, index: int, dated: list[Moment], known: Gazetteer, before: _Before) -> Frame:
    start, end = plain.sentences[index]
    named = tuple(key for key, names in _names().items() if found(names, text, start, end))
    skip = [span for names in _names().values() for span in spans(names, text, start, end)]
    located = places(plain, known, start, end, [*skip, *((moment.start, moment.end) for moment in dated)])
    located = _recalled(plain.text, start, end, located, before)
    points_back = found(vocabulary().neutral.anaphora, text, start, end)
    return Frame(
        plain=plain,
        text=text,
        sentence=(start, end),
        wide=(plain.sentences[index - 1][0] if index and points_back else start, end),
        moments=tuple(dated),
        places=located,
        named=named,
        programme=before.programme,
        hinted=None if located or named or found(vocabulary().terms["country"], text, start, end) else before.just_said,
    )


def _handed_on(frame: Frame, before: _Before) -> _Before:
    scope = next((place for place in reversed(frame.places) if place.code and not place.example), None)
    programme = _last(frame.named, frame.text, *frame.sentence) or before.programme
    return _Before(programme, scope or before.place, scope or frame.hinted)


def _in_money(inside: list[Quantity], text: str) -> list[Quantity]:
    """Millions without a unit, after an amount in the same sentence, are millions of euros."""
    paid, found_ = False, []
    for quantity in inside:
        bare = quantity.kind == "count" and quantity.round_to >= 1e5 and _BARE.match(text, quantity.end)
        found_.append(replace(quantity, kind="money") if paid and bare else quantity)
        paid = paid or quantity.kind == "money"
    return found_


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {programme.id: programme.names for programme in vocabulary().programme}


def _last(named: Sequence[str], text: str, start: int, end: int) -> str:
    ends = {key: max(b for _, b in spans(_names()[key], text, start, end)) for key in named}
    strong = {key: place for key, place in ends.items() if key != "thd"} or ends
    return max(strong, key=lambda key: strong[key]) if strong else ""


def _recalled(text: str, start: int, end: int, located: tuple[Named, ...], before: _Before) -> tuple[Named, ...]:
    """A place that the sentence recalls without naming it: that of the sentences before, else unknown."""
    if located:
        return located
    up = taken_up(text, start, end)
    if up is not None and before.just_said is not None:
        return (replace(before.just_said, start=up[0], end=up[1], follows=False, example=False),)
    back = recalled(text, start, end)
    if back is None:
        return ()
    kind, first, last = back
    if before.place is not None and before.place.kind == kind:
        return (replace(before.place, start=first, end=last, follows=False, example=False),)
    return (Named("", text[first:last], first, last, "unknown", False),)


def _contexts(frame: Frame, inside: list[Quantity], numbers: list[Quantity]) -> Iterator[Context]:
    themes = tuple(key for key, terms in vocabulary().theme.items() if found(terms, frame.text, *frame.sentence))
    last_noun = (0, 0)
    for quantity in inside:
        before, after = windows(frame, quantity, numbers)
        noun, elliptic, unknown = subject(frame, quantity, after, last_noun)
        if noun != (0, 0):
            last_noun = noun
        total = is_total(frame, quantity, numbers)
        yield Context(
            quantity=quantity,
            sentence=frame.sentence,
            wide=frame.wide,
            before=before,
            after=after,
            clause_end=clause_end(frame, after),
            noun=noun,
            elliptic=elliptic,
            unknown_noun=unknown,
            moment=moment_of(frame, quantity, numbers, total=total),
            place=place_of(frame, quantity, numbers),
            programmes=frame.named or ((frame.programme,) if frame.programme else ()),
            named=frame.named,
            themes=_themes_of(frame, themes, before, after),
            negative=bool(_NEGATED.search(frame.text, before[0], after[1])),
            stands_in=frame.programme,
            is_total=total,
            located=tuple((place.start, place.end) for place in frame.places if place.code),
            hinted=frame.hinted,
        )


def _themes_of(
    frame: Frame, themes: tuple[str, ...], before: tuple[int, int], after: tuple[int, int]
) -> tuple[str, ...]:
    """The themes beside the number, else those of the sentence."""
    close = tuple(key for key in themes if found(vocabulary().theme[key], frame.text, *after))
    return close or tuple(key for key in themes if found(vocabulary().theme[key], frame.text, *before)) or themes
