"""Days, months, quarters, years and spans of them in a text, with the role their preposition gives them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Role = Literal["at", "since", "until", "over"]
MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_NOUNS = "actions|communes|conventions|projets|territoires|villes|locaux|lignes|foyers|euros|logements|prises|millions"
_OF_YEAR = r"(?: de)?(?: l'annee)?"
_SPANS = (
    rf"entre (?P<a>{_YEAR}) et (?P<b>{_YEAR})", rf"de (?P<a2>{_YEAR}) a (?P<b2>{_YEAR})",
    rf"(?P<a3>{_YEAR}) ?[-/] ?(?P<b3>{_YEAR})", rf"en (?P<a4>{_YEAR}) et (?:en )?(?P<b4>{_YEAR})",
)  # fmt: skip
_RANK = "premier|deuxieme|second|troisieme|quatrieme|dernier|1er|[234]e|[234]eme"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("day", rf"(?P<d>\d{{1,2}})(?:er)? (?P<m>{_MONTH}) (?P<y>{_YEAR})"),
    ("slash", rf"(?P<d>\d{{1,2}})[/.](?P<n>\d{{1,2}})[/.](?P<y>{_YEAR})"),
    ("iso", rf"(?P<y>{_YEAR})-(?P<n>[01]\d)-(?P<d>[0-3]\d)"),
    ("span", rf"(?:{'|'.join(_SPANS)})"),
    ("quarter", rf"(?:(?P<q>{_RANK}) trimestre{_OF_YEAR} |t(?P<t>[1-4]) )(?P<y>{_YEAR})"),
    ("half", rf"(?P<h>premier|second|deuxieme|1er|2e) semestre{_OF_YEAR} (?P<y>{_YEAR})"),
    ("end", rf"(?:a la )?fin{_OF_YEAR}(?: (?P<m>{_MONTH}))? (?P<y>{_YEAR})"),
    ("start", rf"(?:au )?debut{_OF_YEAR}(?: (?P<m>{_MONTH}))? (?P<y>{_YEAR})"),
    ("mid", rf"(?:a la )?mi-(?:(?P<m>{_MONTH}) )?(?P<y>{_YEAR})"),
    ("iso-month", rf"(?P<y>{_YEAR})-(?P<n>0[1-9]|1[0-2])"),
    ("month", rf"(?P<m>{_MONTH}) (?P<y>{_YEAR})"),
    ("year", rf"(?P<y>{_YEAR})(?! (?:{_NOUNS})\b)"),
)
_COMPILED = tuple((name, re.compile(rf"(?<![\w,./-]){pattern}(?![\w/]|[,.]\d|-\d)")) for name, pattern in _PATTERNS)
_TRUSTED_YEAR = re.compile(
    r"(?:\b(?:en|fin|debut|depuis|des|annees?|d'ici(?: a)?|horizon|avant|apres|courant|exercice|ete|l'an|jusqu'en|et|"
    r"ou|pour|de|sur|a|vers)|[(,]) ?$"
)
_BEFORE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "since",
        re.compile(
            r"(?:\bdepuis[^,;.:()]{1,80} (?:en|au|le|de)|\bdepuis|\bdes|\ba (?:partir|compter) d[eu'])"
            r"(?: l'annee| le| la)? ?$"
        ),
    ),
    ("until", re.compile(r"(?:\bd'ici(?: a| au| la)*|\bhorizon|\bavant|\bjusqu'(?:en|au|a))(?: l'annee| le| la)? ?$")),
    ("over", re.compile(r"\b(?:sur la periode|au cours d[eu]|pendant|durant|courant)(?: l'annee)? ?$")),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time that a text names: from `first` to `last`, both included."""

    first: date
    last: date
    role: Role
    grain: Literal["day", "month", "quarter", "year", "span", "end", "start"]
    start: int
    end: int

    @property
    def year(self) -> int | None:
        """The year when the moment is one whole year."""
        return self.first.year if self.grain == "year" else None


def moments(text: str, start: int = 0, end: int | None = None) -> tuple[Moment, ...]:
    """The moments of `text[start:end]`, in order, none over another."""
    stop = len(text) if end is None else end
    taken: list[tuple[int, int]] = []
    found: list[Moment] = []
    for name, pattern in _COMPILED:
        for match in pattern.finditer(text, start, stop):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            bounds = _bounds(name, match)
            before = text[max(start, match.start() - 100) : match.start()]
            if bounds is None or (name == "year" and not _TRUSTED_YEAR.search(before)):
                continue
            taken.append(match.span())
            found.append(Moment(*bounds, _role(before), _grain(name), *match.span()))
    return tuple(sorted(found, key=lambda moment: moment.start))


def _grain(name: str) -> Literal["day", "month", "quarter", "year", "span", "end", "start"]:
    known = {"iso-month": "month", "slash": "day", "iso": "day", "half": "span", "mid": "start"}
    return known.get(name, name)  # type: ignore[return-value]


def _role(before: str) -> Role:
    for role, pattern in _BEFORE:
        if pattern.search(before):
            return role
    return "at"


def _bounds(name: str, match: re.Match[str]) -> tuple[date, date] | None:
    try:
        return _READERS[name](match.groupdict())
    except ValueError:
        return None


def _day(parts: dict[str, str]) -> tuple[date, date]:
    month = _month_of(parts)
    day = date(int(parts["y"]), month, int(parts["d"]))
    return day, day


def _span(parts: dict[str, str]) -> tuple[date, date]:
    first = next(int(parts[key]) for key in ("a", "a2", "a3", "a4") if parts[key])
    last = next(int(parts[key]) for key in ("b", "b2", "b3", "b4") if parts[key])
    if last <= first:
        raise ValueError
    return date(first, 1, 1), date(last, 12, 31)


def _quarter(parts: dict[str, str]) -> tuple[date, date]:
    ranks = {"premier": 1, "1er": 1, "second": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "dernier": 4}
    rank = int(parts["t"]) if parts["t"] else ranks.get(parts["q"]) or int(parts["q"][0])
    return date(int(parts["y"]), 3 * rank - 2, 1), _last(int(parts["y"]), 3 * rank)


def _half(parts: dict[str, str]) -> tuple[date, date]:
    year = int(parts["y"])
    first = parts["h"] in ("premier", "1er")
    return (date(year, 1, 1), date(year, 6, 30)) if first else (date(year, 7, 1), date(year, 12, 31))


def _month(parts: dict[str, str]) -> tuple[date, date]:
    year, month = int(parts["y"]), _month_of(parts)
    return date(year, month, 1), _last(year, month)


def _month_of(parts: dict[str, str]) -> int:
    return MONTHS.index(parts["m"]) + 1 if parts.get("m") else int(parts["n"])


def _end(parts: dict[str, str]) -> tuple[date, date]:
    year, month = int(parts["y"]), MONTHS.index(parts["m"]) + 1 if parts["m"] else 12
    return _last(year, month) - timedelta(days=10), _last(year, month)


def _start(parts: dict[str, str]) -> tuple[date, date]:
    year, month = int(parts["y"]), MONTHS.index(parts["m"]) + 1 if parts["m"] else 1
    return date(year, month, 1), date(year, month, 28)


def _mid(parts: dict[str, str]) -> tuple[date, date]:
    year = int(parts["y"])
    if parts["m"]:
        month = MONTHS.index(parts["m"]) + 1
        return date(year, month, 10), date(year, month, 20)
    return date(year, 6, 1), date(year, 6, 30)


def _year(parts: dict[str, str]) -> tuple[date, date]:
    return date(int(parts["y"]), 1, 1), date(int(parts["y"]), 12, 31)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


_READERS = {
    "day": _day, "slash": _day, "iso": _day, "span": _span, "quarter": _quarter, "half": _half,
    "month": _month, "iso-month": _month, "end": _end, "start": _start, "mid": _mid, "year": _year,
}  # fmt: skip
_PUBLISHED = re.compile(r"\b(?:publie|publiee|reponse|date|paris|mis a jour|jo|journal officiel)\b[^\n]{0,60}$")


def stated_day(text: str) -> date | None:
    """The day a text says it was published: "Publié le 24/02/2020", else None."""
    for moment in moments(text, 0, min(len(text), 3_000)):
        if moment.grain == "day" and _PUBLISHED.search(text[max(0, moment.start - 40) : moment.start]):
            return moment.first
    return None
