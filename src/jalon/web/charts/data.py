"""What charts read of an edition: the towns of a programme with their facts, and lookups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jalon.editions import Edition


def town_tables(edition: Edition) -> str:
    """Common table expressions: `towns` of `$programme`; `town_actions`, whose beneficiary is one of them.

    What was not known on the day of the edition is left out, as the figures do.
    """
    day = f"DATE '{edition.as_of:%Y-%m-%d}'"
    return f"""
    towns AS (
        SELECT m.territory_kind AS kind, m.territory_code AS code, t.name, t.departement_code,
               CASE m.territory_kind WHEN 'region' THEN m.territory_code
                    ELSE coalesce(t.region_code, d.region_code) END AS region_code,
               t.population, t.population_class, t.lon, t.lat,
               CASE WHEN a.signed_on <= {day} THEN a.signed_on END AS signed_on
        FROM memberships m
        LEFT JOIN territories t ON t.kind = m.territory_kind AND t.code = m.territory_code
        LEFT JOIN territories d ON d.kind = 'departement' AND d.code = t.departement_code
        LEFT JOIN agreements a ON a.programme = m.programme AND a.group_id = m.group_id
        WHERE m.programme = $programme
    ),
    town_actions AS (
        SELECT w.code AS town, a.*
        FROM actions a JOIN towns w ON w.kind = a.territory_kind AND w.code = a.territory_code
        WHERE a.kind = 'grant' AND a.known_on <= {day}
    )
    """  # noqa: S608


@dataclass(frozen=True, slots=True)
class Town:
    """A beneficiary of a programme. `actions` and `smart` count known actions; money is of smart-city actions."""

    kind: str
    code: str
    name: str
    departement_code: str | None
    departement: str | None
    region: str | None
    population: int | None
    lon: float | None
    lat: float | None
    signed_on: date | None
    actions: int
    smart: int
    grants: Decimal | None
    connectable: int | None
    connectable_on: date | None


@lru_cache(maxsize=8)
def towns(edition: Edition, programme: str, theme: str = "smart_city") -> tuple[Town, ...]:
    """The towns of a programme in the order of their codes; every membership is there, known to geography or not.

    With `theme`, the actions of that theme alone count as smart.
    """
    sql = f"""
        WITH {town_tables(edition)},
        sums AS (
            SELECT town, count(*) AS actions, count(*) FILTER (carries) AS smart,
                   sum(grant_eur) FILTER (carries) AS grants
            FROM (SELECT *, smart_city AND ($theme = 'smart_city' OR action_id IN (
                    SELECT action_id FROM action_themes WHERE theme = $theme)) AS carries FROM town_actions)
            GROUP BY town
        ),
        fibre AS (
            SELECT c.territory_kind AS kind, c.territory_code AS code, max(c.quarter) AS quarter,
                   arg_max(c.connectable, c.quarter) AS connectable
            FROM coverage c JOIN towns w ON w.kind = c.territory_kind AND w.code = c.territory_code
            WHERE c.connectable IS NOT NULL AND c.quarter <= DATE '{edition.as_of:%Y-%m-%d}' GROUP BY ALL
        )
        SELECT w.kind, w.code, coalesce(w.name, w.code), w.departement_code, d.name, r.name, w.population, w.lon, w.lat,
               w.signed_on, coalesce(s.actions, 0), coalesce(s.smart, 0), s.grants, f.connectable, f.quarter
        FROM towns w
        LEFT JOIN territories d ON d.kind = 'departement' AND d.code = w.departement_code
        LEFT JOIN territories r ON r.kind = 'region' AND r.code = w.region_code
        LEFT JOIN sums s ON s.town = w.code
        LEFT JOIN fibre f ON f.kind = w.kind AND f.code = w.code
        ORDER BY w.code
    """  # noqa: S608
    return tuple(Town(*row) for row in rows(edition, sql, programme=programme, theme=theme))


def rows(edition: Edition, sql: str, **params: Any) -> list[tuple]:
    """All rows of one query with named parameters."""
    found: list[tuple] = edition.connect().execute(sql, params or None).fetchall()
    return found


def short_name(edition: Edition, programme: str) -> str:
    """Name of the programme in a sentence."""
    found = rows(edition, "SELECT short_name FROM programmes WHERE programme = $programme", programme=programme)
    return str(found[0][0]) if found else programme


def sources_note(edition: Edition, ids: Sequence[str | None]) -> str:
    """French note that names producers and vintages of these sources, and the edition."""
    wanted = sorted({source for source in ids if source})
    found = rows(
        edition,
        "SELECT DISTINCT producer, vintage FROM sources WHERE list_contains($wanted, source_id) ORDER BY ALL",
        wanted=wanted,
    )
    named = " ; ".join(f"{producer} ({vintage})" for producer, vintage in found) or "données de l’édition"
    return f"Source : {named}. Édition {edition.id}."


def action_sources(edition: Edition, programme: str) -> list[str]:
    """Sources of the actions of a programme's towns."""
    sql = f"WITH {town_tables(edition)} SELECT DISTINCT source_id FROM town_actions ORDER BY 1"  # noqa: S608
    return [source for (source,) in rows(edition, sql, programme=programme)]
