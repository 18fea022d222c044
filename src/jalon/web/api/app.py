"""The addresses of the API under /api/v1/."""
# ruff: noqa: A002 - `id` is the word of the addresses

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from jalon import claims
from jalon.web.api import (
    accounts,
    actions,
    agreements,
    answers,
    estimates,
    figures,
    heavy,
    params,
    programmes,
    schemas,
    territories,
)
from jalon.web.api.errors import invalid
from jalon.web.published import published

DESCRIPTION = (
    "Lit l’édition publiée, et elle seule ; un texte à vérifier est lu, vérifié et oublié. "
    "Une liste rend count (tout ce que les filtres retiennent) et items. "
    "Les jours sont en ISO 8601, les montants en euros (nombres à deux décimales au plus), les taux entre 0 et 1 ; "
    "ce qui n’est pas connu vaut null. Le même filtre vaut en JSON et en CSV (suffixe .csv) ; un filtre répété garde "
    "l’une ou l’autre valeur."
)
ERRORS = dict.fromkeys((404, 422, 503), schemas.Error)


class _Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="API de Jalon",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-1",
    renderer=_Renderer(),
)
api.add_exception_handler(ValidationError, invalid)
api.add_router("", accounts.router)


def _responses(item: type) -> dict[int, Any]:
    return {200: item, **ERRORS}


@api.get("/programmes", response=_responses(schemas.Listing[schemas.Programme]), tags=["programmes"])
def list_programmes(request: HttpRequest, asked: Query[params.ProgrammeFilter], page: Query[params.Page]) -> Any:
    """Programmes suivis, du plus ancien au plus récent."""
    answers.only(request, params.ProgrammeFilter, params.Page)
    found = programmes.listed(published(), asked.q)
    return answers.listing(len(found), found[page.offset : page.offset + page.limit])


@api.get("/programmes.csv", tags=["programmes"])
def programmes_csv(
    request: HttpRequest, asked: Query[params.ProgrammeFilter], cut: Query[params.Whole]
) -> HttpResponseBase:
    """Programmes suivis, en CSV."""
    answers.only(request, params.ProgrammeFilter, params.Whole)
    edition = published()
    found = programmes.listed(edition, asked.q)
    columns = (
        "id",
        "name",
        "short_name",
        "launched_on",
        "ends_on",
        "territories",
        "agreements",
        "signed",
        "description",
    )
    return answers.csv_file(
        edition, "programmes", columns, len(found), lambda n, start: found[start : start + n], cut.limit, cut.offset
    )


@api.get("/programmes/{id}", response=_responses(schemas.Programme), tags=["programmes"])
def one_programme(request: HttpRequest, id: str) -> Any:
    """Un programme : ses axes, ses partenaires, ses décomptes."""
    answers.only(request)
    return programmes.one(published(), id)


@api.get("/territories", response=_responses(schemas.Listing[schemas.Territory]), tags=["territories"])
def list_territories(request: HttpRequest, asked: Query[params.TerritoryFilter], page: Query[params.Page]) -> Any:
    """Communes, intercommunalités, départements, régions et pays, avec ce que l’édition en sait."""
    answers.only(request, params.TerritoryFilter, params.Page)
    edition = published()
    return answers.listing(
        territories.total(edition, asked), territories.listed(edition, asked, page.limit, page.offset)
    )


@api.get("/territories.csv", tags=["territories"])
def territories_csv(
    request: HttpRequest, asked: Query[params.TerritoryFilter], cut: Query[params.Whole]
) -> HttpResponseBase:
    """Territoires, en CSV."""
    answers.only(request, params.TerritoryFilter, params.Whole)
    edition = published()
    return answers.csv_file(
        edition,
        "territoires",
        tuple(schemas.Territory.model_fields),
        territories.total(edition, asked),
        lambda limit, offset: territories.listed(edition, asked, limit, offset),
        cut.limit,
        cut.offset,
    )


@api.get("/territories.geojson", tags=["territories"])
def territories_geojson(
    request: HttpRequest, asked: Query[params.TerritoryFilter], cut: Query[params.Points]
) -> HttpResponse:
    """Territoires en GeoJSON (WGS84) : un contour pour un département, un point pour les autres."""
    answers.only(request, params.TerritoryFilter, params.Points)
    edition = published()
    with heavy.alone():
        found = territories.listed(edition, asked, cut.limit, cut.offset)
        features = list(territories.features([answers.jsonable(row) for row in found]))
        collection = {"type": "FeatureCollection", "count": territories.total(edition, asked), "features": features}
        return HttpResponse(json.dumps(collection, ensure_ascii=False), content_type="application/geo+json")


@api.get("/territories/{id}", response=_responses(schemas.Territory), tags=["territories"])
def one_territory(request: HttpRequest, id: str) -> Any:
    """Un territoire : 01004, 200046977, departement-2A, region-84, FR."""
    answers.only(request)
    return territories.one(published(), id)


@api.get("/agreements", response=_responses(schemas.Listing[schemas.Agreement]), tags=["agreements"])
def list_agreements(request: HttpRequest, asked: Query[params.AgreementFilter], page: Query[params.Page]) -> Any:
    """Conventions-cadres : territoires, signataires, date de signature, actions décomptées."""
    answers.only(request, params.AgreementFilter, params.Page)
    edition = published()
    return answers.listing(agreements.total(edition, asked), agreements.listed(edition, asked, page.limit, page.offset))


@api.get("/agreements.csv", tags=["agreements"])
def agreements_csv(
    request: HttpRequest, asked: Query[params.AgreementFilter], cut: Query[params.Whole]
) -> HttpResponseBase:
    """Conventions-cadres, en CSV."""
    answers.only(request, params.AgreementFilter, params.Whole)
    edition = published()
    return answers.csv_file(
        edition,
        "conventions",
        tuple(schemas.Agreement.model_fields),
        agreements.total(edition, asked),
        lambda limit, offset: agreements.listed(edition, asked, limit, offset),
        cut.limit,
        cut.offset,
    )


@api.get("/agreements/{id}", response=_responses(schemas.Agreement), tags=["agreements"])
def one_agreement(request: HttpRequest, id: str) -> Any:
    """Une convention-cadre : acv:ACV001."""
    answers.only(request)
    return agreements.one(published(), id)


@api.get("/actions", response=_responses(schemas.Listing[schemas.Action]), tags=["actions"])
def list_actions(request: HttpRequest, asked: Query[params.ActionFilter], page: Query[params.Page]) -> Any:
    """Actions : projets subventionnés et actions des conventions, en plein texte et par filtres."""
    answers.only(request, params.ActionFilter, params.Page)
    edition = published()
    found = actions.search(edition, asked)
    items = actions.listed(edition, found, actions.order(asked), page.limit, page.offset)
    return answers.listing(int(found.mask.sum()), items)


@api.get("/actions.csv", tags=["actions"])
def actions_csv(request: HttpRequest, asked: Query[params.ActionFilter], cut: Query[params.Whole]) -> HttpResponseBase:
    """Actions, en CSV."""
    answers.only(request, params.ActionFilter, params.Whole)
    edition = published()
    found = actions.search(edition, asked)
    return answers.csv_file(
        edition,
        "actions",
        tuple(schemas.Action.model_fields),
        int(found.mask.sum()),
        lambda limit, offset: actions.listed(edition, found, actions.order(asked), limit, offset),
        cut.limit,
        cut.offset,
    )


@api.get("/actions/{id}", response=_responses(schemas.ActionDetail), tags=["actions"])
def one_action(request: HttpRequest, id: str) -> Any:
    """Une action, avec ses thèmes, les termes qui ont décidé et son financement."""
    answers.only(request)
    return actions.one(published(), id)


@api.get("/corrections", response=_responses(schemas.Listing[schemas.Correction]), tags=["figures"])
def list_corrections(request: HttpRequest) -> Any:
    """Les chiffres publiés qui étaient faux, depuis quand, et la valeur juste, la dernière correction d’abord."""
    answers.only(request)
    found = figures.corrected()
    return answers.listing(len(found), found)


@api.get("/declared-facts", response=_responses(schemas.Listing[schemas.StatedFact]), tags=["figures"])
def list_declared_facts(request: HttpRequest) -> Any:
    """Ce que les publications déclarent, chaque fait avec son état et les chiffres qui le portent."""
    answers.only(request)
    found = figures.stated(published())
    return answers.listing(len(found), found)


@api.get("/estimates", response=_responses(schemas.Listing[schemas.Estimate]), tags=["estimates"])
def list_estimates(request: HttpRequest, asked: Query[params.EstimateFilter], page: Query[params.Page]) -> Any:
    """Appétit et engagement estimés par groupe de communes, avec leur intervalle à 95 %."""
    answers.only(request, params.EstimateFilter, params.Page)
    edition = published()
    return answers.listing(estimates.total(edition, asked), estimates.listed(edition, asked, page.limit, page.offset))


@api.get("/estimates.csv", tags=["estimates"])
def estimates_csv(
    request: HttpRequest, asked: Query[params.EstimateFilter], cut: Query[params.Whole]
) -> HttpResponseBase:
    """Estimations, en CSV."""
    answers.only(request, params.EstimateFilter, params.Whole)
    edition = published()
    return answers.csv_file(
        edition,
        "estimations",
        tuple(schemas.Estimate.model_fields),
        estimates.total(edition, asked),
        lambda limit, offset: estimates.listed(edition, asked, limit, offset),
        cut.limit,
        cut.offset,
    )


@api.get("/figures", response=_responses(schemas.Listing[schemas.Figure]), tags=["figures"])
def list_figures(request: HttpRequest, asked: Query[params.FigureFilter], page: Query[params.Page]) -> Any:
    """Chiffres du registre public, évalués à la date de l’édition ou à celle de as_of."""
    answers.only(request, params.FigureFilter, params.Page)
    edition = published()
    found = figures.matching(edition, asked)
    cut = found[page.offset : page.offset + page.limit]
    return answers.listing(len(found), [figures.shown(definition, edition, asked.as_of) for definition in cut])


@api.get("/figures.csv", tags=["figures"])
def figures_csv(request: HttpRequest, asked: Query[params.FigureFilter], cut: Query[params.Whole]) -> HttpResponseBase:
    """Chiffres du registre public, en CSV (la valeur d’un tableau est laissée vide)."""
    answers.only(request, params.FigureFilter, params.Whole)
    edition = published()
    found = figures.matching(edition, asked)
    columns = ("id", "kind", "programme", "label", "value", "unit", "display", "as_of", "edition", "hedge", "standing")
    return answers.csv_file(
        edition,
        "chiffres",
        columns,
        len(found),
        lambda n, start: [figures.shown(definition, edition, asked.as_of) for definition in found[start : start + n]],
        cut.limit,
        cut.offset,
    )


@api.get("/figures/{id}", response=_responses(schemas.Figure), tags=["figures"])
def one_figure(request: HttpRequest, id: str, asked: Query[params.FigureParams]) -> Any:
    """Un chiffre : valeur, unité, définition, requête, à la date de as_of (par exemple 2020-02-24)."""
    answers.only(request, params.FigureParams)
    edition = published()
    wanted = figures.definition(edition, id)
    return figures.shown(wanted, edition, asked.as_of, **figures.arguments(edition, wanted, asked))


@api.get("/figures/{id}/evidence", response=_responses(schemas.Listing[dict[str, schemas.Scalar]]), tags=["figures"])
def figure_evidence(
    request: HttpRequest,
    id: str,
    asked: Query[params.FigureParams],
    page: Query[params.Page],
) -> Any:
    """Les lignes qui font un chiffre."""
    answers.only(request, params.FigureParams, params.Page)
    edition = published()
    wanted = figures.definition(edition, id)
    given = figures.arguments(edition, wanted, asked)
    found, items = figures.behind(wanted, edition, asked.as_of, page.limit, page.offset, **given)
    return answers.listing(found.total, items)


@api.get("/figures/{id}/evidence.csv", tags=["figures"])
def figure_evidence_csv(
    request: HttpRequest,
    id: str,
    asked: Query[params.FigureParams],
    cut: Query[params.Whole],
) -> HttpResponseBase:
    """Les lignes qui font un chiffre, en CSV."""
    answers.only(request, params.FigureParams, params.Whole)
    edition = published()
    wanted = figures.definition(edition, id)
    given = figures.arguments(edition, wanted, asked)
    first, _ = figures.behind(wanted, edition, asked.as_of, 1, 0, **given)

    def part(limit: int, offset: int) -> list[dict[str, Any]]:
        return figures.behind(wanted, edition, asked.as_of, limit, offset, **given)[1]

    columns = tuple(column.name for column in first.columns)
    return answers.csv_file(edition, f"preuves-{id}", columns, first.total, part, cut.limit, cut.offset)


@api.post("/check", response=_responses(schemas.CheckedText), tags=["check"], url_name="check_text")
def check_text(request: HttpRequest, asked: params.TextToCheck) -> Any:
    """Vérifie un texte : chaque quantité avec son verdict, la bonne valeur et ses preuves. Rien n’est gardé."""
    answers.only(request)
    with heavy.alone():
        return claims.as_json(claims.check(asked.text, published(), as_of=asked.as_of))
