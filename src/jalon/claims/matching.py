"""From a quantity in its context to the figures it may claim, with their parameters. Strict: a doubt is a refusal."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from jalon.claims.context import Context, Reading
from jalon.claims.lexicon import distance, found, pattern, spans
from jalon.claims.vocabulary import THEME, Entry, Terms, vocabulary
from jalon.figures import Definition, Ledger
from jalon.figures.declared import last_day

_WORD = re.compile(r"[a-z]+")
_STATE = re.compile(r"\b(?:etaient|sont|comptait|compte|comptent|comptaient|avaient)\b")
_DEFINITE = re.compile(r"(?<![a-z])(?:les|des|ces|aux|nos) $")
_INSERTED = re.compile(r"(?:, soit [^,()]{1,40},|\([^()]{1,40}\))")
_EACH = re.compile(
    r"(?:commune|ville|territoire)s? [^,;]{0,24}\b(?:ont|comptent|disposent|portent|lance\w*|engage\w*)(?: de| d)? $"
)
_CLAUSES = re.compile(r"^.*[,;:()]")
_QUI = re.compile(r"^.* qui ")
_FUTURE = re.compile(r"\b(?:seront|sera|auront|aura|vont|va|beneficieront|compteront|atteindra|atteindront|devront)\b")


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


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no figure may be held against the quantity: `lack` is a French sentence, `rank` how near a match it came."""

    lack: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """What matching knows beside the text."""

    ledger: Ledger
    as_of: date
    years: tuple[int, int]
    launched: dict[str, date] = field(default_factory=dict)


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


Bounds = tuple[int, int]


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
    when = _when(reading, context, entry, definition, world)
    if isinstance(when, str):
        return Refused(when, 4)
    as_of, year, dated = when
    params: dict[str, str | int] = {}
    if programme and programme != definition.programme:
        params["programme"] = programme
    if context.place is not None and "territory" in definition.parameters:
        params["territory"] = context.place.code
    if context.themes and "theme" in definition.parameters:
        params["theme"] = context.themes[0]
    if year is not None and entry.period == "year":
        params["year"] = year
    return Match(
        entry, definition, params, as_of, dated, _score(reading, context, entry), _scope(reading, context, entry), year
    )


def _speaks_of(reading: Reading, context: Context, entry: Entry, bounds: Bounds) -> bool:
    """Whether noun and terms are those of the entry, its required terms within the bounds."""
    text = reading.loose
    if entry.nouns and context.quantity.kind != "event" and not _counts(reading, context, entry):
        return False
    if context.quantity.hedge == "universal" and not entry.universal:
        return False
    if any(not _met(reading, context, group, bounds) for group in entry.require):
        return False
    if any(not _met(reading, context, group, context.beside) for group in entry.near):
        return False
    return not (entry.forbid and found(entry.forbid, text, *context.tight))


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
    if _promised(entry, definition) and (done := _done(reading, context, definition)):
        return Refused(done, 3)
    if _of_a_theme(reading, context):
        return Refused(
            "Le pourcentage est celui d’une partie des projets, que le registre ne rapporte pas au reste.", 3
        )
    word = _unknown_word(reading, context, entry, definition)
    if word:
        return Refused(f"« {word} » précise ce qui est compté, et le registre ne fait pas cette distinction.", 3)
    return None


def _done(reading: Reading, context: Context, definition: Definition) -> str:
    """Why an amount that was promised over years is not what the sentence says was done, or done in one year."""
    spent = spans(vocabulary().neutral.spent, reading.loose, *context.near)
    if spent:
        return f"Le registre connaît ce qui fut annoncé, et non ce que dit « {reading.plain.quote(*spent[0])} »."
    one_year = context.moment is not None and context.moment.year is not None
    return (
        "Ce montant couvre plusieurs années, et non une seule."
        if one_year and definition.section in ("S4", "S5")
        else ""
    )


def _promised(entry: Entry, definition: Definition) -> bool:
    return entry.kind == "money" and definition.kind == "declared"


def _of_a_theme(reading: Reading, context: Context) -> bool:
    """ "35 % des projets de vidéoprotection": a share of them, where the register knows their share of all."""
    if context.quantity.kind != "percent" or not context.themes or context.noun[0] < context.quantity.end:
        return False
    link = re.compile(r" (?:de |d |du |des |en matiere de )(?:la |l )?").match(reading.loose, context.noun[1])
    terms = tuple(term for key in context.themes for term in vocabulary().theme[key])
    return link is not None and pattern(terms).match(reading.loose, link.end()) is not None


def _unknown_word(reading: Reading, context: Context, entry: Entry, definition: Definition) -> str:
    """The first word that qualifies what is counted, or says what became of it, and that is not known; else empty."""
    promised = _promised(entry, definition)
    if context.quantity.kind not in ("count", "percent") and not promised:
        return ""
    allowed = _allowed(entry, "theme" in definition.parameters)
    if promised:
        return _strange_in_clause(reading, context, (*allowed, *vocabulary().neutral.money))
    known = [*spans(allowed, reading.loose, *context.near), *_said(context)]
    if not context.elliptic:
        known.append(context.noun)
    return _strange_after(reading, context, known) or _strange_before(reading, context, known)


def _said(context: Context) -> list[Bounds]:
    own = [(one.start, one.end) for one in (context.place, context.moment) if one is not None]
    return [*own, *context.located]


def _strange_after(reading: Reading, context: Context, known: list[Bounds]) -> str:
    """Among the words after the number, down to the first verb: the participle that follows an auxiliary."""
    neutral = vocabulary().neutral
    stops, auxiliaries, small = pattern(neutral.stops), pattern(neutral.auxiliaries), pattern(neutral.small)
    verb, last = False, ""
    definite = _DEFINITE.search(reading.loose, max(0, context.quantity.start - 12), context.quantity.start)
    for match in _WORD.finditer(reading.loose, context.after[0], context.after[1]):
        gap = _INSERTED.sub("", reading.plain.text[context.after[0] : match.start()])
        if re.search(r"[,;:.()\n]", gap) or stops.fullmatch(match.group()):
            return ""
        if auxiliaries.fullmatch(match.group()):
            if definite:
                return ""
            verb = True
        elif not any(a <= match.start() < b for a, b in known):
            return match.group()
        elif verb and not small.fullmatch(match.group()):
            return ""
        last = match.group()
    cut_short = context.after[1] < context.sentence[1] and reading.plain.text[context.after[1] - 1] == " "
    return last if verb and cut_short else ""


def _strange_in_clause(reading: Reading, context: Context, allowed: Terms) -> str:
    """The first word of the clause of an amount that is not known: what was promised is told from what was done."""
    low, high = context.before[0], context.clause_end
    said = _QUI.sub(_blank, _CLAUSES.sub(_blank, reading.loose[low : context.before[1]]))
    start = low + len(said) - len(said.lstrip())
    known = [*spans(tuple(sorted(allowed)), reading.loose, low, high), *_said(context)]
    quantity = context.quantity
    for match in _WORD.finditer(reading.loose, start, high):
        inside = quantity.start <= match.start() < quantity.end
        if len(match.group()) > 3 and not inside and not any(a <= match.start() < b for a, b in known):
            return match.group()
    return ""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _strange_before(reading: Reading, context: Context, known: list[Bounds]) -> str:
    """The last word of weight before the number, in its own clause, when it is not known."""
    low, high = context.before
    clause = max(reading.plain.text.rfind(sign, low, high) for sign in (",", ";", ":", "(", "\n")) + 1
    small = pattern(vocabulary().neutral.small)
    for match in reversed(list(_WORD.finditer(reading.loose, max(low, clause), high))):
        if small.fullmatch(match.group()) or len(match.group()) == 1:
            continue
        return "" if any(a <= match.start() < b for a, b in known) else match.group()
    return ""


@cache
def _allowed(entry: Entry, themed: bool) -> Terms:
    whole = vocabulary()
    neutral = whole.neutral
    terms: set[str] = {
        *neutral.words,
        *neutral.small,
        *neutral.verbs,
        *neutral.auxiliaries,
        *entry.nouns,
        *entry.words,
        *entry.other_scope,
    }
    for group in (*entry.require, *entry.near, *(names.names for names in whole.programme)):
        terms |= set(group) - {THEME}
    if themed:
        terms |= {term for group in whole.theme.values() for term in group} | {"theme*", "thematique*"}
    return tuple(sorted(terms))


When = tuple[date, int | None, bool]


def _when(reading: Reading, context: Context, entry: Entry, definition: Definition, world: World) -> When | str:
    """(as-of day, year, whether the text says it) of the claim, or a French refusal."""
    moment, today = context.moment, world.as_of
    if entry.period == "stated":
        return _stated(context, entry, today)
    if entry.period != "none" and _FUTURE.search(reading.loose, *context.near):
        return "La phrase parle de l’avenir."
    if entry.period == "none" or moment is None:
        if entry.period == "flow":
            return "Il manque l’année."
        return today, None, False
    if moment.role == "until" or moment.first > today:
        return f"La phrase parle d’un moment qui suit le {today:%d/%m/%Y}, date de la vérification."
    if moment.role == "since":
        if entry.period == "flow":
            return "Il manque l’année."
        launched = world.launched.get(definition.programme, today)
        if moment.first <= launched:
            return today, None, False
        return "La période commence après le lancement du programme : le registre ne compte que depuis celui-ci."
    return _at(reading, context, entry, definition, world)


def _at(reading: Reading, context: Context, entry: Entry, definition: Definition, world: World) -> When | str:
    moment, today = context.moment, world.as_of
    assert moment is not None  # noqa: S101
    end = min(moment.last, today)
    if entry.period == "flow":
        return (today, moment.year, True) if moment.year else "Il faut une année entière."
    if entry.period == "dated" and moment.grain in ("year", "span"):
        return (end, None, True) if _STATE.search(reading.loose, *context.near) else "Une année entière compte un flux."
    if entry.period == "year":
        if moment.year:
            return today, moment.year, True
        if moment.grain == "span":
            whole = (moment.first.year, moment.last.year) == world.years
            return (today, None, False) if whole else "Les fichiers publiés ne couvrent pas exactement cette période."
    return end, None, True


def _stated(context: Context, entry: Entry, today: date) -> When | str:
    """A figure that speaks of one moment only."""
    moment, wanted = context.moment, last_day(entry.moment)
    assert wanted is not None  # noqa: S101
    if moment is None:
        return (
            (today, None, False)
            if entry.moment_optional
            else f"Il manque la date : ce chiffre parle de {entry.moment}."
        )
    if len(entry.moment) == 4:
        same = moment.first.year == moment.last.year == wanted.year
        same &= not (entry.flow and moment.grain in ("end", "day", "start", "month"))
    else:
        same = abs((moment.last - wanted).days) <= 31
    return (
        (today, wanted.year, True)
        if same
        else f"Ce chiffre parle de {entry.moment}, et non du moment que dit la phrase."
    )


def _score(reading: Reading, context: Context, entry: Entry) -> tuple[int, int]:
    """Most specific first, then the one whose terms stand nearest to the number."""
    special = 2 * len(entry.near) + len(entry.require) + 2 * (THEME in {t for g in entry.require for t in g})
    special += 2 * (entry.period == "flow") + (entry.period == "stated" and context.moment is not None)
    terms = [tuple(t for t in group if t != THEME) for group in (*entry.near, *entry.require)]
    start, end = context.quantity.start, context.quantity.end
    return -special, distance([t for t in terms if t], reading.loose, start, end, *context.wide)
