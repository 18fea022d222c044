"""Many territories on one grid of quarters: the shape that every projection works on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Panel:
    """Rates in per cent, one row a territory, one column a quarter; NaN where nothing is published.

    `first` is the number of the first column's quarter (see `quarters.number`). `groups` numbers the département or
    zone from which each row borrows strength: all 0 when nothing is known of them.
    """

    territories: tuple[str, ...]
    first: int
    rates: Floats
    groups: Ints

    @property
    def last(self) -> int:
        return self.first + int(self.rates.shape[1]) - 1

    def until(self, cutoff: int) -> "Panel":
        """What was published at the end of a quarter: later columns are gone, and territories not yet known."""
        columns = max(0, min(cutoff, self.last) - self.first + 1)
        rates = self.rates[:, :columns]
        known = ~np.isnan(rates).all(axis=1) if columns else np.zeros(len(rates), dtype=bool)
        return self.rows(np.flatnonzero(known), rates)

    def rows(self, which: Ints, rates: Floats | None = None) -> "Panel":
        """Some of the territories, by position."""
        taken = (self.rates if rates is None else rates)[which]
        return Panel(tuple(self.territories[i] for i in which), self.first, taken, self.groups[which])


def panel(territories: Sequence[str], first: int, rates: Floats, groups: Sequence[str] | None = None) -> Panel:
    """A panel of rates between 0 and 100; `groups` are labels, equal for territories that resemble each other."""
    numbered = np.unique(np.array(groups, dtype=str), return_inverse=True)[1] if groups else np.zeros(len(territories))
    return Panel(tuple(territories), first, np.asarray(rates, dtype=float), numbered.astype(np.int64))
