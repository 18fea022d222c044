"""What publications declare, fact by fact, each with its standing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jalon.figures import format_moment, format_number, format_value, hedged
from jalon.figures.facts import Bearer, StatedFact, stated_facts
from jalon.web.pages import Crumb, page
from jalon.web.published import published
from jalon.web.queries import names
from jalon.web.typography import NO_BREAK, THIN, apostrophes, plural


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as the page shows it, under the anchor of its identifier."""

    fact: StatedFact
    value: str
    moment: str
    published: str
    said: tuple[Bearer, ...]


@dataclass(frozen=True, slots=True)
class DeclaredPage:
    """Context of `declared.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    groups: tuple[tuple[str, tuple[Shown, ...]], ...]


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    edition = published()
    found = stated_facts(edition)
    known = names.programmes(edition)
    groups: dict[str, list[Shown]] = {}
    for fact in found:
        name = known[fact.programme].name if fact.programme in known else fact.programme
        groups.setdefault(name, []).append(_shown(fact))
    context = DeclaredPage(
        "Que déclarent les publications, et les données le confirment-elles ?",
        _answer(found),
        (Crumb("Chiffres", "/chiffres/"), Crumb("Déclarations")),
        tuple((name, tuple(rows)) for name, rows in groups.items()),
    )
    return page(request, "declared", context)


def _answer(found: tuple[StatedFact, ...]) -> str:
    many = {state: sum(one.state == state for one in found) for state in ("confirmed", "contradicted", "alone")}
    free = sum(one.independent for one in found)
    return (
        f"{plural(len(found), 'fait déclaré', 'faits déclarés')}, dont {free} par une source indépendante de "
        f"l’administration : {many['confirmed']} confirmés par un chiffre calculé, {many['contradicted']} contredits, "
        f"{many['alone']} que nulle donnée du registre ne permet de juger."
    )


def _shown(fact: StatedFact) -> Shown:
    return Shown(
        fact,
        hedged(in_its_unit(fact.value, fact.unit), fact.hedge),
        format_moment(fact.as_of),
        format_moment(fact.published) if fact.published else "",
        fact.bearers,
    )


def in_its_unit(value: float, unit: str) -> str:
    """50 and "% des conventions" as they are read; a unit of one word goes with its number, a year has no spaces."""
    if unit.startswith("année"):
        return f"{value:.0f}"
    if unit.startswith("%") or " " in unit:
        return apostrophes(f"{format_number(value, 3)}{THIN if unit.startswith('%') else NO_BREAK}{unit}")
    return format_value(value, "decimal", unit)
