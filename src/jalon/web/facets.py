"""Facets as the reader sees them: links that keep or release a value, each with the count it would give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from jalon.web.params import query_string

SHOWN_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str
    count: int
    href: str
    kept: bool


@dataclass(frozen=True, slots=True)
class FacetShown:
    """`note` says why there is no choice."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    kept: int
    note: str = ""

    @property
    def first(self) -> tuple[Choice, ...]:
        return self.choices[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> tuple[Choice, ...]:
        return self.choices[SHOWN_AT_ONCE:]


@dataclass(frozen=True, slots=True)
class Address:
    """A search address: its parameters in a fixed order, the page left out."""

    path: str
    pairs: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.to()

    def to(self, **changed: str) -> str:
        """The same address with these single parameters replaced (empty: removed)."""
        kept = [(name, value) for name, value in self.pairs if name not in changed]
        return (self.path + query_string([*kept, *changed.items()])).removesuffix("?")

    def toggled(self, name: str, value: str) -> str:
        """The same address with one value of a facet kept, or released when it was kept."""
        pair = (name, value)
        pairs = tuple(p for p in self.pairs if p != pair) if pair in self.pairs else (*self.pairs, pair)
        return Address(self.path, pairs).to()

    def only(self, *names: str) -> "Address":
        return Address(self.path, tuple(pair for pair in self.pairs if pair[0] in names))


def facet(
    name: str,
    label: str,
    counts: Mapping[str, int],
    kept: tuple[str, ...],
    address: Address,
    name_of: Callable[[str], str],
    *,
    ranked: bool = True,
) -> FacetShown:
    """Choices by decreasing count (or in the order given); a kept value is always shown, even at zero."""
    values = [*counts, *(value for value in kept if value not in counts)]
    if ranked:
        values.sort(key=lambda value: (-counts.get(value, 0), name_of(value)))
    choices = [
        Choice(
            slugify(f"{name}-{value}"),
            name_of(value),
            counts.get(value, 0),
            address.toggled(name, value),
            value in kept,
        )
        for value in values
    ]
    return FacetShown(name, label, tuple(sorted(choices, key=lambda choice: not choice.kept)), len(kept))
