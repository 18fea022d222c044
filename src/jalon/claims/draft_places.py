"""Where, as a sentence says it: en Occitanie, dans les Hauts-de-France, dans l’Ain, à Valence, au Puy-en-Velay."""

import re

from jalon.geography import Place

_ISLANDS = ("La Réunion", "Mayotte", "Paris")
_MASCULINE = re.compile(
    r"(?:Calvados|Cantal|Cher|Doubs|Finistère|Gard|Gers|Jura|Loir-et-Cher|Loiret|Lot|Morbihan|Nord|Pas-de-Calais"
    r"|Puy-de-Dôme|Rhône|Bas-Rhin|Haut-Rhin|Tarn|Var|Vaucluse|Val-|Territoire |Grand Est)(?![a-zé-])|Val-"
)
_FEMININE = re.compile(r"(?:Creuse|Drôme|Loire|Manche|Marne|Meuse|Nièvre|Sarthe|Somme|Vienne)$")
_PLURAL = re.compile(
    r"Hautes-(?:Alpes|Pyrénées)|Hauts-|Alpes-|Bouches-|Pyrénées-|Pays |Côtes-|Deux-"
    r"|(?:Ardennes|Landes|Vosges|Yvelines)$"
)
_VOWEL = re.compile(
    r"(?:Ain|Aisne|Allier|Ardèche|Ariège|Aube|Aude|Aveyron|Essonne|Eure|Hérault|Indre|Isère|Oise|Orne|Yonne)$"
)


def where(place: Place | None) -> str:
    """ " en Occitanie", its blank included; nothing for the whole country or for no place."""
    if place is None or place.kind == "pays":
        return ""
    name = place.name.replace("'", "’")
    return f" {_town(name) if place.kind == 'commune' else _area(name)}"


def _town(name: str) -> str:
    for article, said in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return said + name.removeprefix(article)
    return f"à {name}"


def _area(name: str) -> str:
    if name in _ISLANDS:
        return f"à {name}"
    if _PLURAL.match(name):
        return f"dans les {name}"
    if _VOWEL.match(name):
        return f"dans l’{name}"
    if _MASCULINE.match(name):
        return f"dans le {name}"
    return f"dans la {name}" if _FEMININE.match(name) else f"en {name}"
