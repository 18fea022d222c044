"""What repeats on pages and is no content: running heads, page numbers, leaders of a table of contents."""

import re
from collections import Counter
from collections.abc import Sequence

from jalon.agreements.labels import label, run_in
from jalon.agreements.references import heading
from jalon.agreements.wording import fold
from jalon.documents.layout import Block
from jalon.documents.lines import Line
from jalon.documents.model import Page

MARGIN = 0.12
LEADERS = re.compile(r"(?:\.\s?){5,}|(?:…\s?){2,}|_{6,}")
NUMBERED = re.compile(r"^[\s\-–—|/.]*(?:page|p\.?)?\s*\d{1,4}\s*(?:(?:sur|/|de|of)\s*\d{1,4})?[\s\-–—|.]*$")


def without(pages: Sequence[Page], blocks: Sequence[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """The blocks of each page without running heads and feet, page numbers and tables of contents."""
    seen = Counter(
        _shape(block)
        for page, held in zip(pages, blocks, strict=True)
        for block in held
        if isinstance(block, Line) and _in_margin(block, page)
    )
    often = max(3, 0.3 * len(pages)) if len(pages) > 3 else 2
    return [
        tuple(block for block in held if not (isinstance(block, Line) and _idle(block, page, seen, often)))
        for page, held in zip(pages, blocks, strict=True)
    ]


def _in_margin(line: Line, page: Page) -> bool:
    return line.box.y1 < MARGIN * page.height or line.box.y0 > (1 - MARGIN) * page.height


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", fold(line.text))


def _idle(line: Line, page: Page, seen: Counter[str], often: float) -> bool:
    if LEADERS.search(line.text):
        return True
    if not _in_margin(line, page):
        return False
    shape = _shape(line)
    if NUMBERED.match(fold(line.text)):
        return True
    return seen[shape] >= often and not _tells(line.text)


def _tells(text: str) -> bool:
    """Whether a line that repeats says something of its page: the number of an action, or a label with its value."""
    found = heading(text)
    if found and (found.strong or re.match(r"(?:fiche|action)\b", fold(text))):
        return True
    return label(text) not in (None, "title") or run_in(text) is not None
