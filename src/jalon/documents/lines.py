"""Words to lines: same height, left to right. A line may hold gaps: `segments` cuts it there."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from jalon.documents.lazy import lazy
from jalon.documents.model import Box, Word

WIDE_GAP = 1.6


@dataclass(frozen=True)
class Line:
    """Words that stand side by side, on one page."""

    page: int
    words: tuple[Word, ...]

    @lazy
    def text(self) -> str:
        """What is in force: struck-out words are left out."""
        return " ".join([word.text for word in self.words if not word.struck])

    @lazy
    def box(self) -> Box:
        words = self.words
        if len(words) == 1:
            return Box(*words[0][1:5])
        return Box(words[0].x0, min([w.y0 for w in words]), max([w.x1 for w in words]), max([w.y1 for w in words]))

    @lazy
    def bold(self) -> bool:
        return all(word.bold for word in self.words if word.bold or any(map(str.isalnum, word.text)))

    @lazy
    def size(self) -> float:
        return max([word.size for word in self.words])

    @lazy
    def struck(self) -> bool:
        return all(word.struck for word in self.words)

    def segments(self) -> list["Line"]:
        """The line cut where a gap is wider than blanks between words are."""
        cuts = [0]
        for rank, (left, right) in enumerate(zip(self.words, self.words[1:], strict=False), 1):
            if right.x0 - left.x1 > WIDE_GAP * max(left.size, right.size):
                cuts.append(rank)
        if len(cuts) == 1:
            return [self]
        return [Line(self.page, self.words[a:b]) for a, b in zip(cuts, [*cuts[1:], len(self.words)], strict=True)]


def lines(page: int, words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom. A word joins a line whose middle its own height holds."""
    rows: list[list[Word]] = []
    middle = height = 0.0
    for word in sorted(words, key=_height):
        at = (word.y0 + word.y1) / 2
        if rows and at - middle < 0.5 * min(height, word.y1 - word.y0):
            rows[-1].append(word)
        else:
            rows.append([word])
            middle, height = at, word.y1 - word.y0
    return [Line(page, tuple(sorted(row, key=_left))) for row in rows]


_left = itemgetter(1)


def _height(word: Word) -> float:
    return word[2] + word[4]
