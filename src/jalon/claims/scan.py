"""Every quantity of a text, in one pass over its words and numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from jalon.claims.hedging import after_hedge, before_hedge
from jalon.claims.limits import MOST_QUANTITIES, too_many
from jalon.claims.numerals import Spelt, article_number, spelt
from jalon.claims.periods import Moment
from jalon.claims.quantity import Hedge, Quantity
from jalon.claims.text import Plain

_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ .']\d{3})+(?![\d])(?:,\d{1,6})?(?!\d)|(?<![\w.,])\d{1,15}(?:[.,]\d{1,6})?(?!\d)"
)
_WORD = re.compile(r"[a-z]+|[^\sa-z]")
_FIRST_WORDS = re.compile(
    r"\b(?:zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
    r"quarante|cinquante|soixante|septante|octante|huitante|nonante|cents?|mille|la|le|du)\b"
)
_SCALE = re.compile(
    r" ?(millions?|milliards?|mds?|mille|m(?=€)|k(?=€)|k(?= ?euros)|m(?= ?euros)|meur|md€|mds€|m€|k€)(?![a-z])"
)
_SIZES = {"mille": 1e3, "k": 1e3, "m": 1e6, "million": 1e6, "meur": 1e6, "milliard": 1e9, "md": 1e9}
_MONEY = re.compile(r" ?(?:d'|de )?(?:€|euros?\b|eur\b)")
_PERCENT = re.compile(r" ?(?:%|pour ?cent\b|p\. ?100)")
_DURATION = re.compile(r" (?:ans?|annees?|mois|trimestres?|semestres?|semaines?|jours?|heures?)\b")
_YEARS = {"a": 1.0, "m": 1 / 12, "t": 0.25, "s": 0.5, "j": 1 / 365.25}
_SKIPPED_BEFORE = re.compile(
    r"(?:\bn\?? ?|\bno |\bnumeros? |\barticles? (?:[lrd]\. ?)?|\b(?:loi|decret|axe|question|chapitre|tome|figure|"
    r"tableau|note|phase|version|alinea|(?<!ce )(?<!au )(?<!a )titre|pages?|annexes?|"
    r"axes) |\btel\.? ?:? ?|[a-z]-|\d-|[/#_@=&])$"
)
_ORDINAL = re.compile(r"(?:er|ere|re|e|eme|emes|es|nd|nde|ieme)\b")
_RATIO = re.compile(
    r"(?: [a-z'-]+){0,8} sur (deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d{1,2})(?! ?[\d%€]|[a-z]| \d)"
    r"(?! (?:ans|annees?|exercices?|mois|jours?|semaines?|trimestres?|semestres?|axes?|sites?|communes|villes|"
    r"territoires|regions|departements|projets|conventions|actions|millions?|milliards?|mille|cents?|points?|heures?|poles?|volets)\b)"
)
_RANGE = re.compile(r"(?: ?[a-z€%]+)? (?:a|et) $")
_SMALL = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10}
_DELTA = re.compile(
    r"(?: [a-z'-]+){0,2} (?:de plus|de moins|supplementaires?|en plus|nouvelles|nouveaux|additionnel(?:le)?s)(?![\w-])"
)
_DELTA_BEFORE = re.compile(
    r"\b(?:augment\w+|progress\w+|croi(?:t|ss\w+)|hausse|baisse|baiss\w+|recul\w*|diminu\w+|"
    r"gagn\w+|perdu\w*|accru\w*|gain|bondi\w*)(?: [a-z]+)? (?:de|d') ?(?:plus de |pres de |environ )?$"
)


def quantities(plain: Plain, moments: tuple[Moment, ...]) -> tuple[Quantity, ...]:
    """The quantities of a text in order, outside the dates. Raises TextRefused past a large number of them."""
    text = plain.text
    found: list[Quantity] = []
    taken = 0
    dates = sorted((moment.start, moment.end) for moment in moments)
    for start, read in _numbers(text, dates):
        if start < taken:
            continue
        taken = max(taken, start + 1)
        quantity = read
        if quantity is not None:
            found.append(quantity)
            taken = quantity.end
        if len(found) > MOST_QUANTITIES:
            raise too_many()
    return tuple(_joined(text, found))


def _numbers(text: str, dates: list[tuple[int, int]]) -> Iterator[tuple[int, Quantity | None]]:
    """Each place where a number begins, digits or letters, in order."""
    places = sorted(
        [(match.start(), match) for match in _NUMBER.finditer(text)]
        + [(match.start(), match) for match in _FIRST_WORDS.finditer(text)],
        key=lambda pair: pair[0],
    )
    at = taken = 0
    for start, match in places:
        while at < len(dates) and dates[at][1] <= start:
            at += 1
        if start < taken or (at < len(dates) and dates[at][0] <= start):
            continue
        quantity = _digits(text, match) if text[start].isdigit() else _letters(text, start)
        if quantity is not None:
            taken = quantity.end
        yield start, quantity


def _digits(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if _SKIPPED_BEFORE.search(text[max(0, start - 16) : start]) or _ORDINAL.match(text, end):
        return None
    if end < len(text) and text[end].isalpha() and not _SCALE.match(text, end):
        return None
    if text[end : end + 1] in "/_@=" and text[end : end + 1]:
        return None
    written = match.group()
    grouped = re.fullmatch(r"\d{1,3}(?:[ .']\d{3})+(?:,\d+)?", written) is not None
    bare = re.sub(r"[ .']", "", written) if grouped else written.replace(",", ".")
    value = float(bare.replace(",", "."))
    decimals = len(bare.replace(",", ".").partition(".")[2])
    return _finished(text, start, end, value, 10.0**-decimals)


def _letters(text: str, start: int) -> Quantity | None:
    tokens = [(match.group(), match.end()) for match, _ in zip(_WORD.finditer(text, start), range(14), strict=False)]
    words = [token for token, _ in tokens]
    joined = _with_hyphenated(words)
    one = _RATIO.match(text, tokens[0][1]) if words[0] in ("un", "une") else None
    if one and _small(one[1]) > 1:
        base = Quantity("percent", 100 / _small(one[1]), start, one.end(), 0.01, 10.0, fraction=True)
        return _hedged(text, base, start)
    read = article_number(words) or spelt(joined)
    if read is None or (
        words[0] == "neuf" and read.used == 1 and not re.match(r" [a-z]+[sx]\b", text[tokens[0][1] :][:30])
    ):
        return None
    used = read.used + (len(words) - len(joined) if read.about else 0)
    end = tokens[min(used, len(tokens)) - 1][1]
    if _SKIPPED_BEFORE.search(text[max(0, start - 16) : start]):
        return None
    return _spelt_out(text, start, end, read)


def _with_hyphenated(words: list[str]) -> list[str]:
    if words[1:4] == ["demi", "-", "douzaine"]:
        return [words[0], "demi-douzaine", *words[4:]]
    return words


def _spelt_out(text: str, start: int, end: int, read: Spelt) -> Quantity | None:
    if read.fraction:
        base = Quantity("percent", read.value, start, end, step=0.01, round_to=10.0, fraction=True)
        return _hedged(text, base, start)
    if read.about:
        size = _scale_of_round(read.value)
        return _finished(text, start, end, read.value, size, hedge="about")
    return _finished(text, start, end, read.value, _scale_of_round(read.value) if read.value >= 1e6 else 1.0)


def _finished(text: str, start: int, end: int, value: float, step: float, hedge: Hedge = "exact") -> Quantity | None:
    """The quantity once its scale, currency, percent sign or length of time is read."""
    ratio = _RATIO.match(text, end)
    if value <= 10 and ratio and value < _small(ratio[1]):
        base = Quantity("percent", 100 * value / _small(ratio[1]), start, ratio.end(), 0.01, 10.0, fraction=True)
        return _hedged(text, base, start)
    scale = _SCALE.match(text, end)
    if scale:
        size = _SIZES[scale[1].rstrip("s€").removesuffix("euros").strip() or "m"]
        value, step, end = value * size, step * size, scale.end()
    kind, end, per = _unit(text, end)
    base = Quantity(kind, value * per, start, end, step * per, _round_to(value, step) * per, hedge)
    return _hedged(text, base, start)


def _small(word: str) -> int:
    return _SMALL[word] if word in _SMALL else max(1, int(word))


def _unit(text: str, end: int):  # type: ignore[no-untyped-def]
    for kind, pattern in (("money", _MONEY), ("percent", _PERCENT), ("duration", _DURATION)):
        match = pattern.match(text, end)
        if match:
            per = _YEARS.get(match.group().strip()[0], 1.0) if kind == "duration" else 1.0
            return kind, match.end(), per
    return "count", end, 1.0


def _hedged(text: str, base: Quantity, start: int) -> Quantity:
    before = before_hedge(text, start)
    after = after_hedge(text, base.end)
    hedge: Hedge = base.hedge
    if before:
        hedge, start = before[0], before[1]
    elif after:
        hedge = after[0]
    end = after[1] if after and not before else base.end
    near = text[max(0, start - 40) : start]
    delta = bool(_DELTA.match(text, base.end) or _DELTA_BEFORE.search(near))
    return replace(base, hedge=hedge, start=start, end=end, delta=delta)


def _round_to(value: float, step: float) -> float:
    """The unit of the last digit that is not zero: 100 for 4 300."""
    count, size = round(value / step), step
    while count and count % 10 == 0:
        count, size = count // 10, size * 10
    return size


def _scale_of_round(value: float) -> float:
    return _round_to(value, 1.0)


def _joined(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Two numbers of a range made one: "entre 10 et 20", "de 10 à 20 communes"."""
    place = 0
    while place < len(found):
        one = found[place]
        other = found[place + 1] if place + 1 < len(found) else None
        if other is not None and _is_range(text, one, other):
            kind = other.kind if one.kind == "count" else one.kind
            factor = (
                other.step if one.kind == "count" and other.kind == "money" and one.value < 1000 <= other.value else 1.0
            )
            low = one.value * (factor if factor >= 1000 else 1.0)
            start = _range_start(text, one.start)
            yield replace(other, kind=kind, value=low, high=other.value, start=start, hedge="range")
            place += 2
            continue
        yield one
        place += 1


def _is_range(text: str, one: Quantity, other: Quantity) -> bool:
    between = text[one.end : other.start]
    before = text[max(0, one.start - 8) : one.start]
    if len(between) > 16 or not _RANGE.fullmatch(between) or not one.value < other.value:
        return False
    if between.endswith(" et "):
        return before.endswith("entre ")
    return not re.search(
        r"\b(?:passe\w*|progress\w*|augment\w*|cru) (?:ainsi )?de $", text[max(0, one.start - 30) : one.start]
    )


def _range_start(text: str, start: int) -> int:
    for word in ("entre ", "de "):
        if text[:start].endswith(word) if start < 10 else text[start - len(word) : start] == word:
            return start - len(word)
    return start
