"""A document, the page asked and the field asked, to the context of the reading page."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import QueryDict

from jalon import facsimile
from jalon.documents import Box
from jalon.facsimile import Hit, Sheets
from jalon.home import Home
from jalon.web.reading.blocks import AGREEMENT
from jalon.web.reading.model import (
    Area,
    Block,
    BlockShown,
    FieldLine,
    FieldRead,
    HitLine,
    Mark,
    ReadingPage,
    Shown,
    Thumb,
)

MARGIN = 2.0
SPEAKING = 4
LONGEST_QUESTION = 100


def build(shown: Shown, sheets: Sheets, home: Home, sha256: str, asked: QueryDict) -> ReadingPage:
    """The page at the address asked: `page`, `champ` (a field, whose page wins) and `q` (words to find)."""
    key, question = asked.get("champ", ""), asked.get("q", "")[:LONGEST_QUESTION].strip()
    words = facsimile.words(home, sha256)
    hits = facsimile.search(words, question) if words and question else ()
    number = _number(shown.blocks, sheets, key, asked.get("page", ""), hits)
    view = _View(shown, number, key, question)
    sheet = sheets.pages[number - 1] if sheets.pages else None
    return ReadingPage(
        title=shown.title,
        answer=shown.answer,
        crumbs=shown.crumbs,
        shown=shown,
        number=number,
        count=len(sheets.pages),
        image=f"{shown.base}pages/{number}.webp" if sheet else "",
        width=sheet.width if sheet else 0,
        height=sheet.height if sheet else 0,
        marks=tuple(view.marks()) if sheet else (),
        found=tuple(
            Area(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)
            for hit in hits
            if hit.page == number
            for box in hit.boxes
        ),
        blocks=tuple(map(view.block, shown.blocks)),
        thumbs=tuple(view.thumb(each.number, hits) for each in sheets.pages),
        before=view.at(number - 1) if number > 1 else "",
        after=view.at(number + 1) if number < len(sheets.pages) else "",
        note=shown.note or sheets.note,
        asked=question,
        searchable=words is not None,
        hits=tuple(view.hit(each) for each in hits),
    )


def _number(blocks: Sequence[Block], sheets: Sheets, key: str, asked: str, hits: Sequence[Hit]) -> int:
    """The page asked, else that of the field asked, else of the first words found, else the first one."""
    first = next((f.places[0].page for b in blocks for f in b.fields if f.key == key and f.places), 0)
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    number = wanted or first or (hits[0].page if hits else _opening(blocks))
    return min(max(number, 1), max(len(sheets.pages), 1))


def _opening(blocks: Sequence[Block]) -> int:
    """The first page that says much of an action."""
    counted = Counter(
        place.page for block in blocks if block.key != AGREEMENT for field in block.fields for place in field.places[:1]
    )
    return min((page for page, fields in counted.items() if page and fields >= SPEAKING), default=1)


class _View:
    """Addresses and boxes as seen from one page."""

    def __init__(self, shown: Shown, number: int, key: str, question: str) -> None:
        self.shown, self.number, self.key, self.question = shown, number, key, question

    def at(self, page: int, key: str = "") -> str:
        asked = {"page": page, "champ": key, "q": self.question}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def marks(self) -> list[Mark]:
        """The fields of this page, largest first so that small ones stay within reach."""
        found = [
            self._mark(field, place.box)
            for block in self.shown.blocks
            for field in block.fields
            for place in field.places
            if place.page == self.number and place.box
        ]
        return sorted(found, key=lambda mark: -mark.width * mark.height)

    def _mark(self, field: FieldRead, box: Box) -> Mark:
        return Mark(
            field.key,
            self.at(self.number, field.key),
            f"{field.label} : {field.value[:120]}",
            round(box.x0 - MARGIN, 1),
            round(box.y0 - MARGIN, 1),
            round(box.x1 - box.x0 + 2 * MARGIN, 1),
            round(box.y1 - box.y0 + 2 * MARGIN, 1),
            field.key == self.key,
        )

    def block(self, block: Block) -> BlockShown:
        lines = tuple(map(self._line, block.fields))
        chosen = self.key.rpartition("-")[0] == block.key
        return BlockShown(
            block,
            self.at(block.pages[0] if block.pages else self.number),
            chosen or (not self.key and self.number in block.pages) or not self.shown.base,
            lines,
            tuple((change, self.at(change.page or self.number)) for change in block.changes),
        )

    def _line(self, field: FieldRead) -> FieldLine:
        here = any(place.page == self.number for place in field.places)
        page = self.number if here else field.places[0].page if field.places else 0
        return FieldLine(field, self.at(page, field.key) if page else "", page, here, field.key == self.key)

    def thumb(self, number: int, hits: Sequence[Hit]) -> Thumb:
        found = sum(hit.page == number for hit in hits)
        image = f"{self.shown.base}pages/{number}.small.webp"
        return Thumb(number, self.at(number), image, number == self.number, found)

    def hit(self, hit: Hit) -> HitLine:
        return HitLine(hit.page, self.at(hit.page), hit.before, hit.found, hit.after)
