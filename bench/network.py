"""The fibre's projection beside statsforecast's AutoETS on the same series, and 35,000 communes from file to projection.

The series are made here, so that anyone runs the same: logistic roll-outs of uneven pace, some of which stall.
`python bench/network.py` prints its part of the results alone.
"""

import csv
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from jalon.network.backtest import replay
from jalon.network.panel import Panel, panel
from jalon.network.projection import project
from jalon.network.quarters import written
from jalon.network.reading import read_series

START, SEEN, HORIZON = 2016 * 4, 20, 8
COMPARED, COMMUNES = 5_000, 35_000


def series(count: int, quarters: int, seed: int = 6) -> Panel:
    """Rates in per cent: logistic, ceilings of 70 to 100, uneven quarters, a stall in four series out of ten."""
    random = np.random.default_rng(seed)
    ahead = np.arange(quarters)
    middle = random.normal(quarters * 0.55, quarters * 0.3, count)[:, None]
    speed = np.exp(random.normal(np.log(0.25), 0.5, count))[:, None]
    truth = random.uniform(70, 100, count)[:, None] / (1 + np.exp(-speed * (ahead - middle)))
    steps = np.diff(truth, axis=1, prepend=truth[:, :1]) * np.exp(random.normal(-0.06, 0.35, truth.shape))
    for row in np.flatnonzero(random.random(count) < 0.4):
        start = int(random.integers(2, quarters - 2))
        steps[row, start : start + int(random.integers(2, 7))] *= 0.03
    rates = np.clip(np.round(truth[:, :1] + np.cumsum(steps, axis=1), 1), 0, 100)
    return panel([f"{i:05}" for i in range(count)], START, rates)


def compare(whole: Panel) -> list[tuple[str, float, float]]:
    """(name, seconds, MAE in points) of each contender, the eight last quarters being hidden from both."""
    cutoff = START + SEEN - 1
    came = whole.rates[:, SEEN : SEEN + HORIZON]
    began = time.perf_counter()
    ours = replay(whole, cutoff, HORIZON).value
    ours_took = time.perf_counter() - began
    theirs, theirs_took = auto_ets(whole.rates[:, :SEEN])
    return [
        ("Jalon", ours_took, float(np.abs(ours - came).mean())),
        ("statsforecast AutoETS, two processes", theirs_took, float(np.abs(theirs - came).mean())),
    ]


def auto_ets(rates: np.ndarray) -> tuple[np.ndarray, float]:
    """AutoETS of each series, clipped to 0 and 100; compiled on three series before the clock starts."""
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS

    def frame(rows: np.ndarray) -> pd.DataFrame:
        count, width = rows.shape
        return pd.DataFrame(
            {"unique_id": np.repeat(np.arange(count), width), "ds": np.tile(np.arange(width), count), "y": rows.ravel()}
        )

    forecast = StatsForecast(models=[AutoETS(season_length=1)], freq=1, n_jobs=2)
    forecast.forecast(df=frame(rates[:3]), h=HORIZON)
    began = time.perf_counter()
    found = forecast.forecast(df=frame(rates), h=HORIZON)
    took = time.perf_counter() - began
    ordered = found.sort_values(["unique_id", "ds"])["AutoETS"].to_numpy().reshape(len(rates), HORIZON)
    return np.clip(ordered, 0, 100), took


def whole_country() -> tuple[float, float, float]:
    """Seconds to read 700,000 rows, seconds to project 35,000 communes, peak memory of the process in MB."""
    communes = series(COMMUNES, SEEN)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "communes.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("territory", "quarter", "rate"))
            for territory, rates in zip(communes.territories, communes.rates, strict=True):
                writer.writerows((territory, written(START + i), rate) for i, rate in enumerate(rates))
        began = time.perf_counter()
        read = read_series(path)
        reading = time.perf_counter() - began
    began = time.perf_counter()
    project(read.panel, HORIZON)
    return reading, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def network_table() -> str:
    """This part of bench/results.md."""
    reading, projecting, memory = whole_country()
    runs = compare(series(COMPARED, SEEN + HORIZON))
    rows = "".join(f"| {name} | {seconds:.2f} | {mae:.2f} |\n" for name, seconds, mae in runs)
    return (
        "## The fibre's projection\n\n"
        f"{COMPARED} series of {SEEN} quarters, {HORIZON} quarters ahead, made by `bench/network.py`. Jalon runs on one "
        "core, weighs its ways by replaying the past, and gives intervals; AutoETS gives points only.\n\n"
        "| | seconds | mean absolute error, points |\n| --- | ---: | ---: |\n" + rows + "\n"
        f"{COMMUNES} communes, {SEEN} quarters: read from CSV in {reading:.1f} s, projected with intervals in "
        f"{projecting:.1f} s, {memory:.0f} MB at the most.\n"
    )


if __name__ == "__main__":
    sys.stdout.write(network_table())
