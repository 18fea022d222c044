"""The French of charts: the locale Vega reads, and what a sentence about a picture needs beyond `web.typography`."""

from datetime import date

from jalon.web import typography
from jalon.web.typography import MONTHS, THIN, apostrophes, day, number, quarter, share
from jalon.web.typography import plural as count
from jalon.web.typography import short_euros as euros

__all__ = [
    "LOCALE",
    "THIN",
    "apostrophes",
    "count",
    "day",
    "euros",
    "number",
    "percent",
    "quarter",
    "quarter_start",
    "significant",
]
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
DAYS = ("dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")

LOCALE = {
    "number": {
        "decimal": ",",
        "thousands": THIN,
        "grouping": [3],
        "currency": ["", f"{THIN}€"],
        "percent": f"{THIN}%",
        "minus": "−",
    },
    "time": {
        "dateTime": "%A %e %B %Y à %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": list(DAYS),
        "shortDays": [f"{name[:3]}." for name in DAYS],
        "months": list(MONTHS),
        "shortMonths": list(SHORT_MONTHS),
    },
}


def percent(value: float) -> str:
    """A share between 0 and 1 as `42 %`; one decimal below 10 %."""
    return share(value, 1 if 0 < value < 0.0995 else 0)


def significant(value: float, *, percent: bool = False) -> str:
    """Two figures that tell, whatever the size: 0,021; with `percent`, a share as « 0,021 % »."""
    return typography.significant(value * 100 if percent else value) + (f"{THIN}%" if percent else "")


def quarter_start(value: date) -> date:
    """First day of the quarter."""
    return date(value.year, (value.month - 1) // 3 * 3 + 1, 1)
