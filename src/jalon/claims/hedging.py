"""Words that loosen or tighten a number, and what each allows."""

import re

from jalon.claims.quantity import Hedge, Quantity

_BEFORE: tuple[tuple[Hedge, tuple[str, ...]], ...] = (
    ("just_over", (r"(?:un peu|a peine|legerement) plus (?:de |d')",)),
    ("nearly", (r"(?:un peu|legerement) moins (?:de |d')",)),
    (
        "at_most",
        (r"pas plus (?:de |d')", r"au (?:plus|maximum) ", r"(?:un )?maximum (?:de |d')", r"jusqu'(?:a|aux) ",
         r"limit[a-z]+ a ", r"plafonn[a-z]+ a "),
    ),
    ("at_least", (r"pas moins (?:de |d')", r"au (?:moins|minimum) ", r"(?:un )?minimum (?:de |d')", r"plancher de ")),
    (
        "more_than",
        (r"(?:bien |largement |nettement |beaucoup )?plus (?:de |d'|du |des )",
         r"au-dela (?:de |d')", r"superieure?s? a ",
         r"(?:depass|exced)[a-z]*(?: desormais)? (?:les? |la )?(?:(?:seuil|cap|barre|nombre) des? )?",
         r"(?:franchi|passe)[a-z]* (?:le |la )(?:seuil|cap|barre) des? "),
    ),
    ("less_than", (r"(?:bien |nettement )?moins (?:de |d'|du |des )", r"inferieure?s? a ")),
    (
        "nearly",
        (r"pres (?:de |d'|du |des )", r"(?:a peine|tout juste) ",
         r"(?:pas loin|non loin) (?:de |d'|des )", r"presque (?:la )?", r"quasi(?:ment)? ", r"proche de ",
         r"avoisin[a-z]+ (?:les )?",
         r"approch[a-z]+ (?:de |les |des )?", r"frol[a-z]+ (?:les )?"),
    ),
    (
        "about",
        (r"environ ", r"quelques? ", r"autour (?:de |d'|des )", r"(?:de |a )?l'ordre (?:de |d')", r"a peu pres ",
         r"approximativement ", r"aux alentours (?:de |d')", r"grosso modo ", r"peu ou prou "),
    ),
    ("exact", (r"(?:tres )?exactement ", r"precisement ")),
)  # fmt: skip
_BEFORE_PATTERNS = tuple(
    (hedge, re.compile(rf"(?:^|(?<=[\s('\",;:-]))(?:{'|'.join(words)})(?:les |la |le |l'|de )?$"))
    for hedge, words in _BEFORE
)
_AFTER: tuple[tuple[Hedge, re.Pattern[str]], ...] = (
    ("about", re.compile(r" environ\b|,? a peu pres\b")),
    ("at_least", re.compile(r",? (?:au moins|au minimum|et plus|ou plus)\b")),
    ("at_most", re.compile(r",? (?:au plus|au maximum|maximum|tout au plus)\b")),
)
LONGEST = 40


def before_hedge(text: str, start: int) -> tuple[Hedge, int] | None:
    """(hedge, where its words begin) of a number at `start`; None without one."""
    low = max(0, start - LONGEST)
    window = text[low:start]
    for hedge, pattern in _BEFORE_PATTERNS:
        match = pattern.search(window)
        if match:
            return hedge, low + match.start()
    return None


def after_hedge(text: str, end: int) -> tuple[Hedge, int] | None:
    for hedge, pattern in _AFTER:
        match = pattern.match(text, end)
        if match:
            return hedge, match.end()
    return None


def holds(quantity: Quantity, value: float) -> bool:
    """Whether a value bears out what is stated, by the rules of docs/verification-of-the-answer.md.

    Both in the unit of the quantity. exact: the value rounded to the last stated digit. "plus de", "au moins": above,
    and under twice the number (beyond, the words mislead). "moins de", "au plus": the same downwards. "près de": half
    a unit of the last round digit below, hardly above. "environ": half a unit on each side, a tenth at most.
    """
    stated = quantity.value
    if quantity.hedge == "range":
        high = quantity.high if quantity.high is not None else stated
        return stated - _half(quantity.step) <= value <= high + _half(quantity.step)
    return bool(_RULES[quantity.hedge](quantity, stated, value))


def exactly(quantity: Quantity, value: float) -> bool:
    """Whether the value is the one stated, rounded to its last digit; all and none are never rounded to."""
    if quantity.high is not None:
        return False
    if quantity.kind == "percent" and quantity.value in (0.0, 100.0):
        return abs(value - quantity.value) < 1e-9
    margin = 0.5 if quantity.fraction else _half(quantity.step)
    return abs(value - quantity.value) <= margin + 1e-9 * abs(value)


def _half(step: float) -> float:
    return step / 2 if step != 1.0 else 0.499


def _slack(quantity: Quantity) -> float:
    """Half a unit of the last digit that is not zero, a tenth of the value at most; a fraction in words, 5 points."""
    if quantity.fraction:
        return 4.0
    if quantity.kind == "percent":
        return min(quantity.round_to / 2, 2.5)
    if quantity.hedge == "about" and quantity.step > 1 and quantity.value <= 6 * quantity.step:
        return max(0.15 * quantity.value, min(quantity.step / 2, 0.2 * quantity.value))
    return min(quantity.round_to / 2, 0.1 * abs(quantity.value)) or 0.499


def _near(quantity: Quantity, stated: float, value: float) -> bool:
    return abs(value - stated) <= _slack(quantity) + 1e-9


def _nearly(quantity: Quantity, stated: float, value: float) -> bool:
    slack = _slack(quantity)
    return stated - slack - 1e-9 <= value <= stated + 0.02 * abs(stated)


def _more(quantity: Quantity, stated: float, value: float) -> bool:
    return stated < value < 2 * stated


def _at_least(quantity: Quantity, stated: float, value: float) -> bool:
    return stated <= value + 1e-9 and value < 2 * stated


def _less(quantity: Quantity, stated: float, value: float) -> bool:
    return stated / 2 < value < stated


def _at_most(quantity: Quantity, stated: float, value: float) -> bool:
    return stated / 2 < value <= stated + 1e-9


_RULES = {
    "exact": lambda quantity, stated, value: exactly(quantity, value),
    "universal": lambda quantity, stated, value: exactly(quantity, value),
    "about": _near,
    "nearly": _nearly,
    "more_than": _more,
    "just_over": lambda quantity, stated, value: stated < value <= stated + 2 * _slack(quantity),
    "at_least": _at_least,
    "less_than": _less,
    "at_most": _at_most,
}
SAID = {
    "about": "environ", "nearly": "près de", "more_than": "plus de", "just_over": "un peu plus de",
    "at_least": "au moins", "less_than": "moins de", "at_most": "au plus", "range": "l’intervalle",
}  # fmt: skip
