"""The home of a programme, and the way to it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.web import typography
from jalon.web.charts import INDICATORS
from jalon.web.drawings import Drawing, drawing
from jalon.web.news import News, news
from jalon.web.pages import page
from jalon.web.published import published
from jalon.web.queries import figures, names
from jalon.web.queries.members import members
from jalon.web.queries.names import Programme
from jalon.web.tiles import Tile, bare, beneficiaries, home_figures, known_figure, tile


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a sentence; `href` leads to the figure it states."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A declared value beside the computed one it is held against."""

    label: str
    declared: str
    publishers: str
    declared_url: str
    computed: str
    computed_label: str
    computed_url: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProgrammeHome:
    """Context of `programme.html`."""

    title: str
    answer: str
    sentence: tuple[Said, ...]
    beneficiaries: str
    programme: Programme
    others: tuple[Programme, ...]
    tiles: tuple[Tile, ...]
    indicator: str
    indicators: tuple[tuple[str, str], ...]
    map: Drawing | None
    themes: Drawing | None
    regions: Drawing | None
    held: tuple[Held, ...]
    news: News


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The first programme that has territories; the others are one link away."""
    first = next(iter(names.programmes(published())), None)
    if first is None:
        raise Http404
    return HttpResponseRedirect(f"/programmes/{first}/")


@require_safe
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    edition = published()
    known = names.programmes(edition)
    if programme not in known:
        raise Http404
    asked = request.GET.get("indicateur", "")
    indicator = asked if asked in INDICATORS else _first_indicator(edition, programme)
    return page(request, "programme", _context(edition, known[programme], indicator))


def _first_indicator(edition: Edition, programme: str) -> str:
    """The signatures where the programme has some, else what its territories do."""
    return "signature" if any(one.signed_on for one in members(edition, programme)) else "actions"


def _context(edition: Edition, found: Programme, indicator: str) -> ProgrammeHome:
    sentence = _sentence(edition, found)
    drawn = found.members > 0
    placed = any(one.lon is not None for one in members(edition, found.programme))
    return ProgrammeHome(
        title=_question(edition, found),
        answer="".join(piece.text for piece in sentence),
        sentence=sentence,
        beneficiaries=beneficiaries(found.programme),
        programme=found,
        others=tuple(p for p in names.programmes(edition).values() if p != found),
        tiles=tuple(tile(edition, figure) for figure in home_figures(edition, found.programme)),
        indicator=indicator,
        indicators=tuple((key, one.label) for key, one in INDICATORS.items()),
        map=drawing("carte", edition, programme=found.programme, indicateur=indicator) if placed else None,
        themes=drawing("appetit-themes", edition, programme=found.programme) if drawn else None,
        regions=drawing("appetit-regions", edition, programme=found.programme) if drawn else None,
        held=_held(edition, found.programme),
        news=news(edition),
    )


def _question(edition: Edition, found: Programme) -> str:
    if known_figure(edition, f"{found.programme}-villes-ville-intelligente"):
        return f"{found.short_name} : quelles villes misent sur la ville intelligente ?"
    return f"{found.name} : où en est le programme ?"


def _sentence(edition: Edition, found: Programme) -> tuple[Said, ...]:
    """The answer, from the figures of the ledger that are known; the description of the programme otherwise."""
    prefix = found.programme
    towns = known_figure(edition, f"{prefix}-communes")
    smart = known_figure(edition, f"{prefix}-villes-ville-intelligente")
    grants = known_figure(edition, f"{prefix}-ville-intelligente-subventions")
    if not (towns and smart):
        return (Said(typography.sentence(found.description)),)
    pieces = [
        Said(f"Au {typography.day(edition.as_of)}, "),
        Said(smart.display, f"/chiffres/{smart.id}"),
        Said(" sur "),
        Said(bare(towns), f"/chiffres/{towns.id}"),
        Said(" portent au moins un projet de ville intelligente subventionné par l’État"),
    ]
    if grants:
        pieces += [Said(", pour "), Said(grants.display, f"/chiffres/{grants.id}"), Said(" de subventions")]
    return (*pieces, Said("."))


def _held(edition: Edition, programme: str) -> tuple[Held, ...]:
    """The declared figures of the programme, each beside the computed one of the same thing."""
    found = []
    for definition in figures.definitions(edition).values():
        if definition.programme != programme or definition.kind != "declared":
            continue
        declared = figures.value(edition, definition.id)
        if not declared.known:
            continue
        computed = known_figure(edition, definition.against) if definition.against else None
        found.append(
            Held(
                label=definition.label,
                declared=declared.display,
                publishers=declared.declared[0].publisher if declared.declared else "",
                declared_url=f"/chiffres/{definition.id}",
                computed=computed.display if computed else "",
                computed_label=computed.label if computed else "",
                computed_url=f"/chiffres/{computed.id}" if computed else "",
                state=declared.standing.state,
                reason=declared.standing.reason,
            )
        )
    return tuple(sorted(found, key=lambda one: not one.computed))
