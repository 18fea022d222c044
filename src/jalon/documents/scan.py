"""A page that is an image: straightened, its lines found, its words guessed by Tesseract with a confidence each."""

import csv
import ctypes
import math
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from io import StringIO
from statistics import median
from typing import cast

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray
from scipy import ndimage

from jalon.documents import refusals
from jalon.documents.limits import Limits
from jalon.documents.model import Page, Rule, Word

DPI = 200
ROUGH_DPI = 72
POINT = 72 / DPI
STEEPEST = 4.0
MODE = 6
FAINT = 36
LEAST = 5.0
ACROSS, DOWN = (30, 16, 60), (14, 20, 26)
OVERHANG, LONG, THICKEST, SOLID, BESIDE = 16, 60, 14, 0.85, 6
BAND_FAINT, BAND_RUN, BAND_GAP, BAND_HIGH, BAND_FULL = 70, 60, 40, 24, 0.6
Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Place = tuple[slice, slice]


@lru_cache(maxsize=1)
def command() -> str | None:
    """Tesseract's command, None where it is not installed."""
    return shutil.which("tesseract")


def read(pdf: pypdfium2.PdfDocument, page: Page, limits: Limits) -> Page:
    """The page with the words and rules of its image, or with a note that says why not. Raises ToolMissing."""
    if command() is None:
        raise refusals.tool_missing("Tesseract", "il lit les pages numérisées")
    if page.width * page.height * (DPI / 72) ** 2 > limits.image_pixels:
        return replace(page, note="image démesurée")
    held = pdf[page.number - 1]
    try:
        skew = slope(render(held, page, ROUGH_DPI, 0.0))
        image = render(held, page, DPI, skew)
    finally:
        held.close()
    rules, cleaned = rulings(image)
    try:
        words = guess(cleaned, limits)
    except subprocess.TimeoutExpired:
        return replace(page, note="reconnaissance trop longue")
    if not words:
        return replace(page, origin="blank", note="aucun mot reconnu")
    return replace(page, words=tuple(words), rules=tuple(rules), origin="ocr", note="", skew=round(skew, 2))


def render(page: pypdfium2.PdfPage, size: Page, dpi: int, angle: float) -> Gray:
    """The page in shades of gray, turned by `angle` degrees about its middle."""
    scale = dpi / 72
    width, height = round(size.width * scale), round(size.height * scale)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, None, 0)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        turn = math.radians(angle)
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = width / 2, height / 2
        matrix = raw.FS_MATRIX(
            scale * cos, scale * sin, -scale * sin, scale * cos, x - x * cos + y * sin, y - x * sin - y * cos
        )
        clip = raw.FS_RECTF(0, 0, width, height)
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page.raw, matrix, clip, raw.FPDF_GRAYSCALE)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.cast(raw.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_uint8 * (stride * height)))
        return np.frombuffer(buffer.contents, np.uint8).reshape(height, stride)[:, :width].copy()
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def dark(image: Gray) -> Mask:
    """Pixels much darker than the paper."""
    paper = float(np.median(image))
    return image < paper - 0.3 * max(paper, 80.0)


def slope(image: Gray) -> float:
    """The angle, in degrees, that makes lines of text horizontal: the one whose rows are the most unequal."""
    ys, xs = np.nonzero(dark(image))
    if len(ys) < 200:
        return 0.0
    if len(ys) > 60_000:
        kept = np.random.default_rng(0).choice(len(ys), 60_000, replace=False)
        ys, xs = ys[kept], xs[kept]

    def contrast(angle: float) -> float:
        rows = np.bincount((ys + xs * math.tan(math.radians(angle)) + image.shape[1]).astype(np.int64))
        return float(np.sum(rows.astype(np.float64) ** 2))

    best = max(np.arange(-STEEPEST, STEEPEST + 0.01, 0.25), key=contrast)
    fine = max(np.arange(best - 0.25, best + 0.26, 0.05), key=contrast)
    return float(fine) if abs(fine) > 0.04 else 0.0


def rulings(image: Gray) -> tuple[list[Rule], Gray]:
    """The straight lines of a page in points, and the image without them."""
    paper = int(np.median(image))
    cleaned = image.copy()
    rules: list[Rule] = []
    for across, steps in ((True, ACROSS), (False, DOWN)):
        for rows, columns in _lines(image, cleaned, paper, across, steps):
            if not across and not _held(rows, columns, rules):
                continue
            rules.append(_rule(rows, columns, across) if across else _trimmed(_rule(rows, columns, across), rules))
            cleaned[max(0, rows.start - 1) : rows.stop + 1, max(0, columns.start - 1) : columns.stop + 1] = paper
    boxes = [_sides(*band) for band in bands(image, paper)]
    return rules + [side for box in boxes if _touched(box, rules) for side in box], cleaned


def _touched(box: Sequence[Rule], rules: Sequence[Rule]) -> bool:
    """Whether a dark box belongs to a table: vertical lines go on from it. A banner of a cover stands alone."""
    top, low, left, right = box[0].y0, box[1].y0, box[2].x0, box[3].x0
    upright = [r for r in rules if r.x0 == r.x1 and left - 4 <= r.x0 <= right + 4]
    return sum(min(abs(r.y0 - low), abs(r.y1 - top), abs(r.y0 - top)) < 6 for r in upright) >= 2


def bands(image: Gray, paper: int) -> list[Place]:
    """Places of dark boxes, as headings and label columns are set in white on a colour: no line draws their edges.

    Long dark runs are no strokes of letters; those that white letters part are put together again.
    """
    ink = (image < paper - BAND_FAINT).view(np.uint8)
    runs = _dilated(_eroded(ink, BAND_RUN, 1), BAND_RUN, 1)
    joined = _eroded(_dilated(runs, BAND_GAP, 0), BAND_GAP, 0)
    labels, count = ndimage.label(joined)
    return [
        place
        for place in (ndimage.find_objects(labels) if count else [])
        if place[0].stop - place[0].start >= BAND_HIGH
        and place[1].stop - place[1].start >= BAND_RUN
        and ink[place].mean() >= BAND_FULL
    ]


def _sides(rows: slice, columns: slice) -> list[Rule]:
    x0, x1, y0, y1 = (side * POINT for side in (columns.start, columns.stop, rows.start, rows.stop))
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]


def _held(rows: slice, columns: slice, rules: list[Rule]) -> bool:
    """Whether a vertical line is long, or stands between two horizontal ones: a short one alone is a tall letter."""
    if rows.stop - rows.start >= LONG:
        return True
    x = (columns.start + columns.stop) / 2 * POINT
    crossed = [rule.y0 for rule in rules if rule.y0 == rule.y1 and rule.x0 - 3 <= x <= rule.x1 + 3]
    return all(any(abs(end * POINT - y) < 4 for y in crossed) for end in (rows.start, rows.stop))


def _trimmed(rule: Rule, rules: list[Rule]) -> Rule:
    """A vertical line without the bits that stand out beyond horizontal ones: letters that touch it there."""
    crossed = [
        r.y0 for r in rules if r.y0 == r.y1 and r.x0 - 3 <= rule.x0 <= r.x1 + 3 and rule.y0 - 4 < r.y0 < rule.y1 + 4
    ]
    if not crossed:
        return rule
    top = min(crossed) if 4 < min(crossed) - rule.y0 < OVERHANG else rule.y0
    low = max(crossed) if 4 < rule.y1 - max(crossed) < OVERHANG else rule.y1
    return rule._replace(y0=top, y1=low)


def _lines(image: Gray, left: Gray, paper: int, across: bool, steps: tuple[int, int, int]) -> list[Place]:
    """Places of thin straight lines: ink with paper on both sides.

    `left` is the image without the lines found before. `steps` are the run, in pixels, that a line has without a
    break, the break that it may have where it is crossed, and its least length. Strokes of letters are shorter.
    """
    axis, other = (1, 0) if across else (0, 1)
    ink = (image < paper - FAINT) & _darker(image, other)
    near = left < paper - 2 * FAINT
    clear = ~(np.roll(near, BESIDE, other) | np.roll(near, -BESIDE, other))
    ridge = ((left < paper - FAINT) & _darker(left, other) & clear).view(np.uint8)
    spread = ndimage.maximum_filter1d(ridge, 3, axis=other)
    whole, gap, least = steps
    runs = _dilated(_eroded(spread, whole, axis), whole, axis)
    joined = _eroded(_dilated(runs, gap, axis), gap, axis)
    lines = _dilated(_eroded(joined, least, axis), least, axis)
    labels, count = ndimage.label(lines)
    found = [
        place
        for place in (ndimage.find_objects(labels) if count else [])
        if place[other].stop - place[other].start <= THICKEST and ink[place].max(axis=other).mean() >= SOLID
    ]
    return [_drawn_out(place, ink, axis, other) for place in found]


def _darker(image: Gray, axis: int) -> Mask:
    """Pixels darker than the paper or the shading on at least one side of them, across the line."""
    beside = np.maximum(np.roll(image, BESIDE, axis), np.roll(image, -BESIDE, axis))
    return image < beside.astype(np.int16) - FAINT // 2


def _drawn_out(place: Place, ink: Mask, axis: int, other: int) -> Place:
    """A line followed both ways as far as its ink goes: letters that touch it had hidden its ends."""
    band = ink[place[0], :] if axis else ink[:, place[1]]
    profile = band.max(axis=other)
    start, stop = place[axis].start, place[axis].stop
    start -= _ink_run(profile[:start][::-1])
    stop += _ink_run(profile[stop:])
    long = slice(start, stop)
    return (place[0], long) if axis else (long, place[1])


def _ink_run(profile: Mask) -> int:
    """How far ink goes on from the start of a profile, breaks of up to three pixels allowed."""
    filled = ndimage.maximum_filter1d(profile.view(np.uint8), 4, origin=-2) if len(profile) else profile
    blank = np.flatnonzero(filled == 0)
    return int(blank[0]) if len(blank) else len(profile)


def _eroded(mask: Gray, size: int, axis: int) -> Gray:
    return cast(Gray, ndimage.minimum_filter1d(mask, size, axis=axis)) if size > 1 else mask


def _dilated(mask: Gray, size: int, axis: int) -> Gray:
    return cast(Gray, ndimage.maximum_filter1d(mask, size, axis=axis)) if size > 1 else mask


def _rule(rows: slice, columns: slice, across: bool) -> Rule:
    x0, x1, y0, y1 = (side * POINT for side in (columns.start, columns.stop, rows.start, rows.stop))
    if across:
        return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def guess(image: Gray, limits: Limits) -> list[Word]:
    """The words that Tesseract sees, in points. Raises subprocess.TimeoutExpired."""
    return parse(tesseract(image, limits.page_seconds))


def tesseract(image: Gray, seconds: float, mode: int = MODE) -> str:
    """Tesseract's table of words for an image, as tab-separated values."""
    height, width = image.shape
    picture = b"P5\n%d %d\n255\n" % (width, height) + image.tobytes()
    call = [command() or "tesseract", "stdin", "stdout", "-l", "fra", "--psm", str(mode), "--dpi", str(DPI), "tsv"]
    own = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    run = subprocess.run(call, input=picture, capture_output=True, timeout=seconds, env=own, check=False)  # noqa: S603
    return run.stdout.decode("utf-8", "replace")


def parse(table: str) -> list[Word]:
    """The words of Tesseract's table, those of one line set on one baseline in one size."""
    rows: dict[tuple[str, ...], list[Word]] = defaultdict(list)
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if text and float(row["conf"]) >= LEAST:
            place = tuple(row[name] for name in ("page_num", "block_num", "par_num", "line_num"))
            rows[place].append(_word(row, text))
    return [word for line in rows.values() for word in aligned(line)]


def _word(row: dict[str, str], text: str) -> Word:
    x, y, w, h = (int(row[k]) * POINT for k in ("left", "top", "width", "height"))
    return Word(text, x, y, x + w, y + h, _size(text, h), confidence=round(float(row["conf"]) / 100, 2))


def _size(text: str, height: float) -> float:
    """Type size from the height of the ink: capitals and ascenders take 0.72 of it, tails 0.2 more."""
    tall = any(c.isupper() or c.isdigit() or c in "bdfhijklt€éèêëàâôîïûùü!?" for c in text)
    return height / ((0.72 if tall else 0.5) + (0.2 if _hangs(text) else 0.0))


def _hangs(text: str) -> bool:
    return any(c in "gjpqy,;ç()" for c in text)


def aligned(line: Sequence[Word]) -> list[Word]:
    """Words of a line with the line's size and baseline: a box of ink alone depends on which letters rise and fall."""
    sizes = [word.size for word in line if len(word.text) > 2] or [word.size for word in line]
    size = round(median(sizes), 1)
    feet = [
        word.y1 - 0.2 * word.size if _hangs(word.text) else word.y1 for word in line if any(map(str.isalnum, word.text))
    ]
    base = median(feet or [word.y1 for word in line])
    out = []
    for word in line:
        own = word.y1 - 0.2 * word.size if _hangs(word.text) else word.y1
        foot = own if any(map(str.isalnum, word.text)) and abs(own - base) > 0.35 * size else base
        out.append(word._replace(y0=foot - 0.78 * size, y1=foot + 0.22 * size, size=size))
    return out
