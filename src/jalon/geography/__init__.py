"""Official French geography: communes, EPCI, départements, régions, their parents, people, positions and outlines."""

from jalon.geography.classes import POPULATION_CLASSES, PopulationClass, population_class
from jalon.geography.names import fold, resolve
from jalon.geography.origins import Package, packages
from jalon.geography.outlines import outlines
from jalon.geography.places import Geography, Place, distance_km, geography

__all__ = [
    "POPULATION_CLASSES",
    "Geography",
    "Package",
    "Place",
    "PopulationClass",
    "distance_km",
    "fold",
    "geography",
    "outlines",
    "packages",
    "population_class",
    "resolve",
]
