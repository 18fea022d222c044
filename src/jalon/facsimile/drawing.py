"""What the bounded child does: lay out, measure, draw, spell. Files are written beside and renamed."""

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from jalon.documents import office, open_document, pdf, pictures, scan, sniff
from jalon.documents.limits import LIMITS
from jalon.documents.model import Page
from jalon.facsimile.model import Sheet

WIDTH, SMALL = 1_100, 132
QUALITY, SMALL_QUALITY = 78, 60
LONGEST = 2_400


def lay_out(given: Path, folder: Path) -> tuple[Sheet, ...] | None:
    """Make sure that `folder` holds the document as a PDF and the sizes of its pages, which are returned.

    None for a file whose format holds no pages, where LibreOffice is not installed. Raises DocumentError.
    """
    data = given.read_bytes()
    kind = sniff.kind(given.name, data, LIMITS)
    if kind != "pdf":
        if kind != "image" and office.command() is None:
            return None
        as_pdf = pictures.as_pdf(given.name, data, LIMITS) if kind == "image" else None
        data = as_pdf or office.render(given.name, data, kind, LIMITS)
        _write(folder / "document.pdf", data)
    with pdf.open_pdf(given.name, data) as opened:
        sheets = tuple(_measured(opened, number) for number in range(1, min(len(opened), LIMITS.pages) + 1))
    _write(folder / "sheets.json", json.dumps([[sheet.width, sheet.height] for sheet in sheets]).encode())
    return sheets


def _measured(opened: pypdfium2.PdfDocument, number: int) -> Sheet:
    try:
        page = opened[number - 1]
    except pypdfium2.PdfiumError:
        return Sheet(number, 595, 842)
    width, height = page.get_size()
    page.close()
    return Sheet(number, round(width, 2), round(height, 2))


def draw(source: Path, folder: Path, numbers: tuple[int, ...], small: bool) -> None:
    """Draw pages into `folder`, straightened as they were read."""
    with pypdfium2.PdfDocument(source) as opened:
        for number in numbers:
            if 1 <= number <= len(opened):
                _draw_one(opened, number, folder, small)


def _draw_one(opened: pypdfium2.PdfDocument, number: int, folder: Path, small: bool) -> None:
    single = pypdfium2.PdfDocument.new()
    single.import_pages(opened, [number - 1])
    page = single[0]
    width, height = page.get_size()
    if max(width, height) > LIMITS.page_points:
        return
    scale = min((SMALL if small else WIDTH) / width, LONGEST / height)
    image = page.render(scale=scale).to_pil().convert("RGB")
    slope = 0.0 if small else _slope(single, page)
    if slope:
        image = image.rotate(-slope, resample=Image.Resampling.BICUBIC, fillcolor="white")
    target = folder / (f"{number}.small.webp" if small else f"{number}.webp")
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    image.save(beside, "WEBP", quality=SMALL_QUALITY if small else QUALITY, method=2)
    beside.replace(target)


def _slope(single: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> float:
    """The angle by which a scanned page was turned before it was read; 0 for a page of text."""
    read: Page = next(iter(pdf.pages("", single, LIMITS)))
    if read.origin != "unread" or not read.width:
        return 0.0
    return scan.slope(scan.render(page, replace(read, words=()), scan.ROUGH_DPI, 0.0))


def spell(given: Path, folder: Path) -> int:
    """Write the words of every page; gives how many pages. Raises DocumentError."""
    document = open_document(given)
    pages = [
        [[w.text, round(w.x0, 1), round(w.y0, 1), round(w.x1, 1), round(w.y1, 1)] for w in page.words]
        for page in document.pages
    ]
    _write(folder / "words.json.gz", gzip.compress(json.dumps(pages, ensure_ascii=False).encode(), 5, mtime=0))
    return len(pages)


def _write(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(target)
