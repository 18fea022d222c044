"""Ruling lines to grids: merge what is one line, join what touches, fill the areas that lines close.

Stages, each of which can be looked at: `merged` lines, `components` of lines that touch, one `Grid` a component.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jalon.documents.model import Rule

NEAR = 2.0
GAP = 3.0
NARROW = 3.0

Span = tuple[float, float, float]
"""A line: its fixed coordinate, then its start and end along the other axis."""


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of a grid: the elementary rows [row, row_end[ and columns [column, column_end[ that it covers."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Grid:
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    index: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, other: "Grid") -> bool:
        """Whether another grid lies inside this one, within a line's width."""
        return (
            self.xs[0] - NEAR <= other.xs[0]
            and other.xs[-1] <= self.xs[-1] + NEAR
            and self.ys[0] - NEAR <= other.ys[0]
            and other.ys[-1] <= self.ys[-1] + NEAR
        )

    def find(self, x: float, y: float) -> int | None:
        """The rank of the area at a point, or None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.index[row][column]
        return None


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of a page, largest first."""
    flat = merged((r.y0, r.x0, r.x1) for r in rules if r.y0 == r.y1)
    upright = merged((r.x0, r.y0, r.y1) for r in rules if r.y0 != r.y1)
    found = [grid for part in components(flat, upright) if (grid := _grid(*part))]
    return sorted(found, key=lambda grid: -grid.size)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Lines at the same place that overlap or nearly touch become one."""
    out: list[Span] = []
    for at, start, end in sorted(spans):
        for rank in range(len(out) - 1, -1, -1):
            known_at, known_start, known_end = out[rank]
            if at - known_at > NEAR:
                rank = -1
                break
            if start <= known_end + GAP and end >= known_start - GAP:
                out[rank] = (known_at, min(start, known_start), max(end, known_end))
                break
        else:
            rank = -1
        if rank < 0:
            out.append((at, start, end))
    return out


def components(flat: Sequence[Span], upright: Sequence[Span]) -> list[tuple[list[Span], list[Span]]]:
    """Sets of horizontal and vertical lines that hold together."""
    parent = list(range(len(flat) + len(upright)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, (y, left, right) in enumerate(flat):
        for j, (x, top, low) in enumerate(upright, len(flat)):
            if left - GAP <= x <= right + GAP and top - GAP <= y <= low + GAP:
                parent[root(j)] = root(i)
    parts: dict[int, tuple[list[Span], list[Span]]] = {}
    for node in range(len(parent)):
        part = parts.setdefault(root(node), ([], []))
        if node < len(flat):
            part[0].append(flat[node])
        else:
            part[1].append(upright[node - len(flat)])
    return [part for part in parts.values() if part[0] and part[1]]


def _grid(flat: list[Span], upright: list[Span]) -> Grid | None:
    xs = _clusters([x for x, _, _ in upright] + [side for _, a, b in flat for side in (a, b)])
    ys = _clusters([y for y, _, _ in flat] + [side for _, a, b in upright for side in (a, b)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    walls = [_walls(x, upright, ys) for x in xs]
    floors = [_walls(y, flat, xs) for y in ys]
    return _fill(xs, ys, walls, floors)


def _clusters(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > NARROW:
            out.append(value)
    return out


def _walls(at: float, spans: list[Span], marks: list[float]) -> list[bool]:
    """For each interval between marks, whether a line at this place covers its middle."""
    here = [(start, end) for place, start, end in spans if abs(place - at) <= NARROW]
    middles = [(a + b) / 2 for a, b in pairwise(marks)]
    return [any(start - GAP <= middle <= end + GAP for start, end in here) for middle in middles]


def _fill(xs: list[float], ys: list[float], walls: list[list[bool]], floors: list[list[bool]]) -> Grid:
    """Areas grow from each elementary cell to its right, then down, until lines stop them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    index = [[-1] * columns for _ in range(rows)]
    areas: list[Area] = []
    for row in range(rows):
        for column in range(columns):
            if index[row][column] >= 0:
                continue
            right = column + 1
            while right < columns and not walls[right][row] and index[row][right] < 0:
                right += 1
            low = row + 1
            while low < rows and not any(floors[low][c] for c in range(column, right)):
                low += 1
            for r in range(row, low):
                for c in range(column, right):
                    if index[r][c] < 0:
                        index[r][c] = len(areas)
            areas.append(Area(row, column, low, right))
    return Grid(tuple(xs), tuple(ys), tuple(areas), tuple(map(tuple, index)))
