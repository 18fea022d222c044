"""Pages to a stream of items: every layout (ruled, blank-set, headed, run-in) ends in the same labels and values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jalon.agreements import columns, furniture, headers, learning
from jalon.agreements.items import Close, Column, Item, Label, Reopen, Rows, Text
from jalon.agreements.labels import USUAL, Name, Wordings, label
from jalon.agreements.references import heading
from jalon.agreements.wording import UNFINISHED
from jalon.documents.gutters import stretches
from jalon.documents.layout import Block, Cell, Table, blocks
from jalon.documents.lines import Line
from jalon.documents.model import Document

SAME = 4.0
SEPARATORS = frozenset("|–—•;/")


@dataclass
class Reader:
    """Walks the blocks; remembers the last table so that one broken across pages goes on under its header."""

    known: Wordings = USUAL
    edge: float | None = None
    last: Table | None = None
    columns: tuple[Column, ...] = ()
    header: tuple[Cell, ...] = ()
    closed: bool = True
    items: list[Item] = field(default_factory=list)


def stream(document: Document) -> list[Item]:
    """The items of a document in reading order."""
    held = furniture.without(document.pages, [blocks(page) for page in document.pages])
    wordings = learning.wordings(held, any(page.origin == "ocr" for page in document.pages))
    guessed = replace(wordings, guessed=True)
    reader = Reader()
    for page, parts in zip(document.pages, held, strict=True):
        reader.known = wordings if page.origin != "ocr" else guessed
        _page(reader, parts)
    return reader.items


def _page(reader: Reader, parts: Sequence[Block]) -> None:
    run: list[Line] = []
    first = True
    for block in parts:
        if isinstance(block, Line):
            run.append(block)
            continue
        for stretch in stretches(run):
            _free(reader, stretch, first)
            first = False
        run = []
        _table(reader, block, first)
        first = False
    for stretch in stretches(run):
        _free(reader, stretch, first)
        first = False


def _free(reader: Reader, lines: Sequence[Line], first: bool) -> None:
    """Free text: columns set by blanks become tables, the rest lines."""
    edge = columns.value_edge(lines, reader.known)
    reader.edge = edge or (reader.edge if first else None)
    set_apart: Sequence[Block] = columns.two_columns(lines, reader.edge, reader.known) if reader.edge else lines
    right = max(line.box.x1 for line in lines)
    rank = 0
    while rank < len(set_apart):
        block = set_apart[rank]
        if isinstance(block, Table):
            _table(reader, block, first and rank == 0)
            rank += 1
            continue
        below = _below(set_apart, rank, reader.known)
        if below:
            table, taken = below
            _table(reader, table, False)
            rank += taken
            continue
        _line(reader, block, right)
        reader.last = None
        rank += 1


def _below(parts: Sequence[Block], rank: int, known: Wordings) -> tuple[Table, int] | None:
    lines: list[Line] = []
    for part in parts[rank : rank + 200]:
        if not isinstance(part, Line):
            break
        lines.append(part)
    return columns.table_below(lines, 0, headers.is_header, known)


def _line(reader: Reader, line: Line, right: float | None, boxed: bool = False, alone: bool = False) -> None:
    if reader.items and _goes_on(reader.items[-1], line):
        reader.items.append(Text(line, right, boxed, alone))
        return
    reader.items.extend(line_items(line, right, boxed, alone, reader.known))


def _goes_on(before: Item, line: Line) -> bool:
    """Whether a line is the end of a phrase begun above, as "Territoires : 10 k€" under "Banque des"."""
    if not isinstance(before, Text) or before.line.page != line.page or line.bold != before.line.bold:
        return False
    return bool(UNFINISHED.search(before.line.text)) and line.box.y0 - before.line.box.y1 < 0.9 * line.size


def line_items(line: Line, right: float | None, boxed: bool, alone: bool, known: Wordings) -> Iterator[Item]:
    """A line as a label, a label and the beginning of its value, or text."""
    found = leading_label(line, known)
    if not found:
        yield Text(line, right, boxed, alone)
        return
    name, count, end = found
    yield Label(name, (Line(line.page, line.words[:count]),), boxed)
    rest = line.words[end:]
    if not rest:
        return
    at = 0 if name == "group" else _next_label(Line(line.page, rest), known)
    if at != 0:
        yield Text(Line(line.page, rest[:at]), right, boxed)
    if at is not None:
        yield from line_items(Line(line.page, rest[at:]), right, boxed, alone, known)


def _next_label(line: Line, known: Wordings) -> int | None:
    """The rank of the word where a second label begins on a line: in bold after plain text, after a gap or a sign."""
    for rank, (before, word) in enumerate(pairwise(line.words), 1):
        set_apart = word.bold and not before.bold
        gap = word.x0 - before.x1 > 0.9 * word.size or before.text in SEPARATORS
        if not (set_apart or gap) or word.text[:1].islower():
            continue
        found = leading_label(Line(line.page, line.words[rank:]), known)
        if found and (set_apart or line.words[rank + found[1] - 1].text.endswith(":") or _colon(line, rank + found[1])):
            return rank - 1 if before.text in SEPARATORS and rank > 1 else rank
    return None


def _colon(line: Line, rank: int) -> bool:
    return rank < len(line.words) and line.words[rank].text == ":"


def leading_label(line: Line, known: Wordings) -> tuple[Name, int, int] | None:
    """The label that a line is or begins with: its field, its count of words, and the rank where its value begins."""
    words = line.words
    text = line.text
    if len(text) <= 80 and (name := label(text.rstrip(" :"), known)) and _stands_out(line, name):
        return name, len(words), len(words)
    for rank, word in enumerate(words[:11]):
        if word.text == ":" or word.text.endswith(":"):
            own = [w.text for w in words[:rank]] + ([word.text[:-1]] if word.text != ":" else [])
            if name := label(" ".join(own), known):
                return name, rank + (word.text != ":"), rank + 1
            break
    return _bold_prefix(line, known)


def _stands_out(line: Line, name: Name) -> bool:
    """Whether a line that reads as a label is one, and not the end of a sentence: "des Territoires"."""
    if line.text.rstrip().endswith(":"):
        return True
    return not line.text[:1].islower() and (name != "other" or line.bold)


def _bold_prefix(line: Line, known: Wordings) -> tuple[Name, int, int] | None:
    words = line.words
    if not words[0].bold or words[-1].bold:
        return None
    count = next(rank for rank, word in enumerate(words) if not word.bold)
    name = label(" ".join(word.text for word in words[:count]).rstrip(" :–—-"), known)
    if not name:
        return None
    start = count + (words[count].text in {":", "–", "—", "-"} and count + 1 < len(words))
    return name, count, start


def _table(reader: Reader, table: Table, first: bool) -> None:
    resumed = first and reader.last is not None and _same_columns(reader.last, table)
    rank = 0
    while rank < table.height:
        row = [cell for cell in table.rows[rank] if cell.content]
        if not row:
            rank += 1
            continue
        rank = _row(reader, table, rank, row, resumed)
        resumed = False
    reader.last = table
    if not (reader.items and isinstance(reader.items[-1], Close)):
        reader.items.append(Close())


def _same_columns(before: Table, after: Table) -> bool:
    if before.page == after.page:
        return False
    if len(before.xs) == len(after.xs) == 3 and abs(before.xs[1] - after.xs[1]) <= SAME:
        return True
    if abs(before.xs[0] - after.xs[0]) > SAME or abs(before.xs[-1] - after.xs[-1]) > 2 * SAME:
        return False
    return sum(any(abs(x - y) <= SAME for y in before.xs) for x in after.xs) >= 0.7 * min(len(after.xs), len(before.xs))


def _row(reader: Reader, table: Table, rank: int, row: list[Cell], resumed: bool) -> int:
    """Read the row at `rank` and those that belong to it; returns the rank of the next row."""
    row = learning.unnumbered(row, rank, reader.known)
    names = [label(cell.text, reader.known) if not cell.tables else None for cell in row]
    if names[0] and _spans(table, rank, row):
        return _spanning_label(reader, table, rank, row[0], names[0])
    begins = table.rows[rank][0].content and (names[0] or _opens(row, reader.known))
    if resumed and not begins:
        reader.items.append(Reopen())
    if headers.is_header([cell.text for cell in row], reader.known):
        return _under_header(reader, table, rank, resumed)
    if resumed and reader.columns and not names[0]:
        return _rows(reader, table, rank, resumed=True)
    reader.columns, reader.header = (), ()
    _plain_row(reader, table, row, names)
    return rank + 1


def _spans(table: Table, rank: int, row: list[Cell]) -> bool:
    """Whether the first cell of a row stands beside several rows of other cells."""
    if len(row) > 1:
        return row[0].row_end > min(cell.row_end for cell in row[1:])
    beside = [c for r in range(rank, row[0].row_end) for c in table.rows[r] if c is not row[0] and c.content]
    return row[0].row_end > rank + 1 and bool(beside)


def _plain_row(reader: Reader, table: Table, row: list[Cell], names: list[Name | None]) -> None:
    """A row on its own: one cell across, labels and values that alternate, cells with run-in labels, or just cells."""
    if len(row) == 1:
        _cell(reader, row[0], alone=True)
        if row[0].lines and not names[0]:
            reader.items.append(Close())
    elif headers.is_money([cell.text for cell in row], names):
        reader.items.append(Rows(table.page, (), (tuple(row),)))
    elif reader.known.mirrored and len(row) == 2 and names[1] and not names[0]:
        _pairs(reader, row[::-1], names[::-1])
    elif any(names[0::2]) and not (names[1] and not names[0]):
        _pairs(reader, row, names)
    elif any(leading_label(cell.lines[0], reader.known) for cell in row if cell.lines):
        for cell in row:
            _cell(reader, cell, alone=False)
            reader.items.append(Close())
    else:
        reader.items.append(Rows(table.page, (), (tuple(row),)))


def _opens(row: list[Cell], known: Wordings) -> bool:
    """Whether the first words of a row are a label or a numbered heading."""
    lines = row[0].lines
    return bool(lines) and bool(leading_label(lines[0], known) or (len(row) == 1 and heading(lines[0].text)))


def _spanning_label(reader: Reader, table: Table, rank: int, cell: Cell, name: Name) -> int:
    reader.items.append(Label(name, cell.lines, boxed=True))
    held = [tuple(c for c in row if c is not cell and c.content) for row in table.rows[rank : cell.row_end]]
    held = [row for row in held if row]
    if all(len(row) == 1 for row in held):
        for row in held:
            _cell(reader, row[0], alone=False)
    elif held:
        reader.items.append(Rows(table.page, (), tuple(held)))
    reader.items.append(Close())
    return cell.row_end


def _pairs(reader: Reader, row: list[Cell], names: list[Name | None]) -> None:
    """Label and value cells that alternate."""
    waiting = False
    for cell, name in zip(row, names, strict=True):
        if name and not waiting:
            reader.items.append(Label(name, cell.lines, boxed=True))
            waiting = True
        else:
            _cell(reader, cell, alone=False, whole=waiting)
            reader.items.append(Close())
            waiting = False


def _cell(reader: Reader, cell: Cell, *, alone: bool, whole: bool = False) -> None:
    """The content of a cell; `whole`: it is the value of a label before it, in which only sub-labels are looked for."""
    text = cell.text
    if not whole and cell.lines and len(cell.lines) > 1 and not cell.tables and (name := label(text, reader.known)):
        reader.items.append(Label(name, cell.lines, boxed=True))
        return
    taken = 0 if whole else _broken_label(reader, cell)
    for part in cell.content[taken:]:
        if isinstance(part, Table):
            _nested(reader, part)
        elif whole:
            reader.items.append(Text(part, cell.right, True))
        else:
            _line(reader, part, cell.right, boxed=True, alone=alone)


def _broken_label(reader: Reader, cell: Cell) -> int:
    """How many lines a broken label takes over its value in a cell, when it is set in another way."""
    for count in (3, 2):
        head, rest = cell.content[:count], cell.content[count : count + 1]
        lines = [part for part in head if isinstance(part, Line)]
        if len(lines) < count or not rest or not isinstance(rest[0], Line) or not learning.differs(lines[-1], rest[0]):
            continue
        if any(learning.differs(lines[0], line) for line in lines[1:]):
            continue
        if name := label(" ".join(line.text for line in lines), reader.known):
            reader.items.append(Label(name, tuple(lines), boxed=True))
            return count
    return 0


def _nested(reader: Reader, table: Table) -> None:
    rows = [tuple(cell for cell in row if cell.content) for row in table.rows]
    held = tuple(row for row in rows if row)
    if not held:
        return
    labelled = sum(1 for row in held if len(row) in (2, 4) and label(row[0].text, reader.known))
    if labelled > max(1, len(held) / 2):
        _table(reader, table, False)
    elif any(leading_label(row[0].lines[0], reader.known) for row in held if len(row) == 1 and row[0].lines):
        for row in held:
            _plain_row(reader, table, list(row), [label(cell.text, reader.known) for cell in row])
    elif headers.is_header([cell.text for cell in held[0]], reader.known):
        found = headers.columns(table, 0, 1, reader.known)
        reader.items.append(Rows(table.page, found, held[1:], held[0]))
    else:
        reader.items.append(Rows(table.page, (), held))


def _under_header(reader: Reader, table: Table, rank: int, resumed: bool) -> int:
    depth = headers.depth(table, rank)
    reader.columns = headers.columns(table, rank, depth, reader.known)
    again = resumed and bool(reader.header) and len(reader.header) == len(table.rows[rank])
    reader.header = table.rows[rank]
    return _rows(reader, table, rank + depth, resumed=again)


def _rows(reader: Reader, table: Table, rank: int, *, resumed: bool) -> int:
    """Rows under the header that the reader remembers, up to one that is no row of that table."""
    held: list[tuple[Cell, ...]] = []
    first_column = reader.columns[0].x0
    while rank < table.height:
        across = tuple(cell for cell in table.across(rank) if cell.content)
        begun = [cell for cell in table.rows[rank] if cell.content]
        if not begun:
            rank += 1
            continue
        if _ends_rows(begun, first_column, table, reader) or _titles(begun, rank, table, reader):
            break
        if headers.is_header([cell.text for cell in begun], reader.known):
            break
        held.append(across)
        rank += 1
    if len(held) == 1 and headers.is_form(reader.columns):
        _form(reader, held[0], resumed)
    elif held:
        reader.items.append(Rows(table.page, reader.columns, tuple(held), reader.header, resumed))
    return max(rank, 1) if held or rank else rank + 1


def _form(reader: Reader, row: tuple[Cell, ...], resumed: bool) -> None:
    """One row of values under a row of labels: each label with the value below it."""
    for head in reader.header:
        name = label(head.text, reader.known)
        if name:
            reader.items.append(Label(name, head.lines, boxed=True, resumed=resumed))
            for cell in row:
                if head.box.x0 - SAME <= cell.box.x0 < head.box.x1 - SAME:
                    _cell(reader, cell, alone=False, whole=True)
            reader.items.append(Close())


def _ends_rows(begun: list[Cell], first_column: float, table: Table, reader: Reader) -> bool:
    """A row that begins left of the header's columns, or that is a label across them, is the fiche's again."""
    if begun[0].box.x0 < first_column - SAME and begun[0].column == 0:
        return True
    lines = begun[0].lines
    if len(begun) > 1 or not lines:
        return bool(len(begun) == 2 and label(begun[0].text, reader.known) and len(reader.columns) > 2)
    spans = begun[0].column_end - begun[0].column >= len(table.xs) - 2
    return spans and leading_label(lines[0], reader.known) is not None and not _is_axis(lines[0], reader.known)


def _titles(begun: list[Cell], rank: int, table: Table, reader: Reader) -> bool:
    """Whether a row is the title of a fiche that stands just under a table: across it, numbered, over labels."""
    cell = begun[0]
    if len(begun) > 1 or cell.box.x1 - cell.box.x0 < 0.8 * (table.box.x1 - table.box.x0) or not heading(cell.text):
        return False
    below = next((row for row in table.rows[rank + 1 :] if row and row[0].content), ())
    return len(below) > 1 and label(below[0].text, reader.known) is not None


def _is_axis(line: Line, known: Wordings) -> bool:
    found = leading_label(line, known)
    return found is not None and found[0] == "axis"
