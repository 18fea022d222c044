"""The page of the fibre: the country against its target, seen from any quarter; its files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.network.coverage import Reconciled
from jalon.network.outlook import Expected, Prospect
from jalon.network.quarters import last_day, number
from jalon.web import typography
from jalon.web.columns.fibre import EXPOSED, TERRITORIES, WAITING, Row, alerts
from jalon.web.drawings import Drawing, drawing
from jalon.web.files import geojson, parquet, xlsx
from jalon.web.pages import Crumb, page
from jalon.web.published import published
from jalon.web.queries import fibre, readiness
from jalon.web.queries.names import place
from jalon.web.tables import Shown, show, to_csv

FILES: dict[str, Callable[[Sequence[Row], str], HttpResponse]] = {
    "csv": lambda rows, name: to_csv(TERRITORIES, rows, name),
    "xlsx": lambda rows, name: xlsx(TERRITORIES, rows, name),
    "parquet": lambda rows, name: parquet(TERRITORIES, rows, name),
    "geojson": lambda rows, name: geojson(TERRITORIES, rows, name, lambda row: row.prospect.place[1]),
}
TITLE = "Où en est la fibre, et son objectif est-il tenu ?"
NOTHING = "L’édition ne connaît aucun taux de locaux raccordables : importez les séries de fibre, puis publiez-la."
CRUMBS = (Crumb("Plan France très haut débit", f"/programmes/{fibre.PLAN}/"), Crumb("Fibre"))


@dataclass(frozen=True, slots=True)
class Step:
    """One quarter of the slider."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """Widths in per cent of the picture; `words` says it all to who does not see it."""

    rate: float
    low: float
    width: float
    target: float
    words: str


@dataclass(frozen=True, slots=True)
class FibrePage:
    """Context of `fibre.html`."""

    title: str
    answer: tuple[str, ...]
    crumbs: tuple[Crumb, ...]
    quarter: str
    address: str
    steps: tuple[Step, ...] = ()
    before: Step | None = None
    after: Step | None = None
    gauge: Gauge | None = None
    curve: Drawing | None = None
    map: Drawing | None = None
    alerts: tuple[str, ...] = ()
    regions: Shown | None = None
    departements: Shown | None = None
    files: tuple[str, ...] = ()
    waiting: str = ""
    exposed: Shown | None = None
    sources: tuple[str, ...] = ()


@require_safe
def fibre_page(request: HttpRequest) -> HttpResponse:
    edition = published()
    if not fibre.quarters(edition):
        return page(request, "fibre", FibrePage(TITLE, (NOTHING,), CRUMBS, "", ""))
    origin = fibre.quarter_of(edition, request.GET.get("trimestre", ""))
    country = fibre.prospects(edition, origin).get(fibre.COUNTRY) if origin else None
    if origin is None or country is None:
        raise Http404
    return page(request, "fibre", _context(edition, origin, country))


@require_safe
def download(request: HttpRequest, suffix: str) -> HttpResponse:
    """Every département seen from the quarter asked, as a file."""
    edition = published()
    origin = fibre.quarter_of(edition, request.GET.get("trimestre", ""))
    if origin is None or suffix not in FILES:
        raise Http404
    return FILES[suffix](_rows(edition, origin, "departement"), f"jalon-fibre-departements-{fibre.address(origin)}")


@require_safe
def projects(request: HttpRequest, suffix: str) -> HttpResponse:
    """The actions that need fibre, for a prefect: those of a département, or all of them, as CSV or XLSX."""
    departement = request.GET.get("departement", "")
    rows = readiness.waiting(published(), departement)
    if suffix not in ("csv", "xlsx") or (departement and not rows):
        raise Http404
    make = to_csv if suffix == "csv" else xlsx
    return make(WAITING, rows, f"jalon-fibre-projets{f'-{departement}' if departement else ''}")


def _context(edition: Edition, origin: date, country: Prospect) -> FibrePage:
    departements = _rows(edition, origin, "departement")
    steps = _steps(edition, origin)
    present = next(i for i, step in enumerate(steps) if step.current)
    address = fibre.address(origin)
    return FibrePage(
        title=TITLE,
        answer=tuple(filter(None, (_now(origin, country), _target(edition, origin, country)))),
        crumbs=CRUMBS,
        quarter=typography.quarter(origin),
        address=address,
        steps=steps,
        before=steps[present - 1] if present else None,
        after=steps[present + 1] if present + 1 < len(steps) else None,
        gauge=_gauge(origin, country),
        curve=drawing("fibre-projection", edition, trimestre=address),
        map=drawing("fibre-departements", edition, trimestre=address),
        alerts=tuple(f"{row.name} : {said}" for row in departements for said in alerts(row)),
        regions=show(TERRITORIES, _rows(edition, origin, "region"), "Fibre par région"),
        departements=show(TERRITORIES, departements, "Fibre par département"),
        files=tuple(FILES),
        waiting=_waiting(edition),
        exposed=_exposed(edition),
        sources=_sources(edition),
    )


def _rows(edition: Edition, origin: date, kind: str) -> list[Row]:
    """Territories of a kind, the least covered first."""
    found = [one for place, one in fibre.prospects(edition, origin).items() if place[0] == kind]
    return [Row(place(edition, *one.place) or one.place[1], one) for one in sorted(found, key=lambda one: one.rate)]


def _waiting(edition: Edition) -> str:
    """How many actions need fibre, and how many were exposed."""
    found = readiness.counts(edition)
    known = sum(count for state, count in found.items() if state != "unknown")
    if not known:
        return ""
    risk = found.get("at_risk", 0)
    exposed = typography.plural(risk, "se trouvait", "se trouvaient")
    return (
        f"Sur {typography.plural(known, 'projet subventionné', 'projets subventionnés')} de ville intelligente dont le "
        f"thème demande la fibre, {exposed} dans un département qui n’avait pas 80 % de locaux raccordables à la date "
        f"du projet, ni dans les deux ans : {typography.share(risk / known)}."
    )


def _exposed(edition: Edition) -> Shown | None:
    rows = readiness.by_departement(edition)
    return show(EXPOSED, rows, "Projets qui demandent la fibre, par département") if rows else None


def _steps(edition: Edition, origin: date) -> tuple[Step, ...]:
    known = fibre.quarters(edition)
    return tuple(
        Step(typography.quarter(one), f"/fibre/?trimestre={fibre.address(one)}", one == origin) for one in known
    )


def _now(origin: date, country: Prospect) -> str:
    gained = f", {typography.number(100 * country.pace)} points de plus en un an" if country.pace else ""
    rate = typography.share(country.rate, 1 if (1000 * country.rate) % 10 else 0)
    return f"Au {typography.quarter(origin)}, {rate} des locaux du pays sont raccordables{gained}."


def _target(edition: Edition, origin: date, country: Prospect) -> str:
    """What was expected on the day of the target, and what came; or how the target ended."""
    goal, whole = fibre.goal(), fibre.rates(edition)
    came = whole.came(fibre.COUNTRY).get(goal.due) if whole else None
    expected = _on(country, goal.due)
    aim = f"{typography.share(goal.share)} au {typography.quarter(goal.due)}"
    if expected is None:
        if origin < goal.due:
            return f"L’objectif, {aim}, est trop loin de ce trimestre pour une projection."
        said = f"L’objectif était de {aim} : il y en eut {typography.share(came, 1)}" if came is not None else ""
        reached = country.reach.reached
        return f"{said} ; le seuil est passé au {typography.quarter(last_day(reached))}." if reached else f"{said}."
    odds = f"{typography.share(expected.low)} à {typography.share(expected.high)}"
    text = (
        f"Vu de là, on attendait {typography.share(expected.value)} au {typography.quarter(goal.due)} "
        f"(de {odds}, 8 chances sur 10), pour un objectif de {typography.share(goal.share)}"
    )
    return f"{text} ; il y en eut {typography.share(came, 1)}." if came is not None else f"{text}."


def _on(country: Prospect, day: date) -> Expected | None:
    return next((one for one in country.ahead if number(one.quarter) == number(day)), None)


def _gauge(origin: date, country: Prospect) -> Gauge:
    goal = fibre.goal()
    ahead = _on(country, goal.due) or country.ahead[3]
    words = (
        f"{typography.share(country.rate)} au {typography.quarter(origin)} ; de {typography.share(ahead.low)} à "
        f"{typography.share(ahead.high)} attendus au {typography.quarter(ahead.quarter)} ; objectif : "
        f"{typography.share(goal.share)}"
    )
    low, high = 100 * ahead.low, 100 * ahead.high
    return Gauge(round(100 * country.rate, 1), round(low, 1), round(high - low, 1), round(100 * goal.share, 1), words)


def _sources(edition: Edition) -> tuple[str, ...]:
    """How the sources that overlap agree, and where they do not."""
    whole = fibre.rates(edition)
    both = [one for one in whole.values if one.other_rate is not None] if whole else []
    if not both:
        return ()
    apart = [one for one in both if one.disagrees]
    widest = max(abs(one.rate - (one.other_rate or 0)) for one in both)
    said = (
        f"{typography.plural(len(both), 'valeur est donnée', 'valeurs sont données')} par deux sources : la plus "
        f"récemment publiée est retenue, l’autre reste dans l’édition avec sa date. Leur plus grand écart est de "
        f"{typography.number(100 * widest, 1)} point ; "
        f"{typography.plural(len(apart), 'dépasse', 'dépassent')} un point."
    )
    return (said, *(_apart(edition, one) for one in apart[:10]))


def _apart(edition: Edition, one: Reconciled) -> str:
    """Two sources that do not say the same."""
    return (
        f"{place(edition, one.kind, one.code) or one.code}, {typography.quarter(one.quarter)} : "
        f"{typography.share(one.rate, 1)} ({one.source_id}), "
        f"{typography.share(one.other_rate, 1)} ({one.other_source})."
    )
