"""Values that exist in an edition: a filter on another one is an error, not an empty list."""

from collections.abc import Collection
from functools import lru_cache

from jalon.editions import Edition
from jalon.geography import POPULATION_CLASSES
from jalon.web import places
from jalon.web.api.errors import refused

_SQL = {
    "programme": "SELECT programme FROM programmes ORDER BY 1",
    "theme": "SELECT theme FROM themes ORDER BY rank",
    "region": "SELECT code FROM territories WHERE kind = 'region' ORDER BY 1",
    "departement": "SELECT code FROM territories WHERE kind = 'departement' ORDER BY 1",
    "scheme": "SELECT DISTINCT scheme FROM actions WHERE scheme IS NOT NULL ORDER BY 1",
}


@lru_cache(maxsize=32)
def values(edition: Edition, name: str) -> tuple[str, ...]:
    """Every value of a closed list, in order."""
    if name == "population_class":
        return tuple(c.id for c in POPULATION_CLASSES)
    return tuple(value for (value,) in edition.connect().execute(_SQL[name]).fetchall())


def check(edition: Edition, name: str, given: Collection[str]) -> None:
    """Raises BadParameter for a value that the edition does not hold."""
    known = values(edition, name)
    for value in given:
        if value not in known:
            raise refused(name, f"« {value} » n’existe pas", f"valeurs possibles : {', '.join(known)}.")


def territory(edition: Edition, given: str, name: str = "territory") -> tuple[str, str]:
    """(kind, code) of an identifier such as 01004, departement-2A or FR. Raises BadParameter."""
    found = parse(given)
    sql = "SELECT 1 FROM territories WHERE kind = ? AND code = ?"
    if found is None or not edition.connect().execute(sql, list(found)).fetchone():
        raise refused(
            name,
            f"« {given[:60]} » n’est pas un territoire de l’édition",
            "donnez un code comme 01004, 200046977, departement-2A, region-84 ou FR ; /api/v1/territories les liste.",
        )
    return found


def parse(given: str) -> tuple[str, str] | None:
    """`places.parse`, and the country."""
    return ("pays", "FR") if given == "FR" else places.parse(given)
