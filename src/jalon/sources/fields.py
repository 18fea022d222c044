"""Text and numbers of published cells: one value, None where the cell says nothing, ValueError where it is nonsense.

The cells are text, or the numbers that JSON and sheets hold. Nothing here guesses a default. Days are in `days`, codes
in `codes`.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import ftfy

ERRORS_OF_SHEETS = ("#div/0 !", "#div/0!", "#n/a", "#ref!", "#valeur!", "#value!")
MISSING = frozenset(
    ("", "na", "n/a", "nd", "nc", "indefini", "indéfini", "null", "none", "nan", "-", *ERRORS_OF_SHEETS)
)
SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
GROUPED = re.compile(r"-?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
DOTTED = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+")
CP1252_HIGH = "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
MOJIBAKE = re.compile(rf"[\u00c2\u00c3\u00c5\u00e2][\u0080-\u00bf{CP1252_HIGH}]")
CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal(10) ** 11

Raw = str | int | float | None


def text(raw: Raw) -> str | None:
    """Text without edge spaces, runs of blanks as one, line breaks kept; None for the ways of saying "missing"."""
    if raw is None:
        return None
    published = str(raw)
    if "\n" not in published and "\r" not in published:
        return line(published)
    clean = "\n".join(filter(None, (" ".join(part.split()) for part in published.splitlines())))
    return None if clean.lower() in MISSING else clean


def line(raw: Raw) -> str | None:
    """As `text`, on one line."""
    if raw is None:
        return None
    clean = " ".join(str(raw).split())
    return None if clean.lower() in MISSING else clean


def unmangle(value: str) -> str:
    """Undo UTF-8 read as cp1252 ("AlenÃ§on"); text that does not bear its mark is returned as it is."""
    if not MOJIBAKE.search(value):
        return value
    try:
        return value.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return str(ftfy.fix_encoding(value))


def decimal(raw: Raw) -> Decimal | None:
    """ "97669,34", "19 180", "1.234,50", 12.5 to an exact decimal; ValueError for anything else."""
    published = str(raw)
    if PLAIN.fullmatch(published):
        return Decimal(published.replace(",", "."))
    clean = line(raw)
    if clean is None:
        return None
    spaced = SPACES.sub(" ", clean)
    if GROUPED.fullmatch(spaced):
        return Decimal(spaced.replace(" ", "").replace(",", "."))
    if DOTTED.fullmatch(spaced):
        return Decimal(spaced.replace(".", "").replace(",", "."))
    return _machine_number(clean)


def _machine_number(clean: str) -> Decimal:
    """Numbers as programs write them ("1.2e5")."""
    try:
        value = Decimal(clean)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not -30 < value.adjusted() < 30:
        raise ValueError(f"not a number: {clean[:60]!r}")
    return value


def cents(raw: Raw) -> int | None:
    """Euros to integer cents, half a cent rounded up; ValueError if negative, over 100 billion or not a number."""
    value = decimal(raw.strip().removesuffix("€") if isinstance(raw, str) else raw)
    if value is None:
        return None
    if value < 0 or value > LARGEST_AMOUNT:
        raise ValueError(f"not an amount: {str(raw)[:60]!r}")
    return int(value.quantize(CENT, ROUND_HALF_UP) * 100)


def count(raw: Raw) -> int | None:
    """A non-negative whole number ("12", "10787.0", "1 204"); ValueError otherwise."""
    if isinstance(raw, str) and raw.isascii() and raw.isdecimal() and len(raw) < 16:
        return int(raw)
    value = decimal(raw)
    if value is None:
        return None
    if value < 0 or value != value.to_integral_value():
        raise ValueError(f"not a count: {str(raw)[:60]!r}")
    return int(value)


def percentage(raw: Raw) -> float | None:
    """ "99%", "58.16", "58,16 %" to a share between 0 and 1; ValueError outside 0 to 100."""
    clean = line(raw)
    value = decimal(clean.removesuffix("%").strip() if clean else None)
    if value is None:
        return None
    if not 0 <= value <= 100:
        raise ValueError(f"not a percentage: {str(raw)[:60]!r}")
    return float(value / 100)
