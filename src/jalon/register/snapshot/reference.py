"""What the register does not hold: official geography, the taxonomy of themes, the quality of the classifier."""

from collections.abc import Mapping
from dataclasses import astuple, fields

import jalon.themes
from jalon.geography import Place, geography, population_class
from jalon.register.snapshot.arrow import Columns, transposed


def columns() -> Mapping[str, Columns]:
    themes = [(theme.id, theme.label, theme.definition, theme.rank) for theme in jalon.themes.taxonomy().themes]
    scores = [astuple(score) for score in jalon.themes.scores()]
    return {
        "territories": _territories(),
        "themes": transposed(themes, 4),
        "theme_scores": transposed(scores, len(fields(jalon.themes.Score))),
    }


def _territories() -> Columns:
    france = geography().place("pays", "FR")
    places: list[Place] = [*geography().places(), *([france] if france else [])]
    kind, code, name, departement, region, epci, population, lon, lat = transposed(places, 9)
    classes = [population_class(p) if k == "commune" else None for k, p in zip(kind, population, strict=True)]
    return [kind, code, name, departement, region, epci, population, classes, lon, lat]
