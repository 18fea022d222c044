"""Sums over groups of towns, corrected for the classifier's errors: once as they are, and once a draw."""

from dataclasses import dataclass

import numpy as np

from jalon.geography import POPULATION_CLASSES
from jalon.indicators.atleast import at_least_one, flags, moments
from jalon.indicators.bootstrap import Cells, sums
from jalon.indicators.estimate import Floats, quotient
from jalon.indicators.prevalence import LEAST, corrected
from jalon.indicators.rates import Errors

SIZES = len(POPULATION_CLASSES) + 1


@dataclass(frozen=True, slots=True)
class Law:
    """What classes of size are like, draws x classes: share flagged, likeness of flags, true share of the judged, true
    actions of a town.
    """

    flagged: Floats
    alike: Floats
    prevalence: Floats
    per_town: Floats


@dataclass(frozen=True, slots=True)
class Laws:
    """The law of the classes: best, and once a draw; `alike`: likeness of two flags of a town over all classes."""

    point: Law
    drawn: Law
    alike: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of each group (draws x groups).

    `acting`: towns with at least one true action; `true`: true actions; `judged_placed`, `true_placed`: actions of
    towns whose population is known, `people` theirs. What they would be if each town did as all communes of its size:
    `expected` for the actions judged, `like_acting`, `like_true`, `like_placed` for its towns.
    """

    towns: Floats
    acting: Floats
    judged: Floats
    true: Floats
    expected: Floats
    judged_placed: Floats
    true_placed: Floats
    people: Floats
    like_acting: Floats
    like_true: Floats
    like_placed: Floats


def laws_of(found: Cells, weight: np.ndarray, doubt: Errors) -> Laws:
    """The law of each class of size, from all communes and the same draws as the groups'."""
    lone = [np.ones_like(found.judged), found.judged, found.sure]
    features = np.column_stack([*lone, moments(found.machine, found.flagged)])
    by_size = (np.eye(SIZES)[found.size][:, :, None] * features[:, None, :]).reshape(len(features), -1)
    once = (found.towns @ by_size).reshape(1, SIZES, -1)
    again = (weight @ by_size.astype(weight.dtype)).reshape(len(weight), SIZES, -1).astype(float)
    _, alike = flags(once[..., 3:].sum(axis=1))
    drawn = doubt.drawn_sensitivity, doubt.drawn_specificity
    return Laws(_law(once, *best(doubt)), _law(again, *drawn), float(alike[0]))


def best(doubt: Errors) -> tuple[Floats, Floats]:
    """The best sensitivity and specificity, as one draw."""
    return np.array([doubt.sensitivity]), np.array([doubt.specificity])


def _law(summed: Floats, sensitivity: Floats, specificity: Floats) -> Law:
    towns, judged, sure, machine, flagged = (summed[..., i] for i in range(5))
    true = sure + corrected(flagged, machine, sensitivity[:, None], specificity[:, None])
    shares = (np.nan_to_num(quotient(true, below)) for below in (judged, towns))
    return Law(*flags(summed[..., 3:]), *shares)


def totals(
    found: Cells, weight: np.ndarray, law: Law, sensitivity: Floats, specificity: Floats, everyone: np.ndarray
) -> Totals:
    """The totals of each group: `weight` draws x cells (or one row for all draws), errors one a draw.

    `everyone` weighs all communes, from which comes the share of each class that acts.
    """
    se, sp = sensitivity[:, None], specificity[:, None]
    placed = (found.people > 0).astype(float)
    lone = np.column_stack([np.ones_like(placed), found.judged, found.judged * placed, found.people])
    towns, judged, judged_placed, people = _columns(sums(found, weight, lone))
    kinds = np.column_stack([found.machine, found.flagged, found.sure])
    machine, flagged, sure, *theirs = _columns(sums(found, weight, np.column_stack([kinds, kinds * placed[:, None]])))
    chance = _chance(found, law, se, sp)
    size = np.eye(SIZES, dtype=np.float32)[found.size]
    acts = np.nan_to_num(quotient((chance * everyone) @ size, everyone @ size))

    def like(law_of_size: Floats, per_town: Floats) -> Floats:
        by_size = sums(found, weight, size * per_town[:, None])
        return np.asarray((by_size * law_of_size[:, None, :]).sum(axis=2))

    return Totals(
        towns=towns,
        acting=_grouped(found, chance * weight),
        judged=judged,
        true=sure + corrected(flagged, machine, se, sp),
        expected=like(law.prevalence, found.judged),
        judged_placed=judged_placed,
        true_placed=theirs[2] + corrected(theirs[1], theirs[0], se, sp),
        people=people,
        like_acting=like(acts, np.ones_like(placed)),
        like_true=like(law.per_town, np.ones_like(placed)),
        like_placed=like(law.per_town, placed),
    )


def per_town(found: Cells, law: Law, doubt: Errors) -> dict[str, Floats]:
    """What one town of each cell adds to each total, at the best values: what says how unequal towns are."""
    se, sp = best(doubt)
    better = max(se[0] + sp[0] - 1, LEAST)
    true = found.sure + (found.flagged - found.machine * (1 - sp[0])) / better
    placed = (found.people > 0).astype(float)
    return {
        "towns": np.ones_like(found.towns),
        "acting": _chance(found, law, se[:, None], sp[:, None])[0].astype(float),
        "judged": found.judged,
        "true": true,
        "expected": found.judged * law.prevalence[0, found.size],
        "true_placed": true * placed,
        "people": found.people,
    }


def _columns(summed: Floats) -> list[Floats]:
    return [summed[..., i] for i in range(summed.shape[2])]


def _grouped(found: Cells, product: np.ndarray) -> Floats:
    """Sums of draws x cells over each group, in float32 until then."""
    ends = zip(found.starts[:-1], found.starts[1:], strict=True)
    return np.stack([product[:, start:end].sum(axis=1) for start, end in ends], axis=1).astype(float)


def _chance(found: Cells, law: Law, se: Floats, sp: Floats) -> np.ndarray:
    """Chance of at least one true action (draws x cells, float32), computed once for each (class, n, k)."""
    kinds, which = np.unique(np.stack([found.size, found.machine, found.flagged]), axis=1, return_inverse=True)
    size = kinds[0].astype(int)
    chance = at_least_one(kinds[1], kinds[2], size, law.flagged, law.alike, se, sp).astype(np.float32)
    return np.where(found.sure > 0, np.float32(1), chance[:, which.ravel()])
