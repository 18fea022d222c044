"""What the address asks for, read without trust."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlencode

from django.http import HttpRequest, QueryDict

LONGEST = 300
MOST_VALUES = 30


def text(query: QueryDict, name: str) -> str:
    """One value, cut, without control characters."""
    return "".join(c if c.isprintable() else " " for c in query.get(name, "")[:LONGEST]).strip()


def several(query: QueryDict, name: str) -> tuple[str, ...]:
    """The distinct values of a repeated parameter, in the order given."""
    given = (value[:LONGEST].replace("\x00", "") for value in query.getlist(name)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in given if value))


def page(query: QueryDict) -> int:
    """The page number, 1 when absent or not a number."""
    given = query.get("page", "1")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1


def day(query: QueryDict, name: str) -> date | None:
    """A day written 2020-02-24; None when absent or wrong."""
    try:
        return date.fromisoformat(query.get(name, ""))
    except ValueError:
        return None


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string, `?` included, without empty parameters; `?` alone when nothing is left."""
    return "?" + urlencode([(name, value) for name, value in pairs if value], quote_via=quote)


def with_query(request: HttpRequest, **changes: object) -> str:
    """The address asked, with these parameters set, or taken away when empty."""
    kept = {name: text(request.GET, name) for name in request.GET if name not in changes}
    return request.path + query_string([*kept.items(), *((name, str(value or "")) for name, value in changes.items())])
