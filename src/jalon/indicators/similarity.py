"""Territories that resemble one: a distance over size, place, fibre and themes, told in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log10, sqrt
from statistics import fmean, pstdev
from typing import Literal

ANOTHER_REGION = 0.5
"""What being in another région adds to the squared distance, in standard deviations."""
UNKNOWN = 1.0
"""Squared difference counted when one of two values is not known: neither near nor far."""
THEMES = 2.0
"""Weight of the distance between two profiles of themes, which lies between 0 and 1."""
CLOSE_SIZE = 4 / 3
"""Ratio of two populations up to which they are said to be close."""
CLOSE_FIBRE = 0.1
"""Difference of two coverages up to which they are said to be close."""
Comparison = Literal["close", "less", "more", "unknown"]


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a territory. `fibre` grows with coverage; `themes` counts its actions by theme."""

    key: str
    population: int | None
    region: str | None
    fibre: float | None
    themes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`distance` 0 is the same; `size` and `fibre` say how the other compares to the target.

    `shared` are the themes that both carry, the commonest of the target first.
    """

    key: str
    distance: float
    size: Comparison
    same_region: bool
    fibre: Comparison
    shared: tuple[str, ...]


def nearest(target: Traits, others: Sequence[Traits], count: int = 5) -> tuple[Likeness, ...]:
    """The `count` territories nearest to `target` among `others`, which may hold the target itself.

    The squared distance adds the squared difference of log10 of the population and that of fibre, each in standard
    deviations over all the territories; a constant for another région; and the squared Hellinger distance between the
    shares of actions by theme (0 for the same profile, 1 for nothing in common). Ties go by key.
    """
    everyone = [target, *(other for other in others if other.key != target.key)]
    size = _scale([_log(one.population) for one in everyone])
    fibre = _scale([one.fibre for one in everyone])
    likenesses = (_likeness(target, other, size, fibre) for other in everyone[1:])
    return tuple(sorted(likenesses, key=lambda one: (one.distance, one.key))[:count])


def _likeness(target: Traits, other: Traits, size: float, fibre: float) -> Likeness:
    by_size = _squared(_log(target.population), _log(other.population), size)
    by_fibre = _squared(target.fibre, other.fibre, fibre)
    same_region = target.region is not None and target.region == other.region
    place = 0.0 if same_region else ANOTHER_REGION
    profile = hellinger(target.themes, other.themes) ** 2
    shared = sorted(target.themes.keys() & other.themes.keys(), key=lambda theme: (-target.themes[theme], theme))
    return Likeness(
        key=other.key,
        distance=sqrt(by_size + by_fibre + place + THEMES * profile),
        size=_compared(_log(target.population), _log(other.population), log10(CLOSE_SIZE)),
        same_region=same_region,
        fibre=_compared(target.fibre, other.fibre, CLOSE_FIBRE),
        shared=tuple(shared),
    )


def hellinger(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Distance between two profiles, 0 to 1: sqrt(1 - sum of sqrt(p q)). Two empty profiles are the same."""
    total_one, total_other = sum(one.values()), sum(other.values())
    if not total_one or not total_other:
        return 0.0 if total_one == total_other else 1.0
    common = sum(sqrt(one[theme] / total_one * other[theme] / total_other) for theme in one.keys() & other.keys())
    return sqrt(max(0.0, 1.0 - common))


def _compared(target: float | None, other: float | None, close: float) -> Comparison:
    if target is None or other is None:
        return "unknown"
    if abs(other - target) <= close:
        return "close"
    return "more" if other > target else "less"


def _log(population: int | None) -> float | None:
    return log10(population) if population else None


def _scale(values: Sequence[float | None]) -> float:
    """Standard deviation of the known values; 1 when they do not vary."""
    known = [value for value in values if value is not None]
    return (pstdev(known, fmean(known)) if len(known) > 1 else 0.0) or 1.0


def _squared(one: float | None, other: float | None, scale: float) -> float:
    return UNKNOWN if one is None or other is None else ((one - other) / scale) ** 2
