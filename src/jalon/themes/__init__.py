"""The themes of the smart city: the taxonomy, the classifier, and why it said so."""

from typing import Any

from jalon.themes.artefact import MODEL_FILE, in_use
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


def __getattr__(name: str) -> Any:
    """`VERSION`: SHA-256 of the model in use, with the operator's themes."""
    if name == "VERSION":
        return in_use()
    raise AttributeError(name)
