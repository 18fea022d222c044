"""The ruling lines of a PDF page and how much of it images cover."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2.raw as raw

from jalon.documents import pdfium
from jalon.documents.model import Rule

THIN = 3.0
SHORTEST = 4.0
MOST_OBJECTS = 20_000
MOST_SEGMENTS = 2_000


class Drawn:
    """What is drawn on a page: `rules` in the page's own space, y upwards; `images` as covered boxes."""

    def __init__(self, page: int) -> None:
        self.rules: list[Rule] = []
        self.images: list[tuple[float, float, float, float]] = []
        self._sides = [ctypes.c_float() for _ in range(4)]
        self._frame = raw.FS_MATRIX()
        self._modes = [ctypes.c_int() for _ in range(2)]
        for shape, kind in _objects(page):
            if kind == pdfium.PATH:
                self._path(shape)
            elif kind == pdfium.IMAGE:
                self.images.append(self._bounds(shape))

    def _bounds(self, shape: int) -> tuple[float, float, float, float]:
        pdfium.bounds(shape, *self._sides)
        left, low, right, high = (side.value for side in self._sides)
        return left, low, right, high

    def _path(self, shape: int) -> None:
        left, low, right, high = self._bounds(shape)
        wide, tall = right - left, high - low
        if wide <= THIN or tall <= THIN:
            self._thin(left, low, right, high)
            return
        fill, stroke = self._modes
        pdfium.draw_mode(shape, fill, stroke)
        segments = pdfium.count_segments(shape)
        if segments > MOST_SEGMENTS or not (stroke.value or segments > 5):
            return
        pdfium.object_matrix(shape, self._frame)
        for x0, y0, x1, y1 in _strokes(shape, segments, self._frame, outline=not stroke.value):
            self._thin(x0, y0, x1, y1)

    def _thin(self, left: float, low: float, right: float, high: float) -> None:
        wide, tall = right - left, high - low
        if tall <= THIN and wide >= SHORTEST and wide >= tall:
            self.rules.append(Rule(left, (low + high) / 2, right, (low + high) / 2))
        elif wide <= THIN and tall >= SHORTEST:
            self.rules.append(Rule((left + right) / 2, low, (left + right) / 2, high))


def _objects(page: int) -> Iterator[tuple[int, int]]:
    """Paths and images of a page. A form's objects are in the form's own space: those of the identity are taken."""
    pending = [(page, False)]
    seen = 0
    while pending and seen < MOST_OBJECTS:
        holder, is_form = pending.pop()
        count = pdfium.form_count(holder) if is_form else pdfium.count_objects(holder)
        for index in range(min(count, MOST_OBJECTS - seen)):
            shape = pdfium.form_object(holder, index) if is_form else pdfium.page_object(holder, index)
            kind = pdfium.object_type(shape)
            if kind == pdfium.FORM:
                if _unmoved(shape):
                    pending.append((shape, True))
            elif kind in (pdfium.PATH, pdfium.IMAGE):
                yield shape, kind
        seen += max(count, 1)


def _unmoved(shape: int) -> bool:
    frame = raw.FS_MATRIX()
    pdfium.object_matrix(shape, frame)
    moved = abs(frame.a - 1) + abs(frame.b) + abs(frame.c) + abs(frame.d - 1) + abs(frame.e) + abs(frame.f)
    return bool(moved < 1e-3)


def _strokes(
    shape: int, segments: int, frame: raw.FS_MATRIX, *, outline: bool
) -> Iterator[tuple[float, float, float, float]]:
    """Boxes of the thin parts of a path: each straight side when it is stroked, each filled sliver otherwise.

    `frame` takes the path's own space to the page's.
    """
    x, y = ctypes.c_float(), ctypes.c_float()
    contour: list[tuple[float, float]] = []
    contours = [contour]
    for index in range(segments):
        part = pdfium.segment(shape, index)
        pdfium.segment_point(part, x, y)
        if pdfium.segment_type(part) == pdfium.MOVE_TO:
            contour = []
            contours.append(contour)
        px, py = x.value, y.value
        contour.append((frame.a * px + frame.c * py + frame.e, frame.b * px + frame.d * py + frame.f))
        if pdfium.segment_close(part):
            contour.append(contour[0])
    for points in contours:
        if outline and points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            yield min(xs), min(ys), max(xs), max(ys)
        elif not outline:
            for (ax, ay), (bx, by) in pairwise(points):
                yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
