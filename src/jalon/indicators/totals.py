"""Sums over groups of towns, corrected for the classifier's errors: once as they are, and once a draw."""

from dataclasses import dataclass

import numpy as np

from jalon.geography import POPULATION_CLASSES
from jalon.indicators.atleast import at_least_one, flags, moments
from jalon.indicators.bootstrap import Cells, sums
from jalon.indicators.estimate import Floats, quotient
from jalon.indicators.prevalence import corrected
from jalon.indicators.rates import Errors

SIZES = len(POPULATION_CLASSES) + 1


@dataclass(frozen=True, slots=True)
class Law:
    """What classes of size are like, draws x classes: share flagged, likeness of flags, true share of the judged."""

    flagged: Floats
    alike: Floats
    prevalence: Floats


@dataclass(frozen=True, slots=True)
class Laws:
    """The law of the classes: best, and once a draw; `alike`: likeness of two flags of a town over all classes."""

    point: Law
    drawn: Law
    alike: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of each group (draws x groups).

    `acting`: towns with at least one true action; `true`: true actions; `expected`: those if each town had the share of
    its class; `judged_placed`, `true_placed`: actions of towns whose population is known, `people` theirs.
    """

    towns: Floats
    acting: Floats
    judged: Floats
    true: Floats
    expected: Floats
    judged_placed: Floats
    true_placed: Floats
    people: Floats


def laws_of(found: Cells, weight: np.ndarray, doubt: Errors) -> Laws:
    """The law of each class of size, from all communes and the same draws as the groups'."""
    features = np.column_stack([found.judged, found.sure, moments(found.machine, found.flagged)])
    by_size = (np.eye(SIZES)[found.size][:, :, None] * features[:, None, :]).reshape(len(features), -1)
    once = (found.towns @ by_size).reshape(1, SIZES, -1)
    again = (weight @ by_size.astype(weight.dtype)).reshape(len(weight), SIZES, -1).astype(float)
    _, alike = flags(once[..., 2:].sum(axis=1))
    drawn = doubt.drawn_sensitivity, doubt.drawn_specificity
    return Laws(_law(once, *best(doubt)), _law(again, *drawn), float(alike[0]))


def best(doubt: Errors) -> tuple[Floats, Floats]:
    """The best sensitivity and specificity, as one draw."""
    return np.array([doubt.sensitivity]), np.array([doubt.specificity])


def _law(summed: Floats, sensitivity: Floats, specificity: Floats) -> Law:
    judged, sure, machine, flagged = (summed[..., i] for i in range(4))
    true = sure + corrected(flagged, machine, sensitivity[:, None], specificity[:, None])
    return Law(*flags(summed[..., 2:]), np.nan_to_num(quotient(true, judged)))


def totals(found: Cells, weight: np.ndarray, law: Law, sensitivity: Floats, specificity: Floats) -> Totals:
    """The totals of each group: `weight` draws x cells (or one row for all draws), errors one a draw."""
    se, sp = sensitivity[:, None], specificity[:, None]
    placed = (found.people > 0).astype(float)
    lone = np.column_stack([np.ones_like(placed), found.judged, found.judged * placed, found.people])
    towns, judged, judged_placed, people = _columns(sums(found, weight, lone))
    kinds = np.column_stack([found.machine, found.flagged, found.sure])
    machine, flagged, sure, *theirs = _columns(sums(found, weight, np.column_stack([kinds, kinds * placed[:, None]])))
    by_size = np.eye(SIZES)[found.size] * found.judged[:, None]
    return Totals(
        towns=towns,
        acting=_acting(found, weight, law, se, sp),
        judged=judged,
        true=sure + corrected(flagged, machine, se, sp),
        expected=np.asarray((sums(found, weight, by_size) * law.prevalence[:, None, :]).sum(axis=2)),
        judged_placed=judged_placed,
        true_placed=theirs[2] + corrected(theirs[1], theirs[0], se, sp),
        people=people,
    )


def _columns(summed: Floats) -> list[Floats]:
    return [summed[..., i] for i in range(summed.shape[2])]


def _acting(found: Cells, weight: np.ndarray, law: Law, se: Floats, sp: Floats) -> Floats:
    """Expected towns with at least one true action: the chance is computed once for each (class, n, k)."""
    kinds, which = np.unique(np.stack([found.size, found.machine, found.flagged]), axis=1, return_inverse=True)
    size = kinds[0].astype(int)
    chance = at_least_one(kinds[1], kinds[2], law.flagged[:, size], law.alike[:, size], se, sp).astype(np.float32)
    by_cell = np.where(found.sure > 0, np.float32(1), chance[:, which.ravel()])
    product = by_cell * weight
    ends = zip(found.starts[:-1], found.starts[1:], strict=True)
    return np.stack([product[:, start:end].sum(axis=1) for start, end in ends], axis=1).astype(float)
