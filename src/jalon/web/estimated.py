"""Estimates in words: a value with its interval, what it is compared with, and how it was made."""

from dataclasses import dataclass

from jalon.editions import Edition
from jalon.figures import format_value
from jalon.web import typography
from jalon.web.queries.estimates import Estimated, Group, estimated

FORMATS = {
    "towns_acting": "integer", "towns_share": "percent", "actions": "integer", "actions_share": "percent",
    "actions_per_town": "decimal", "actions_per_10000": "decimal", "location_quotient": "decimal",
    "funded": "integer", "planned_eur": "euros", "granted_eur": "euros", "paid_eur": "euros",
    "under_way": "integer", "delivered": "integer",
}  # fmt: skip
SENTENCES = {
    "towns_acting": "Communes ayant au moins un projet",
    "towns_share": "Part des communes ayant au moins un projet",
    "actions": "Projets subventionnés",
    "actions_share": "Part dans tous leurs projets subventionnés",
    "actions_per_town": "Projets par commune",
    "actions_per_10000": "Projets pour 10 000 habitants",
    "location_quotient": "Quotient de localisation (1 : comme les communes de même taille)",
    "funded": "Projets financés par une subvention",
    "planned_eur": "Coût prévu, hors taxes",
    "granted_eur": "Subventions accordées",
    "paid_eur": "Subventions payées",
    "under_way": "Projets en cours",
    "delivered": "Projets livrés",
}
UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one group, ready for a table. `apart` says in words how it stands to communes of its size."""

    label: str
    value: str
    interval: str
    naive: str
    same_size: str
    apart: str
    shrunk: bool
    method: str
    known: bool


def line(edition: Edition, indicator: str, theme: str, group: Group) -> Line:
    one = estimated(edition, indicator, theme, group)
    return Line(
        label=SENTENCES[indicator],
        value=shown(one),
        interval=interval(one),
        naive=told(indicator, one.naive) if one and one.naive is not None else "",
        same_size=_same_size(one),
        apart={"above": "au-dessus des communes de même taille", "below": "au-dessous"}.get(one.apart, "")
        if one
        else "",
        shrunk=bool(one and one.shrunk),
        method=one.method if one else "Aucune estimation pour ce groupe dans l’édition.",
        known=bool(one and one.known),
    )


def shown(one: Estimated | None) -> str:
    """The value with its unit; « inconnu » where nothing is said."""
    return told(one.indicator, one.value) if one and one.known else UNKNOWN


def interval(one: Estimated | None) -> str:
    """« entre 12 et 18 »; empty where nothing is said."""
    if one is None or one.low is None or one.high is None:
        return ""
    return f"entre {told(one.indicator, one.low)} et {told(one.indicator, one.high)}"


def told(indicator: str, value: float | None) -> str:
    kind = FORMATS[indicator]
    if value is not None and kind == "percent":
        return f"{typography.significant(value * 100)}{typography.THIN}%"
    if value is not None and kind == "decimal":
        return typography.significant(value)
    return format_value(round(value) if value is not None and kind == "integer" else value, kind)


def _same_size(one: Estimated | None) -> str:
    if one is None or one.same_size is None:
        return ""
    low, high = told(one.indicator, one.same_size_low), told(one.indicator, one.same_size_high)
    return f"{told(one.indicator, one.same_size)} ({low} à {high})"
