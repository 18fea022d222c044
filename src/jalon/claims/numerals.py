"""French numbers in letters: "deux cent vingt-deux", "une vingtaine", "deux tiers", "la moitié"."""

from dataclasses import dataclass

UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "octante": 80, "huitante": 80, "nonante": 90,
}  # fmt: skip
SCALES = {
    "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9,
}  # fmt: skip
COLLECTIVES = {
    "demi-douzaine": 6, "huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20,
    "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
PARTS = {
    "demi": 2, "tiers": 3, "quart": 4, "quarts": 4, "cinquieme": 5, "cinquiemes": 5, "sixieme": 6, "septieme": 7,
    "huitieme": 8, "dixieme": 10, "dixiemes": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelt:
    """A number in letters over `used` words; `about` for a collective ("une vingtaine"), `fraction` for a share."""

    value: float
    used: int
    about: bool = False
    fraction: bool = False
    scaled: bool = False


def spelt(words: list[str]) -> Spelt | None:
    """The number that the first of these words begin, hyphens and "et" being words apart ("-", "et"); or None.

    "un" and "une" alone are articles, not numbers.
    """
    return _half(words) or _collective(words) or _cardinal(words)


def _half(words: list[str]) -> Spelt | None:
    return Spelt(50.0, 2, fraction=True) if words[:2] == ["la", "moitie"] else None


def _collective(words: list[str]) -> Spelt | None:
    """ "une vingtaine", "deux centaines", "trois milliers"."""
    if len(words) < 2 or words[0] not in UNITS:
        return None
    size = COLLECTIVES.get(words[1].removesuffix("s"))
    return None if size is None else Spelt(float(UNITS[words[0]] * size), 2, about=True)


def _cardinal(words: list[str]) -> Spelt | None:
    total = current = 0.0
    used = place = 0
    scaled = False
    while place < len(words):
        word = words[place]
        if word in ("-", "et"):
            if not used or place + 1 >= len(words) or words[place + 1] not in UNITS:
                break
            if word == "et" and words[place + 1] not in ("un", "une", "onze"):
                break
        elif word in UNITS:
            if not _fits(current, UNITS[word]):
                break
            current = current + UNITS[word] if not (current % 100 == 4 and UNITS[word] == 20) else current + 76
            used = place + 1
        elif word in ("cent", "cents"):
            current = (current or 1) * 100 if current < 10 else current
            used = place + 1
        elif word in SCALES and (used or word == "mille"):
            total, current, scaled = total + (current or 1) * SCALES[word], 0.0, True
            used = place + 1
        else:
            break
        place += 1
    if not used or (used == 1 and words[0] in ("un", "une")):
        return None
    return _fraction(words, total + current, used) or Spelt(total + current, used, scaled=scaled)


def _fits(current: float, unit: int) -> bool:
    """Whether a word may follow what was read: ten after sixty, one after twenty, not two after three."""
    low = current % 100
    if low == 0:
        return True
    if unit == 20:
        return low == 4
    return (
        (low in (20, 30, 40, 50, 70, 90) and unit < 10)
        or (low in (60, 80) and unit < 20)
        or (low == 10 and unit in (7, 8, 9))
    )


def _fraction(words: list[str], value: float, used: int) -> Spelt | None:
    part = PARTS.get(words[used]) if used < len(words) else None
    if part is None or value >= part:
        return None
    return Spelt(100 * value / part, used + 1, fraction=True)


def article_number(words: list[str]) -> Spelt | None:
    """ "un tiers", "un quart", "un million", "un milliard": where the article is a number."""
    if len(words) < 2 or words[0] not in ("un", "une", "le", "du", "d'un"):
        return None
    if words[1] in PARTS and words[1] != "demi":
        return Spelt(100 / PARTS[words[1]], 2, fraction=True)
    if words[0] in ("un", "une") and words[1] in ("million", "milliard"):
        return Spelt(SCALES[words[1]], 2, scaled=True)
    return None
