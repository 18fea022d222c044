"""A frozen check as a dossier: one record, and the same record as a page, a PDF and a DOCX."""

from jalon.dossiers.record import Decision, Dossier, FigureShown, dossier
from jalon.dossiers.writing import FILES, written

__all__ = ["FILES", "Decision", "Dossier", "FigureShown", "dossier", "written"]
