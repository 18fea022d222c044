"""Quarters as numbers that follow each other: four times the year plus 0 to 3."""

import re
from datetime import date

from jalon.errors import JalonError
from jalon.sources.days import day, quarter, quarter_end

ISO_QUARTER = re.compile(r"(\d{4})[ -]?[Qq]([1-4])|[Qq]([1-4])[ -/]?(\d{4})")
MONTH = re.compile(r"(\d{4})-(\d{2})")


class NotAQuarter(JalonError):
    code = "not-a-quarter"


def number(moment: date) -> int:
    """The number of the quarter that holds a day."""
    return moment.year * 4 + (moment.month - 1) // 3


def last_day(quarter_number: int) -> date:
    year, place = divmod(quarter_number, 4)
    return quarter_end(date(year, 3 * place + 1, 1))


def written(quarter_number: int) -> str:
    """ "2019-Q4"."""
    year, place = divmod(quarter_number, 4)
    return f"{year}-Q{place + 1}"


def french(quarter_number: int) -> str:
    """ "T4 2019"."""
    year, place = divmod(quarter_number, 4)
    return f"T{place + 1} {year}"


def parse(text: str) -> int:
    """ "2019-Q4", "2019T4", "T4 2019", "4e trimestre 2019", "2019-12", "2019-12-31", "31/12/2019" to a number.

    Raises NotAQuarter for anything else.
    """
    clean = str(text).strip()
    if found := ISO_QUARTER.fullmatch(clean):
        return int(found[1] or found[4]) * 4 + int(found[2] or found[3]) - 1
    if french_form := quarter(clean):
        return number(french_form)
    try:
        if found := MONTH.fullmatch(clean):
            return number(date(int(found[1]), int(found[2]), 1))
        moment = day(clean)
    except ValueError:
        moment = None
    if moment is None:
        raise NotAQuarter(
            f"not a quarter: {clean[:60]!r}",
            user_message=f"« {clean[:60]} » n’est pas un trimestre.",
            mend="écrivez 2019-Q4, 2019T4, T4 2019 ou 2019-12-31.",
        )
    return number(moment.day)
