"""The roll-out seen from a quarter: each territory's past, what was expected then, and what came."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from jalon.network.backtest import NothingKnown, padded
from jalon.network.coverage import Reconciled, groups_of, reconciled
from jalon.network.indicators import stalled
from jalon.network.panel import Panel, panel
from jalon.network.projection import Projection, project
from jalon.network.quarters import last_day, number
from jalon.network.target import Reach, reach

KINDS = ("pays", "region", "departement")
HORIZON = 12
BROKEN = 0.01
Place = tuple[str, str]


@dataclass(frozen=True)
class Published:
    """Every rate of an edition for the country, its régions and its départements, the sources reconciled."""

    values: tuple[Reconciled, ...]
    panel: Panel
    places: tuple[Place, ...]

    def came(self, place: Place) -> dict[date, float]:
        """Rates of a place by quarter, shares between 0 and 1."""
        return {one.quarter: one.rate for one in self.values if (one.kind, one.code) == place}

    @property
    def quarters(self) -> tuple[date, ...]:
        """Quarters of which most places have a rate, in order."""
        known = (~np.isnan(self.panel.rates)).sum(axis=0)
        return tuple(last_day(self.panel.first + i) for i, count in enumerate(known) if 2 * count >= known.max())


@dataclass(frozen=True, slots=True)
class Expected:
    """A quarter ahead, shares between 0 and 1."""

    quarter: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Prospect:
    """A territory at the quarter from which it is seen. `pace` is the share gained over the last four quarters, None
    when they are not all known; `short` when its interval rests on other territories; `stalled` when three quarters
    brought nothing; `lost` the last fall of over a point, with its quarter: a new estimate of the premises."""

    place: Place
    rate: float
    pace: float | None
    ahead: tuple[Expected, ...]
    reach: Reach
    short: bool
    stalled: bool
    lost: tuple[date, float] | None


def published(coverage: pa.Table) -> Published:
    """The rates of an edition's table `coverage`. Raises NothingKnown when it has none at these levels."""
    values = tuple(one for kind in KINDS for one in reconciled(coverage, kind))
    if not values:
        raise NothingKnown(
            "no rate", user_message="l’édition ne connaît aucun taux de locaux raccordables.", mend="importez la fibre."
        )
    places = tuple(sorted({(one.kind, one.code) for one in values}))
    numbers = [number(one.quarter) for one in values]
    rates = np.full((len(places), max(numbers) - min(numbers) + 1), np.nan)
    row = {place: i for i, place in enumerate(places)}
    for one in values:
        rates[row[one.kind, one.code], number(one.quarter) - min(numbers)] = 100 * one.rate
    regions = groups_of("departement")
    labels = [regions.get(code, code) if kind == "departement" else code for kind, code in places]
    return Published(values, panel([f"{kind}-{code}" for kind, code in places], min(numbers), rates, labels), places)


def outlook(whole: Published, origin: date, target: float, horizon: int = HORIZON) -> dict[Place, Prospect]:
    """Every place that had a rate by a quarter, projected from there without seeing anything later.

    `target` is in per cent. Raises NothingKnown when no place had a rate by then.
    """
    cutoff = number(origin)
    seen = padded(whole.panel.until(cutoff), cutoff)
    if not seen.territories:
        raise NothingKnown(f"nothing by {origin}", user_message=f"aucun taux n’est connu au {origin:%d/%m/%Y}.")
    said, dates = project(seen, horizon), reach(seen, target)
    found = (_prospect(seen, said, dates[row], row) for row in range(len(seen.territories)))
    return {one.place: one for one in found}


def _prospect(seen: Panel, said: Projection, when: Reach, row: int) -> Prospect:
    rates = [None if np.isnan(rate) else float(rate) / 100 for rate in seen.rates[row]]
    kind, _, code = seen.territories[row].partition("-")
    paths = zip(said.value[row], said.low[row], said.high[row], strict=True)
    now, year = rates[-1], rates[-5] if len(rates) > 4 else None
    return Prospect(
        place=(kind, code),
        rate=float(said.last[row]) / 100,
        pace=None if now is None or year is None else now - year,
        ahead=tuple(
            Expected(last_day(said.origin + h), float(value) / 100, float(low) / 100, float(high) / 100)
            for h, (value, low, high) in enumerate(paths, 1)
        ),
        reach=when,
        short=said.short[row],
        stalled=stalled(rates),
        lost=_lost(rates, seen.first),
    )


def _lost(rates: list[float | None], first: int) -> tuple[date, float] | None:
    """The last fall of over a point between two published quarters that follow each other."""
    for column in range(len(rates) - 1, 0, -1):
        now, before = rates[column], rates[column - 1]
        if now is not None and before is not None and before - now > BROKEN:
            return last_day(first + column), before - now
    return None
