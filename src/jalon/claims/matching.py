"""From a quantity in its context to the figures it may claim, with their parameters. Strict: a doubt is a refusal."""

import re
from dataclasses import dataclass
from datetime import date

from jalon.claims.clause import Bounds, done_instead, of_a_theme, promised, said_besides, unknown_word
from jalon.claims.context import Context, Reading
from jalon.claims.lexicon import distance, found, pattern, spans
from jalon.claims.timing import when
from jalon.claims.vocabulary import THEME, Entry, Terms, vocabulary
from jalon.claims.world import World
from jalon.figures import Definition

_EACH = re.compile(
    r"(?:commune|ville|territoire)s? [^,;]{0,24}\b(?:ont|comptent|disposent|portent|lance\w*|engage\w*)(?: de| d)? $"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A figure that the quantity claims. `as_of` is the day the claim is about; `dated` when the text says that day."""

    entry: Entry
    definition: Definition
    params: dict[str, str | int]
    as_of: date
    dated: bool
    score: tuple[int, int] = (0, 0)
    other_scope: str = ""
    year: int | None = None
    hinted: str = ""
    """Code of the place of the sentence before, when the claim names none and may be about it."""
    besides: str = ""
    """A verb that says of what is counted a thing that no figure measures."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no figure may be held against the quantity: `lack` is a French sentence, `rank` how near a match it came."""

    lack: str
    rank: int = 0


def matches(reading: Reading, context: Context, world: World) -> tuple[list[Match], str]:
    """Figures claimed, the most specific first; and, when there are none, the French reason of the nearest refusal."""
    lack = _out_of_reach(reading, context)
    if lack:
        return [], lack
    refused: list[Refused] = []
    for bounds in dict.fromkeys((context.near, context.sentence, context.wide)):
        found_here = [
            _match(reading, context, entry, world, bounds)
            for entry in vocabulary().entry
            if _same_kind(entry, context) and entry.figure in world.ledger
        ]
        kept = sorted((one for one in found_here if isinstance(one, Match)), key=lambda match: match.score)
        if kept:
            return kept, ""
        refused += [one for one in found_here if isinstance(one, Refused)]
    return [], max(refused, key=lambda one: one.rank, default=Refused(NOTHING)).lack


def _same_kind(entry: Entry, context: Context) -> bool:
    """A record is claimed of the figures that say so, whatever they count."""
    quantity = context.quantity
    if quantity.kind == "event":
        return entry.record if quantity.record else entry.kind == "event"
    return entry.kind == quantity.kind


EVENT = 90
"""Characters from a date within which what happened on it is said."""
NOTHING = "Aucun chiffre du registre ne compte cela."


def _out_of_reach(reading: Reading, context: Context) -> str:
    """What puts the whole sentence out of reach of the register, in French."""
    neutral, text = vocabulary().neutral, reading.loose
    for terms, says in (
        (
            neutral.foreign,
            "La phrase parle aussi d’un autre programme ou dispositif (« {} ») que le registre ne suit pas.",
        ),
        (neutral.places, "La phrase porte sur un espace (« {} ») que le registre ne couvre pas."),
    ):
        met = spans(terms, text, *context.sentence)
        if met:
            return says.format(reading.plain.quote(*met[0]))
    met = spans(neutral.other, text, *context.near)
    if met and not found(("en moyenne",), text, *context.near):
        quoted = reading.plain.quote(*met[0])
        return f"« {quoted} » restreint ce qui est compté, et le registre ne fait pas cette distinction."
    if context.quantity.value < 10 and _EACH.search(text, max(0, context.quantity.start - 40), context.quantity.start):
        return "Le nombre est celui de chacun, et non un total."
    met = spans(neutral.unsure, text, *context.near)
    if met:
        return (
            f"« {reading.plain.quote(*met[0])} » : une prévision ou une hypothèse ne se vérifie pas contre le registre."
        )
    return ""


def _match(reading: Reading, context: Context, entry: Entry, world: World, bounds: Bounds) -> Match | Refused | None:
    definition = world.ledger[entry.figure]
    if not _speaks_of(reading, context, entry, bounds):
        return None
    programme = _programme(reading, context, entry, definition)
    if programme is None:
        return Refused("Le programme n’est pas nommé : nommez-le pour que ce nombre puisse être vérifié.", 2)
    refusal = _refusal(reading, context, entry, definition)
    if refusal:
        return refusal
    moment = when(reading, context, entry, definition, world)
    if isinstance(moment, str):
        return Refused(moment, 4)
    as_of, year, dated = moment
    params: dict[str, str | int] = {}
    if programme and programme != definition.programme:
        params["programme"] = programme
    if context.place is not None and "territory" in definition.parameters:
        params["territory"] = context.place.code
    if context.themes and "theme" in definition.parameters:
        params["theme"] = context.themes[0]
    if year is not None and entry.period == "year":
        params["year"] = year
    hinted = context.hinted.code if context.hinted is not None and "territory" in definition.parameters else ""
    return Match(
        entry, definition, params, as_of, dated, _score(reading, context, entry), _scope(reading, context, entry), year,
        hinted if "territory" not in params else "", said_besides(reading, context, entry, definition),
    )  # fmt: skip


def _speaks_of(reading: Reading, context: Context, entry: Entry, bounds: Bounds) -> bool:
    """Whether noun and terms are those of the entry, its required terms within the bounds."""
    text = reading.loose
    if entry.nouns and context.quantity.kind != "event" and not _counts(reading, context, entry):
        return False
    if context.quantity.hedge == "universal" and not entry.universal:
        return False
    if any(not _met(reading, context, group, bounds) for group in entry.require):
        return False
    if context.quantity.kind == "date" and _of_another_event(reading, context, entry):
        return False
    if any(not _met(reading, context, group, context.beside) for group in entry.near):
        return False
    return not (entry.forbid and found(entry.forbid, text, *(context.sentence if context.is_total else context.tight)))


def _of_another_event(reading: Reading, context: Context, entry: Entry) -> bool:
    """Whether what happened on the date, by the word nearest to it, is not what the entry dates."""
    start, end = context.quantity.start, context.quantity.end
    low, high = max(context.sentence[0], start - EVENT), min(context.sentence[1], end + EVENT)
    own = tuple(term for group in (*entry.require, *entry.near) for term in group)
    met = spans((*vocabulary().neutral.happened, *own), reading.loose, low, high)
    gaps = [(start - b if b <= start else a - end + EVENT // 3, (a, b)) for a, b in met if b <= start or a >= end]
    nearest = min(gaps, default=None)
    return nearest is not None and not found(own, reading.loose, *nearest[1])


def _counts(reading: Reading, context: Context, entry: Entry) -> bool:
    if context.unknown_noun:
        return False
    if context.noun == (0, 0):
        return False
    start, end = context.noun
    match = pattern((*entry.nouns, *entry.other_scope)).match(reading.loose, start)
    return match is not None and match.end() >= min(end, match.end())


def _scope(reading: Reading, context: Context, entry: Entry) -> str:
    """The noun of another scope that the percentage is said to be of; empty when it is of the right one."""
    if not entry.other_scope or context.noun == (0, 0):
        return ""
    start, end = context.noun
    return reading.plain.quote(start, end) if pattern(entry.other_scope).match(reading.loose, start) else ""


def _met(reading: Reading, context: Context, group: Terms, bounds: tuple[int, int]) -> bool:
    if THEME in group and context.themes:
        return True
    return found(tuple(term for term in group if term != THEME), reading.loose, *bounds)


def _programme(reading: Reading, context: Context, entry: Entry, definition: Definition) -> str | None:
    """The programme of the claim, "" when the figure needs none, None when it is not known to be the one."""
    own = definition.programme
    if entry.programme == "none":
        return (
            None
            if "acv" in context.named
            and definition.section == "S3"
            and not entry.national
            and _narrow(reading, context)
            else ""
        )
    strong = [key for key in context.named if key != "thd"]
    if own == "thd":
        return None if strong else own if "thd" in context.named or context.stands_in == "thd" else None
    if entry.figure == "programme-lancement":
        return (strong or list(context.programmes))[0] if (strong or context.programmes) else None
    if own in strong:
        return own
    if strong:
        return None
    if entry.bare and found(entry.bare, reading.loose, *context.wide):
        return own
    return own if context.stands_in == own and definition.section != "S7" else None


def _narrow(reading: Reading, context: Context) -> bool:
    return found(
        ("communes du programme", "villes du programme", "dans le programme"), reading.loose, *context.sentence
    )


def _refusal(reading: Reading, context: Context, entry: Entry, definition: Definition) -> Refused | None:
    quantity = context.quantity
    if context.negative and not entry.negative and quantity.hedge != "universal":
        return Refused("La phrase est une négation, que ce chiffre ne mesure pas.", 3)
    if quantity.delta and not entry.delta:
        return Refused("Le nombre est donné comme un écart, et non comme un total.", 3)
    if context.place is not None and not context.place.code:
        return Refused(f"« {context.place.name} » ne désigne pas un territoire du registre sans équivoque.", 3)
    if context.place is not None and context.place.kind == "commune" and not context.place.member:
        return Refused(
            f"{context.place.name} n’est pas une commune du programme : le registre ne compte rien pour elle.", 3
        )
    if context.place is not None and "territory" not in definition.parameters:
        return Refused(f"Ce chiffre n’est pas tenu par territoire : il n’existe pas pour {context.place.name}.", 3)
    if promised(entry, definition) and (done := done_instead(reading, context, definition)):
        return Refused(done, 3)
    if of_a_theme(reading, context):
        return Refused(
            "Le pourcentage est celui d’une partie des projets, que le registre ne rapporte pas au reste.", 3
        )
    word = unknown_word(reading, context, entry, definition)
    if word:
        return Refused(f"« {word} » précise ce qui est compté, et le registre ne fait pas cette distinction.", 3)
    return None


def _score(reading: Reading, context: Context, entry: Entry) -> tuple[int, int]:
    """Most specific first, then the one whose terms stand nearest to the number."""
    special = 2 * len(entry.near) + len(entry.require) + 2 * (THEME in {t for g in entry.require for t in g})
    special += 2 * (entry.period == "flow") + (entry.period == "stated" and context.moment is not None)
    terms = [tuple(t for t in group if t != THEME) for group in (*entry.near, *entry.require)]
    start, end = context.quantity.start, context.quantity.end
    return -special, distance([t for t in terms if t], reading.loose, start, end, *context.wide)
