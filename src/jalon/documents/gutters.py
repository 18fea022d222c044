"""Text set in two columns, as newspapers do: read down the left one, then down the right one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from jalon.documents.lines import Line

FEWEST = 8
ALIKE = 0.5
STEP = 3.0
NARROWEST = 7.0
FILLED = 0.25
LEFTMOST, RIGHTMOST = 0.38, 0.62


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line cut at the gutter; `left` and `right` are empty where a word or no blank stands there."""

    line: Line
    left: Line | None
    right: Line | None

    @property
    def whole(self) -> bool:
        return self.left is None and self.right is None


def unfolded(lines: Sequence[Line], width: float) -> list[Line]:
    """Lines in reading order: stretches in two columns are cut in two, the left halves before the right ones."""
    if len(lines) < FEWEST:
        return list(lines)
    gutter = _gutter(lines, width)
    if gutter is None:
        return list(lines)
    out: list[Line] = []
    for whole, group in groupby([_cut(line, gutter) for line in lines], key=lambda cut: cut.whole):
        cuts = list(group)
        if whole or not _is_dense(cuts, gutter):
            out += [cut.line for cut in cuts]
        else:
            out += [cut.left for cut in cuts if cut.left]
            out += [cut.right for cut in cuts if cut.right]
    return out


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The place, in the middle of the page, where most lines leave a blank and many begin again just after it."""
    starts = Counter(
        round(word.x0 / STEP)
        for line in lines
        for before, word in zip((None, *line.words), line.words, strict=False)
        if LEFTMOST * width < word.x0 < RIGHTMOST * width and (before is None or word.x0 - before.x1 > NARROWEST)
    )
    if not starts:
        return None
    best = max(starts, key=lambda at: (starts[at] + starts[at + 1] + starts[at - 1], at))
    seen = starts[best] + starts[best + 1] + starts[best - 1]
    return (best - 1) * STEP if seen >= FEWEST and seen >= 0.25 * len(lines) else None


def _cut(line: Line, gutter: float) -> _Cut:
    at = next((rank for rank, word in enumerate(line.words) if word.x0 >= gutter - 2), len(line.words))
    left, right = line.words[:at], line.words[at:]
    if left and left[-1].x1 > gutter - 2:
        return _Cut(line, None, None)
    if left and right and right[0].x0 - left[-1].x1 < NARROWEST:
        return _Cut(line, None, None)
    return _Cut(line, Line(line.page, left) if left else None, Line(line.page, right) if right else None)


def _is_dense(cuts: Sequence[_Cut], gutter: float) -> bool:
    """Whether both sides are text: about as many lines on each, and those of the left reach the gutter.

    Labels beside their values are not: they are narrow, and there are few.
    """
    left, right = [cut.left for cut in cuts if cut.left], [cut.right for cut in cuts if cut.right]
    if min(len(left), len(right)) < max(FEWEST, ALIKE * max(len(left), len(right))):
        return False
    start = min(line.box.x0 for line in left)
    return median(gutter - line.box.x1 for line in left) < FILLED * (gutter - start)


def stretches(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that go down the page: one ends where the next column begins, higher up."""
    run: list[Line] = []
    for line in lines:
        if run and line.box.y1 < run[-1].box.y0:
            yield run
            run = []
        run.append(line)
    if run:
        yield run
