"""Names of places as people write them: without accents, with or without hyphens, articles and ligatures."""

import re
import unicodedata
from functools import cache

from jalon.geography.places import Place, geography

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'"})
ARTICLES = re.compile(r"^(?:(?:les?|la|aux?|los) |l )")
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
TITLES = re.compile(r"^(?:commune|ville|mairie|cne) (?:nouvelle )?(?:des? |du |de la |de l |d )?")


def fold(text: str) -> str:
    """Lower case, ASCII, one space between words: "L'Haÿ-les-Roses" gives "l hay les roses"."""
    bare = unicodedata.normalize("NFKD", text.translate(LIGATURES)).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", bare.lower()))


def key(name: str) -> str:
    """What two spellings of one name share: folded, "St" spelt out, leading article dropped."""
    words = (ABBREVIATIONS.get(word, word) for word in fold(name).split())
    return ARTICLES.sub("", " ".join(words))


def resolve(name: str, departement: str | None = None) -> tuple[Place, ...]:
    """Communes of that name, most populous first; empty when none.

    `departement` (code) keeps only the communes there. A name no commune bears today gives the communes that succeeded
    its former bearers. "Ville de X" and "Commune de X" are read as X.
    """
    wanted = key(name)
    index = _index()
    codes = index.get(wanted) or index.get(key(TITLES.sub("", wanted))) or ()
    communes = geography().communes
    found = [communes[code] for code in codes if departement in (None, communes[code].departement_code)]
    if not found:
        former = _former_index().get(wanted, ())
        found = [communes[code] for code in former if departement in (None, communes[code].departement_code)]
    return tuple(sorted(found, key=lambda place: (-(place.population or 0), place.code)))


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for place in geography().communes.values():
        index[key(place.name)] = (*index.get(key(place.name), ()), place.code)
    return index


@cache
def _former_index() -> dict[str, tuple[str, ...]]:
    index: dict[str, set[str]] = {}
    for former in geography().former_communes.values():
        if former.name:
            index.setdefault(key(former.name), set()).add(former.successor)
    return {name: tuple(sorted(codes)) for name, codes in index.items()}
