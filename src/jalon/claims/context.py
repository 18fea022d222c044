"""What surrounds each quantity: its sentence, its noun, when and where it is said of, and which programme."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TypeVar

from jalon.claims.lexicon import found, loose, pattern, spans
from jalon.claims.periods import Moment, moments
from jalon.claims.places import Gazetteer, Named, places, recalled
from jalon.claims.quantity import Quantity
from jalon.claims.scan import quantities
from jalon.claims.special import specials
from jalon.claims.text import Plain
from jalon.claims.vocabulary import vocabulary

NEAR = 110
Said = TypeVar("Said", Moment, Named)
TIGHT = 140
INSERTION = re.compile(r"(?:, soit |\((?:soit )?)(?:environ |pres de |plus de )?$")
_OUT_OF = re.compile(r"[a-z] sur (?:les |nos )?$")
_CLAUSE = re.compile(r"[,;:()]| - |\n| et (?:la |l'|le |les |d[eu] )")
_LINK = re.compile(
    r"(?: (?:de|des|d|du|la|le|les|l|ces|cette|nos|ses|principa[a-z]+|grand[a-z]*|seules?|entre elles|entre eux)(?= ))*"
    r" {1,3}"
)
_OF = re.compile(
    r" {0,2}(?:de|d|des|du|parmi|sur)(?: (?:la|l|le|les|ces|nos|toutes les|tous les|l ensemble des|elle))?(?= ) {1,3}"
    r"|(?= *$)"
)
_NEGATED = re.compile(r"(?<![a-z0-9])(?:ne|n) [a-z ]{1,40}?\b(?:pas|jamais|aucune?|guere)\b")
_BARE = re.compile(r" ?(?:[,.;:)]|$|(?:de |d )?(?:subvention|pret|fonds|credit|pour|par|a |au |aux |en |dont|et ))")
_TOTAL = re.compile(r"(?<![a-z])(?:soit|au total|en tout|total de)(?![a-z])")
_ALL_OF = re.compile(r" {1,3}(?:(?:d|de|des|les|l|la|ces|nos|du)(?= ) {1,3})*")
_TOTALS = re.compile(
    r"(?:nombre|total|compte|part|taux|proportion|pourcentage|volume) (?:total |global )?"
    r"(?:de|des|d|du)(?: la| l| les)? $"
)


@dataclass(frozen=True)
class Reading:
    """A text read once: its sentences, and every quantity with its context."""

    plain: Plain
    loose: str
    contexts: tuple["Context", ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One quantity where it stands; every pair is bounds in the plain text.

    `wide` is the sentence, with the one before when it points back to it. `noun` is what is counted; empty bounds when
    no known noun is. `elliptic` when the noun was not said again after the number.
    """

    quantity: Quantity
    sentence: tuple[int, int]
    wide: tuple[int, int]
    before: tuple[int, int]
    after: tuple[int, int]
    clause_end: int
    noun: tuple[int, int]
    elliptic: bool
    unknown_noun: str
    moment: Moment | None
    place: Named | None
    programmes: tuple[str, ...]
    named: tuple[str, ...]
    themes: tuple[str, ...]
    negative: bool
    stands_in: str
    is_total: bool
    located: tuple[tuple[int, int], ...]

    @property
    def tight(self) -> tuple[int, int]:
        """Nearer bounds: what may tell the number apart from another."""
        return max(self.before[0], self.quantity.start - TIGHT), self.clause_end

    @property
    def beside(self) -> tuple[int, int]:
        """Where terms that must be beside the number may stand: the whole sentence for the total of its parts."""
        return self.sentence if self.is_total else self.near

    @property
    def near(self) -> tuple[int, int]:
        return self.before[0], self.after[1]


def read(plain: Plain, known: Gazetteer) -> Reading:
    """Every quantity of the text with its context. Raises TextRefused."""
    text = loose(plain.text)
    dated = moments(plain.text)
    counted = quantities(plain, dated)
    every = sorted([*counted, *specials(plain.text, text, dated)], key=lambda quantity: (quantity.start, quantity.end))
    numbers = list(counted)
    contexts: list[Context] = []
    state = _State("", None)
    for index, sentence in enumerate(plain.sentences):
        start, end = sentence
        inside = _in_money([quantity for quantity in every if start <= quantity.start < end], text)
        named = _programmes(text, start, end)
        skip = [span for names in _names().values() for span in spans(names, text, start, end)]
        inside_moments = tuple(moment for moment in dated if start <= moment.start < end)
        located = places(plain, known, start, end, [*skip, *((m.start, m.end) for m in inside_moments)])
        located = _recalled(plain.text, start, end, located, state)
        if inside:
            previous = plain.sentences[index - 1][0] if index else start
            points_back = found(vocabulary().neutral.anaphora, text, start, end)
            frame = _Frame(
                plain,
                text,
                sentence,
                (previous if points_back else start, end),
                inside_moments,
                located,
                named,
                state.programme,
            )
            contexts += _contexts(frame, inside, [n for n in numbers if start <= n.start < end])
        state = _State(_last(named, text, start, end) or state.programme, _scope(located) or state.place)
    return Reading(plain, text, tuple(contexts))


def _in_money(inside: list[Quantity], text: str) -> list[Quantity]:
    """Millions without a unit, after an amount in the same sentence, are millions of euros."""
    paid, found_ = False, []
    for quantity in inside:
        bare = quantity.kind == "count" and quantity.round_to >= 1e5 and _BARE.match(text, quantity.end)
        found_.append(replace(quantity, kind="money") if paid and bare else quantity)
        paid = paid or quantity.kind == "money"
    return found_


@dataclass(frozen=True, slots=True)
class _State:
    programme: str
    place: Named | None


@dataclass(frozen=True, slots=True)
class _Frame:
    plain: Plain
    text: str
    sentence: tuple[int, int]
    wide: tuple[int, int]
    moments: tuple[Moment, ...]
    places: tuple[Named, ...]
    named: tuple[str, ...]
    programme: str


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {programme.id: programme.names for programme in vocabulary().programme}


@cache
def nouns() -> tuple[str, ...]:
    """Every noun that an entry counts, and those of other scopes."""
    entries = vocabulary().entry
    return tuple(sorted({noun for entry in entries for noun in (*entry.nouns, *entry.other_scope)}))


def _programmes(text: str, start: int, end: int) -> tuple[str, ...]:
    return tuple(key for key, names in _names().items() if found(names, text, start, end))


def _last(named: Sequence[str], text: str, start: int, end: int) -> str:
    ends = {key: max(b for _, b in spans(_names()[key], text, start, end)) for key in named}
    strong = {key: place for key, place in ends.items() if key != "thd"} or ends
    return max(strong, key=lambda key: strong[key]) if strong else ""


def _scope(located: Sequence[Named]) -> Named | None:
    return next((place for place in reversed(located) if place.code and not place.example), None)


def _recalled(text: str, start: int, end: int, located: tuple[Named, ...], state: _State) -> tuple[Named, ...]:
    """A place that the sentence recalls without naming it: that of the sentences before, else unknown."""
    back = recalled(text, start, end)
    if back is None or located:
        return located
    kind, first, last = back
    if state.place is not None and state.place.kind == kind:
        return (replace(state.place, start=first, end=last, follows=False, example=False),)
    return (Named("", text[first:last], first, last, "unknown", False),)


def _contexts(frame: _Frame, inside: list[Quantity], numbers: list[Quantity]) -> Iterator[Context]:
    themes = tuple(key for key, terms in vocabulary().theme.items() if found(terms, frame.text, *frame.sentence))
    last_noun = (0, 0)
    for quantity in inside:
        before, after = _windows(frame, quantity, numbers)
        noun, elliptic, unknown = _noun(frame, quantity, after, last_noun)
        if noun != (0, 0):
            last_noun = noun
        total = _is_total(frame, quantity, numbers)
        yield Context(
            quantity=quantity,
            sentence=frame.sentence,
            wide=frame.wide,
            before=before,
            after=after,
            clause_end=_clause_end(frame, after),
            noun=noun,
            elliptic=elliptic,
            unknown_noun=unknown,
            moment=_moment(frame, quantity, numbers, total=total),
            place=_place(frame, quantity, numbers),
            programmes=frame.named or ((frame.programme,) if frame.programme else ()),
            named=frame.named,
            themes=_themes_of(frame, themes, before, after),
            negative=bool(_NEGATED.search(frame.text, before[0], after[1])),
            stands_in=frame.programme,
            is_total=total,
            located=tuple((place.start, place.end) for place in frame.places if place.code),
        )


def _is_total(frame: _Frame, quantity: Quantity, numbers: list[Quantity]) -> bool:
    """ "…, soit 5 029 au total", after two numbers of the same kind."""
    earlier = [one for one in numbers if one.end <= quantity.start and one.kind == quantity.kind]
    said = _TOTAL.search(frame.text, max(frame.sentence[0], quantity.start - 24), quantity.end + 20)
    return len(earlier) > 1 and said is not None


def _themes_of(
    frame: _Frame, themes: tuple[str, ...], before: tuple[int, int], after: tuple[int, int]
) -> tuple[str, ...]:
    """The themes beside the number, else those of the sentence."""
    close = tuple(key for key in themes if found(vocabulary().theme[key], frame.text, *after))
    return close or tuple(key for key in themes if found(vocabulary().theme[key], frame.text, *before)) or themes


def _windows(frame: _Frame, quantity: Quantity, numbers: list[Quantity]) -> tuple[tuple[int, int], tuple[int, int]]:
    low, high = frame.sentence
    text = frame.plain.text
    previous = max((n.end for n in numbers if n.end <= quantity.start), default=None)
    rest = (n.start for n in numbers if n.start >= quantity.end and not _inserted(text, n))
    following = min(rest, default=high)
    start = max(low if previous is None else previous, quantity.start - 2 * NEAR)
    cut = max((text.rfind(sign, start, quantity.start) for sign in (";", "(")), default=-1)
    start = max(start, cut + 1)
    if previous is not None:
        start = max(start, text.rfind(" et ", start, quantity.start) + 1, text.rfind(", ", start, quantity.start) + 1)
    stop = min(following, quantity.end + NEAR)
    ends = [place for sign in (";", ". ") if (place := text.find(sign, quantity.end, stop)) >= 0]
    closing = text.find(")", quantity.end, stop)
    if closing >= 0 and "(" not in text[quantity.end : closing]:
        ends.append(closing)
    if _inserted(text, quantity) and quantity.kind == "count":
        verb = pattern(vocabulary().neutral.auxiliaries).search(frame.text, quantity.end, stop)
        ends += [verb.start()] if verb else []
    return (start, quantity.start), (quantity.end, min([stop, *ends]))


def _inserted(text: str, other: Quantity) -> bool:
    """A share put in between: "66 communes, soit 26,8 %, ont…", "66 communes (26,8 %) ont…"."""
    if other.kind == "count" and _OUT_OF.search(text[max(0, other.start - 12) : other.start]):
        return True
    return other.kind == "percent" and INSERTION.search(text[max(0, other.start - 12) : other.start]) is not None


def _clause_end(frame: _Frame, after: tuple[int, int]) -> int:
    match = _CLAUSE.search(frame.plain.text, after[0], after[1])
    return match.start() if match else after[1]


def _noun(
    frame: _Frame, quantity: Quantity, after: tuple[int, int], last: tuple[int, int]
) -> tuple[tuple[int, int], bool, str]:
    """(bounds of the noun, whether it is taken from before the number, the noun that is not known)."""
    text = frame.text
    link = _ALL_OF if quantity.hedge == "universal" else _LINK if quantity.kind == "count" else _OF
    match = link.match(text, quantity.end) if quantity.kind in ("count", "percent") else None
    if match:
        noun = pattern(nouns()).match(text, match.end())
        if noun:
            return noun.span(), False, ""
        unknown = "" if quantity.hedge == "universal" else _strange(frame, match)
        if unknown:
            return (0, 0), False, unknown
    if last != (0, 0):
        return last, True, ""
    return _subject(frame, quantity), True, ""


def _strange(frame: _Frame, link: re.Match[str]) -> str:
    """The word right after the number when it stands for a noun that is not known; empty when it is none."""
    word = re.match(r"[a-z]+", frame.text[link.end() : link.end() + 30])
    if not word or link.end() == link.start() or _stops(word.group()):
        return ""
    gap = frame.plain.text[link.start() : link.end()]
    return "" if re.search(r"[.,;:()]", gap) or gap.strip() in ("d'", "parmi") else word.group()


def _stops(word: str) -> bool:
    neutral = vocabulary().neutral
    verbs = (*neutral.stops, *neutral.auxiliaries, *neutral.small, *neutral.verbs)
    return found((*verbs, "en", "au", "nombre", "livre*", "acheve*", "signe*", "benefici*", "port*", "particip*"), word)


def _subject(frame: _Frame, quantity: Quantity) -> tuple[int, int]:
    """The noun said to be counted before the number, else the first noun of the sentence before it, else after it."""
    heard = spans(nouns(), frame.text, frame.sentence[0], quantity.start)
    for start, end in reversed(heard):
        if _TOTALS.search(frame.text, max(0, start - 40), start):
            return start, end
    if heard:
        return heard[0]
    return next(iter(spans(nouns(), frame.text, quantity.end, frame.sentence[1])), (0, 0))


def _moment(frame: _Frame, quantity: Quantity, numbers: list[Quantity], *, total: bool) -> Moment | None:
    if quantity.kind in ("date", "event"):
        own = [moment for moment in frame.moments if moment.start >= quantity.start and moment.end <= quantity.end]
        if own:
            return own[0]
    usable = [moment for moment in frame.moments if not (moment.start < quantity.end and quantity.start < moment.end)]
    plainly = [moment for moment in usable if moment.role != "since"] or usable
    if total and len({moment.first for moment in plainly if moment.end <= quantity.start}) > 1:
        return None
    return _attached(frame, quantity, numbers, plainly)


def _place(frame: _Frame, quantity: Quantity, numbers: list[Quantity]) -> Named | None:
    usable = [place for place in frame.places if not place.example and place.kind != "pays"]
    if len({place.code for place in usable}) > 1 and _listed(frame, usable):
        return None
    after = [place for place in usable if place.start >= quantity.end and not place.follows]
    return _attached(frame, quantity, numbers, [place for place in usable if place not in after])


def _listed(frame: _Frame, usable: list[Named]) -> bool:
    """Three places or more one after the other are a list, not a scope."""
    gaps = [frame.plain.text[a.end : b.start] for a, b in pairwise(usable)]
    return len(usable) > 2 and sum(gap.strip() in (",", "et", "ou", ", et", "ou encore") for gap in gaps) >= 2


def _attached(frame: _Frame, quantity: Quantity, numbers: list[Quantity], said: Sequence[Said]) -> Said | None:
    """What follows the number in its own clause, else what precedes it, else what follows further off."""
    following = min((n.start for n in numbers if n.start >= quantity.end), default=frame.sentence[1])
    behind = [one for one in said if one.start >= quantity.end]
    ahead = [one for one in said if one.end <= quantity.start]
    close = [one for one in behind if one.start < following and not _apart(frame, quantity.end, one.start)]
    if close:
        return close[0]
    if ahead:
        return ahead[-1]
    return behind[0] if behind and (behind[0].start < following or len(behind) == 1) else None


def _apart(frame: _Frame, start: int, end: int) -> bool:
    between = frame.plain.text[start:end]
    return bool(re.search(r"[;:]|, (?!dont)", between)) or bool(
        re.search(r" et (?:a|au|en|dans|fin|le|la|l'|les|pour|celle|d[eu])? ?(?:la |le |l'|les )?$", between)
    )
