"""The lasting address of a figure: one way of writing it for the pages, the API and the checks."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlencode

IN_ADDRESS = {"programme": "programme", "territory": "territoire", "theme": "theme", "year": "annee"}
"""Names of parameters as addresses write them, in the order in which they stand there, after `au`."""
ALSO = {"territory": "territory", "year": "year"}
"""Older names, still read."""


def permalink(
    figure: str, edition: str, as_of: date | None, params: Iterable[tuple[str, object]], page: str = ""
) -> str:
    """`/chiffres/<figure>@<edition>?au=…&territoire=…`; `edition` "" for the latest, `page` a part such as "/carte"."""
    given = {name: value for name, value in params if value is not None}
    pairs = [("au", as_of.isoformat())] if as_of else []
    pairs += [(IN_ADDRESS[name], str(given[name])) for name in IN_ADDRESS if name in given]
    fixed = f"@{edition}" if edition else ""
    return f"/chiffres/{quote(figure)}{fixed}{page}" + (f"?{urlencode(pairs)}" if pairs else "")
