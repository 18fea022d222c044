"""Who already does it: towns that carry a theme, nearest first."""

from collections.abc import Mapping
from dataclasses import dataclass

from jalon.geography import Place, distance_km


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A town with `actions` actions of the theme, `km` away as the crow flies, None where a position is unknown."""

    code: str
    name: str
    actions: int
    km: float | None


def nearest(
    here: Place, actions: Mapping[str, int], places: Mapping[str, Place], count: int | None = None
) -> tuple[Neighbour, ...]:
    """The towns that carry a theme, nearest to `here` first, unplaced ones last; `here` itself is left out.

    `actions`: actions of the theme by commune code. Codes that `places` does not know are left out. Ties go to more
    actions, then by code.
    """
    towns = (
        Neighbour(code, places[code].name, number, distance_km(here, places[code]))
        for code, number in actions.items()
        if number > 0 and code in places and code != here.code
    )
    ordered = sorted(towns, key=lambda one: (one.km is None, one.km or 0.0, -one.actions, one.code))
    return tuple(ordered[:count])
