"""The measured part of docs/exactness.md about the fibre: the past of an edition's départements, replayed."""

from collections.abc import Iterable, Sequence

import numpy as np

from jalon.network.backtest import Score, rolling
from jalon.network.panel import Panel
from jalon.network.quarters import written

HORIZON = 8
FIRST = 3
EVERY = 2
HEAD = (
    "| | values compared | Jalon | last pace | line | drift | inside the 80 % interval |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def section(whole: Panel) -> str:
    """Mean absolute errors in points, eight quarters ahead, Jalon beside the baselines: a row a half, a row a cutoff.

    One département in two was read while the model was tuned; the other half never was.
    """
    cutoffs = range(whole.first + FIRST, whole.last - 1, EVERY)
    rows = [
        ("one département in two, read while tuning", _half(whole, 0), cutoffs),
        ("the other half, held out", _half(whole, 1), cutoffs),
        *((f"all, seen from {written(cutoff)}", whole, (cutoff,)) for cutoff in cutoffs),
    ]
    return "\n".join([HEAD, *filter(None, (_row(name, panel, chosen) for name, panel, chosen in rows))])


def _half(whole: Panel, first: int) -> Panel:
    return whole.rows(np.arange(first, len(whole.territories), 2))


def _row(name: str, panel: Panel, cutoffs: Sequence[int] | Iterable[int]) -> str:
    found = rolling(panel, cutoffs, HORIZON)
    return "" if found is None else f"| {name} | {_cells(found)} |"


def _cells(found: Score) -> str:
    others = (found.baselines[name] for name in ("last_pace", "linear", "drift"))
    errors = " | ".join(f"{error:.2f}" for error in (found.mae, *others))
    return f"{found.compared} | {errors} | {100 * found.covered:.0f} %"
