"""Estimates of appetite and commitment, the last known on a day."""

from typing import Any

from jalon.editions import Edition
from jalon.web.api.params import EstimateFilter
from jalon.web.api.sql import Where, count, rows

ALL = "tous"
KEPT = """
    kept AS (
        SELECT * FROM estimates WHERE known_on <= $as_of AND {where}
        QUALIFY known_on = max(known_on) OVER (
            PARTITION BY indicator, theme, territory_kind, territory_code, population_class, programme, year)
    )
"""
ORDER = "indicator, theme, programme, territory_kind, territory_code, population_class, year"


def total(edition: Edition, asked: EstimateFilter) -> int:
    """How many estimates the filters keep."""
    where = _where(edition, asked)
    return count(edition, f"WITH {KEPT.format(where=where.sql)} SELECT count(*) FROM kept", where.values)  # noqa: S608


def listed(edition: Edition, asked: EstimateFilter, limit: int, offset: int) -> list[dict[str, Any]]:
    """Rows as `schemas.Estimate`."""
    where = _where(edition, asked)
    sql = f"WITH {KEPT.format(where=where.sql)} SELECT * FROM kept ORDER BY {ORDER} LIMIT $limit OFFSET $offset"  # noqa: S608
    return rows(edition, sql, {**where.values, "limit": limit, "offset": offset})


def _where(edition: Edition, asked: EstimateFilter) -> Where:
    where = Where()
    where.values["as_of"] = asked.as_of or edition.as_of
    where.among("indicator", "indicators", asked.indicator)
    where.among("theme", "themes", asked.theme)
    where.among("population_class", "classes", asked.population_class)
    where.among("programme", "programmes", ["" if one == ALL else one for one in asked.programme])
    where.among("year", "years", asked.year)
    where.among("CASE territory_kind WHEN 'pays' THEN territory_code ELSE territory_kind || '-' || territory_code END",
                "places", asked.territory)  # fmt: skip
    return where
