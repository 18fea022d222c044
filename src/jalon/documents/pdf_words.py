"""The words of a PDF page, from its text layer: two or three calls a word, none a character."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as raw

from jalon.documents import pdfium
from jalon.documents.model import Word

BOLD = re.compile(rb"bold|black|heavy|demi(?!ital)", re.IGNORECASE)
WORD = re.compile("[^\\s\ufffe\x00\x02\xad]+[\ufffe\x02\xad]?")
SURROGATES = re.compile("[\ud800-\udfff]")
LINE_END_HYPHEN = "\ufffe\x02\xad"
BLANK = 1.28
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
        return SURROGATES.sub("\ufffd", "".join(map(chr, buffer[:count])))
    return SURROGATES.sub("\ufffd", "".join(chr(min(pdfium.unicode(handle, i), 0x10FFFF)) for i in range(count)))


def legible(text: str) -> bool:
    """False where fonts without a Unicode map left signs that are no text."""
    return len(UNREADABLE.findall(text)) <= 0.1 * len(text)


@dataclass(frozen=True, slots=True)
class Sign:
    """A character or a few of a text that climbs or falls: its place along the way, and whether it climbs."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    climbs: bool


def words(handle: int, text: str, fonts: Fonts, turned: bool = False) -> Iterator[Word]:
    """The words of a text page in points of the page's own space, y upwards (y0 is the lower side).

    `turned`: the page is shown by a quarter turn, so that what climbs in its own space reads across.
    """
    signs: list[Sign] = []
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
        if abs(frame.b) > 2 * abs(frame.a) and not turned:
            signs += _signs(handle, start, end, token, (size, bold, frame.b > 0))
            continue
        pdfium.char_box(handle, end - 1, left, right, low, high)
        pdfium.origin(handle, end - 1, xe, ye)
        if abs(ye.value - y.value) > size and end - start > 1:
            yield _turned(handle, start, end, token, size, bold)
        else:
            tail = max(right.value, xe.value)
            yield Word(token, x.value, y.value - DESCENT * size, tail, y.value + ASCENT * size, size, bold)

    yield from upright(signs)


def _signs(handle: int, start: int, end: int, token: str, look: tuple[float, bool, bool]) -> Iterator[Sign]:
    x, y = ctypes.c_double(), ctypes.c_double()
    for index, character in zip(range(start, end), token, strict=False):
        pdfium.origin(handle, index, x, y)
        yield Sign(character, x.value, y.value, *look)


def upright(signs: Sequence[Sign]) -> Iterator[Word]:
    """Texts that climb or fall, set across in the middle of the place they take, so that they read as lines."""
    ordered = sorted(signs, key=lambda s: (s.climbs, round(s.x / max(s.size, 1.0)), s.y if s.climbs else -s.y))
    run: list[Sign] = []
    for sign in [*ordered, None]:
        if run and (sign is None or not _follows(run[-1], sign)):
            yield from _laid(run)
            run = []
        if sign is not None:
            run.append(sign)


def _follows(before: Sign, sign: Sign) -> bool:
    along = (sign.y - before.y) if sign.climbs else (before.y - sign.y)
    return sign.climbs == before.climbs and abs(sign.x - before.x) < 0.5 * sign.size and 0 <= along < 2.5 * sign.size


def _laid(run: Sequence[Sign]) -> Iterator[Word]:
    """One run as words; a step larger than a letter is a blank."""
    tokens: list[str] = [run[0].text]
    for before, sign in pairwise(run):
        if abs(sign.y - before.y) > BLANK * sign.size * _width(before.text):
            tokens.append("")
        tokens[-1] += sign.text
    low, high = min(s.y for s in run), max(s.y for s in run) + 0.5 * run[0].size
    size = run[0].size
    left, middle = min(s.x for s in run) - (size if run[0].climbs else 0.0), (low + high) / 2
    step = size / len(tokens)
    for rank, token in enumerate(tokens):
        x = left + rank * step
        yield Word(token, x, middle - size / 2, x + 0.7 * step, middle + size / 2, size, run[0].bold)


def _width(character: str) -> float:
    """How wide a letter is, in parts of its size, about."""
    return 0.32 if character in "iljtfrI.,:;'’()!|-" else 0.9 if character in "mwMWŒœ" else 0.62


def _turned(handle: int, start: int, end: int, token: str, size: float, bold: bool) -> Word:
    """A word written upwards or downwards: the hull of its characters."""
    sides = [ctypes.c_double() for _ in range(4)]
    boxes = []
    for index in range(start, end):
        pdfium.char_box(handle, index, *sides)
        boxes.append([side.value for side in sides])
    lefts, rights, lows, highs = zip(*boxes, strict=True)
    return Word(token, min(lefts), min(lows), max(rights), max(highs), size, bold)
