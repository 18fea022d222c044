"""Every address of the site and of the API, as the code declares it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from jalon.web.api.app import api

ADMIN = "admin/"
"""Django's own pages, which ask for its staff flag; tested in tests/register."""


def pages(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """(address, view) of each page; the API's operations are in `operations`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if address.startswith((ADMIN, "api/v1/")):
            continue
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def operations() -> Iterator[tuple[str, str]]:
    """(method, path) of each operation of the API."""
    for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items():
        for method in methods:
            yield method.upper(), path


def filled(address: str) -> str:
    """The address with something in each of its blanks."""
    parts = []
    for piece in address.split("<"):
        blank, _, rest = piece.partition(">") if ">" in piece else ("", "", piece)
        parts.append(("1" if blank.startswith("int:") else "x" if blank else "") + rest)
    return "/" + "".join(parts)
