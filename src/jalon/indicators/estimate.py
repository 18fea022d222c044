"""What every indicator gives: a value with its interval, what it rests on and how it was made."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
LEVEL = 0.95
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """`low` to `high` holds the true value with probability `level`, and always holds `value`.

    `n`: towns or actions the value rests on, as `method` (French) says. `shrunk`: the value was drawn toward that of
    the whole set because few towns speak.
    """

    value: float
    low: float
    high: float
    level: float
    n: int
    method: str
    shrunk: bool = False


def estimate(
    value: float,
    drawn: Floats,
    *,
    n: int,
    method: str,
    level: float = LEVEL,
    most: float = np.inf,
    shrunk: bool = False,
    shift: float = 0.0,
    stretch: float = 1.0,
) -> Estimate | None:
    """The estimate of a value from its bootstrap draws, both kept within 0 and `most`; None where it is undefined.

    `stretch` sets the percentiles farther from the value, then `shift` moves them: see `skew`.
    """
    known = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or not known.size:
        return None
    tail = 50 * (1 - level)
    bounds = value + (np.percentile(known, [tail, 100 - tail]) - value) * stretch + shift
    low, high = (float(bound) for bound in np.clip(bounds, 0, most))
    value = min(max(float(value), 0.0), most)
    return Estimate(value, min(low, value), max(high, value), level, n, method, shrunk)


def quotient(above: Floats | float, below: Floats | float) -> Floats:
    """above / below, NaN where below is 0."""
    below = np.asarray(below, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(below > 0, np.asarray(above, float) / np.where(below > 0, below, 1), np.nan))
