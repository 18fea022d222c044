"""A file (PDF, DOCX, ODT, HTML, scan) to pages of positioned words and ruling lines."""

from jalon.documents.model import Box, Document, Page, Rule, Word
from jalon.documents.opening import open_document
from jalon.documents.opening import open_document as open  # noqa: A004

__all__ = ["Box", "Document", "Page", "Rule", "Word", "open", "open_document"]
