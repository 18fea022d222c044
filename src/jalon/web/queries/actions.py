"""Actions: search, facets, one action and its neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from jalon.editions import Edition
from jalon.editions.edition import IN_MEMORY
from jalon.web.published import fetch
from jalon.web.queries.index import ActionIndex, Mask, Rows, action_index

RELEVANCE = "pertinence"
ORDERS = ("montant", "cout", "annee", "beneficiaire")
COUNTED = ("theme", "intelligente", "axe", "region", "annee", "dispositif", "montant")
FACETS = (*COUNTED, "programme", "departement", "territoire")


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """What the reader asked for: a text, and for each facet the values kept (any of them)."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def without(self, facet: str) -> "ActionFilter":
        return ActionFilter(self.text, {name: values for name, values in self.chosen.items() if name != facet})


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in euros; `without_grant` counts the actions whose grant is not known."""

    actions: int
    grants: float
    costs: float
    without_grant: int


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table `actions`, with its number and its themes."""

    action_id: str
    kind: str
    programme: str | None
    agreement_id: str | None
    territory_kind: str
    territory_code: str | None
    published_code: str | None
    beneficiary: str | None
    departement_code: str | None
    region_code: str | None
    title: str | None
    category: str | None
    axis: int | None
    year: int | None
    scheme: str | None
    cost_eur: Decimal | None
    grant_eur: Decimal | None
    known_on: date
    smart_city: bool
    probability: float | None
    decided_by: str
    source_id: str
    source_row: int
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeGiven:
    theme: str
    label: str
    probability: float | None
    decided_by: str
    terms: list[str]

    @property
    def shown_terms(self) -> list[str]:
        return [term for term in self.terms if term]


@dataclass(frozen=True, slots=True)
class FundingLine:
    funder: str
    instrument: str
    scheme: str | None
    amount_eur: Decimal
    year: int | None


class Search:
    """One search: which rows are kept, in which order, and how many each facet value would give."""

    def __init__(self, edition: Edition, wanted: ActionFilter) -> None:
        self.edition = edition
        self.wanted = wanted
        self.index: ActionIndex = action_index(edition)
        self.hits: Rows | None = edition.search_ids(wanted.text) if wanted.text else None
        self._masks = {name: self.index.having(name, values) for name, values in wanted.chosen.items()}
        self.mask = self._mask()

    def _mask(self, without: str = "") -> Mask:
        mask = np.zeros(self.index.size, dtype=bool) if self.hits is not None else np.ones(self.index.size, dtype=bool)
        if self.hits is not None:
            mask[self.hits] = True
        for name, kept in self._masks.items():
            if name != without:
                mask &= kept
        return mask

    def totals(self) -> Totals:
        grants, costs = self.index.grants[self.mask], self.index.costs[self.mask]
        return Totals(len(grants), float(np.nansum(grants)), float(np.nansum(costs)), int(np.isnan(grants).sum()))

    def counts(self) -> dict[str, dict[str, int]]:
        """For each facet, how many actions each value would give, the other facets being as chosen."""
        return {
            name: self.index.counts(name, self._mask(name) if name in self._masks else self.mask) for name in COUNTED
        }

    def within(self, programme: str) -> int:
        """Actions kept whose beneficiary is a territory of that programme, the filter on programmes apart."""
        return int((self._mask("programme") & self.index.having("programme", (programme,))).sum())

    def rows(self, order: str, limit: int | None = None, offset: int = 0) -> list[Action]:
        ranked = self.hits if order == RELEVANCE and self.hits is not None else self.index.ordered(order)
        kept = ranked[self.mask[ranked]]
        return by_rows(self.edition, kept[offset : None if limit is None else offset + limit].tolist())


_SELECT = f"SELECT rowid, {', '.join(column.name for column in fields(Action)[:-1])} FROM actions"  # noqa: S608


def by_rows(edition: Edition, rows: list[int]) -> list[Action]:
    """The actions of these row numbers, in this order."""
    kept = _in_memory(edition)
    if kept is not None:
        return [_action(edition, tuple(row.values())) for row in kept.take(pa.array(rows, pa.int64())).to_pylist()]
    sql = f"{_SELECT} WHERE rowid IN (SELECT unnest(?::BIGINT[]))"
    found = {row[0]: row for row in edition.connect().execute(sql, [rows]).fetchall()}
    return [_action(edition, found[row]) for row in rows]


@lru_cache(maxsize=3)
def _in_memory(edition: Edition) -> pa.Table | None:
    """The whole table of an edition small enough: a page of rows is taken from it twenty times faster than by SQL."""
    if sum(entry.bytes for entry in edition.manifest.files.values()) > IN_MEMORY:
        return None
    return edition.connect().sql(f"{_SELECT} ORDER BY rowid").to_arrow_table()


def action(edition: Edition, action_id: str) -> Action | None:
    row = edition.connect().execute(f"{_SELECT} WHERE action_id = ?", [action_id]).fetchone()
    return _action(edition, row) if row else None


def _action(edition: Edition, row: tuple[Any, ...]) -> Action:
    return Action(*row[1:], themes=action_index(edition).themes_of(row[0]))  # type: ignore[misc]


def themes_of(edition: Edition, action_id: str) -> list[ThemeGiven]:
    sql = """
    SELECT x.theme, t.label, x.probability, x.decided_by, string_split(x.terms, '|')
    FROM action_themes x JOIN themes t USING (theme) WHERE x.action_id = ? ORDER BY x.probability DESC NULLS LAST
    """
    return fetch(ThemeGiven, edition.connect(), sql, [action_id])


def funding_of(edition: Edition, action_id: str) -> list[FundingLine]:
    sql = "SELECT funder, instrument, scheme, amount_eur, year FROM funding_lines WHERE action_id = ? ORDER BY line"
    return fetch(FundingLine, edition.connect(), sql, [action_id])


def of_territory(edition: Edition, kind: str, codes: Iterable[str]) -> list[Action]:
    """Actions whose beneficiary is one of these territories, largest grant first."""
    wanted = ActionFilter("", {"territoire": tuple(f"{kind}:{code}" for code in codes)})
    return Search(edition, wanted).rows("-montant")
