"""Actions: the same search as the pages, with the bounds and classes that only the API takes."""

from dataclasses import asdict
from typing import Any

import numpy as np

from jalon.editions import Edition
from jalon.web.api import known
from jalon.web.api.errors import absent, refused
from jalon.web.api.params import ActionFilter
from jalon.web.queries import actions as query
from jalon.web.queries import names
from jalon.web.queries.index import Mask

ORDERS = {"amount": "montant", "cost": "cout", "year": "annee", "beneficiary": "beneficiaire"}
Row = dict[str, Any]


def search(edition: Edition, asked: ActionFilter) -> query.Search:
    """The actions the filters keep. Raises BadParameter."""
    for name in ("programme", "region", "departement", "theme", "scheme", "population_class"):
        known.check(edition, name, getattr(asked, name))
    if asked.min_amount is not None and asked.max_amount is not None and asked.min_amount > asked.max_amount:
        raise refused("min_amount", "dépasse max_amount", "échangez les deux montants.")
    found = query.Search(edition, query.ActionFilter(asked.q, _facets(edition, asked)))
    found.mask &= _bounded(found, asked)
    if asked.kind or asked.population_class or asked.signed is not None:
        found.mask &= _others(edition, found, asked)
    return found


def _facets(edition: Edition, asked: ActionFilter) -> dict[str, tuple[str, ...]]:
    """The filters that the pages have too, under their names."""
    smart = {None: (), True: ("oui",), False: ("non",)}[asked.smart_city]
    chosen = {
        "programme": tuple(asked.programme),
        "region": tuple(asked.region),
        "departement": tuple(asked.departement),
        "territoire": tuple(":".join(known.territory(edition, given)) for given in asked.territory),
        "theme": tuple(asked.theme),
        "annee": tuple(str(year) for year in asked.year),
        "dispositif": tuple(asked.scheme),
        "intelligente": smart,
    }
    return {name: values for name, values in chosen.items() if values}


def _bounded(found: query.Search, asked: ActionFilter) -> Mask:
    """Grants within the bounds; an unknown grant is within none."""
    grants = found.index.grants
    mask = np.ones(found.index.size, dtype=bool)
    if asked.min_amount is not None:
        mask &= grants >= float(asked.min_amount)
    if asked.max_amount is not None:
        mask &= grants <= float(asked.max_amount)
    return mask


def _others(edition: Edition, found: query.Search, asked: ActionFilter) -> Mask:
    state = {None: "true", True: "signed.yes", False: "NOT signed.yes"}[asked.signed]
    sql = f"""
        SELECT a.rowid FROM actions a
        LEFT JOIN territories t ON t.kind = a.territory_kind AND t.code = a.territory_code
        LEFT JOIN (
            SELECT m.territory_kind AS kind, m.territory_code AS code, bool_or(g.signed_on <= $as_of) IS TRUE AS yes
            FROM memberships m LEFT JOIN agreements g ON g.programme = m.programme AND g.group_id = m.group_id
            GROUP BY ALL
        ) signed ON signed.kind = a.territory_kind AND signed.code = a.territory_code
        WHERE ($kind IS NULL OR a.kind = $kind)
          AND (len($classes) = 0 OR list_contains($classes, t.population_class)) AND {state}
    """  # noqa: S608
    values: dict[str, Any] = {"kind": asked.kind, "classes": asked.population_class, "as_of": edition.as_of}
    given = {name: value for name, value in values.items() if f"${name}" in sql}
    hits = edition.connect().execute(sql, given).fetchnumpy()["rowid"]
    mask = np.zeros(found.index.size, dtype=bool)
    mask[hits.astype(np.int64)] = True
    return mask


def order(asked: ActionFilter) -> str:
    """The order as `Search.rows` names it."""
    if asked.sort == "relevance":
        return query.RELEVANCE if asked.q else "-montant"
    return f"{'-' if asked.sort.startswith('-') else ''}{ORDERS[asked.sort.removeprefix('-')]}"


def listed(edition: Edition, found: query.Search, by: str, limit: int, offset: int) -> list[Row]:
    """Rows as `schemas.Action`."""
    return [_row(edition, action) for action in found.rows(by, limit, offset)]


def one(edition: Edition, given: str) -> Row:
    """One action with its themes and funding. Raises NotHere."""
    action = query.action(edition, given)
    if action is None:
        raise absent("action", given, "cherchez-la : /api/v1/actions?q=…")
    themes = [asdict(theme) | {"terms": theme.shown_terms} for theme in query.themes_of(edition, given)]
    funding = [asdict(line) for line in query.funding_of(edition, given)]
    return _row(edition, action) | {"theme_details": themes, "funding": funding}


def _row(edition: Edition, action: query.Action) -> Row:
    row = {name: getattr(action, name) for name in query.Action.__slots__}
    place = names.place(edition, action.territory_kind, action.territory_code)
    return {"id": row.pop("action_id"), "territory": place or None} | row
