"""A list that the reader searches, filters, sorts and pages: what `_results.html` shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from jalon.web.facets import Address, FacetShown
from jalon.web.pagination import Pages
from jalon.web.tables import Shown


@dataclass(frozen=True, slots=True)
class Loosen:
    """A filter to give up when nothing is found, and how many rows that brings back."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Order:
    """A choice of the sort menu; the default has no value, so that it stays the default when a text is typed."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """`fields` are the parameters that the search form must carry besides its own inputs."""

    count: str
    chips: tuple[Chip, ...]
    facets: tuple[FacetShown, ...]
    table: Shown
    pages: Pages
    address: Address
    fields: tuple[tuple[str, str], ...]
    orders: tuple[Order, ...]
    csv: str
    loosen: tuple[Loosen, ...]


def in_menu(orders: Iterable[tuple[str, str]], default: str, present: str) -> tuple[Order, ...]:
    return tuple(Order("" if value == default else value, label, value == present) for value, label in orders)


def kept_fields(address: Address, *inputs: str) -> tuple[tuple[str, str], ...]:
    """Parameters of the address that are not inputs of the form."""
    return tuple((name, value) for name, value in address.pairs if name not in (*inputs, "tri"))
