"""The territories that benefit from a programme, with what is known of each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from jalon.editions import Edition
from jalon.web.published import fetch


@dataclass(frozen=True, slots=True)
class Member:
    """Counts of actions are those subsidised in the town's own name; `under_way` and `delivered` are the agency's.

    `shared` says that the agency's counts are those of the whole group. `rate` is a share of premises; `connectable`
    a number of premises; both as one source gives them for `quarter`, the last known.
    """

    kind: str
    code: str
    name: str
    departement_code: str | None
    departement: str | None
    region_code: str | None
    region: str | None
    epci_code: str | None
    epci: str | None
    population: int | None
    population_class: str | None
    lon: float | None
    lat: float | None
    group_id: str
    group_name: str
    group_size: int
    agreement_id: str | None
    signed_on: date | None
    planned_on: date | None
    under_way: int | None
    delivered: int | None
    counted_on: date | None
    shared: bool
    actions: int
    smart: int
    grants: Decimal | None
    smart_grants: Decimal | None
    themes: tuple[str, ...]
    rate: float | None
    connectable: int | None
    quarter: date | None
    listed_in: str


_SQL = """
WITH own AS (
  SELECT territory_kind, territory_code, count(*) AS actions, count(*) FILTER (smart_city) AS smart,
         sum(grant_eur) AS grants, sum(grant_eur) FILTER (smart_city) AS smart_grants
  FROM actions WHERE kind = 'grant' GROUP BY ALL
), profile AS (
  SELECT a.territory_kind, a.territory_code, list(DISTINCT x.theme ORDER BY x.theme) AS themes
  FROM actions a JOIN action_themes x USING (action_id) WHERE a.kind = 'grant' GROUP BY ALL
), fibre AS (
  SELECT territory_kind, territory_code, quarter, rate, connectable FROM coverage
  WHERE (rate IS NOT NULL OR connectable IS NOT NULL) AND quarter <= $as_of
  QUALIFY row_number() OVER (
    PARTITION BY territory_kind, territory_code
    ORDER BY quarter DESC, (rate IS NOT NULL)::INT + (connectable IS NOT NULL)::INT DESC, rate IS NULL, source_id
  ) = 1
), counted AS (
  SELECT agreement_id, territory_code, max(counted_on) AS counted_on, arg_max(under_way, counted_on) AS under_way,
         arg_max(delivered, counted_on) AS delivered
  FROM action_counts GROUP BY ALL
)
SELECT m.territory_kind, m.territory_code, coalesce(t.name, m.territory_code),
       t.departement_code, d.name, coalesce(t.region_code, d.region_code), r.name, t.epci_code, e.name,
       t.population, t.population_class, t.lon, t.lat, m.group_id, g.name,
       count(*) OVER (PARTITION BY m.group_id), c.agreement_id, c.signed_on, c.planned_on,
       coalesce(own_count.under_way, group_count.under_way), coalesce(own_count.delivered, group_count.delivered),
       coalesce(own_count.counted_on, group_count.counted_on), own_count.agreement_id IS NULL,
       coalesce(own.actions, 0), coalesce(own.smart, 0), own.grants, own.smart_grants, coalesce(profile.themes, []),
       fibre.rate, fibre.connectable, fibre.quarter, m.listed_in
FROM memberships m
LEFT JOIN territories t ON t.kind = m.territory_kind AND t.code = m.territory_code
LEFT JOIN territories d ON d.kind = 'departement' AND d.code = t.departement_code
LEFT JOIN territories r ON r.kind = 'region' AND r.code = coalesce(t.region_code, d.region_code)
LEFT JOIN territories e ON e.kind = 'epci' AND e.code = t.epci_code
JOIN groups g ON g.programme = m.programme AND g.group_id = m.group_id
LEFT JOIN agreements c ON c.programme = m.programme AND c.group_id = m.group_id
LEFT JOIN counted own_count ON own_count.agreement_id = c.agreement_id AND own_count.territory_code = m.territory_code
LEFT JOIN counted group_count ON group_count.agreement_id = c.agreement_id AND group_count.territory_code = ''
LEFT JOIN own ON own.territory_kind = m.territory_kind AND own.territory_code = m.territory_code
LEFT JOIN profile ON profile.territory_kind = m.territory_kind AND profile.territory_code = m.territory_code
LEFT JOIN fibre ON fibre.territory_kind = m.territory_kind AND fibre.territory_code = m.territory_code
WHERE m.programme = $programme ORDER BY strip_accents(t.name)
"""


@lru_cache(maxsize=12)
def members(edition: Edition, programme: str) -> tuple[Member, ...]:
    """The territories of a programme by name; read once an edition, then filtered in memory."""
    return tuple(fetch(Member, edition.connect(), _SQL, {"programme": programme, "as_of": edition.as_of}))
