"""The words of a PDF page, from its text layer: two or three calls a word, none a character."""

import ctypes
import re
from collections.abc import Iterator

import pypdfium2.raw as raw

from jalon.documents import pdfium
from jalon.documents.model import Word

BOLD = re.compile(rb"bold|black|heavy|demi(?!ital)", re.IGNORECASE)
WORD = re.compile("[^\\s\ufffe\x00\x02\xad]+[\ufffe\x02\xad]?")
LINE_END_HYPHEN = "\ufffe\x02\xad"
ASCENT, DESCENT = 0.78, 0.22
UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]")


class Fonts:
    """Bold or not, by font, asked once a document."""

    def __init__(self) -> None:
        self._bold: dict[int, bool] = {}
        self._buffer = ctypes.create_string_buffer(256)

    def bold(self, font: int) -> bool:
        known = self._bold.get(font)
        if known is None:
            pdfium.font_name(font, self._buffer, 256)
            known = bool(BOLD.search(self._buffer.value))
            self._bold[font] = known
        return known


def characters(handle: int) -> str:
    """The text of a text page, one character for each of PDFium's, so that places in it are character indices."""
    count = pdfium.count_chars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.text(handle, 0, count, buffer)
    if written == count + 1:
        return "".join(map(chr, buffer[:count]))
    return "".join(chr(min(pdfium.unicode(handle, i), 0x10FFFF)) for i in range(count))


def legible(text: str) -> bool:
    """False where fonts without a Unicode map left signs that are no text."""
    return len(UNREADABLE.findall(text)) <= 0.1 * len(text)


def words(handle: int, text: str, fonts: Fonts) -> Iterator[Word]:
    """The words of a text page in points of the page's own space, y upwards (y0 is the lower side)."""
    x, y, xe, ye, left, right, low, high = (ctypes.c_double() for _ in range(8))
    frame = raw.FS_MATRIX()
    last, size, bold = None, 0.0, False
    for found in WORD.finditer(text):
        start, end = found.span()
        token = found.group()
        if token[-1] in LINE_END_HYPHEN:
            token = token[:-1] + "-"
        shown = pdfium.text_object(handle, start)
        if shown != last:
            last = shown
            pdfium.matrix(handle, start, frame)
            size = pdfium.font_size(handle, start) * ((frame.c * frame.c + frame.d * frame.d) ** 0.5 or 1.0)
            bold = bool(shown) and fonts.bold(pdfium.object_font(shown) or 0)
        pdfium.origin(handle, start, x, y)
        pdfium.char_box(handle, end - 1, left, right, low, high)
        pdfium.origin(handle, end - 1, xe, ye)
        if abs(ye.value - y.value) > size and end - start > 1:
            yield _turned(handle, start, end, token, size, bold)
        else:
            tail = max(right.value, xe.value)
            yield Word(token, x.value, y.value - DESCENT * size, tail, y.value + ASCENT * size, size, bold)


def _turned(handle: int, start: int, end: int, token: str, size: float, bold: bool) -> Word:
    """A word written upwards or downwards: the hull of its characters."""
    sides = [ctypes.c_double() for _ in range(4)]
    boxes = []
    for index in range(start, end):
        pdfium.char_box(handle, index, *sides)
        boxes.append([side.value for side in sides])
    lefts, rights, lows, highs = zip(*boxes, strict=True)
    return Word(token, min(lefts), min(lows), max(rights), max(highs), size, bold)
