"""Figures: each a definition, its value on an edition as of a date, its evidence, its standing."""

from jalon.figures.definition import Column, Definition
from jalon.figures.evaluate import evaluate, evidence
from jalon.figures.figure import DeclaredValue, Evidence, Figure, Standing
from jalon.figures.format import format_day, format_moment, format_number, format_value
from jalon.figures.freeze import build_with_figures, changes, frozen_values, recompute
from jalon.figures.ledger import Ledger, get, ledger

__all__ = [
    "Column",
    "DeclaredValue",
    "Definition",
    "Evidence",
    "Figure",
    "Ledger",
    "Standing",
    "build_with_figures",
    "changes",
    "evaluate",
    "evidence",
    "format_day",
    "format_moment",
    "format_number",
    "format_value",
    "frozen_values",
    "get",
    "ledger",
    "recompute",
]
