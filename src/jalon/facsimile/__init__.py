"""Pages of a document as pictures, and its words to search in: drawn in a bounded child, kept by content hash."""

from jalon.facsimile.keeping import index, picture, prepare, prepared, words
from jalon.facsimile.model import Hit, Sheet, Sheets
from jalon.facsimile.searching import search

__all__ = ["Hit", "Sheet", "Sheets", "index", "picture", "prepare", "prepared", "search", "words"]
