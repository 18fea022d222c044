"""DOCX and ODT without LibreOffice: their paragraphs and tables set on pages of our own, one a section.

The pages are no pages of the file, which holds none: what is read is cited by section.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from jalon.documents import refusals
from jalon.documents.model import Kind, Page, Rule, Word

WIDTH, LEFT, RIGHT, TOP, SIZE = 595.0, 57.0, 538.0, 57.0, 10.0
LETTER, LEADING, PADDING = 0.5, 1.25, 4.0
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
PARTS: dict[Kind, str] = {"docx": "word/document.xml", "odt": "content.xml"}


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    level: int = 0
    bullet: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of cells; a cell is its blocks and the columns that it covers."""

    rows: "tuple[tuple[tuple[tuple[Part, ...], int], ...], ...]"


Part = Paragraph | Grid


@dataclass
class Sheet:
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def pages(name: str, data: bytes, kind: Kind) -> tuple[Page, ...]:
    """The sections of a DOCX or an ODT, each a page. Raises BrokenDocument."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(BytesIO(data)) as held:
            root = etree.fromstring(held.read(PARTS[kind]), parser)
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise refusals.broken(name, "son texte ne se lit pas") from error
    parts = list(_docx(root.find(f"{W}body")) if kind == "docx" else _odt(root))
    return tuple(_page(number, section) for number, section in enumerate(_sections(parts), 1))


def _sections(parts: list[Part]) -> Iterator[list[Part]]:
    held: list[Part] = []
    for part in parts:
        if isinstance(part, Paragraph) and part.level == 1 and held:
            yield held
            held = []
        held.append(part)
    yield held


def _page(number: int, parts: list[Part]) -> Page:
    sheet = Sheet()
    end = _flow(sheet, tuple(parts), LEFT, RIGHT, TOP)
    origin = "section" if sheet.words else "blank"
    return Page(number, WIDTH, end + TOP, tuple(sheet.words), tuple(sheet.rules), origin)  # type: ignore[arg-type]


def _flow(sheet: Sheet, parts: tuple[Part, ...], left: float, right: float, top: float) -> float:
    """Set parts below each other between two edges; returns where they end."""
    for part in parts:
        top = (
            _paragraph(sheet, part, left, right, top)
            if isinstance(part, Paragraph)
            else _grid(sheet, part, left, right, top)
        )
    return top


def _paragraph(sheet: Sheet, part: Paragraph, left: float, right: float, top: float) -> float:
    size = SIZE * (1.5 if part.level == 1 else 1.25 if part.level else 1.0)
    x = left + (12 if part.bullet else 0)
    runs = ([Run("•")] if part.bullet else []) + list(part.runs)
    for run in runs:
        for token in run.text.split():
            wide = len(token) * LETTER * size
            if x + wide > right and x > left:
                x, top = left + (12 if part.bullet else 0), top + LEADING * size
            bold = run.bold or part.level > 0
            sheet.words.append(Word(token, x, top, x + wide, top + size, size, bold, run.struck))
            x += wide + LETTER * size
    return top + LEADING * size + (3 if part.level else 1)


def _grid(sheet: Sheet, grid: Grid, left: float, right: float, top: float) -> float:
    columns = max((sum(span for _, span in row) for row in grid.rows), default=0)
    if not columns:
        return top
    step = (right - left) / columns
    start = top
    sheet.rules.append(Rule(left, top, right, top))
    for row in grid.rows:
        at, low, sides = 0, top + SIZE, {left, right}
        for parts, span in row:
            x0, x1 = left + at * step, left + min(at + span, columns) * step
            low = max(low, _flow(sheet, parts, x0 + PADDING, x1 - PADDING, top + PADDING) + PADDING)
            sides |= {x0, x1}
            at += span
        sheet.rules += [Rule(x, top, x, low) for x in sorted(sides)]
        sheet.rules.append(Rule(left, low, right, low))
        top = low
    return top + SIZE if top > start else top


def _docx(holder: Any) -> Iterator[Part]:
    for node in holder if holder is not None else ():
        if node.tag == f"{W}p":
            yield from _docx_paragraph(node)
        elif node.tag == f"{W}tbl":
            yield Grid(
                tuple(
                    tuple(_docx_cell(cell) for cell in row.iterchildren(f"{W}tc"))
                    for row in node.iterchildren(f"{W}tr")
                )
            )
        elif node.tag == f"{W}sdt":
            yield from _docx(node.find(f"{W}sdtContent"))


def _docx_cell(cell: Any) -> tuple[tuple[Part, ...], int]:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return tuple(_docx(cell)), int(span.get(f"{W}val", "1")) if span is not None else 1


def _docx_paragraph(node: Any) -> Iterator[Paragraph]:
    style = node.find(f"{W}pPr/{W}pStyle")
    named = (style.get(f"{W}val") or "").lower() if style is not None else ""
    digits = "".join(c for c in named if c.isdigit())
    level = int(digits[:1] or 1) if "heading" in named or "titre" in named else 0
    bullet = node.find(f"{W}pPr/{W}numPr") is not None or "list" in named
    lines: list[list[Run]] = [[]]
    for run in node.iter(f"{W}r"):
        on = {mark: _on(run.find(f"{W}rPr/{W}{mark}")) for mark in ("b", "strike", "dstrike")}
        for piece in run:
            if piece.tag in (f"{W}br", f"{W}cr"):
                lines.append([])
            elif piece.tag == f"{W}t" and piece.text:
                lines[-1].append(Run(piece.text, on["b"], on["strike"] or on["dstrike"]))
    for line in lines:
        if line:
            yield Paragraph(_glued(line), level, bullet)


def _glued(line: list[Run]) -> tuple[Run, ...]:
    """Runs of one look put together: a word may be cut between two of them."""
    out: list[Run] = []
    for run in line:
        if out and (out[-1].bold, out[-1].struck) == (run.bold, run.struck):
            out[-1] = Run(out[-1].text + run.text, run.bold, run.struck)
        else:
            out.append(run)
    return tuple(out)


def _on(mark: Any) -> bool:
    return mark is not None and mark.get(f"{W}val") not in ("0", "false")


def _odt(root: Any) -> Iterator[Part]:
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    body = root.find(f"{office}body/{office}text")
    yield from _odt_parts(body if body is not None else ())


def _odt_parts(holder: Any, bullet: bool = False) -> Iterator[Part]:
    for node in holder:
        if node.tag in (f"{TEXT}p", f"{TEXT}h"):
            level = int(node.get(f"{TEXT}outline-level", "1")) if node.tag == f"{TEXT}h" else 0
            text = "".join(node.itertext())
            if text.strip():
                yield Paragraph((Run(text),), level, bullet)
        elif node.tag == f"{TABLE}table":
            rows = node.iter(f"{TABLE}table-row")
            yield Grid(tuple(tuple(_odt_cell(cell) for cell in row.iterchildren(f"{TABLE}table-cell")) for row in rows))
        elif node.tag in (f"{TEXT}list", f"{TEXT}list-item", f"{TEXT}section"):
            yield from _odt_parts(node, bullet or node.tag != f"{TEXT}section")


def _odt_cell(cell: Any) -> tuple[tuple[Part, ...], int]:
    return tuple(_odt_parts(cell)), int(cell.get(f"{TABLE}number-columns-spanned", "1"))
