"""Columns that no line draws: text set in columns by blanks alone becomes a table like the ruled ones."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from jalon.agreements import labels
from jalon.agreements.headers import form_names
from jalon.agreements.labels import Wordings
from jalon.agreements.learning import apart
from jalon.agreements.references import heading
from jalon.agreements.wording import BULLET
from jalon.documents.layout import Block, Cell, Table
from jalon.documents.lines import Line
from jalon.documents.model import Box, Word

NEAR = 4.0
FEWEST = 3
IsHeader = Callable[[Sequence[str], Wordings], bool]


def value_edge(lines: Sequence[Line], known: Wordings) -> float | None:
    """Where the value column begins, when lines begin with a label followed by a wide gap; None otherwise."""
    starts: Counter[int] = Counter()
    for line in lines:
        parts = line.segments()
        if len(parts) >= 2 and labels.label(parts[0].text, known) and not labels.label(parts[1].text, known):
            starts[round(parts[1].words[0].x0 / NEAR)] += 1
    if not starts:
        return None
    best = max(starts, key=lambda at: starts[at] + starts[at + 1])
    return best * NEAR if starts[best] + starts[best + 1] + starts[best - 1] >= FEWEST else None


def two_columns(lines: Sequence[Line], edge: float, known: Wordings) -> list[Block]:
    """Lines with those of a label column and of a value column put in two-column tables, in order."""
    out: list[Block] = []
    rows: list[tuple[list[Line], list[Line]]] = []
    rank, gap = 0, False
    while rank < len(lines):
        left, right = _split(lines[rank], edge)
        taken = _label_lines(lines, rank, edge, known) if left else 0
        if taken:
            pairs = [_split(line, edge) for line in lines[rank : rank + taken]]
            rows.append(([p[0] for p in pairs if p[0]], [p[1] for p in pairs if p[1]]))
            rank += taken
            continue
        if left is None and right is not None and not gap:
            if not rows:
                rows.append(([], []))
            rows[-1][1].append(right)
        else:
            gap = False
            _flush(out, rows, edge)
            out.append(lines[rank])
        rank += 1
    _flush(out, rows, edge)
    return out


def _split(line: Line, edge: float) -> tuple[Line | None, Line | None]:
    """The parts of a line left and right of an edge; all of it on the left when a word or no gap crosses the edge."""
    cut = next((rank for rank, word in enumerate(line.words) if word.x0 >= edge - NEAR), len(line.words))
    left, right = line.words[:cut], line.words[cut:]
    if left and right and right[0].x0 - left[-1].x1 < 0.45 * line.size and not line.words[0].bold:
        return line, None
    if left and left[-1].x1 > edge + NEAR:
        return line, None
    return (Line(line.page, left) if left else None), (Line(line.page, right) if right else None)


def _label_lines(lines: Sequence[Line], rank: int, edge: float, known: Wordings) -> int:
    """How many lines from here make one label of the left column, 0 when they make none."""
    text, best = "", 0
    for count, line in enumerate(lines[rank : rank + 4], 1):
        left, right = _split(line, edge)
        if left is None or (left is line and right is None and left.box.x1 > edge):
            break
        if count > 1 and line.box.y0 - lines[rank + count - 2].box.y1 > 0.8 * line.size:
            break
        if count > 1 and best and (labels.label(left.text, known) or heading(left.text)):
            break
        text = f"{text} {left.text}".strip()
        if labels.label(text.rstrip(" :"), known):
            best = count
    return best


def _flush(out: list[Block], rows: list[tuple[list[Line], list[Line]]], edge: float) -> None:
    if not rows:
        return
    cells, top = [], min(line.box.y0 for row in rows for side in row for line in side)
    low = max(line.box.y1 for row in rows for side in row for line in side)
    start = min(line.box.x0 for row in rows for side in row for line in side)
    end = max(line.box.x1 for row in rows for side in row for line in side)
    page = next(line.page for row in rows for side in row for line in side)
    for rank, sides in enumerate(rows):
        for column, held in enumerate(sides):
            x0, x1 = (start, edge) if column == 0 else (edge, max(end, edge + 1))
            box = Box(x0, min((s.box.y0 for s in held), default=top), x1, max((s.box.y1 for s in held), default=top))
            cells.append(Cell(box, rank, column, rank + 1, column + 1, tuple(held)))
    xs = (start, edge, max(end, edge + 1))
    out.append(Table(page, Box(start, top, xs[2], low), xs, len(rows), tuple(cells)))
    rows.clear()


def table_below(lines: Sequence[Line], rank: int, is_header: IsHeader, known: Wordings) -> tuple[Table, int] | None:
    """A table without lines whose header stands at `rank`, and how many lines it takes; None when there is none."""
    heads = lines[rank].segments()
    if len(heads) == 1 and all(labels.label(part.text, known) for part in apart(lines[rank], 0.6)):
        heads = list(apart(lines[rank], 0.6))
    if len(heads) < 2 or not is_header([head.text for head in heads], known):
        return None
    body = _body(lines, rank + 1, heads, is_header, known)
    if not body:
        return None
    form = form_names({labels.label(head.text, known) for head in heads})
    edges = _edges(heads, body)
    rows = [_fall(lines[rank], edges)]
    for line in body:
        parts = _fall(line, edges)
        if len(rows) == 1 if form else _begins_row(parts, rows, line):
            rows.append(parts)
        else:
            rows[-1] = [a + b for a, b in zip(rows[-1], parts, strict=True)]
    return _ruled(lines[rank].page, rows, edges), 1 + len(body)


def _body(lines: Sequence[Line], rank: int, heads: Sequence[Line], is_header: IsHeader, known: Wordings) -> list[Line]:
    """The lines below a header that keep to its columns."""
    body: list[Line] = []
    left = heads[0].box.x0 - 2 * NEAR
    last = heads[0].box.y1
    for line in lines[rank:]:
        if line.box.y0 - last > 2.2 * line.size or line.box.x0 < left or BULLET.match(line.text):
            break
        parts = line.segments()
        crosses = line.box.x1 > heads[1].box.x1 and line.box.x0 < heads[1].box.x0 - NEAR
        if len(parts) == 1 and line.bold:
            parts = list(apart(line, 0.6))
        if len(parts) >= 2 and is_header([part.text for part in parts], known):
            break
        if len(parts) == 1 and (crosses or labels.label(line.text, known)):
            break
        if len(parts) == 2 and len(heads) > 2 and labels.label(parts[0].text, known):
            break
        body.append(line)
        last = line.box.y1
    return body


def _edges(heads: Sequence[Line], body: Sequence[Line]) -> list[float]:
    """Where each column begins: between two headers, in the widest blank that no line of the body crosses."""
    edges = [min(heads[0].box.x0, *(line.box.x0 for line in body)) - 1]
    for before, after in pairwise(heads):
        low, high = before.box.x0, after.box.x1
        spans = sorted((w.x0, w.x1) for line in [*body, *heads] for w in line.words if w.x1 > low and w.x0 < high)
        best, at, reach = 0.0, after.box.x0 - 1, low
        for x0, x1 in spans:
            if x0 - reach > best:
                best, at = x0 - reach, (x0 + reach) / 2
            reach = max(reach, x1)
        edges.append(max(at, edges[-1] + 1))
    return edges


def _fall(line: Line, edges: list[float]) -> list[tuple[Line, ...]]:
    """The words of a line by column."""
    held: list[list[Word]] = [[] for _ in edges]
    for word in line.words:
        held[max(0, bisect_right(edges, (word.x0 + word.x1) / 2) - 1)].append(word)
    return [(Line(line.page, tuple(words)),) if words else () for words in held]


def _begins_row(parts: list[tuple[Line, ...]], rows: list[list[tuple[Line, ...]]], line: Line) -> bool:
    if len(rows) == 1:
        below_header = rows[0][0][-1] if rows[0][0] else None
        return (
            below_header is None
            or bool(parts[0])
            or line.box.y0 - max(one.box.y1 for c in rows[0] for one in c) > 0.2 * line.size
        )
    filled = sum(1 for part in parts if part)
    step = line.box.y0 - max(one.box.y1 for cell in rows[-1] for one in cell)
    if step > 0.75 * line.size and parts[0]:
        return True
    return bool(parts[0]) and (filled >= 2 and filled >= min(len(parts), sum(map(bool, rows[-1]))) / 2)


def _ruled(page: int, rows: list[list[tuple[Line, ...]]], edges: list[float]) -> Table:
    end = max(line.box.x1 for row in rows for cell in row for line in cell) + 1
    xs = (*edges, max(end, edges[-1] + 1))
    cells, tops = [], [min(line.box.y0 for cell in row for line in cell) for row in rows]
    low = max(line.box.y1 for row in rows for cell in row for line in cell)
    for rank, row in enumerate(rows):
        bottom = tops[rank + 1] if rank + 1 < len(rows) else low
        for column, held in enumerate(row):
            box = Box(xs[column], tops[rank], xs[column + 1], bottom)
            cells.append(Cell(box, rank, column, rank + 1, column + 1, held))
    return Table(page, Box(xs[0], tops[0], xs[-1], low), xs, len(rows), tuple(cells))
