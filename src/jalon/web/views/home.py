"""The home of a programme, and the way to it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.web import typography
from jalon.web.charts import INDICATORS
from jalon.web.charts.data import towns
from jalon.web.drawings import Drawing, drawing
from jalon.web.held import HeldFigures, held_figures
from jalon.web.news import News, news
from jalon.web.pages import page
from jalon.web.published import published
from jalon.web.queries import names
from jalon.web.queries.members import members
from jalon.web.queries.names import Programme
from jalon.web.queries.scores import exactness
from jalon.web.tiles import Tile, bare, beneficiaries, home_figures, known_figure, tile


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a sentence; `href` leads to the figure it states."""

    text: str
    href: str = ""


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
    exactness: str
    held: HeldFigures
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


def _indicators(edition: Edition, programme: str, asked: str) -> tuple[tuple[str, str], ...]:
    """Those that are known of at least one territory, and the one asked for."""
    found = towns(edition, programme)
    return tuple(
        (key, one.label)
        for key, one in INDICATORS.items()
        if key == asked or any(one.value(town) is not None for town in found)
    )


def _context(edition: Edition, found: Programme, indicator: str) -> ProgrammeHome:
    sentence = _sentence(edition, found)
    themes = drawing("appetit-themes", edition, programme=found.programme)
    return ProgrammeHome(
        title=_question(edition, found),
        answer="".join(piece.text for piece in sentence),
        sentence=sentence,
        beneficiaries=beneficiaries(found.programme),
        programme=found,
        others=tuple(p for p in names.programmes(edition).values() if p != found),
        tiles=tuple(tile(edition, figure) for figure in home_figures(edition, found.programme)),
        indicator=indicator,
        indicators=_indicators(edition, found.programme, indicator),
        map=drawing("carte", edition, programme=found.programme, indicateur=indicator),
        themes=themes,
        regions=drawing("appetit-regions", edition, programme=found.programme) if themes else None,
        exactness=exactness(edition) if themes else "",
        held=held_figures(edition, found.programme),
        news=news(edition, found.programme),
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
