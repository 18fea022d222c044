"""A page to its blocks in reading order: lines of free text, and tables whose cells hold lines or other tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jalon.documents.grids import Grid, grids
from jalon.documents.gutters import unfolded
from jalon.documents.lazy import lazy
from jalon.documents.lines import Line, lines
from jalon.documents.model import Box, Page, Word

FRAME = 0.7


@dataclass(frozen=True)
class Cell:
    """A cell and the grid rows and columns that it covers."""

    box: Box
    row: int
    column: int
    row_end: int
    column_end: int
    content: "tuple[Line | Table, ...]"

    @lazy
    def lines(self) -> tuple[Line, ...]:
        """The cell's own lines; those of tables inside it are not among them."""
        return tuple(part for part in self.content if isinstance(part, Line))

    @lazy
    def tables(self) -> "tuple[Table, ...]":
        return tuple(part for part in self.content if isinstance(part, Table))

    @lazy
    def right(self) -> float:
        """Where lines of the cell may end: its right side less the padding seen on its left."""
        padding = min((line.box.x0 for line in self.lines), default=self.box.x0) - self.box.x0
        return self.box.x1 - min(max(padding, 0.0), 8.0)

    @lazy
    def text(self) -> str:
        return " ".join(filter(None, (line.text for line in self.lines)))


@dataclass(frozen=True)
class Table:
    page: int
    box: Box
    xs: tuple[float, ...]
    height: int
    cells: tuple[Cell, ...]

    @lazy
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells that begin in each row, left to right."""
        begun: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            begun[cell.row].append(cell)
        return tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in begun)

    def across(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover a row, those begun above included, left to right."""
        return tuple(sorted((c for c in self.cells if c.row <= row < c.row_end), key=lambda c: c.column))


Block = Line | Table


def blocks(page: Page) -> tuple[Block, ...]:
    """The blocks of a page from top to bottom."""
    found = _unframed(grids(page.rules), page)
    if not found:
        return tuple(unfolded(lines(page.number, page.words), page.width))
    free, held = _share(page.words, found)
    inner = _nesting(found)
    tops: list[Block] = list(lines(page.number, free))
    tops += [_table(page.number, rank, found, held, inner) for rank in inner[None, 0]]
    return tuple(sorted((b for b in tops if isinstance(b, Line) or b.cells), key=lambda block: block.box.y0))


def _unframed(found: list[Grid], page: Page) -> list[Grid]:
    """Grids without frames: one cell around most of the page, or around another grid of about its size."""
    return [
        grid
        for rank, grid in enumerate(found)
        if len(grid.areas) > 1
        or not (
            grid.size > FRAME * page.width * page.height
            or any(FRAME * grid.size < other.size <= grid.size and grid.holds(other) for other in found[rank + 1 :])
        )
    ]


def _share(words: Sequence[Word], found: Sequence[Grid]) -> tuple[list[Word], dict[tuple[int, int], list[Word]]]:
    """Words outside every grid, and words by (grid, area): the smallest grid that holds the word's middle."""
    free: list[Word] = []
    held: dict[tuple[int, int], list[Word]] = defaultdict(list)
    ranked = [(rank, grid, grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]) for rank, grid in enumerate(found)]
    for word in words:
        _, x0, y0, x1, y1, size, *_ = word
        x, y = min((x0 + x1) / 2, x0 + size), (y0 + y1) / 2
        for rank, grid, left, right, top, low in reversed(ranked):
            area = grid.find(x, y) if left <= x <= right and top <= y <= low else None
            if area is not None:
                held[rank, area].append(word)
                break
        else:
            free.append(word)
    return free, held


def _nesting(found: Sequence[Grid]) -> dict[tuple[int | None, int], list[int]]:
    """The grids that lie in each area of a larger grid; those on the page itself under (None, 0)."""
    inner: dict[tuple[int | None, int], list[int]] = defaultdict(list)
    for rank, grid in enumerate(found):
        x, y = (grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2
        for outer in range(rank - 1, -1, -1):
            area = found[outer].find(x, y)
            if area is not None and found[outer].size > grid.size:
                inner[outer, area].append(rank)
                break
        else:
            inner[None, 0].append(rank)
    return inner


def _table(
    page: int,
    rank: int,
    found: Sequence[Grid],
    held: dict[tuple[int, int], list[Word]],
    inner: dict[tuple[int | None, int], list[int]],
) -> Table:
    grid = found[rank]
    cells = []
    for number, area in enumerate(grid.areas):
        content: list[Block] = list(lines(page, held.get((rank, number), ())))
        content += [_table(page, below, found, held, inner) for below in inner.get((rank, number), ())]
        content.sort(key=lambda block: block.box.y0)
        box = Box(grid.xs[area.column], grid.ys[area.row], grid.xs[area.column_end], grid.ys[area.row_end])
        cells.append(Cell(box, area.row, area.column, area.row_end, area.column_end, tuple(content)))
    box = Box(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
    return Table(page, box, grid.xs, len(grid.ys) - 1, tuple(cells))
