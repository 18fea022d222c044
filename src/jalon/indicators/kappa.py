"""Agreement of two readers beyond chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from jalon.themes.quality import wilson


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of two readers of `n` texts; `both`, `one`: texts where both or a single one said yes.

    None where it is not defined: no text, or nobody ever said anything else than the other.
    """

    n: int
    both: int
    one: int
    value: float | None
    low: float | None
    high: float | None


def kappa(first: Sequence[bool], second: Sequence[bool]) -> Kappa:
    """Cohen's kappa with a 95 % interval: Wilson's bounds of the share of agreement, chance agreement held fixed.

    Unlike the usual standard error, it does not shrink to nothing when readers never differ.
    """
    n = len(first)
    both = sum(a and b for a, b in zip(first, second, strict=True))
    one = sum(a != b for a, b in zip(first, second, strict=True))
    if not n:
        return Kappa(0, 0, 0, None, None, None)
    p, q = sum(first) / n, sum(second) / n
    chance = p * q + (1 - p) * (1 - q)
    if chance >= 1:
        return Kappa(n, both, one, None, None, None)
    agreed = 1 - one / n
    low, high = ((bound - chance) / (1 - chance) for bound in wilson(agreed, n))
    return Kappa(n, both, one, (agreed - chance) / (1 - chance), max(-1.0, low), high)
