"""The documentation of the API, made from its own schema: the page, `openapi.json` and docs/reference/api.md."""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.web.api.app import DESCRIPTION, api
from jalon.web.api.params import MOST_POINTS

NOUNS = {
    "programmes": "Programmes",
    "territories": "Territoires",
    "agreements": "Conventions",
    "actions": "Actions",
    "figures": "Chiffres",
    "check": "Vérification d’un texte",
}
EXAMPLES = {
    "/api/v1/programmes": "",
    "/api/v1/territories": "?programme=acv&region=53",
    "/api/v1/territories.geojson": "?programme=acv",
    "/api/v1/agreements": "?signed=true&as_of=2020-02-24",
    "/api/v1/actions": "?q=vidéoprotection&theme=securite_numerique&min_amount=10000",
    "/api/v1/actions.csv": "?smart_city=true",
    "/api/v1/estimates": "?indicator=towns_share&territory=region-84",
    "/api/v1/figures": "",
    "/api/v1/figures/{id}": "?as_of=2020-02-24",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: str
    default: str
    says: str


@dataclass(frozen=True, slots=True)
class Address:
    method: str
    path: str
    says: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Parameter, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Noun:
    id: str
    label: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Context of `api.html`."""

    title: str
    description: str
    nouns: tuple[Noun, ...]


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@cache
def reference() -> Reference:
    document = schema()
    found = list(_addresses(document))
    nouns = (Noun(tag, label, tuple(a for at, a in found if at == tag)) for tag, label in NOUNS.items())
    return Reference("Comment lire les données de Jalon par programme ?", DESCRIPTION, tuple(nouns))


def _addresses(document: dict[str, Any]) -> Iterator[tuple[str, Address]]:
    for path, methods in document["paths"].items():
        ((method, operation),) = methods.items()
        parameters = tuple(_parameter(p["name"], p["schema"]) for p in operation.get("parameters", ()))
        says, fields = operation.get("description", ""), _fields(document, operation)
        asked = (*parameters, *_body(document, operation))
        yield operation["tags"][0], Address(method.upper(), path, says, asked, fields, _example(path))


def _body(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[Parameter]:
    """Fields of the JSON that the address takes, if it takes one."""
    content = operation.get("requestBody", {}).get("content", {})
    given = _resolved(document, content.get("application/json", {}).get("schema", {}))
    for name, field in given.get("properties", {}).items():
        yield _parameter(name, field)


def _example(path: str) -> str:
    return f"{path.replace('{id}', 'acv-conventions-signees')}{EXAMPLES[path]}" if path in EXAMPLES else ""


def _fields(document: dict[str, Any], operation: dict[str, Any]) -> tuple[Parameter, ...]:
    """Fields of what the address gives; of each item for a listing."""
    content = operation["responses"].get(200, {}).get("content", {})
    given = _resolved(document, content.get("application/json", {}).get("schema", {}))
    items = given.get("properties", {}).get("items")
    if items:
        given = _resolved(document, items["items"])
    return tuple(_spread(document, given))


def _spread(document: dict[str, Any], given: dict[str, Any]) -> Iterator[Parameter]:
    """Each field; under a list of objects, those of one that are explained: `claims[].verdict`."""
    for name, field in given.get("properties", {}).items():
        yield _parameter(name, field)
        if "$ref" in field.get("items", {}):
            inner = _resolved(document, field["items"]).get("properties", {})
            yield from (_parameter(f"{name}[].{one}", told) for one, told in inner.items() if "description" in told)


def _resolved(document: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    name = given.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else given


def _parameter(name: str, given: dict[str, Any]) -> Parameter:
    default = given.get("default")
    shown = "" if default in (None, "", []) else str(default)
    return Parameter(name, _type(given), shown, given.get("description", ""))


_TYPES = {"integer": "entier", "number": "nombre", "string": "texte", "boolean": "true ou false", "object": "objet"}


def _type(given: dict[str, Any]) -> str:
    if "enum" in given:
        return " | ".join(map(str, given["enum"]))
    if "anyOf" in given:
        return " ou ".join(dict.fromkeys(_type(g) for g in given["anyOf"] if g.get("type") != "null"))
    if given.get("type") == "array":
        return f"liste de : {_type(given.get('items', {}))}"
    if given.get("format") == "date":
        return "jour ISO"
    return given.get("$ref", "").rpartition("/")[2] or _TYPES.get(given.get("type", ""), "valeur")


def page(request: HttpRequest) -> HttpResponse:
    """The documentation as a page of the site: no script, works without network."""
    return render(request, "jalon/api.html", {"page": reference()})


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, for generators of clients."""
    return HttpResponse(json.dumps(schema(), ensure_ascii=False), content_type="application/json")


def markdown() -> str:
    """The text of docs/reference/api.md."""
    made = reference()
    parts = ["# API, version 1", "", _INTRODUCTION, ""]
    for noun in made.nouns:
        parts += [f"## {noun.label}", ""]
        for address in noun.addresses:
            parts += [f"### `{address.method} {address.path}`", "", address.says, ""]
            if address.example:
                parts += [f"Exemple : `{address.example}`", ""]
            parts += _table("Paramètre", address.parameters) + _table("Champ", address.fields)
    return "\n".join(parts).rstrip() + "\n"


_INTRODUCTION = f"""\
{textwrap.fill(DESCRIPTION, 118)}

- Page : `/api/v1/docs` ; document OpenAPI : `/api/v1/openapi.json`. Aucune clé, rien n’est écrit, ouvert à tout site
  (CORS).
- `limit` (50, au plus 1 000) et `offset` ; en CSV tout est rendu, et l’en-tête `X-Total-Count` dit combien ; en
  GeoJSON, `limit` va jusqu’à {MOST_POINTS} objets par page, une page à la fois dans chaque processus.
- Erreurs en JSON : `detail` (ce qui ne va pas), `mend` (que faire), `code`, et `parameter` quand un paramètre est en
  cause. 404 : n’existe pas dans l’édition ; 422 : paramètre refusé (inconnu, répété, mal écrit, valeur inexistante) ;
  503 : aucune édition publiée, édition illisible, ou trop de réponses volumineuses à la fois (`Retry-After` dit
  dans combien de secondes redemander).
- Chaque réponse porte un `ETag` : la redemander avec `If-None-Match` donne 304 tant que l’édition ne change pas.

Cette page est produite par `python -m jalon.web.api.write_reference` et vérifiée par un test."""


def _table(head: str, rows: tuple[Parameter, ...]) -> list[str]:
    if not rows:
        return []
    lines = [f"| {head} | Type | Défaut | Sens |", "| --- | --- | --- | --- |"]
    lines += [f"| `{r.name}` | {r.type.replace('|', '·')} | {r.default} | {r.says} |" for r in rows]
    return [*lines, ""]
