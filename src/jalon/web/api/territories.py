"""Territories: official geography with what the edition knows of each."""

from collections.abc import Iterator
from typing import Any

from jalon.editions import Edition
from jalon.geography import outlines
from jalon.geography.names import fold
from jalon.web import places
from jalon.web.api import known
from jalon.web.api.errors import absent
from jalon.web.api.params import TerritoryFilter
from jalon.web.api.sql import Where, count, rows

MEND = "cherchez-le par son nom : /api/v1/territories?q=…"
ORDERS = {
    "name": "folded, kind, code",
    "-name": "folded DESC, kind, code",
    "code": "kind, code",
    "population": "population NULLS LAST, kind, code",
    "-population": "population DESC NULLS LAST, kind, code",
    "actions": "actions, kind, code",
    "-actions": "actions DESC, kind, code",
}
FOLDED = "regexp_replace(replace(strip_accents(lower(t.name)), 'œ', 'oe'), '[^a-z0-9]+', ' ', 'g')"
KEPT = f"""
    kept AS (
        SELECT t.*, {FOLDED} AS folded, coalesce(t.region_code, d.region_code) AS region_of, d.name AS departement
        FROM territories t LEFT JOIN territories d ON d.kind = 'departement' AND d.code = t.departement_code
        WHERE {{where}}
    )
"""  # noqa: S608
SIGNED = """
    SELECT m.territory_kind AS kind, m.territory_code AS code,
           list(DISTINCT m.programme ORDER BY m.programme) AS programmes,
           min(a.signed_on) FILTER (a.signed_on <= $as_of) AS signed_on
    FROM memberships m LEFT JOIN agreements a ON a.programme = m.programme AND a.group_id = m.group_id GROUP BY ALL
"""
ROWS = f"""
    WITH {KEPT},
    member AS ({SIGNED}),
    own AS (
        SELECT territory_kind AS kind, territory_code AS code, count(*) AS actions,
               count(*) FILTER (smart_city) AS smart, sum(grant_eur) AS grants,
               sum(grant_eur) FILTER (smart_city) AS smart_grants
        FROM actions WHERE kind = 'grant' AND known_on <= $as_of GROUP BY ALL
    ),
    fibre AS (
        SELECT territory_kind AS kind, territory_code AS code, quarter,
               max(connectable) AS connectable, max(rate) AS rate
        FROM coverage SEMI JOIN kept ON kept.kind = territory_kind AND kept.code = territory_code
        WHERE quarter <= $as_of AND (connectable IS NOT NULL OR rate IS NOT NULL)
        GROUP BY territory_kind, territory_code, quarter
        QUALIFY row_number() OVER (PARTITION BY territory_kind, territory_code ORDER BY quarter DESC) = 1
    )
    SELECT kept.kind, kept.code, kept.name, kept.departement_code, kept.departement, kept.region_of AS region_code,
           r.name AS region, kept.epci_code, kept.population, kept.population_class, kept.lon, kept.lat,
           coalesce(member.programmes, []) AS programmes, member.signed_on, coalesce(own.actions, 0) AS actions,
           coalesce(own.smart, 0) AS smart_city_actions, own.grants AS grants_eur,
           own.smart_grants AS smart_city_grants_eur, fibre.quarter AS fibre_quarter,
           fibre.connectable AS fibre_connectable, fibre.rate AS fibre_rate
    FROM kept
    LEFT JOIN territories r ON r.kind = 'region' AND r.code = kept.region_of
    LEFT JOIN member ON member.kind = kept.kind AND member.code = kept.code
    LEFT JOIN own ON own.kind = kept.kind AND own.code = kept.code
    LEFT JOIN fibre ON fibre.kind = kept.kind AND fibre.code = kept.code
    ORDER BY {{order}} LIMIT $limit OFFSET $offset
"""  # noqa: S608
Row = dict[str, Any]


def total(edition: Edition, asked: TerritoryFilter) -> int:
    """How many territories the filters keep."""
    where = _where(edition, asked)
    return count(edition, f"WITH {KEPT.format(where=where.sql)} SELECT count(*) FROM kept", where.values)  # noqa: S608


def listed(edition: Edition, asked: TerritoryFilter, limit: int, offset: int) -> list[Row]:
    """Rows as `schemas.Territory`."""
    where = _where(edition, asked)
    sql = ROWS.format(where=where.sql, order=ORDERS[asked.sort].replace("kind, code", "kept.kind, kept.code"))
    found = rows(edition, sql, where.values | {"limit": limit, "offset": offset, "as_of": edition.as_of})
    return [{"id": places.slug(row["kind"], row["code"])} | row for row in found]


def one(edition: Edition, given: str) -> Row:
    """One territory. Raises NotHere."""
    found = known.parse(given)
    if found is not None:
        where = Where()
        where.add("t.kind = $kind AND t.code = $code", kind=found[0], code=found[1])
        sql = ROWS.format(where=where.sql, order="kept.code")
        for row in rows(edition, sql, where.values | {"limit": 1, "offset": 0, "as_of": edition.as_of}):
            return {"id": places.slug(row["kind"], row["code"])} | row
    raise absent("territoire", given, MEND)


def _where(edition: Edition, asked: TerritoryFilter) -> Where:
    for name in ("programme", "region", "departement", "population_class", "theme"):
        known.check(edition, name, getattr(asked, name))
    where = Where()
    where.values["as_of"] = edition.as_of
    words = fold(asked.q)
    if words:
        where.add(f"(t.code = $given OR contains({FOLDED}, $words))", given=asked.q.upper(), words=words)
    elif asked.q:
        where.add("false")
    if asked.kind:
        where.add("t.kind = $kind", kind=asked.kind)
    where.among("t.population_class", "classes", asked.population_class)
    where.among(
        "CASE WHEN t.kind = 'region' THEN t.code ELSE coalesce(t.region_code, d.region_code) END",
        "regions",
        asked.region,
    )
    where.among("CASE WHEN t.kind = 'departement' THEN t.code ELSE t.departement_code END", "places", asked.departement)
    _of_programmes(where, asked)
    if asked.theme:
        where.add(
            "(t.kind, t.code) IN (SELECT (a.territory_kind, a.territory_code) FROM actions a JOIN action_themes x"
            " USING (action_id) WHERE a.kind = 'grant' AND a.known_on <= $as_of AND list_contains($themes, x.theme))",
            themes=asked.theme,
        )
    return where


def _of_programmes(where: Where, asked: TerritoryFilter) -> None:
    """Members of the programmes asked (any of them); `signed` speaks of the agreement of such a membership."""
    if not asked.programme and asked.signed is None:
        return
    member = f"SELECT (kind, code) FROM ({SIGNED.replace('GROUP BY', 'WHERE {only} GROUP BY')}) WHERE {{state}}"  # noqa: S608
    only = "list_contains($programmes, m.programme)" if asked.programme else "true"
    state = {None: "true", True: "signed_on IS NOT NULL", False: "signed_on IS NULL"}[asked.signed]
    where.add(f"(t.kind, t.code) IN ({member.format(only=only, state=state)})", programmes=asked.programme)


def features(found: list[Row]) -> Iterator[Row]:
    """GeoJSON features: an outline for a département, a point for any other; null where no position is known."""
    shapes = {f["properties"]["code"]: f["geometry"] for f in outlines()["features"]}
    for row in found:
        point = None if row["lon"] is None or row["lat"] is None else {
            "type": "Point", "coordinates": [row["lon"], row["lat"]],
        }  # fmt: skip
        geometry = shapes.get(row["code"], point) if row["kind"] == "departement" else point
        properties = {name: value for name, value in row.items() if name not in ("lon", "lat")}
        yield {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}
