"""Figures: each a definition, its value on an edition as of a date, its evidence, its standing."""

from jalon.figures.corrections import Correction, corrections, published_here
from jalon.figures.definition import Column, Definition
from jalon.figures.evaluate import evaluate, evidence
from jalon.figures.evolution import Evolution, evolution
from jalon.figures.figure import DeclaredValue, Evidence, Figure, Standing
from jalon.figures.format import format_day, format_moment, format_number, format_value, hedged
from jalon.figures.freeze import build_with_figures, changes, frozen_values, recompute
from jalon.figures.ledger import Ledger, get, ledger
from jalon.figures.permalink import permalink

__all__ = [
    "Column",
    "Correction",
    "DeclaredValue",
    "Definition",
    "Evidence",
    "Evolution",
    "Figure",
    "Ledger",
    "Standing",
    "build_with_figures",
    "changes",
    "corrections",
    "evaluate",
    "evidence",
    "evolution",
    "format_day",
    "format_moment",
    "format_number",
    "format_value",
    "frozen_values",
    "get",
    "hedged",
    "ledger",
    "permalink",
    "published_here",
    "recompute",
]
