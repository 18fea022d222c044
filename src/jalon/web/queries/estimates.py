"""Estimates of an edition, the last of each, by what they are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jalon.editions import Edition
from jalon.geography import Place
from jalon.web.published import fetch

SMART = "smart_city"


@dataclass(frozen=True, slots=True)
class Estimated:
    """A row of the table `estimates`; `known` is False where nothing is said, and `method` says why."""

    indicator: str
    theme: str
    territory_kind: str
    territory_code: str
    population_class: str
    programme: str
    year: int
    known_on: date
    value: float | None
    low: float | None
    high: float | None
    naive: float | None
    same_size: float | None
    same_size_low: float | None
    same_size_high: float | None
    n: int
    shrunk: bool
    method: str

    @property
    def known(self) -> bool:
        return self.value is not None

    @property
    def apart(self) -> str:
        """ "above" or "below" where the interval leaves out what communes of the same sizes do; "" elsewhere."""
        if self.low is None or self.high is None or self.same_size is None:
            return ""
        return "above" if self.low > self.same_size else "below" if self.high < self.same_size else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Communes that are estimated together. The country is all communes, or those of one programme."""

    kind: str = "pays"
    code: str = "FR"
    population_class: str = ""
    programme: str = ""


Key = tuple[str, str, Group, int]


@lru_cache(maxsize=3)
def estimates(edition: Edition) -> Mapping[Key, Estimated]:
    """The last estimate of each (indicator, theme, group, year); year 0 is all years."""
    sql = """
    SELECT * FROM estimates QUALIFY known_on = max(known_on) OVER (
      PARTITION BY indicator, theme, territory_kind, territory_code, population_class, programme, year)
    """
    return {
        (one.indicator, one.theme, Group(one.territory_kind, one.territory_code, one.population_class, one.programme),
         one.year): one
        for one in fetch(Estimated, edition.connect(), sql)
    }  # fmt: skip


def estimated(
    edition: Edition, indicator: str, theme: str = SMART, group: Group = Group(), year: int = 0
) -> Estimated | None:
    return estimates(edition).get((indicator, theme, group, year))


@lru_cache(maxsize=3)
def groups(edition: Edition) -> tuple[Group, ...]:
    """Groups that have estimates of the smart city as a whole."""
    return tuple(
        group
        for indicator, theme, group, year in estimates(edition)
        if (indicator, theme, year) == ("towns_share", SMART, 0)
    )


@lru_cache(maxsize=3)
def years(edition: Edition) -> tuple[int, ...]:
    return tuple(sorted({year for *_, year in estimates(edition) if year}))


@dataclass(frozen=True, slots=True)
class Carrier:
    """A commune that carries a theme: how many projects, and their grants."""

    code: str
    name: str
    departement: str | None
    actions: int
    grants: float | None


@lru_cache(maxsize=64)
def carriers(edition: Edition, theme: str) -> tuple[Carrier, ...]:
    """Communes with projects flagged for the theme, most first."""
    sql = """
    SELECT t.code, replace(t.name, '''', '’'), replace(d.name, '''', '’'), count(*) AS actions, sum(a.grant_eur)::DOUBLE
    FROM actions a JOIN action_themes x USING (action_id)
    JOIN territories t ON t.kind = 'commune' AND t.code = a.territory_code
    LEFT JOIN territories d ON d.kind = 'departement' AND d.code = t.departement_code
    WHERE x.theme = $theme AND a.kind = 'grant' AND a.territory_kind = 'commune'
    GROUP BY ALL ORDER BY actions DESC, 5 DESC NULLS LAST, t.code
    """
    return tuple(fetch(Carrier, edition.connect(), sql, {"theme": theme}))


@lru_cache(maxsize=64)
def examples(edition: Edition, theme: str, count: int = 6) -> tuple[tuple[str, str, str], ...]:
    """Real projects of the theme, those the machine is surest of: id, title, beneficiary."""
    sql = """
    SELECT a.action_id, a.title, coalesce(a.beneficiary, '') FROM actions a JOIN action_themes x USING (action_id)
    WHERE x.theme = $theme AND a.title IS NOT NULL AND a.smart_city
    ORDER BY x.decided_by, x.probability DESC, a.grant_eur DESC NULLS LAST, a.action_id LIMIT $count
    """
    return tuple(edition.connect().execute(sql, {"theme": theme, "count": count}).fetchall())


@lru_cache(maxsize=3)
def communes(edition: Edition) -> dict[str, Place]:
    """Communes of the edition by code, with their positions."""
    sql = """
    SELECT kind, code, name, departement_code, region_code, epci_code, population, lon, lat FROM territories
    WHERE kind = 'commune'
    """
    return {place.code: place for place in fetch(Place, edition.connect(), sql)}
