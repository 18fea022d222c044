"""Classes of population, the same everywhere a figure is split by size of town."""

from typing import NamedTuple


class PopulationClass(NamedTuple):
    """Inhabitants from `floor` (included) to the floor of the next class (excluded)."""

    id: str
    label: str
    floor: int


POPULATION_CLASSES: tuple[PopulationClass, ...] = (
    PopulationClass("moins-de-500", "Moins de 500 habitants", 0),
    PopulationClass("500-a-2000", "500 à 2 000 habitants", 500),
    PopulationClass("2000-a-5000", "2 000 à 5 000 habitants", 2_000),
    PopulationClass("5000-a-10000", "5 000 à 10 000 habitants", 5_000),
    PopulationClass("10000-a-20000", "10 000 à 20 000 habitants", 10_000),
    PopulationClass("20000-a-50000", "20 000 à 50 000 habitants", 20_000),
    PopulationClass("50000-a-100000", "50 000 à 100 000 habitants", 50_000),
    PopulationClass("100000-et-plus", "100 000 habitants et plus", 100_000),
)


def population_class(population: int | None) -> str | None:
    """The id of the class of this many inhabitants; None when unknown. A negative count raises ValueError."""
    if population is None:
        return None
    if population < 0:
        raise ValueError(f"negative population: {population}")
    return next(c.id for c in reversed(POPULATION_CLASSES) if population >= c.floor)
