"""Framework agreements, one a group of territories."""

from typing import Any

from jalon.editions import Edition
from jalon.web import places
from jalon.web.api import known
from jalon.web.api.errors import absent
from jalon.web.api.params import AgreementFilter
from jalon.web.api.sql import Where, count, rows

ORDERS = {
    "id": "id",
    "name": "strip_accents(lower(name)), id",
    "-name": "strip_accents(lower(name)) DESC, id",
    "signed_on": "signed_on NULLS LAST, id",
    "-signed_on": "signed_on DESC NULLS LAST, id",
}
STATED = """
    stated AS (
        SELECT a.agreement_id AS id, a.programme, a.group_id, g.name,
               CASE WHEN a.signed_on <= $as_of THEN a.signed_on END AS signed_on, a.planned_on, a.source_id
        FROM agreements a JOIN groups g ON g.programme = a.programme AND g.group_id = a.group_id
    ),
    covered AS (
        SELECT m.programme, m.group_id, m.territory_kind AS kind, m.territory_code AS code,
               coalesce(t.name, m.territory_code) AS name, t.departement_code, t.region_code
        FROM memberships m LEFT JOIN territories t ON t.kind = m.territory_kind AND t.code = m.territory_code
    )
"""
ROWS = f"""
    WITH {STATED},
    counted AS (
        SELECT agreement_id, counted_on, sum(under_way)::BIGINT AS under_way, sum(delivered)::BIGINT AS delivered
        FROM action_counts WHERE counted_on <= $as_of GROUP BY agreement_id, counted_on
        QUALIFY row_number() OVER (PARTITION BY agreement_id ORDER BY counted_on DESC) = 1
    )
    SELECT s.*, c.counted_on, c.under_way AS actions_under_way, c.delivered AS actions_delivered,
           (SELECT coalesce(list({{{{'kind': v.kind, 'code': v.code, 'name': v.name}}}} ORDER BY v.code), [])
            FROM covered v WHERE v.programme = s.programme AND v.group_id = s.group_id) AS territories,
           (SELECT coalesce(list(x.partner ORDER BY x.partner), []) FROM signatories x WHERE x.agreement_id = s.id)
               AS signatories
    FROM stated s LEFT JOIN counted c ON c.agreement_id = s.id
    WHERE {{where}} ORDER BY {{order}} LIMIT $limit OFFSET $offset
"""  # noqa: S608
Row = dict[str, Any]


def total(edition: Edition, asked: AgreementFilter) -> int:
    where = _where(edition, asked)
    return count(edition, f"WITH {STATED} SELECT count(*) FROM stated s WHERE {where.sql}", where.values)  # noqa: S608


def listed(edition: Edition, asked: AgreementFilter, limit: int, offset: int) -> list[Row]:
    """Rows as `schemas.Agreement`."""
    where = _where(edition, asked)
    sql = ROWS.format(where=where.sql, order=ORDERS[asked.sort])
    return [_with_ids(row) for row in rows(edition, sql, where.values | {"limit": limit, "offset": offset})]


def one(edition: Edition, given: str) -> Row:
    """One agreement. Raises NotHere."""
    sql = ROWS.format(where="s.id = $given", order="id")
    found = rows(edition, sql, {"given": given, "limit": 1, "offset": 0, "as_of": edition.as_of})
    if not found:
        raise absent("convention", given, "/api/v1/agreements les liste ; un identifiant s’écrit acv:ACV001.")
    return _with_ids(found[0])


def _with_ids(row: Row) -> Row:
    towns = [{"id": places.slug(town["kind"], town["code"])} | town for town in row["territories"]]
    return row | {"territories": towns}


def _where(edition: Edition, asked: AgreementFilter) -> Where:
    for name in ("programme", "region", "departement"):
        known.check(edition, name, getattr(asked, name))
    where = Where()
    where.values["as_of"] = min(asked.as_of or edition.as_of, edition.as_of)
    if asked.q:
        where.add("contains(strip_accents(lower(s.name)), strip_accents(lower($q)))", q=asked.q)
    where.among("s.programme", "programmes", asked.programme)
    where.among("year(s.signed_on)", "years", asked.year)
    if asked.signed is not None:
        where.add(f"s.signed_on IS {'NOT ' if asked.signed else ''}NULL")
    _covering(where, "v.region_code", "regions", asked.region)
    _covering(where, "v.departement_code", "places", asked.departement)
    _covering(
        where, "v.kind || ':' || v.code", "towns", [":".join(known.territory(edition, t)) for t in asked.territory]
    )
    return where


def _covering(where: Where, column: str, name: str, wanted: list[str]) -> None:
    """At least one territory of the agreement has one of the values wanted."""
    if wanted:
        where.add(
            f"EXISTS (SELECT 1 FROM covered v WHERE v.programme = s.programme AND v.group_id = s.group_id"  # noqa: S608
            f" AND list_contains(${name}, {column}))",
            **{name: wanted},
        )
