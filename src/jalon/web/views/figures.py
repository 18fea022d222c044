"""The ledger of figures, and the permalink of each."""

import json
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from jalon.editions import Edition, open_edition
from jalon.errors import FigureError
from jalon.figures import DeclaredValue, Definition, Figure, format_moment, format_number, format_value
from jalon.figures.format import hedged
from jalon.figures.freeze import plain
from jalon.home import home
from jalon.web.caching import A_DAY
from jalon.web.citation import Citation, cite
from jalon.web.columns.evidence import evidence_columns, table_columns
from jalon.web.news import said
from jalon.web.pages import Crumb, page
from jalon.web.params import day, text
from jalon.web.published import published
from jalon.web.queries import figures as query
from jalon.web.tables import Shown, show, to_csv
from jalon.web.tiles import Tile, tile
from jalon.web.typography import NO_BREAK, THIN, apostrophes

EVIDENCE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the ledger."""

    id: str
    label: str
    counts: str
    display: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Context of `figures.html`."""

    title: str
    answer: str
    sections: tuple[tuple[str, tuple[Listed, ...]], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    fact: DeclaredValue
    display: str
    moment: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Context of `figure.html`. `fixed` is the edition that the address names, empty for the published one."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    definition: Definition
    figure: Figure
    tile: Tile
    display: str
    fixed: str
    permalink: str
    as_of_asked: str
    table: Shown | None
    evidence: Shown
    evidence_total: int
    declared: tuple[Beside, ...]
    history: tuple[tuple[str, date, str, str], ...]
    citation: Citation
    csv: str
    json: str


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    edition = published()
    sections: dict[str, list[Listed]] = {}
    for one in query.definitions(edition).values():
        figure = query.value(edition, one.id)
        kind = "déclaré" if one.kind == "declared" else "calculé"
        listed = Listed(one.id, one.label, one.counts, _display(figure), kind, f"/chiffres/{one.id}")
        sections.setdefault(query.SECTIONS[one.section], []).append(listed)
    count = sum(map(len, sections.values()))
    return page(
        request,
        "figures",
        LedgerPage(
            "Quels chiffres peut-on citer ?",
            f"{count} chiffres, chacun avec sa définition, sa requête et les lignes qui le prouvent.",
            tuple((title, tuple(rows)) for title, rows in sections.items()),
        ),
    )


def _display(figure: Figure) -> str:
    if figure.is_table and figure.known:
        return f"tableau de {len(figure.rows)} lignes"
    return figure.display if figure.known else "inconnu"


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    figure_id, _, fixed = name.partition("@")
    if fixed == "current":
        return _of_now(request, figure_id)
    edition = open_edition(home(), fixed) if fixed else published()
    as_of = _as_of(request)
    params = _params(request, query.definition(edition, figure_id))
    form = request.GET.get("format")
    if form == "csv":
        proof = query.proof(edition, figure_id, as_of, params)
        response = to_csv(evidence_columns(edition, proof), proof.rows, f"jalon-{figure_id}-{edition.id}")
    elif form == "json":
        response = _as_json(request, edition, figure_id, as_of, params)
    else:
        response = page(request, "figure", _context(request, edition, figure_id, fixed, as_of, params))
    if fixed:
        response.headers["Cache-Control"] = A_DAY
    return response


def _of_now(request: HttpRequest, figure_id: str) -> HttpResponse:
    """The lasting address of a figure in the edition published now."""
    asked = request.META.get("QUERY_STRING", "")
    address = f"/chiffres/{quote(figure_id)}@{published().id}" + (f"?{asked}" if asked else "")
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store"})


def _as_of(request: HttpRequest) -> date | None:
    """The day asked for, `au` or `as_of`; None when none is. Raises FigureError for what is not a day."""
    name = "au" if request.GET.get("au") else "as_of"
    as_of = day(request.GET, name)
    if as_of is None and request.GET.get(name):
        raise FigureError(
            f"not a day: {text(request.GET, name)!r}",
            user_message=f"« {text(request.GET, name)[:20]} » n’est pas une date.",
            mend="écrivez l’année, le mois et le jour, par exemple ?au=2020-02-24, ou enlevez la date de l’adresse.",
        )
    return as_of


def _params(request: HttpRequest, definition: Definition) -> query.Parameters:
    """The parameters that the figure declares, when the address gives them."""
    names = {"territory": "territoire", "theme": "theme", "year": "annee"}
    given = {name: text(request.GET, names[name]) for name in definition.parameters}
    return tuple(
        (name, int(value) if name == "year" and value.isascii() and value.isdigit() and len(value) < 6 else value)
        for name, value in given.items()
        if value
    )


def _context(
    request: HttpRequest,
    edition: Edition,
    figure_id: str,
    fixed: str,
    as_of: date | None,
    params: query.Parameters,
) -> FigurePage:
    definition = query.definition(edition, figure_id)
    found = query.value(edition, figure_id, as_of, params)
    proof = query.proof(edition, figure_id, as_of, params, EVIDENCE_SHOWN)
    permalink = _permalink(figure_id, edition.id, as_of, params)
    return FigurePage(
        title=f"{definition.label} : combien ?" if definition.shape == "scalar" else definition.label,
        answer=_answer(found),
        crumbs=(Crumb("Chiffres", "/chiffres/"), Crumb(definition.label)),
        definition=definition,
        figure=found,
        tile=tile(edition, figure_id, found),
        display=_display(found),
        fixed=fixed,
        permalink=permalink,
        as_of_asked=as_of.isoformat() if as_of else "",
        table=show(table_columns(edition, found), found.rows, definition.label)
        if found.is_table and found.rows
        else None,
        evidence=show(evidence_columns(edition, proof), proof.rows, "Lignes qui prouvent le chiffre"),
        evidence_total=proof.total,
        declared=_declared(edition, definition, found),
        history=tuple(
            (p.edition, p.as_of, _then(definition, p.value), f"/chiffres/{figure_id}@{p.edition}")
            for p in query.history(figure_id)
        ),
        citation=cite(found, definition, _display(found), request.build_absolute_uri(permalink)),
        csv=_with(request, "csv"),
        json=_with(request, "json"),
    )


def _answer(found: Figure) -> str:
    if not found.known:
        return found.unknown_reason or ""
    return f"{_display(found)} : {found.counts}."


def _then(definition: Definition, value: object) -> str:
    """What an edition froze; a table is named, not counted."""
    return f"« {definition.label} »" if isinstance(value, list) else said(definition, value)


def _declared(edition: Edition, definition: Definition, found: Figure) -> tuple[Beside, ...]:
    """The facts beside a figure, each with its hedge; those that are not compared keep the unit of their source."""
    apart = {fact.id for fact in definition.facts if not fact.compare}
    stated = query.stated(edition, tuple(sorted(apart)))
    return tuple(
        Beside(
            fact,
            hedged(
                _in_its_unit(*stated[fact.fact_id]) if fact.fact_id in apart else _as_the_figure(fact, found),
                fact.hedge,
            ),
            format_moment(fact.as_of),
        )
        for fact in found.declared
    )


def _as_the_figure(fact: DeclaredValue, found: Figure) -> str:
    value = int(fact.value) if found.format == "integer" and fact.value.is_integer() else fact.value
    return format_value(value, found.format, found.unit)


def _in_its_unit(value: float, unit: str) -> str:
    """50 and « % des conventions » as they are read; a unit of one word goes with its number."""
    if unit.startswith("%") or " " in unit:
        return apostrophes(f"{format_number(value, 2)}{THIN if unit.startswith('%') else NO_BREAK}{unit}")
    return format_value(value, "decimal", unit)


def _permalink(figure_id: str, edition: str, as_of: date | None, params: query.Parameters) -> str:
    names = {"territory": "territoire", "theme": "theme", "year": "annee"}
    pairs = [("au", as_of.isoformat())] if as_of else []
    pairs += [(names[name], str(value)) for name, value in params]
    return f"/chiffres/{figure_id}@{edition}" + (f"?{urlencode(pairs)}" if pairs else "")


def _with(request: HttpRequest, form: str) -> str:
    kept = request.GET.copy()
    kept["format"] = form
    return f"{request.path}?{kept.urlencode()}"


def _as_json(
    request: HttpRequest, edition: Edition, figure_id: str, as_of: date | None, params: query.Parameters
) -> HttpResponse:
    found = query.value(edition, figure_id, as_of, params)
    definition = query.definition(edition, figure_id)
    told = {
        "id": found.id,
        "kind": found.kind,
        "label": found.label,
        "value": plain(found),
        "unit": found.unit,
        "display": found.display,
        "as_of": found.as_of.isoformat(),
        "edition": edition.id,
        "interval": found.interval,
        "hedge": found.hedge,
        "unknown_reason": found.unknown_reason,
        "definition": definition.definition,
        "excludes": definition.excludes,
        "sql": definition.value,
        "parameters": dict(found.parameters),
        "columns": [column.name for column in found.columns],
        "permalink": request.build_absolute_uri(_permalink(figure_id, edition.id, as_of, params)),
    }
    body = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    return HttpResponse(body, content_type="application/json; charset=utf-8")
