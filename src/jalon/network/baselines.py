"""What a projection must beat: the last pace kept, the straight line, the drift from the first value."""

from collections.abc import Callable

import numpy as np

from jalon.network.panel import Floats


def last_pace(rates: Floats, horizon: int) -> Floats:
    """The last value plus the last published step at each quarter; a hole in between is shared out."""
    last, before = _last_two(rates)
    rows = np.arange(len(rates))
    step = (rates[rows, last] - rates[rows, before]) / np.maximum(last - before, 1)
    return _ahead(rates, rates[rows, last], step, last, horizon)


def drift(rates: Floats, horizon: int) -> Floats:
    """The last value plus the mean step since the first value."""
    last, _ = _last_two(rates)
    first = (~np.isnan(rates)).argmax(axis=1)
    rows = np.arange(len(rates))
    step = (rates[rows, last] - rates[rows, first]) / np.maximum(last - first, 1)
    return _ahead(rates, rates[rows, last], step, last, horizon)


def linear(rates: Floats, horizon: int) -> Floats:
    """The least squares line through every value."""
    known = ~np.isnan(rates)
    columns = np.arange(rates.shape[1])
    count = known.sum(axis=1)
    middle = (known * columns).sum(axis=1) / count
    mean = np.nansum(rates, axis=1) / count
    spread = (known * (columns - middle[:, None]) ** 2).sum(axis=1)
    crossed = np.nansum((columns - middle[:, None]) * (rates - mean[:, None]), axis=1)
    slope = np.where(spread > 0, crossed / np.maximum(spread, 1e-9), 0.0)
    ahead = rates.shape[1] - 1 + np.arange(1, horizon + 1)
    line: Floats = np.clip(mean[:, None] + slope[:, None] * (ahead - middle[:, None]), 0.0, 100.0)
    return line


BASELINES: dict[str, Callable[[Floats, int], Floats]] = {"last_pace": last_pace, "linear": linear, "drift": drift}
LABELS = {"last_pace": "dernier rythme prolongé", "linear": "droite", "drift": "dérive depuis le début"}


def _last_two(rates: Floats) -> tuple[np.ndarray, np.ndarray]:
    """Columns of the last value of each row and of the one before it; the same twice when there is one."""
    columns = np.where(~np.isnan(rates), np.arange(rates.shape[1]), -1)
    last = columns.max(axis=1)
    before = np.where(columns == last[:, None], -1, columns).max(axis=1)
    return last, np.where(before < 0, last, before)


def _ahead(rates: Floats, level: Floats, step: Floats, last: np.ndarray, horizon: int) -> Floats:
    tail = rates.shape[1] - 1 - last
    quarters = tail[:, None] + np.arange(1, horizon + 1)
    path: Floats = np.clip(level[:, None] + step[:, None] * quarters, 0.0, 100.0)
    return path
