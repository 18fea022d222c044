"""Two groups of communes side by side, and the matrix of themes by région."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.figures import format_value
from jalon.geography import POPULATION_CLASSES
from jalon.web.drawings import Drawing, drawing
from jalon.web.estimated import SENTENCES, Line, line
from jalon.web.pages import Crumb, page
from jalon.web.params import text
from jalon.web.published import published
from jalon.web.queries import estimates as query
from jalon.web.queries import names
from jalon.web.queries.estimates import SMART, Group
from jalon.web.tables import Column, to_csv
from jalon.web.typography import apostrophes

APPETITE = tuple(SENTENCES)[:7]
COMMITMENT = tuple(SENTENCES)[7:]


@dataclass(frozen=True, slots=True)
class Choice:
    """A group that can be chosen: its value in the address, its name."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator in both groups. `verdict`: whether their intervals tell them apart."""

    label: str
    one: Line
    other: Line
    verdict: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Context of `compare.html`."""

    title: str
    answer: str
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    themes: tuple[names.Theme, ...]
    a: str
    b: str
    theme: str
    problem: str
    first: str
    second: str
    sections: tuple[tuple[str, tuple[Pair, ...]], ...]
    csv: str


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Context of `matrix.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    matrix: Drawing | None
    themes: tuple[names.Theme, ...]


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    edition = published()
    drawn = drawing("matrice", edition)
    answer = f"{drawn.wide.title}." if drawn else "Cette édition ne contient pas d’estimation pour toutes les communes."
    crumbs = (Crumb("Thèmes", "/themes/"), Crumb("Thèmes par région"))
    context = MatrixPage(
        "Quelle région mise sur quel thème ?", answer, crumbs, drawn, tuple(names.themes(edition).values())
    )
    return page(request, "matrix", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    edition = published()
    known = {slug(group): group for group in query.groups(edition)}
    first = next(iter(names.programmes(edition)), "")
    default = f"programme-{first}" if f"programme-{first}" in known else next(iter(known), "")
    asked = text(request.GET, "a") or default, text(request.GET, "b") or ("FR" if "FR" in known else default)
    theme = text(request.GET, "theme") or SMART
    problem = _problem(edition, known, asked, theme)
    a, b = (known.get(one) for one in asked)
    theme = theme if theme == SMART or theme in names.themes(edition) else SMART
    sections = (
        ("Appétit", _pairs(edition, APPETITE, theme, a, b)),
        ("Engagement", _pairs(edition, COMMITMENT, theme, a, b)),
    ) if a and b else ()  # fmt: skip
    if request.GET.get("format") == "csv":
        return to_csv(PAIRS, [pair for _, pairs in sections for pair in pairs], f"jalon-comparaison-{edition.id}")
    named = tuple(label(edition, one) if one else "" for one in (a, b))
    context = ComparePage(
        title=f"{named[0]} et {named[1]} : quel appétit, quel engagement ?" if sections else "Que comparer ?",
        answer=_answer(sections, named) if sections else problem,
        choices=_choices(edition, known),
        themes=tuple(names.themes(edition).values()),
        a=asked[0],
        b=asked[1],
        theme=theme,
        problem=problem,
        first=named[0],
        second=named[1],
        sections=sections,
        csv=f"?a={asked[0]}&b={asked[1]}&theme={theme}&format=csv" if sections else "",
    )
    return page(request, "compare", context)


def slug(group: Group) -> str:
    """`FR`, `region-84`, `departement-38`, `taille-10000-a-20000`, `programme-acv`; of a programme, `acv.region-84`."""
    if group.population_class:
        place = f"taille-{group.population_class}"
    else:
        place = group.code if group.kind == "pays" else f"{group.kind}-{group.code}"
    if not group.programme:
        return place
    return f"programme-{group.programme}" if place == "FR" else f"{group.programme}.{place}"


def label(edition: Edition, group: Group) -> str:
    """The communes of a group, as a sentence names them."""
    programme = names.programmes(edition)[group.programme].short_name if group.programme else ""
    if group.population_class:
        place = format_value(group.population_class, "population")
    else:
        place = "" if group.kind == "pays" else names.place(edition, group.kind, group.code)
    whole = ", ".join(part for part in (programme, place) if part)
    return apostrophes(whole) or "Toutes les communes"


def _problem(edition: Edition, known: dict[str, Group], asked: tuple[str, str], theme: str) -> str:
    if not known:
        return "Cette édition ne contient aucune estimation."
    wrong = next((one for one in asked if one not in known), "")
    if wrong:
        return f"« {wrong[:60]} » n’est pas un groupe estimé dans cette édition : choisissez-en un dans la liste."
    if theme != SMART and theme not in names.themes(edition):
        return f"« {theme[:60]} » n’est pas un thème : la comparaison porte sur toute la ville intelligente."
    return ""


def _choices(edition: Edition, known: dict[str, Group]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """The groups under the headings of the list, in the order people look for them."""
    order = [one.id for one in POPULATION_CLASSES]
    headings: dict[str, list[tuple[tuple, Choice]]] = {
        "Ensembles": [], "Régions": [], "Tailles de commune": [], "Départements": [], "Dans un programme": [],
    }  # fmt: skip
    for address, group in known.items():
        choice = Choice(address, label(edition, group))
        small = bool(group.population_class) or group.kind != "pays"
        rank = (order.index(group.population_class) if group.population_class in order else -1, choice.label)
        if group.programme and small:
            headings["Dans un programme"].append(((group.programme, group.kind, *rank), choice))
        elif group.population_class:
            headings["Tailles de commune"].append((rank, choice))
        else:
            headings[{"region": "Régions", "departement": "Départements"}.get(group.kind, "Ensembles")].append(
                (rank, choice)
            )
    return tuple(
        (name, tuple(choice for _, choice in sorted(rows, key=lambda row: row[0])))
        for name, rows in headings.items()
        if rows
    )


def _pairs(
    edition: Edition, indicators: tuple[str, ...], theme: str, a: Group | None, b: Group | None
) -> tuple[Pair, ...]:
    if a is None or b is None:
        return ()
    pairs = []
    for indicator in indicators:
        one, other = (query.estimated(edition, indicator, theme, group) for group in (a, b))
        left, right = line(edition, indicator, theme, a), line(edition, indicator, theme, b)
        verdict = VERDICTS[_apart(indicator, one, other)].format(label(edition, a), label(edition, b))
        pairs.append(Pair(SENTENCES[indicator], left, right, verdict))
    return tuple(pairs)


TOTALS = ("towns_acting", "actions", "funded", "planned_eur", "granted_eur")


VERDICTS = {"": "", "a": "plus haut\u202f: {0}", "b": "plus haut\u202f: {1}", "same": "non distingués"}


def _apart(indicator: str, one: query.Estimated | None, other: query.Estimated | None) -> str:
    """Totals follow the number of communes: they are not compared. Overlapping intervals do not tell apart."""
    if indicator in TOTALS or not (one and other and one.known and other.known):
        return ""
    if (one.low or 0) > (other.high or 0):
        return "a"
    return "b" if (other.low or 0) > (one.high or 0) else "same"


def _answer(sections: tuple[tuple[str, tuple[Pair, ...]], ...], named: tuple[str, ...]) -> str:
    share = sections[0][1][1]
    told = share.verdict.partition(": ")[2]
    said = f"plus de communes actives dans « {told} »" if told else "les intervalles ne les départagent pas"
    return f"{share.one.value} des communes ont au moins un projet d’un côté, {share.other.value} de l’autre : {said}."


PAIRS: tuple[Column[Pair], ...] = (
    Column("Indicateur", lambda pair: pair.label),
    Column("A", lambda pair: pair.one.value),
    Column("A, intervalle", lambda pair: pair.one.interval),
    Column("A, compte brut", lambda pair: pair.one.naive),
    Column("A, communes de même taille", lambda pair: pair.one.same_size),
    Column("B", lambda pair: pair.other.value),
    Column("B, intervalle", lambda pair: pair.other.interval),
    Column("B, compte brut", lambda pair: pair.other.naive),
    Column("B, communes de même taille", lambda pair: pair.other.same_size),
    Column("Comparaison", lambda pair: pair.verdict),
)
