"""Simulated towns whose truth is known, to hold the intervals of appetite against bare counts.

A world draws its towns, what the classifier makes of their actions, and the labelled sample its errors are measured on,
as the sample of 2019 was made: rows that a word net takes, all read, and a few of the rest, each standing for many.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

from jalon.indicators.appetite import appetite
from jalon.indicators.estimate import Estimate, Floats, estimate
from jalon.indicators.rates import Counts, Errors, from_counts, known
from jalon.indicators.towns import Towns

SIZE = 4
PEOPLE = 12_000.0
MEASURES = ("share", "prevalence", "per_town")
Interval = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class World:
    """`towns` of one class, 0 to `most` actions each (share of towns as 1/(n+1)); in a town the share of true actions
    is drawn from a Beta law of mean `mean` (times 1 + `growth` x n / most) and correlation `alike`.

    The net takes `net` of the true rows and `noise` of the false; the classifier finds `seen` of the true rows taken by
    the net, `seen_rest` of the others, and is right on `silent` of the false. `frame` rows, of which `read` outside the
    net are labelled.
    """

    name: str
    towns: int = 300
    most: int = 12
    mean: float = 0.06
    alike: float = 0.08
    growth: float = 0.0
    net: float = 0.96
    noise: float = 0.012
    seen: float = 0.96
    seen_rest: float = 0.4
    silent: float = 0.996
    frame: int = 12_000
    read: int = 433

    @property
    def sensitivity(self) -> float:
        return self.net * self.seen + (1 - self.net) * self.seen_rest


WORLDS = (
    World("comme 2019"),
    World("classement médiocre", seen=0.8, silent=0.98),
    World("actions rares", mean=0.015, silent=0.999),
    World("villes très inégales", alike=0.3),
    World("l’appétit croît avec le nombre d’actions", growth=2.0),
    World("peu de villes", towns=60),
    World("beaucoup de villes", towns=3000),
    World("classement presque parfait", seen=0.995, seen_rest=0.9, silent=0.9998),
)


def _sizes(world: World) -> tuple[Floats, Floats, Floats]:
    """Numbers of actions a town may have, their chances, and the mean share of true actions in such towns."""
    number = np.arange(world.most + 1.0)
    chance = 1 / (number + 1)
    return number, chance / chance.sum(), world.mean * (1 + world.growth * number / world.most)


def truth(world: World) -> dict[str, float]:
    """What a very large world would show."""
    number, chance, mean = _sizes(world)
    total = 1 / world.alike - 1
    none = np.exp(betaln(mean * total, (1 - mean) * total + number) - betaln(mean * total, (1 - mean) * total))
    per_town = float((chance * number * mean).sum())
    return {
        "share": float((chance * (1 - none)).sum()),
        "prevalence": per_town / float((chance * number).sum()),
        "per_town": per_town,
    }


def towns(world: World, random: np.random.Generator) -> tuple[Towns, np.ndarray]:
    """Towns with their flags, and their numbers of true actions, which nobody sees."""
    number, chance, mean = _sizes(world)
    drawn = random.choice(len(number), world.towns, p=chance)
    total = 1 / world.alike - 1
    true = random.binomial(drawn, random.beta(mean[drawn] * total, (1 - mean[drawn]) * total))
    flagged = random.binomial(true, world.sensitivity) + random.binomial(drawn - true, 1 - world.silent)
    none = np.zeros(world.towns, np.int64)
    people = np.full(world.towns, PEOPLE)
    return Towns(("FR",), none, none + SIZE, drawn, drawn, flagged, none, people), true


def labelled(world: World, random: np.random.Generator) -> tuple[Counts, ...]:
    """The labelled sample: rows the net takes, all read, then `read` of the others."""
    share = truth(world)["prevalence"]
    taken = (world.net * share, world.noise * (1 - share))
    rest = ((1 - world.net) * share, (1 - world.noise) * (1 - share))
    rows = random.multinomial(world.frame, [*taken, *rest])
    others = max(1, int(rows[2] + rows[3]))
    true = int(random.hypergeometric(rows[2], rows[3], world.read)) if world.read < others else int(rows[2])
    read = min(world.read, others)
    return (
        _counted(1.0, int(rows[0]), int(rows[1]), world.seen, world.silent, random),
        _counted(others / read, true, read - true, world.seen_rest, world.silent, random),
    )


def _counted(weight: float, true: int, false: int, seen: float, silent: float, random: np.random.Generator) -> Counts:
    hits, right = int(random.binomial(true, seen)), int(random.binomial(false, silent))
    return Counts(weight, hits, false - right, true - hits, right)


def jalon(found: Towns, errors: Errors, seed: int) -> dict[str, Interval]:
    """Jalon's intervals: low, value, high."""
    (made,) = appetite(found, errors, seed=seed)
    return {name: _interval(getattr(made, name)) for name in MEASURES}


def naive(found: Towns, errors: Errors, seed: int) -> dict[str, Interval]:
    """Bare counts of flags, with the bootstrap of towns alone."""
    return jalon(found, known(1.0, 1.0, len(errors.drawn_sensitivity)), seed)


def certain(found: Towns, errors: Errors, seed: int) -> dict[str, Interval]:
    """Corrected by errors taken for exact."""
    return jalon(found, known(errors.sensitivity, errors.specificity, len(errors.drawn_sensitivity)), seed)


def independent(found: Towns, errors: Errors, seed: int) -> dict[str, Interval]:
    """Share of towns by 1 - prod(1 - p_i), the actions of a town taken for independent; towns drawn by multinomial."""
    random = np.random.default_rng([seed, 3])
    draws = len(errors.drawn_sensitivity)
    weight = random.multinomial(len(found.group), np.full(len(found.group), 1 / len(found.group)), draws)
    once = np.ones((1, len(found.group)))
    value = _independent(found, once, np.array([errors.sensitivity]), np.array([errors.specificity]))
    drawn = _independent(found, weight, errors.drawn_sensitivity, errors.drawn_specificity)
    made = estimate(float(value[0]), drawn, n=len(found.group), method="1 - prod(1 - p)", most=1.0)
    return {"share": _interval(made)}


def _independent(found: Towns, weight: np.ndarray, sensitivity: Floats, specificity: Floats) -> Floats:
    q = np.clip((weight @ found.flagged) / np.maximum(weight @ found.machine, 1), 1e-9, 1 - 1e-9)
    mean = np.clip((q + specificity - 1) / (sensitivity + specificity - 1), 0, 1)
    yes = np.clip(mean * sensitivity / q, 0, 1)[:, None]
    no = np.clip(mean * (1 - sensitivity) / (1 - q), 0, 1)[:, None]
    none = (1 - yes) ** found.flagged * (1 - no) ** (found.machine - found.flagged)
    return np.asarray((weight * (1 - none)).sum(axis=1) / weight.sum(axis=1))


def _interval(made: Estimate | None) -> Interval:
    return (made.low, made.value, made.high) if made else (np.nan, np.nan, np.nan)


Method = Callable[[Towns, Errors, int], dict[str, Interval]]
METHODS: dict[str, Method] = {"jalon": jalon, "naive": naive, "certain": certain, "independent": independent}


@dataclass(frozen=True, slots=True)
class Held:
    """How one method did on one measure: share of intervals that hold the truth, mean error and mean width."""

    world: str
    method: str
    measure: str
    truth: float
    coverage: float
    bias: float
    width: float


def simulate(
    world: World, runs: int, *, methods: tuple[str, ...] = tuple(METHODS), draws: int = 400, seed: int = 2026
) -> tuple[Held, ...]:
    """Towns, flags and labelled sample drawn `runs` times anew; the same seed gives the same answer."""
    true = truth(world)
    found: dict[tuple[str, str], list[Interval]] = {}
    for run in range(runs):
        random = np.random.default_rng([seed, run])
        seen, _ = towns(world, random)
        errors = from_counts(labelled(world, random), random, draws)
        for method in methods:
            for measure, interval in METHODS[method](seen, errors, run).items():
                found.setdefault((method, measure), []).append(interval)
    return tuple(_held(world.name, *name, true[name[1]], np.array(made)) for name, made in found.items())


def _held(world: str, method: str, measure: str, true: float, made: Floats) -> Held:
    low, value, high = made.T
    coverage = float(((low <= true) & (true <= high)).mean())
    return Held(world, method, measure, true, coverage, float((value - true).mean()), float((high - low).mean()))
