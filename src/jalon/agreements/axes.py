"""The axes of the programme: five numbered, and transversal actions of two kinds."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from jalon.agreements.wording import fold

Transversal = Literal["transition", "numérique", "autre"]
LABELS: dict[int, tuple[str, ...]] = {
    1: (
        "de la rehabilitation a la restructuration : vers une offre attractive de l'habitat en centre-ville",
        "offre attractive de l'habitat en centre-ville",
        "habitat",
        "logement",
    ),
    2: (
        "favoriser un developpement economique et commercial equilibre",
        "developpement economique et commercial",
        "commerce",
        "economie",
        "developpement economique",
    ),
    3: (
        "developper l'accessibilite, la mobilite et les connexions",
        "accessibilite, mobilite et connexions",
        "mobilite",
        "accessibilite",
        "mobilites",
    ),
    4: (
        "mettre en valeur les formes urbaines, l'espace public et le patrimoine",
        "espace public et patrimoine",
        "formes urbaines",
        "patrimoine",
        "espaces publics",
    ),
    5: (
        "fournir l'acces aux equipements et services publics",
        "equipements et services publics",
        "equipements",
        "services publics",
        "acces aux equipements et aux services publics",
    ),
}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
NUMBERED = re.compile(r"\baxes?\s*(?:n\s?[°ºo]\s*|strategique\s+|thematique\s+)?([1-5]|iii|iv|ii|i|v)\b")
LEADING = re.compile(r"^\s*(?:n\s?[°ºo]\s*)?([1-5])(?:\s*$|\s*[-–—.:/)])")
TITLED = re.compile(
    r"^(?:actions?|projets?)\s+transvers\w*|^axes?\s+transvers\w*|^(?:axes?|volet|orientation)\s*(?:n\s?[°ºo]\s*)?(?:[1-9]|[ivx]{1,3}|transversal\w*|t|n)\b"
)


@dataclass(frozen=True, slots=True)
class Axis:
    number: int | None
    transversal: Transversal | None = None


@lru_cache(maxsize=4_096)
def axis(text: str) -> Axis | None:
    """The axis that a text names, None when it names none.

    >>> axis("AXE IV – Espace public et patrimoine").number
    4
    """
    folded = fold(text).strip(" :.-–")
    found = NUMBERED.search(folded) or LEADING.match(folded)
    if found:
        return Axis(ROMAN.get(found.group(1)) or int(found.group(1)))
    if re.search(r"transvers|^t\b|^n\b|^at\b", folded):
        return Axis(None, _kind(folded))
    best = max(
        ((_like(folded, label), number) for number, labels in LABELS.items() for label in labels[:2]), default=(0, 0)
    )
    if best[0] >= 85:
        return Axis(best[1])
    named = next((number for number, labels in LABELS.items() if folded in labels), None)
    return Axis(named) if named else None


def _like(text: str, label: str) -> float:
    return fuzz.ratio(text, label)


def _kind(folded: str) -> Transversal:
    if re.search(r"numeri|digital|smart|^n\b", folded):
        return "numérique"
    return "transition" if re.search(r"transition|energ|ecolog|climat|^t\b", folded) else "autre"


def is_section(text: str) -> bool:
    """Whether a heading opens the section of an axis: "Axe 2 – Favoriser…"."""
    folded = fold(text)
    return bool(TITLED.match(folded)) and len(folded) < 160
