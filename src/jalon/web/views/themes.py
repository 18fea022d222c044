"""The themes of the smart city, and the page of each."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.geography import resolve
from jalon.geography.names import key
from jalon.indicators.nearest import nearest
from jalon.themes import DIMENSIONS, taxonomy
from jalon.themes import Theme as Defined
from jalon.web import places, typography
from jalon.web.drawings import Drawing, drawing
from jalon.web.estimated import Line, interval, line, shown
from jalon.web.pages import Crumb, page
from jalon.web.params import text
from jalon.web.published import published
from jalon.web.queries import estimates as query
from jalon.web.queries import names
from jalon.web.queries.scores import Score, scores
from jalon.web.tables import Column, Shown, show, to_csv

SHOWN = 15
INDICATORS = ("towns_share", "actions", "actions_per_10000", "granted_eur", "planned_eur")


@dataclass(frozen=True, slots=True)
class Listed:
    """A theme in the list, its share of communes estimated."""

    theme: names.Theme
    href: str
    share: query.Estimated | None
    towns: query.Estimated | None
    actions: query.Estimated | None


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """Context of `themes.html`."""

    title: str
    answer: str
    table: Shown
    csv: str


@dataclass(frozen=True, slots=True)
class Leading:
    """A commune that carries the theme; `km` from the town chosen, None when none is or its position is unknown."""

    carrier: query.Carrier
    km: float | None


@dataclass(frozen=True, slots=True)
class ThemePage:
    """Context of `theme.html`. `near` is what was asked as « from », `near_problem` why it was not understood."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    theme: names.Theme
    defined: Defined | None
    dimensions: tuple[str, ...]
    examples: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    regions: Drawing | None
    years: Drawing | None
    map: Drawing | None
    leading: Shown | None
    leading_count: int
    near: str
    near_problem: str
    csv: str
    score: Score | None


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    edition = published()
    found = [_listed(edition, theme) for theme in names.themes(edition).values()]
    if request.GET.get("format") == "csv":
        return to_csv(LISTED, found, f"jalon-themes-{edition.id}")
    known = [one for one in found if one.share and one.share.known]
    table = show(LISTED, found, "Thèmes de la ville intelligente")
    return page(
        request, "themes", ThemesPage("Sur quels thèmes misent les villes ?", _first(known), table, "?format=csv")
    )


def _listed(edition: Edition, theme: names.Theme) -> Listed:
    return Listed(
        theme,
        f"/themes/{theme.theme}",
        query.estimated(edition, "towns_share", theme.theme),
        query.estimated(edition, "towns_acting", theme.theme),
        query.estimated(edition, "actions", theme.theme),
    )


def _first(known: list[Listed]) -> str:
    """The answer: the theme of the most communes."""
    if not known:
        return "Cette édition ne contient pas d’estimation pour l’ensemble des communes."
    top = max(known, key=lambda one: (one.share and one.share.value) or 0)
    share = top.share
    return (
        f"« {top.theme.label} » vient en tête : {shown(share)} des communes y ont au moins un projet subventionné, "
        f"{interval(share)}."
    )


def _value(one: query.Estimated | None) -> float | None:
    return one.value if one else None


LISTED: tuple[Column[Listed], ...] = (
    Column("Thème", lambda one: one.theme.label, link=lambda one: one.href, note=lambda one: one.theme.definition),
    Column(
        "Communes actives, estimation", lambda one: _value(one.towns), "number", note=lambda one: interval(one.towns)
    ),
    Column("Leur part", lambda one: shown(one.share), note=lambda one: interval(one.share), where="page"),
    Column("Leur part", lambda one: _value(one.share), "share", where="file"),
    Column("Borne basse", lambda one: one.share.low if one.share else None, "share", where="file"),
    Column("Borne haute", lambda one: one.share.high if one.share else None, "share", where="file"),
    Column("Projets, estimation", lambda one: _value(one.actions), "number", note=lambda one: interval(one.actions)),
    Column("Projets relevés", lambda one: one.actions.naive if one.actions else None, "number"),
)


@require_safe
def theme(request: HttpRequest, theme_id: str) -> HttpResponse:
    edition = published()
    found = names.themes(edition).get(theme_id)
    if found is None:
        raise Http404
    near = text(request.GET, "de")
    code, problem = _chosen(edition, near)
    leading = _leading(edition, theme_id, code)
    if request.GET.get("format") == "csv":
        return to_csv(LEADING, leading, f"jalon-theme-{theme_id}-{edition.id}")
    return page(request, "theme", _context(edition, found, near, problem, code, leading))


def _chosen(edition: Edition, near: str) -> tuple[str, str]:
    """The code of the commune named or coded in the address, and why there is none."""
    known = query.communes(edition)
    if not near or near.upper() in known:
        return near.upper(), ""
    codes = [place.code for place in resolve(near) if place.code in known]
    codes = codes or [code for code, place in known.items() if key(place.name) == key(near)]
    if len(codes) == 1:
        return codes[0], ""
    problem = "plusieurs communes portent ce nom : donnez son code officiel"
    if not codes:
        problem = "aucune commune n’a ce nom ou ce code"
    return "", f"« {near[:60]} » : {problem}."


def _leading(edition: Edition, theme_id: str, code: str) -> list[Leading]:
    """Communes of the theme, most projects first, or nearest first from a town."""
    carriers = {one.code: one for one in query.carriers(edition, theme_id)}
    if not code:
        return [Leading(one, None) for one in carriers.values()]
    known = query.communes(edition)
    near = nearest(known[code], {one.code: one.actions for one in carriers.values()}, known)
    return [Leading(carriers[one.code], one.km) for one in near]


LEADING: tuple[Column[Leading], ...] = (
    Column("Code", lambda one: one.carrier.code, "code", where="file"),
    Column("Commune", lambda one: one.carrier.name, link=lambda one: places.url("commune", one.carrier.code)),
    Column("Département", lambda one: one.carrier.departement),
    Column("Projets relevés", lambda one: one.carrier.actions, "number"),
    Column("Subventions de l’État", lambda one: one.carrier.grants, "euros"),
)
NEAR: tuple[Column[Leading], ...] = (
    *LEADING[:3], Column("Distance, en km", lambda one: one.km, "number"), *LEADING[3:],
)  # fmt: skip


def _context(
    edition: Edition, found: names.Theme, near: str, problem: str, code: str, leading: list[Leading]
) -> ThemePage:
    defined = next((one for one in taxonomy().themes if one.id == found.theme), None)
    lines = tuple(line(edition, indicator, found.theme, query.Group()) for indicator in INDICATORS)
    columns = NEAR if code else LEADING
    where = (
        f", les plus proches de {typography.apostrophes(query.communes(edition)[code].name)} d’abord" if code else ""
    )
    return ThemePage(
        title=f"Quelles villes misent sur « {found.label} » ?",
        answer=_answer(edition, found, lines, len(query.carriers(edition, found.theme))),
        crumbs=(Crumb("Thèmes", "/themes/"), Crumb(found.label)),
        theme=found,
        defined=defined,
        dimensions=tuple(DIMENSIONS[one] for one in defined.dimensions) if defined else (),
        examples=query.examples(edition, found.theme),
        lines=lines,
        regions=drawing("theme-regions", edition, theme=found.theme),
        years=drawing("theme-annees", edition, theme=found.theme),
        map=_map(edition, found.theme),
        leading=show(columns, leading[:SHOWN], f"Communes du thème{where}") if leading else None,
        leading_count=len(leading),
        near=near,
        near_problem=problem,
        csv=f"?de={code}&format=csv" if code else "?format=csv",
        score=next((one for one in scores(edition) if one.theme == found.theme), None),
    )


def _map(edition: Edition, theme_id: str) -> Drawing | None:
    """The towns of the first programme, coloured by their projects of the theme."""
    first = next(iter(names.programmes(edition)), "")
    return drawing("carte", edition, programme=first, indicateur="actions", theme=theme_id) if first else None


def _answer(edition: Edition, found: names.Theme, lines: tuple[Line, ...], flagged: int) -> str:
    share = query.estimated(edition, "towns_share", found.theme)
    if share is None or not share.known:
        return f"{typography.plural(flagged, 'commune y a', 'communes y ont')} au moins un projet subventionné relevé."
    return (
        f"Environ {shown(share)} des communes ont au moins un projet subventionné de ce thème, {interval(share)} ; "
        f"{typography.plural(flagged, 'commune est relevée', 'communes sont relevées')} une à une."
    )
