"""Declared figures beside the computed ones of the same thing: those that could be compared, then the others."""

from dataclasses import dataclass
from datetime import date

from jalon.editions import Edition
from jalon.figures import Definition, Figure
from jalon.figures.declared import last_day
from jalon.web import typography
from jalon.web.queries import figures
from jalon.web.tiles import known_figure


@dataclass(frozen=True, slots=True)
class Held:
    """A declared value beside the computed one of the day that it speaks of; `today` is the computed one of now.

    `reason` tells how they stood on the day declared, or why they do not compare; empty when no data computes it.
    """

    label: str
    declared: str
    publishers: str
    declared_url: str
    computed: str
    computed_on: date
    today: str
    computed_url: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class HeldFigures:
    """`compared` is confirmed or contradicted by the data; `apart` cannot be."""

    compared: tuple[Held, ...]
    apart: tuple[Held, ...]


def held_figures(edition: Edition, programme: str) -> HeldFigures:
    """The declared figures of a programme whose value is known, in the order of the ledger."""
    declared = [
        one for one in figures.definitions(edition).values() if one.programme == programme and one.kind == "declared"
    ]
    found = [_held(edition, one, value) for one in declared if (value := figures.value(edition, one.id)).known]
    return HeldFigures(
        tuple(one for one in found if one.state != "alone"), tuple(one for one in found if one.state == "alone")
    )


def _held(edition: Edition, definition: Definition, declared: Figure) -> Held:
    now = known_figure(edition, definition.against) if definition.against else None
    computed = _then(edition, definition, declared) if now else None
    state = declared.standing.state
    return Held(
        label=definition.label,
        declared=declared.display,
        publishers=_publishers(declared),
        declared_url=f"/chiffres/{definition.id}",
        computed=computed.display if computed else "",
        computed_on=computed.as_of if computed else edition.as_of,
        today=f"{now.display} au {typography.day(now.as_of)}" if now else "",
        computed_url=f"/chiffres/{computed.id}?au={computed.as_of.isoformat()}" if computed else "",
        state=state,
        reason=_why_apart(declared, now) if state == "alone" else declared.standing.reason,
    )


def _then(edition: Edition, definition: Definition, declared: Figure) -> Figure | None:
    """The computed figure on the day that the declaration speaks of; None when nothing was known of it."""
    day = min(last_day(declared.declared[0].as_of) or edition.as_of, edition.as_of)
    found = figures.value(edition, definition.against, day)
    return found if found.known else None


def _why_apart(declared: Figure, computed: Figure | None) -> str:
    if declared.hedge == "target":
        return "C’est un objectif, pas un constat."
    if computed:
        return "Les données ne disent rien à la date de la publication."
    return ""


def _publishers(declared: Figure) -> str:
    """Who says it, and how many others say the same or something else."""
    first, *others = declared.declared
    same = sum(one.agrees is True for one in others)
    other = sum(one.agrees is False for one in others)
    parts = [first.publisher]
    if same:
        parts.append(typography.plural(same, "autre le dit", "autres le disent"))
    if other:
        parts.append(typography.plural(other, "autre dit autrement", "autres disent autrement"))
    return f"{typography.THIN}; ".join(parts)
