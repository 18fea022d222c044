"""How many truly are what the classifier says, given how often it errs.

Rogan and Gladen (Am. J. Epidemiol. 107, 1978): if a share q is flagged, the true share is (q + Sp - 1) / (Se + Sp - 1).
Kept within 0 and 1, it is the maximum of likelihood, where the EM algorithm of Saerens et al. (2002) stops on flags.
"""

from typing import Any

import numpy as np

from jalon.indicators.estimate import LEVEL, Estimate, Floats, estimate, quotient
from jalon.indicators.rates import Errors

Numbers = np.ndarray[Any, Any] | float
LEAST = 0.05
"""Smallest Se + Sp - 1 that is corrected: below, the flags say nothing of the truth."""
METHOD = "Rogan-Gladen ; intervalle par rééchantillonnage des actions et des erreurs du classement"


def corrected(flagged: Numbers, judged: Numbers, sensitivity: Numbers, specificity: Numbers) -> Floats:
    """True number among `judged` when `flagged` are, kept within 0 and `judged`; shapes broadcast.

    NaN where the classifier is no better than chance (Se + Sp - 1 under `LEAST`).
    """
    better = np.asarray(sensitivity) + np.asarray(specificity) - 1
    judged = np.asarray(judged, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        true = (np.asarray(flagged) - judged * (1 - np.asarray(specificity))) / np.where(
            better >= LEAST, better, np.nan
        )
    return np.asarray(np.clip(true, 0, judged))


def prevalence(flagged: int, judged: int, errors: Errors, *, level: float = LEVEL, seed: int = 0) -> Estimate | None:
    """True share of `judged` actions drawn one by one; None without any, or when the classifier says nothing.

    Actions of the same town are alike: over towns use `appetite`, whose bootstrap draws towns.
    """
    if not judged:
        return None
    draws = len(errors.drawn_sensitivity)
    again = np.random.default_rng([seed, 1]).binomial(judged, flagged / judged, draws)
    point = corrected(flagged, judged, errors.sensitivity, errors.specificity) / judged
    drawn = corrected(again, judged, errors.drawn_sensitivity, errors.drawn_specificity) / judged
    return estimate(float(point), quotient(drawn, 1.0), n=judged, method=METHOD, level=level, most=1.0)
