"""Values as French readers write them: narrow no-break spaces, decimal comma, days as people say them."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jalon.geography import POPULATION_CLASSES

NARROW, NO_BREAK = "\u202f", "\u00a0"
UNKNOWN = "—"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
HEDGES = {
    "about": "environ",
    "estimate": "environ",
    "more_than": "plus de",
    "at_least": "au moins",
    "at_most": "au plus",
    "less_than": "moins de",
    "target": f"objectif{NARROW}:",
}
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3})")
_NEARLY = Decimal("0.99995")
"""Part of a scale from which its rounding to one decimal gives 1."""
_SCALES = ((Decimal(10) ** 9, "Md€"), (Decimal(10) ** 6, "M€"))


def format_value(value: Any, kind: str, unit: str = "") -> str:
    """A value in the format named `kind`, then its unit; "—" for None."""
    if value is None:
        return UNKNOWN
    if kind == "percent":
        return f"{format_number(value * 100, 1)}{NARROW}%"
    if kind == "euros":
        return format_euros(value)
    if kind == "date":
        return format_day(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if kind == "text":
        return str(value)
    if kind == "population":
        return _class_label(value)
    number = format_number(value, 0 if kind == "integer" else 2)
    return f"{number}{NO_BREAK}{unit if abs(value) >= 2 else singular(unit)}" if unit else number


def format_number(value: float | Decimal, decimals: int = 0) -> str:
    """Thousands apart by narrow no-break spaces, a comma before at most `decimals` digits: 4 312,5.

    Halves are rounded away from zero, as in French accounts.
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    rounded = _rounded(exact, decimals)
    text = f"{rounded:,f}".replace("-", "−")
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", NARROW) + (f",{rest}" if rest else "")


def format_euros(value: float | Decimal) -> str:
    """Whole euros up to a million, then millions or billions with one decimal: 932 450 €, 12,4 M€, 1,2 Md€."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    for scale, sign in _SCALES:
        if abs(exact) >= scale * _NEARLY:
            return f"{format_number(exact / scale, 1)}{NO_BREAK}{sign}"
    return f"{format_number(exact)}{NO_BREAK}€"


def format_day(day: date) -> str:
    """24 février 2020; the first of a month is 1er."""
    return f"{'1er' if day.day == 1 else day.day}{NO_BREAK}{MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: str) -> str:
    """A moment of a declared fact: "2019" as it is, "2019-06" as juin 2019, "2018/2022" as 2018 à 2022."""
    if "/" in moment:
        return " à ".join(format_moment(part) for part in moment.split("/"))
    parts = [int(part) for part in moment.split("-") if part.isdigit()]
    if len(parts) == 3:
        return format_day(date(*parts))
    return f"{MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else moment


def hedged(text: str, hedge: str) -> str:
    """The words of a hedge before a value: "plus de 4 000 actions"."""
    words = HEDGES.get(hedge)
    return f"{words} {text}" if words and text != UNKNOWN else text


_ARTICLES = (
    ("la ", ("Banque ", "Caisse ", "Cour ", "Fédération ")),
    ("le ", ("CGET", "Gouvernement", "Sénat", "Portail ", "CAC ", "Pôle ", "ministère", "Conseil ")),
    ("l’", ("Agence ", "Arcep", "Avicca", "UFC", "Anah", "Insee")),
)  # fmt: skip


def according_to(publisher: str) -> str:
    """ "selon le CGET", "selon l’Arcep", "selon La Tribune": a title keeps the article it has."""
    article = next((one for one, names in _ARTICLES if publisher.startswith(names)), "")
    return f"selon {article}{publisher}"


def singular(unit: str) -> str:
    """The unit as it goes with 0 and 1, by the regular plurals: conventions, locaux."""
    if unit.endswith("aux"):
        return f"{unit[:-3]}al"
    return unit.removesuffix("s") if len(unit) > 2 else unit


def _class_label(name: str) -> str:
    label = next((known.label for known in POPULATION_CLASSES if known.id == name), name)
    return _THOUSANDS.sub(NARROW, label)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
