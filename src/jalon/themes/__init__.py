"""The themes of the smart city: the taxonomy, the classifier, and why it said so."""

from functools import cache
from typing import Any

from jalon.themes.artefact import MODEL_FILE, version
from jalon.themes.classifier import Classifier, Labelling, ThemeScore
from jalon.themes.quality import Score, scores
from jalon.themes.schema import DIMENSIONS, Taxonomy, Theme, taxonomy

__all__ = [
    "DIMENSIONS",
    "MODEL_FILE",
    "VERSION",
    "Classifier",
    "Labelling",
    "Score",
    "Taxonomy",
    "Theme",
    "ThemeScore",
    "scores",
    "taxonomy",
]


@cache
def _version() -> str:
    return version()


def __getattr__(name: str) -> Any:
    """`VERSION`: SHA-256 of the shipped model, read when first asked for."""
    if name == "VERSION":
        return _version()
    raise AttributeError(name)
