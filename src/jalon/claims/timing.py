"""The moment that a claim is about, as the day and year to compute its figure on."""

import re
from datetime import date

from jalon.claims.context import Context, Reading
from jalon.claims.vocabulary import Entry
from jalon.claims.world import World
from jalon.figures import Definition
from jalon.figures.declared import last_day

_STATE = re.compile(r"\b(?:etaient|sont|comptait|compte|comptent|comptaient|avaient)\b")
_FUTURE = re.compile(r"\b(?:seront|sera|auront|aura|vont|va|beneficieront|compteront|atteindra|atteindront|devront)\b")
When = tuple[date, int | None, bool]


def when(reading: Reading, context: Context, entry: Entry, definition: Definition, world: World) -> When | str:
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
