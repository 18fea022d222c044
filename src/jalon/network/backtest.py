"""What would have been said at a past quarter, nothing later being seen; and how wrong it would have been."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from jalon.errors import JalonError
from jalon.network.baselines import BASELINES
from jalon.network.panel import Floats, Panel
from jalon.network.projection import Projection, project
from jalon.network.quarters import written

LONGEST_HORIZON = 40


class NothingKnown(JalonError):
    code = "nothing-known"


@dataclass(frozen=True, slots=True)
class Score:
    """Mean absolute errors in points, and the share of the values that came inside the interval of 80 %."""

    compared: int
    mae: float
    covered: float
    baselines: dict[str, float]


def replay(panel: Panel, cutoff: int, horizon: int) -> Projection:
    """The projection from the end of a past quarter.

    Raises NothingKnown when no territory has a value by then, or for a horizon that is not between 1 and 40 quarters.
    """
    if not 1 <= horizon <= LONGEST_HORIZON:
        raise NothingKnown(
            f"horizon {horizon}",
            user_message=f"l’horizon est de {horizon} trimestres ; il en faut de 1 à {LONGEST_HORIZON}.",
            mend="donnez --horizon 8, par exemple.",
        )
    seen = padded(panel.until(cutoff), cutoff)
    if not seen.territories:
        raise NothingKnown(
            f"no value by {written(cutoff)}",
            user_message=f"aucun territoire n’a de valeur au {written(cutoff)} ni avant.",
            mend="choisissez un trimestre plus récent avec --cutoff, ou donnez des séries plus longues.",
        )
    return project(seen, horizon)


def padded(panel: Panel, cutoff: int) -> Panel:
    """The same panel, its last column being the cutoff: quarters not yet published are holes."""
    lacking = cutoff - panel.last
    if lacking <= 0 or not panel.territories:
        return panel
    rates = np.pad(panel.rates, ((0, 0), (0, lacking)), constant_values=np.nan)
    return Panel(panel.territories, panel.first, rates, panel.groups)


def score(panel: Panel, said: Projection) -> Score | None:
    """A projection held against what the panel says came; None when nothing came yet."""
    rows = {territory: place for place, territory in enumerate(panel.territories)}
    places = np.array([rows[territory] for territory in said.territories], dtype=np.int64)
    came = _came(panel, places, said)
    known = ~np.isnan(came)
    if not known.any():
        return None
    inside = (came >= said.low - 1e-6) & (came <= said.high + 1e-6)
    seen = padded(panel.until(said.origin), said.origin)
    others = {
        name: float(np.abs(way(seen.rates, said.value.shape[1]) - came)[known].mean())
        for name, way in BASELINES.items()
    }
    return Score(int(known.sum()), float(np.abs(said.value - came)[known].mean()), float(inside[known].mean()), others)


def rolling(panel: Panel, cutoffs: Iterable[int], horizon: int) -> Score | None:
    """The scores of several cutoffs, each value that came counting once for each cutoff; None when there is none."""
    found = [one for cutoff in cutoffs if (one := score(panel, replay(panel, cutoff, horizon))) is not None]
    if not found:
        return None
    counts = [one.compared for one in found]

    def mean(values: list[float]) -> float:
        return float(np.average(values, weights=counts))

    return Score(
        compared=sum(counts),
        mae=mean([one.mae for one in found]),
        covered=mean([one.covered for one in found]),
        baselines={name: mean([one.baselines[name] for one in found]) for name in BASELINES},
    )


def _came(panel: Panel, places: np.ndarray, said: Projection) -> Floats:
    horizon = said.value.shape[1]
    came = np.full((len(places), horizon), np.nan)
    start = said.origin + 1 - panel.first
    taken = panel.rates[places, start : start + horizon]
    came[:, : taken.shape[1]] = taken
    return came
