"""What reasons are made of: figures, days, amounts and sources in French."""

from datetime import date

from jalon.claims.claim import Reference
from jalon.claims.matching import Match
from jalon.figures import DeclaredValue, Definition, Figure, format_day, format_moment, format_number
from jalon.figures.format import according_to, format_value
from jalon.geography import geography


def reference_of(match: Match, figure: Figure, value: float) -> Reference:
    params = tuple(sorted((name, value) for name, value in match.params.items()))
    if figure.is_table:
        display = amount(value, match.definition)
        params = (*params, ("year", match.year or 0))
    else:
        display = figure.display
    return Reference(figure.id, figure.label, params, figure.as_of, figure.edition, display)


def said_of(match: Match, figure: Figure, value: float) -> str:
    shown = amount(value, match.definition) if figure.is_table else figure.display
    year = f" en {match.year}" if match.year else ""
    return f"{figure.label}{_where(match)}{year} : {shown} au {format_day(figure.as_of)}"


def _where(match: Match) -> str:
    code = str(match.params.get("territory", ""))
    place = geography().place(*code.split(":")) if code else None
    return f" ({place.name})" if place else ""


def cited(fact: DeclaredValue, definition: Definition) -> str:
    value = format_value(fact.value, definition.format, definition.unit)
    return f"{value} {according_to(fact.publisher)} ({format_moment(fact.as_of)})"


def later_than(fact: DeclaredValue, as_of: date) -> str:
    return f", connu après le {format_day(as_of)}"


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def amount(value: float, definition: Definition) -> str:
    if definition.format == "percent":
        return f"{format_number(value, 1)} points" if value >= 2 else f"{format_number(value, 2)} point"
    return money(value) if definition.format == "euros" else count(value, definition.unit)


def money(value: float) -> str:
    return format_value(value, "euros")


def count(value: float, unit: str) -> str:
    return format_value(int(value), "integer", unit)


def rounded(value: float) -> float:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
