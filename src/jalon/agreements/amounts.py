"""Amounts of money in the spellings of French agreements.

Amounts are euros, as `Decimal`. What is written as a range stays a range, what is not an amount is None.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from text_to_num import text2num

from jalon.agreements.wording import fold

Basis = Literal["HT", "TTC"]

SPACE = "[ \u00a0\u202f\u2009]"
NUMBER = (
    rf"(?:\d{{1,3}}|(?!19\d\d|20\d\d)\d{{4,6}})(?:{SPACE}\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)"
    r"|\d{1,3}(?:[.'’]\d{3})+(?:,\d{1,2})?(?![\d])|\d+(?:[.,]\d+)?"
)
UNIT = (
    rf"(?:(?P<billion>milliards?(?:{SPACE}d['’]\s?)?(?:{SPACE}?(?:euros?|€))?|mds?{SPACE}?(?:€|euros?|eur\b))"
    rf"|(?P<million>millions?(?:{SPACE}?d['’]\s?)?(?:{SPACE}?(?:euros?|€))?|m{SPACE}?(?:d['’]{SPACE}?)?(?:€|euros?\b|eur\b)|meuros?\b|(?-i:ME\b))"
    rf"|(?P<thousand>milliers?(?:{SPACE}d['’]\s?)(?:euros?|€)|k{SPACE}?(?:€|euros?\b|eur\b|e\b)|mille{SPACE}(?:euros?|€))"
    rf"|(?P<one>€|euros?\b|eur\b))"
)
BASIS = rf"(?P<basis>\(?(?:h\.?{SPACE}?t\b\.?|t\.?t\.?c\b\.?|hors taxes?\b|toutes taxes comprises)\)?)?"
AMOUNT = re.compile(rf"(?<![0-9A-Za-z,.])(?P<number>{NUMBER}){SPACE}*(?:{UNIT})?{SPACE}*{BASIS}", re.IGNORECASE)
BROKEN = re.compile(r"^\s*(\d[\d\s]*\s[\d\s]*\d)\s*((?:[kKmM]?\s?€|euros?)?)\s*$")
GROUPED = re.compile(rf"^\s*\d{{1,3}}(?:{SPACE}\d{{3}})*(?!{SPACE}*\d)")
SCALE = {"billion": Decimal(10) ** 9, "million": Decimal(10) ** 6, "thousand": Decimal(1000), "one": Decimal(1)}
BETWEEN = re.compile(r"^\s*(?:-|–|—|à|et|a)\s*$", re.IGNORECASE)
OPENS_RANGE = re.compile(r"\b(?:entre|de)\s*$", re.IGNORECASE)
TOTAL = re.compile(r"\b(?:total|montant global|budget global|cout global|cout total|ensemble|soit au total)\b")
WORDS = re.compile(
    r"\b((?:(?:zero|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?"
    r"|trente|quarante|cinquante|soixante|septante|nonante|cents?|mille|millions?|milliards?|et)[\s-]+)+)(?:d'\s?)?euros?\b"
)
UNKNOWN = re.compile(
    r"\b(?:a (?:definir|preciser|determiner|chiffrer|confirmer|venir)"
    r"|non (?:chiffre|connu|defini|determine|renseigne|precise|evalue)\w*"
    r"|en cours|inconnu\w*|neant|sans objet|nc|n\.c\.|so|s\.o\.|memoire|p\.m\.|pm|tbd)\b|^\s*(?:[-–—/.…?]+|xx*)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, or a range of them where `low` and `high` differ; `start` and `end` are its place in the text."""

    low: Decimal
    high: Decimal
    basis: Basis | None
    start: int
    end: int
    unit: bool = True

    @property
    def euros(self) -> Decimal | None:
        """The amount, None for a range."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a budget says. `amount` is None where it is unknown or a range; `initial` is the one before an amendment."""

    amount: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    basis: Basis | None = None
    alternatives: tuple[Decimal, ...] = ()
    initial: Decimal | None = None
    summed: bool = False


def rounded(amount: Decimal | None) -> int | None:
    """Whole euros, halves up."""
    return None if amount is None else int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def unknown(text: str) -> bool:
    """Whether a text says that the value is not known."""
    return bool(UNKNOWN.search(fold(text)))


def unbroken(text: str) -> str:
    """A number that a narrow cell broke inside its digits, made whole; any other text as it is.

    >>> unbroken("1 284 6 24 €")
    '1284624 €'
    """
    found = BROKEN.match(text)
    if not found or GROUPED.match(text):
        return text
    digits = re.sub(r"\D", "", found.group(1))
    return f"{digits} {found.group(2)}".strip()


def scale_of(text: str) -> Decimal | None:
    """The unit that a label or a column header announces: "Montant (k€)" is 1000.

    >>> scale_of("Coût HT en k€")
    Decimal('1000')
    """
    found = re.search(rf"(?<![\w€]){UNIT}", text, re.IGNORECASE)
    return SCALE[_unit(found)] if found else None


def basis_of(text: str) -> Basis | None:
    found = re.search(r"\b(h\.?\s?t|t\.?t\.?c)\b|hors tax", fold(text))
    if not found:
        return None
    return "TTC" if "t" in (found.group(1) or "")[:1] and "c" in found.group(0) else "HT"


def _unit(found: re.Match[str]) -> str:
    return next(name for name in SCALE if found.group(name))


@lru_cache(maxsize=8_192)
def amounts(text: str, scale: Decimal | None = None) -> tuple[Amount, ...]:
    """The amounts of a text, left to right.

    A number without a unit is one only when `scale` says in which unit a column is written, or when nothing but it
    stands there and it is grouped by thousands.
    """
    text = text.replace("£", "€").replace("\u202f", " ").replace("\xa0", " ")
    found = [amount for match in AMOUNT.finditer(text) if (amount := _amount(match, text, scale))]
    found += _in_words(text, found)
    return tuple(_ranges(sorted(found, key=lambda a: a.start), text))


def _amount(match: re.Match[str], text: str, scale: Decimal | None) -> Amount | None:
    value = number(match.group("number"))
    basis = basis_of(match.group("basis") or "")
    after = text[match.end("number") :].lstrip()[:1]
    if after == "%":
        return None
    unit = next((name for name in SCALE if match.group(name)), None)
    if unit:
        value *= SCALE[unit]
    elif not (scale or basis or _alone(match, text) or _starts_range(match, text)):
        return None
    elif scale:
        value *= scale
    return Amount(value, value, basis, match.start(), match.end(), unit is not None or basis is not None)


def _alone(match: re.Match[str], text: str) -> bool:
    """A bare number that is all the text, and too large or too grouped to be a year or a count."""
    rest = (text[: match.start()] + text[match.end() :]).strip(" .:-–~≈")
    token = match.group("number")
    return not rest and (" " in token or "." in token or len(token) >= 5)


def _starts_range(match: re.Match[str], text: str) -> bool:
    follows = AMOUNT.match(text, match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip(" -–—àet")))
    between = text[match.end() : follows.start()] if follows else ""
    return bool(follows and BETWEEN.match(between) and any(follows.group(name) for name in SCALE))


def number(token: str) -> Decimal:
    """A French number: "1 234,50", "1.234.567", "1,2", "1.2".

    >>> number("1.234.567")
    Decimal('1234567')
    """
    token = re.sub(rf"{SPACE}|['’]", "", token)
    if token.count(".") > 1 or re.fullmatch(r"\d{1,3}\.\d{3}(,\d+)?", token):
        token = token.replace(".", "")
    return Decimal(token.replace(",", "."))


def _ranges(found: list[Amount], text: str) -> list[Amount]:
    """Two amounts joined by "à" or a dash become one range; the first takes the unit of the second."""
    out: list[Amount] = []
    for amount in found:
        if out and BETWEEN.match(text[out[-1].end : amount.start]) and _is_range(out[-1], amount, text):
            first = out.pop()
            low = first.low if first.unit else first.low * _scale_between(first, amount)
            amount = Amount(low, amount.high, amount.basis, first.start, amount.end)
        out.append(amount)
    return [a for a in out if a.unit or len(out) == 1 or a.low >= 100]


def _is_range(first: Amount, second: Amount, text: str) -> bool:
    joined = text[first.end : second.start].strip().lower()
    if re.search(r"\b(?:port|pass|ramen|augment)\w*\s+de\s*$", text[: first.start], re.IGNORECASE):
        return False
    return joined != "et" or bool(OPENS_RANGE.search(text[: first.start]))


def _scale_between(first: Amount, second: Amount) -> Decimal:
    return next(
        (s for s in (SCALE["million"], SCALE["thousand"]) if first.low * s <= second.high and first.low < 1000),
        Decimal(1),
    )


def _in_words(text: str, found: list[Amount]) -> list[Amount]:
    out = []
    for match in WORDS.finditer(fold(text)):
        phrase = match.group(1).replace("-", " ").strip().removesuffix("d'").strip()
        try:
            value = Decimal(text2num(phrase, "fr"))
        except ValueError:
            continue
        if value >= 1 and not any(a.start <= match.start() < a.end for a in found):
            out.append(Amount(value, value, None, match.start(), match.end()))
    return out


def budget(text: str, scale: Decimal | None = None) -> Budget:
    """The budget that a text states: its total if it gives one, the amount before tax first, parts summed otherwise."""
    found = amounts(text, scale)
    if not found:
        return Budget(None)
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    if changed := _changed(found, folded):
        return changed
    totals = [m.end() for m in TOTAL.finditer(folded)]
    after = [a for a in found if totals and a.start >= totals[-1]]
    if after:
        return _stated(after, text)
    if len(found) > 1 and _parts(found, text):
        return Budget(sum((a.low for a in found), Decimal(0)), basis=found[0].basis, summed=True)
    return _stated(list(found), text)


def _stated(found: list[Amount], text: str) -> Budget:
    first = found[0]
    others = tuple(a.low for a in found[1:] if a.basis and a.basis != first.basis)
    basis = first.basis or basis_of(text)
    if first.euros is None:
        return Budget(None, first.low, first.high, basis)
    return Budget(first.low, first.low, first.low, basis, others)


def _parts(found: tuple[Amount, ...], text: str) -> bool:
    """Whether amounts are parts of a whole: each has its own label before it."""
    starts = [0, *(a.end for a in found)]
    labels = [text[s : a.start] for s, a in zip(starts, found, strict=False)]
    return all(re.search(r"[A-Za-zÀ-ÿ]{3,}[^:]*:\s*$", label) for label in labels) and not re.search(
        r"\bdont\b|\bsoit\b|subvention|financ", fold(text)
    )


def _changed(found: tuple[Amount, ...], text: str) -> Budget | None:
    """An amount that replaces another: "porté de X à Y", "X (initialement Y)", "initial : X ; révisé : Y"."""
    if len(found) < 2:
        return None
    before = [text[max(0, a.start - 40) : a.start] for a in found]
    if re.search(r"(?:port|pass|ramen|augment|relev|reduit|réduit|modifi)\w*\s+(?:de\s*)?$", before[0]):
        return Budget(found[1].low, basis=found[1].basis, initial=found[0].low)
    olds = [
        bool(re.search(r"(?:initial|ancien|au lieu d|precedemment|précédemment|avant avenant|contre)\w*[^0-9]*$", b))
        for b in before
    ]
    news = [
        bool(
            re.search(
                r"(?:nouveau|modifi|revis|révis|actualis|amend|porte a|porté à|apres avenant|après avenant)\w*[^0-9]*$",
                b,
            )
        )
        for b in before
    ]
    if any(olds) and not all(olds):
        old, new = found[olds.index(True)], found[olds.index(False)]
        return Budget(new.low, basis=new.basis, initial=old.low)
    if any(news) and not all(news):
        old, new = found[news.index(False)], found[news.index(True)]
        return Budget(new.low, basis=new.basis, initial=old.low)
    return None
