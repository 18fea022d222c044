"""Days and quarters as French publications write them."""

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from jalon.sources.fields import Raw, line

MONTH_NAMES = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES.split("|"), 1)}
WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
FRENCH_DAY = re.compile(rf"(?:le )?(?:(?:{WEEKDAYS}) )?(1er|\d{{1,2}}) ({MONTH_NAMES})(?: (\d{{4}}))?")
NUMERIC_DAY = re.compile(r"(?:le )?(\d{1,2})/(\d{1,2})/(\d{4})")
ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[t ]00:00:00)?")
QUARTERS = (
    re.compile(r"t ?(?P<number>[1-4])[ -]?(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[ -]?t(?P<number>[1-4])"),
    re.compile(r"(?P<number>[1-4])(?:er|eme|e) trimestre (?P<year>\d{4})"),
)


class Day(NamedTuple):
    """A day as published: `before` when the text only says "avant le", `year_given` when it names its year."""

    day: date
    before: bool
    year_given: bool


def day(raw: Raw, *, year: int | None = None) -> Day | None:
    """A French or ISO date; `year` is that of a day without one.

    "1er septembre 2018", "avant le 30 septembre", "JJ/MM/AAAA", "2018-09-30"; ValueError for anything else.
    """
    clean = line(raw)
    if clean is None:
        return None
    words = _plain(clean)
    before = words.startswith("avant le ")
    return _french_or_numeric(words.removeprefix("avant "), before, year, clean)


def _french_or_numeric(words: str, before: bool, year: int | None, published: str) -> Day:
    french, numeric, iso = (form.fullmatch(words) for form in (FRENCH_DAY, NUMERIC_DAY, ISO_DAY))
    if french and (french[3] or year):
        number = int(french[1].removesuffix("er"))
        return Day(date(int(french[3] or year or 0), MONTHS[french[2]], number), before, bool(french[3]))
    if numeric:
        return Day(date(int(numeric[3]), int(numeric[2]), int(numeric[1])), before, True)
    if iso:
        return Day(date.fromisoformat(iso[1]), before, True)
    raise ValueError(f"not a date: {published[:60]!r}")


def _plain(value: str) -> str:
    bare = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    return " ".join(bare.lower().split())


def quarter(raw: Raw) -> date | None:
    """ "T3 2017", "2017T3", "3e trimestre 2017" to the quarter's last day; None when it does not name a quarter."""
    words = _plain(str(raw or ""))
    for form in QUARTERS:
        if found := form.fullmatch(words):
            return quarter_end(date(int(found["year"]), 3 * int(found["number"]), 1))
    return None


def quarter_end(moment: date) -> date:
    """The last day of the quarter that holds this day."""
    month = 3 * ((moment.month - 1) // 3) + 3
    return date(moment.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
