"""How often the classifier misses and how often it sees what is not there, with what a labelled sample can say of it.

The published scores give weighted precision and recall; with the strata of the labelled sample they give back the
counts of right and wrong rows in each stratum, from which the errors are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa

from jalon.errors import JalonError
from jalon.indicators.estimate import DRAWS, Floats
from jalon.themes import labels

SMART, MICRO = "smart_city", "micro"
JEFFREYS = 0.5
KINDS = ("tp", "fp", "fn", "tn")
PRIOR = {"tp": 0.0, "fp": JEFFREYS, "fn": JEFFREYS, "tn": JEFFREYS}
ENOUGH = 10
"""Labelled positives under which a theme borrows from all themes together, as many as it lacks."""
SAMPLE = ("dev_2019.csv",)


class ScoresMissing(JalonError):
    """The quality of the classifier is not published for what is asked."""

    code = "scores-missing"


@dataclass(frozen=True, slots=True)
class Layer:
    """Labelled rows of one sampling weight: how many, and how many carry each theme (`smart_city`: any)."""

    weight: float
    rows: int
    positives: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Labelled rows of one weight by truth and prediction: hits, false alarms, misses, right silences."""

    weight: float
    tp: float
    fp: float
    fn: float
    tn: float


@dataclass(frozen=True, slots=True)
class Errors:
    """Sensitivity and specificity: best value, and draws from what the labelled sample leaves possible."""

    sensitivity: float
    specificity: float
    drawn_sensitivity: Floats
    drawn_specificity: Floats


def known(sensitivity: float, specificity: float, draws: int = DRAWS) -> Errors:
    """Errors known without doubt."""
    return Errors(sensitivity, specificity, np.full(draws, sensitivity), np.full(draws, specificity))


@cache
def layers() -> tuple[Layer, ...]:
    """Strata of the labelled sample that the published scores were weighted on, lightest first."""
    by_weight: dict[float, list[frozenset[str]]] = {}
    for label in labels.labels(names=SAMPLE):
        by_weight.setdefault(label.weight, []).append(label.themes)
    return tuple(Layer(weight, len(rows), _positives(rows)) for weight, rows in sorted(by_weight.items()))


def _positives(rows: list[frozenset[str]]) -> dict[str, int]:
    counts = {SMART: sum(1 for themes in rows if themes), MICRO: sum(len(themes) for themes in rows)}
    for themes in rows:
        for theme in themes:
            counts[theme] = counts.get(theme, 0) + 1
    return counts


def errors(scores: pa.Table, theme: str = SMART, *, seed: int = 0, draws: int = DRAWS) -> Errors:
    """Errors of the classifier for one theme, or for any (`smart_city`); `scores` is the table `theme_scores`.

    Raises `ScoresMissing` when the scores of `smart_city` or `micro` are not in the table.
    """
    published = {str(row["theme"]): row for row in scores.select(["theme", "precision", "recall"]).to_pylist()}
    for needed in (SMART, MICRO):
        if needed not in published:
            raise ScoresMissing(
                f"theme_scores has no {needed}",
                user_message=f"theme_scores : la qualité du classement manque pour « {needed} ».",
                mend="reconstruisez l’édition : jalon edition build.",
            )
    random = np.random.default_rng([seed, crc32(theme.encode())])
    any_theme = from_counts(counts(published[SMART], SMART), np.random.default_rng([seed, 0]), draws)
    if theme == SMART:
        return any_theme
    rows = counts(published[theme], theme) if theme in published else ()
    return _of_theme(rows, counts(published[MICRO], MICRO), any_theme, random)


def counts(score: Mapping[str, Any], theme: str, sample: tuple[Layer, ...] | None = None) -> tuple[Counts, ...]:
    """The labelled rows by truth and prediction that give this weighted precision and recall, stratum by stratum.

    Whole rows are looked for, so that their weights add up to the published masses of misses and of false alarms.
    """
    sample = layers() if sample is None else sample
    positives = [layer.positives.get(theme, 0) for layer in sample]
    weights = [layer.weight for layer in sample]
    mass = float(np.dot(weights, positives))
    if not mass or not score["precision"]:
        return ()
    missed = _rows((1 - score["recall"]) * mass, weights, positives)
    hits = [p - m for p, m in zip(positives, missed, strict=True)]
    silent = [layer.rows - p for layer, p in zip(sample, positives, strict=True)]
    room = silent if theme != MICRO else [layer.rows * len(layer.positives) for layer in sample]
    false = _rows(float(np.dot(weights, hits)) * (1 / score["precision"] - 1), weights, room)
    return tuple(
        Counts(weight, tp, fp, fn, max(0, rows - fp))
        for weight, tp, fp, fn, rows in zip(weights, hits, false, missed, room, strict=True)
    )


def _rows(mass: float, weights: list[float], most: list[int]) -> list[int]:
    """Numbers of rows of each weight, within `most`, whose weights add up nearest to `mass`; light rows first."""
    heavy = [range(min(top, int(mass / weight + 0.5)) + 1) for weight, top in zip(weights[1:], most[1:], strict=True)]
    found, best = [0] * len(weights), np.inf
    for chosen in product(*heavy):
        rest = mass - sum(n * weight for n, weight in zip(chosen, weights[1:], strict=True))
        light = min(most[0], max(0, round(rest / weights[0])))
        gap = round(abs(rest - light * weights[0]), 1)
        if gap < best:
            found, best = [light, *chosen], gap
    return found


def from_counts(rows: tuple[Counts, ...], random: np.random.Generator, draws: int = DRAWS) -> Errors:
    """Errors measured on a stratified labelled sample.

    In each stratum the shares of the four kinds of rows are drawn from a Dirichlet law, as Gamma draws over their sum;
    the prior gives half a row (Jeffreys) to misses, false alarms and silences, none to hits, so that a stratum without
    any positive is not taken to hold some.
    """
    mass = {name: np.zeros(draws) for name in KINDS}
    for row in rows:
        cells = {name: random.standard_gamma(getattr(row, name) + PRIOR[name], draws) for name in KINDS}
        scale = row.weight * (row.tp + row.fp + row.fn + row.tn) / sum(cells.values())
        for name in KINDS:
            mass[name] += scale * cells[name]
    total = {name: sum(row.weight * getattr(row, name) for row in rows) for name in KINDS}
    return Errors(
        _share(total["tp"], total["fn"]),
        _share(total["tn"], total["fp"]),
        mass["tp"] / (mass["tp"] + mass["fn"]),
        mass["tn"] / (mass["tn"] + mass["fp"]),
    )


def _of_theme(
    rows: tuple[Counts, ...], micro: tuple[Counts, ...], any_theme: Errors, random: np.random.Generator
) -> Errors:
    """Errors for one theme: it is seen when the action is seen as smart city, and then as of this theme.

    The random stratum says what is missed altogether, too seldom to say it by theme; so that part is common to all.
    """
    draws = len(any_theme.drawn_sensitivity)
    tp, fp, fn = _total(rows)
    all_tp, all_fp, all_fn = _total(micro)
    borrowed = max(0.0, ENOUGH - tp - fn) / max(1.0, all_tp + all_fn)
    tp, fp, fn = tp + borrowed * all_tp, fp + borrowed * all_fp, fn + borrowed * all_fn
    seen = random.beta(tp + JEFFREYS, fn + JEFFREYS, draws) * any_theme.drawn_sensitivity
    right = random.beta(tp + JEFFREYS, fp + JEFFREYS, draws)
    light = rows or micro
    flagged = sum(row.weight * (row.tp + row.fp) for row in rows) or ENOUGH
    silent = max(1.0, sum(row.weight * (row.tn + row.fp) for row in light))
    sensitivity = any_theme.sensitivity * _share(tp, fn)
    return Errors(
        sensitivity, 1 - flagged * _share(fp, tp) / silent, seen, np.clip(1 - flagged * (1 - right) / silent, 0, 1)
    )


def _total(rows: tuple[Counts, ...]) -> tuple[float, float, float]:
    return tuple(float(sum(getattr(row, name) for row in rows)) for name in ("tp", "fp", "fn"))  # type: ignore[return-value]


def _share(one: float, other: float) -> float:
    return float(one / (one + other)) if one + other else 1.0
