"""Numbers, amounts and days as French readers write them, in text and in Vega's own locale."""

from datetime import date
from decimal import Decimal

THIN = "\u202f"
HARD = "\u00a0"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
DAYS = ("dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")

LOCALE = {
    "number": {
        "decimal": ",",
        "thousands": THIN,
        "grouping": [3],
        "currency": ["", f"{HARD}€"],
        "percent": f"{THIN}%",
        "minus": "−",
    },
    "time": {
        "dateTime": "%A %e %B %Y à %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": list(DAYS),
        "shortDays": [f"{day[:3]}." for day in DAYS],
        "months": list(MONTHS),
        "shortMonths": list(SHORT_MONTHS),
    },
}


def number(value: int | float | Decimal, decimals: int = 0) -> str:
    """`12 345,6`: thousands by a narrow no-break space, decimals by a comma."""
    return f"{value:,.{decimals}f}".replace(",", THIN).replace(".", ",").replace("-", "−")


def percent(share: float) -> str:
    """A share between 0 and 1 as `42 %`; one decimal below 10 %."""
    return f"{number(share * 100, 1 if 0 < share < 0.0995 else 0)}{THIN}%"


def euros(amount: Decimal | float) -> str:
    """An amount as `3,4 M€`, `120 k€` or `850 €`."""
    value = float(amount)
    for size, unit in ((1e9, "Md€"), (1e6, "M€")):
        if abs(value) >= size:
            return f"{number(value / size, 0 if abs(value) >= 100 * size else 1)}{HARD}{unit}"
    return f"{number(value / 1e3)}{HARD}k€" if abs(value) >= 1e4 else f"{number(value)}{HARD}€"


def day(value: date) -> str:
    """`1er juin 2018`."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first}{HARD}{MONTHS[value.month - 1]}{HARD}{value.year}"


def quarter(value: date) -> str:
    """`T3 2017` for a day of that quarter."""
    return f"T{(value.month - 1) // 3 + 1}{HARD}{value.year}"


def quarter_start(value: date) -> date:
    """First day of the quarter."""
    return date(value.year, (value.month - 1) // 3 * 3 + 1, 1)


def typographic(text: str) -> str:
    """The apostrophe of print, where data has the typewriter's."""
    return text.replace("'", "’")


def count(value: int, singular: str, plural: str | None = None) -> str:
    """`0 action`, `1 action`, `1 234 actions`: French counts as plural from two on."""
    return f"{number(value)}{HARD}{singular if abs(value) < 2 else plural or f'{singular}s'}"
