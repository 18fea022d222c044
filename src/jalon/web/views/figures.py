"""The ledger of figures, and the permalink of each."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.figures import DeclaredValue, Definition, Figure, format_moment, format_value
from jalon.figures.format import hedged
from jalon.figures.freeze import plain
from jalon.figures.permalink import IN_ADDRESS
from jalon.web.asked import Asked, asked
from jalon.web.caching import A_DAY
from jalon.web.citation import Citation, cite, csl
from jalon.web.columns.evidence import evidence_columns, table_columns
from jalon.web.history import Then, past, scope
from jalon.web.pages import Crumb, page
from jalon.web.published import published
from jalon.web.queries import figures as query
from jalon.web.tables import Shown, show, to_csv
from jalon.web.tiles import Tile, tile
from jalon.web.views.declared import in_its_unit

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
    scope: str
    tile: Tile
    display: str
    fixed: str
    permalink: str
    latest: str
    as_of_asked: str
    hidden: tuple[tuple[str, str], ...]
    table: Shown | None
    evidence: Shown
    evidence_total: int
    declared: tuple[Beside, ...]
    history: tuple[Then, ...]
    citation: Citation
    card: str
    oembed: str
    csv: str
    json: str
    csl: str


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
    found = asked(request, name)
    form = request.GET.get("format")
    if form == "csv":
        proof = query.proof(found.edition, figure_id, found.as_of, found.params)
        response = to_csv(evidence_columns(found.edition, proof), proof.rows, f"jalon-{figure_id}-{found.edition.id}")
    elif form == "json":
        response = _as_json(request, found)
    elif form == "csl":
        response = _json(_csl(request, found))
    else:
        response = page(request, "figure", _context(request, found))
    if fixed:
        response.headers["Cache-Control"] = A_DAY
    return response


def _csl(request: HttpRequest, found: Asked) -> list[dict[str, Any]]:
    narrowed = scope(found.edition, found.value, found.params)
    return csl(found.value, found.definition, _display(found.value), _absolute(request, found), narrowed)


def _absolute(request: HttpRequest, found: Asked) -> str:
    return request.build_absolute_uri(found.link())


def _of_now(request: HttpRequest, figure_id: str) -> HttpResponse:
    """The lasting address of a figure in the edition published now."""
    asked = request.META.get("QUERY_STRING", "")
    address = f"/chiffres/{quote(figure_id)}@{published().id}" + (f"?{asked}" if asked else "")
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store"})


def _context(request: HttpRequest, asked_for: Asked) -> FigurePage:
    edition, figure_id, definition, found = asked_for.edition, asked_for.figure, asked_for.definition, asked_for.value
    proof = query.proof(edition, figure_id, asked_for.as_of, asked_for.params, EVIDENCE_SHOWN)
    here, narrowed = request.build_absolute_uri, scope(edition, found, asked_for.params)
    return FigurePage(
        title=f"{definition.label} : combien ?" if definition.shape == "scalar" else definition.label,
        answer=_answer(found),
        crumbs=(Crumb("Chiffres", "/chiffres/"), Crumb(definition.label)),
        definition=definition,
        figure=found,
        scope=narrowed,
        tile=tile(edition, figure_id, found),
        display=_display(found),
        fixed=asked_for.fixed,
        permalink=asked_for.link(),
        latest=asked_for.link(latest=True),
        as_of_asked=asked_for.as_of.isoformat() if asked_for.as_of else "",
        hidden=tuple((IN_ADDRESS[name], str(value)) for name, value in asked_for.params),
        table=show(table_columns(edition, found), found.rows, definition.label)
        if found.is_table and found.rows
        else None,
        evidence=show(evidence_columns(edition, proof), proof.rows, "Lignes qui prouvent le chiffre"),
        evidence_total=proof.total,
        declared=_declared(edition, definition, found),
        history=past(definition, edition if asked_for.fixed else None),
        citation=cite(found, definition, _display(found), _absolute(request, asked_for), narrowed),
        card=here(asked_for.link("/carte")),
        oembed=here(f"/oembed?{urlencode({'url': _absolute(request, asked_for)})}"),
        csv=_with(request, "csv"),
        json=_with(request, "json"),
        csl=_with(request, "csl"),
    )


def _answer(found: Figure) -> str:
    if not found.known:
        return found.unknown_reason or ""
    return f"{_display(found)} : {found.counts}."


def _declared(edition: Edition, definition: Definition, found: Figure) -> tuple[Beside, ...]:
    """The facts beside a figure, each with its hedge; those that are not compared keep the unit of their source."""
    apart = {fact.id for fact in definition.facts if not fact.compare}
    stated = query.stated(edition, tuple(sorted(apart)))
    return tuple(
        Beside(
            fact,
            hedged(
                in_its_unit(*stated[fact.fact_id]) if fact.fact_id in apart else _as_the_figure(fact, found),
                fact.hedge,
            ),
            format_moment(fact.as_of),
        )
        for fact in found.declared
    )


def _as_the_figure(fact: DeclaredValue, found: Figure) -> str:
    value = int(fact.value) if found.format == "integer" and fact.value.is_integer() else fact.value
    return format_value(value, found.format, found.unit)


def _with(request: HttpRequest, form: str) -> str:
    kept = request.GET.copy()
    kept["format"] = form
    return f"{request.path}?{kept.urlencode()}"


def _as_json(request: HttpRequest, found: Asked) -> HttpResponse:
    value, definition = found.value, found.definition
    told = {
        "id": value.id,
        "kind": value.kind,
        "label": value.label,
        "value": plain(value),
        "unit": value.unit,
        "display": value.display,
        "as_of": value.as_of.isoformat(),
        "edition": found.edition.id,
        "interval": value.interval,
        "hedge": value.hedge,
        "unknown_reason": value.unknown_reason,
        "definition": definition.definition,
        "excludes": definition.excludes,
        "sql": definition.value,
        "parameters": dict(value.parameters),
        "columns": [column.name for column in value.columns],
        "permalink": _absolute(request, found),
    }
    return _json(told)


def _json(told: object) -> HttpResponse:
    body = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    return HttpResponse(body, content_type="application/json; charset=utf-8")
