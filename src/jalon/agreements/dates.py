"""Dates and periods in the spellings of French agreements. What is open stays open: no end is made up."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jalon.agreements.wording import fold

MONTHS = {
    name: rank
    for rank, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        1,
    )
    for name in names.split()
}
ORDINAL = {
    "premier": 1,
    "1er": 1,
    "deuxieme": 2,
    "second": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "dernier": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
}
SEASON = {"printemps": (3, 6), "ete": (6, 9), "automne": (9, 12)}
YEAR = r"(?:19|20)\d\d"
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
RANK = r"(?:premier|1er|deuxieme|second|troisieme|quatrieme|dernier|iv|iii|ii|i|[1-4]\s?(?:er|e|eme|nd|d|re)?)"
OF = r"(?:\s*(?:de\s+l'\s?annee|d'|de|du|en|l'annee|,|-|/)?\s*)"
TOKEN = re.compile(
    rf"(?<![\d/])(?P<d>\d{{1,2}})\s*[/.-]\s*(?P<m>\d{{1,2}})\s*[/.-]\s*(?P<y>{YEAR}|\d\d)(?!\d)"
    rf"|(?<!\d)(?P<iy>{YEAR})-(?P<im>0[1-9]|1[0-2])(?:-(?P<id>[0-3]\d))?(?!\d)"
    rf"|(?:(?P<wd>\d{{1,2}}|1er|premier)\s+)?\b(?P<wm>{MONTH})\b\.?(?:{OF}(?P<wy>{YEAR}))?"
    rf"|\bt\s?(?P<t>[1-4])(?:{OF}(?P<ty>{YEAR}))?|\b(?P<t2>[1-4])\s?t\s?(?P<t2y>{YEAR})"
    rf"|\b(?P<q>{RANK})\s+trim(?:estres?)?\b\.?(?:{OF}(?P<qy>{YEAR}))?"
    rf"|\bs\s?(?P<s>[12])(?:{OF}(?P<sy>{YEAR}))?\b|\b(?P<h>{RANK})\s+sem(?:estres?)?\b\.?(?:{OF}(?P<hy>{YEAR}))?"
    rf"|\b(?P<season>printemps|ete|automne){OF}(?P<ey>{YEAR})"
    rf"|\b(?P<part>debut|mi|milieu|fin)[\s-]*(?:de\s+l'annee\s+|d'annee\s+|d'|annee\s+)?(?P<py>{YEAR})\b"
    rf"|(?<![\d/])(?P<nm>0?[1-9]|1[0-2])\s*/\s*(?P<ny>{YEAR})\b"
    rf"|(?<![\d,.])(?P<year>{YEAR})(?!\d|[.,]\d|\s*(?:€|euros?))"
)
START = re.compile(
    r"(?:a partir|a compter|depuis|debut|demarr\w*|lance\w*|commence\w*|ouverture|engagement|notification)\b[^0-9]*$"
)
END = re.compile(
    r"(?:jusqu\w*|livr\w*|fin|achev\w*|avant|au plus tard|termin\w*|echeance|recept\w*|mise en service|cloture|d'ici"
    r"|inaugur\w*)\b[^0-9]*$"
)
FIRST = re.compile(r"\b[li|]er\s(?=trim|sem|jan|fev|mar|avr|mai|jui|aou|sep|oct|nov|dec)")
PAIR = re.compile(rf"\b({RANK})\s*(?:et|a|-|/)\s*({RANK})\s+(trimestre|semestre)s?\b")
BARE_DAY = re.compile(r"(?:\bdu|\bentre le|\bde)\s+(?:le\s+)?(\d{1,2}|1er)\s+(?:au|et le|a)\s*(?:le\s+)?$")


@dataclass(frozen=True, slots=True)
class Period:
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Moment:
    """An interval of days that a text names, and where it stands in the folded text."""

    first: date
    last: date
    at: int
    to: int


NEVER = Period(None, None)


@lru_cache(maxsize=8_192)
def period(text: str) -> Period:
    """Start and end that a text states.

    >>> period("T2 2019 - fin 2021")
    Period(start=datetime.date(2019, 4, 1), end=datetime.date(2021, 12, 31))
    >>> period("à partir de septembre 2019").end is None
    True
    """
    folded = _plain(text)
    found = moments(folded)
    if not found:
        return NEVER
    roles = [_role(folded, found, rank) for rank in range(len(found))]
    starts = [m.first for m, role in zip(found, roles, strict=True) if role == "start"]
    ends = [m.last for m, role in zip(found, roles, strict=True) if role == "end"]
    free = [m for m, role in zip(found, roles, strict=True) if role is None]
    if free and not starts:
        starts = [m.first for m in free]
    if free and not ends:
        ends = [m.last for m in free]
    start, end = min(starts, default=None), max(ends, default=None)
    if start and end and end < start:
        return Period(start, None) if "start" in roles else NEVER
    return Period(start, end)


def day(text: str) -> date | None:
    """The first full day that a text names, as a date of signature: "16 juillet 2018", "16/07/2018"."""
    return next((m.first for m in moments(fold(text)) if m.first == m.last), None)


def _plain(text: str) -> str:
    """Folded text in which "dès" is not "des", and "2e et 3e trimestres" are two quarters."""
    folded = fold(re.sub(r"\bd[èÈ]s\b", "à partir de", text, flags=re.IGNORECASE))
    folded = FIRST.sub("1er ", folded)
    return PAIR.sub(r"\1 \3 et \2 \3", folded)


def _role(folded: str, found: list[Moment], rank: int) -> str | None:
    since = found[rank - 1].to if rank else 0
    before = folded[since : found[rank].at]
    if (
        re.search(r"^\s*(?:-|–|—|a|au|et|jusqu\w*)[^a-z0-9]*(?:la fin|fin)?[^a-z0-9]*$", before)
        and rank
        and len(found) > 1
    ):
        return "end" if _role(folded, found, rank - 1) == "start" else None
    ended, started = END.search(before), START.search(before)
    if started and (not ended or started.start() > ended.start()):
        return "start"
    return "end" if ended else None


def moments(folded: str) -> list[Moment]:
    """The moments of a folded text, left to right; one without a year takes that of the next ("mars à juin 2019")."""
    out: list[Moment] = []
    year: int | None = None
    for match in reversed(list(TOKEN.finditer(folded))):
        read = _interval(match, year)
        if read is None:
            continue
        first, last, year = read
        out.append(Moment(first, last, match.start(), match.end()))
        bare = BARE_DAY.search(folded[: match.start()])
        if bare and first == last and (begun := _safe(first.year, first.month, int(bare.group(1).rstrip("er")))):
            out.append(Moment(begun, begun, bare.start(1), bare.end(1)))
    return out[::-1]


def _interval(match: re.Match[str], next_year: int | None) -> tuple[date, date, int] | None:
    part = match.groupdict()
    if part["d"]:
        year = int(part["y"]) if len(part["y"]) == 4 else 2000 + int(part["y"])
        return _one(year, int(part["m"]), int(part["d"]))
    if part["iy"]:
        return (
            _one(int(part["iy"]), int(part["im"]), int(part["id"]))
            if part["id"]
            else _months(int(part["iy"]), int(part["im"]), 1)
        )
    if part["year"]:
        return _months(int(part["year"]), 1, 12)
    if part["ny"]:
        return _months(int(part["ny"]), int(part["nm"]), 1)
    if part["py"]:
        month, count = {"debut": (1, 3), "fin": (10, 3)}.get(part["part"], (5, 3))
        return _months(int(part["py"]), month, count)
    if part["season"]:
        first, after = SEASON[part["season"]]
        return _months(int(part["ey"]), first, after - first)
    return _with_borrowed_year(part, next_year)


def _with_borrowed_year(part: dict[str, str | None], next_year: int | None) -> tuple[date, date, int] | None:
    given = part["wy"] or part["ty"] or part["t2y"] or part["qy"] or part["sy"] or part["hy"]
    year = int(given) if given else next_year
    if year is None:
        return None
    if part["wm"]:
        month = MONTHS[part["wm"]]
        return _one(year, month, _rank(part["wd"])) if part["wd"] else _months(year, month, 1)
    quarter = part["t"] or part["t2"] or part["q"]
    if quarter:
        rank = _rank(quarter)
        return _months(year, 3 * rank - 2, 3) if 1 <= rank <= 4 else None
    half = _rank(part["s"] or part["h"] or "0")
    return _months(year, 6 * min(half, 2) - 5, 6) if half else None


def _rank(token: str | None) -> int:
    token = (token or "").strip()
    return ORDINAL.get(token) or int(re.sub(r"\D", "", token) or 0)


def _safe(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _one(year: int, month: int, number: int) -> tuple[date, date, int] | None:
    found = _safe(year, month, number)
    return (found, found, year) if found else None


def _months(year: int, month: int, count: int) -> tuple[date, date, int]:
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]), year
