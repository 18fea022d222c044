"""The sentences that may say a figure, the preferred one first; `draft` keeps the first that `check` confirms."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from jalon.claims.draft_numbers import numbers
from jalon.claims.draft_places import where
from jalon.figures import Figure, format_day
from jalon.figures.format import MONTHS
from jalon.geography import Place, geography

PHRASES = Path(__file__).with_name("draft_phrases.toml")
SMART = "de ville intelligente"
Params = tuple[tuple[str, str | int], ...]


@cache
def phrases() -> dict[str, Any]:
    """The wordings of each figure, and under `themes` what each theme is called."""
    return tomllib.loads(PHRASES.read_text(encoding="utf-8"))


def writable(figure: str) -> bool:
    """Whether there is a wording for this figure."""
    return figure in phrases() and figure != "themes"


def wordings(
    figure: Figure, params: Params, day: date, years: tuple[int, int], *, exact: bool = False
) -> Iterator[str]:
    """Whole sentences, from the preferred number, wording and date to the last resort. All are true.

    `years`: the first and last year of the grants, which a figure without a year covers all.
    """
    asked = dict(params)
    known = phrases()[figure.id]
    few = figure.format != "percent" and isinstance(figure.value, int | float) and abs(figure.value) < 2
    patterns = known.get("neutral", []) if few else [*known.get("plural", []), *known.get("neutral", [])]
    place, theme = where(_place(asked)), _theme(asked)
    for number, pattern, lead in product(numbers(figure, exact=exact), patterns, _leads(figure, asked, day, years)):
        whole = lead + pattern.format(n=number, where=place, theme=theme)
        yield whole[:1].upper() + whole[1:]


def _place(asked: dict[str, str | int]) -> Place | None:
    code = str(asked.get("territory", ""))
    return geography().place(*code.split(":", 1)) if ":" in code else None


def _theme(asked: dict[str, str | int]) -> str:
    """ " d’éclairage intelligent", its blank included; the whole smart city without a theme."""
    theme = str(asked.get("theme", ""))
    return f" {phrases()['themes'].get(theme, theme) if theme else SMART}"


def _leads(figure: Figure, asked: dict[str, str | int], day: date, years: tuple[int, int]) -> list[str]:
    """What dates the sentence: the year asked, the moment its rows speak of, the day of the answer.

    A computed figure whose rows are older than the answer is never written as if it were of its day.
    """
    if "year" in asked:
        return [f"en {asked['year']}, "]
    first, last = years
    if figure.kind == "computed" and figure.moment == str(last) and first < last:
        return [f"{f'en {first} et' if last == first + 1 else f'de {first} à'} {last}, ", f"fin {last}, "]
    if not figure.moment:
        return [f"au {format_day(day)}, ", ""]
    return [*_of_moment(figure.moment), *([""] if figure.kind == "declared" else [])]


def _of_moment(moment: str) -> list[str]:
    parts = moment.split("-")
    if not all(part.isdigit() for part in parts):
        return []
    year, *rest = map(int, parts)
    if len(rest) == 2:
        return [f"au {format_day(date(year, *rest))}, "]
    if rest:
        return [f"fin {year}, " if rest[0] == 12 else f"en {MONTHS[rest[0] - 1]} {year}, "]
    return [f"en {year}, ", f"fin {year}, "]
