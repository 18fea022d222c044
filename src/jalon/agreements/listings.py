"""Tables whose rows are actions, and plain lists of them."""

from collections.abc import Iterable, Sequence

from jalon.agreements.axes import axis, is_section
from jalon.agreements.drafts import Draft, Value
from jalon.agreements.items import Column, Label, Rows, Text
from jalon.agreements.labels import Name
from jalon.agreements.references import heading, is_code
from jalon.agreements.wording import BULLET, fold, join
from jalon.documents.layout import Cell
from jalon.documents.lines import Line

NONE: tuple[Line, ...] = ()
Listed = tuple[Rows, str, tuple[Line, ...], str]


def rows(listed: Iterable[Listed]) -> list[Draft]:
    """One draft a row; a row that goes on after a page break is joined to the one before."""
    out: list[Draft] = []
    section, lines = "", NONE
    for table, above, above_lines, amendment in listed:
        if not table.resumed:
            section, lines = above, above_lines
        columns = _named(table.columns)
        for rank, row in enumerate(table.rows):
            texts = [cell for cell in row if cell.text]
            if not texts and not any(cell.tables for cell in row):
                continue
            if _is_banner(row, columns):
                section, lines = row[0].text, row[0].lines
                continue
            cells = _by_column(row, columns)
            if _is_total(cells):
                continue
            if out and rank == 0 and table.resumed and _goes_on(cells, columns):
                _extend(out[-1], cells, table.page)
                continue
            draft = _draft(cells, table.page, amendment)
            if draft.title:
                draft.section, draft.section_lines = (
                    (section, lines) if section else (draft.section, draft.section_lines)
                )
                out.append(draft)
    return out


def _named(columns: Sequence[Column]) -> list[tuple[Name | None, Column]]:
    """Columns with their fields; without a title, the description is the title."""
    names = [column.name for column in columns]
    titled = "title" in names or "heading" in names
    out: list[tuple[Name | None, Column]] = []
    for column in columns:
        name = column.name
        if not titled and name == "description":
            name, titled = "title", True
        if name == "objectives" and not titled:
            name = "title"
        out.append((name, column))
    return out


def _is_banner(row: Sequence[Cell], columns: Sequence[tuple[Name | None, Column]]) -> bool:
    """A row of one wide cell that names an axis."""
    if len(row) == 2 and is_section(row[0].text) and len(columns) > 3:
        return True
    if len(row) != 1 or len(columns) < 2:
        return False
    wide = row[0].box.x1 - row[0].box.x0 > 0.6 * (columns[-1][1].x1 - columns[0][1].x0)
    return (wide and axis(row[0].text) is not None) or is_section(row[0].text)


def _by_column(
    row: Sequence[Cell], columns: Sequence[tuple[Name | None, Column]]
) -> list[tuple[Name | None, Column, Cell]]:
    out = []
    for cell in row:
        middle = (cell.box.x0 + min(cell.box.x1, cell.box.x0 + 12)) / 2
        best = min(columns, key=lambda c: 0.0 if c[1].x0 - 1 <= middle <= c[1].x1 + 1 else abs(c[1].x0 - cell.box.x0))
        out.append((best[0], best[1], cell))
    return out


def _is_total(cells: Sequence[tuple[Name | None, Column, Cell]]) -> bool:
    return bool(cells) and any(
        fold(cell.text).startswith(("total", "sous-total", "sous total")) for _, _, cell in cells[:2]
    )


def _goes_on(cells: Sequence[tuple[Name | None, Column, Cell]], columns: Sequence[tuple[Name | None, Column]]) -> bool:
    """Whether a first row after a page break is the end of a row: what begins a row is missing."""
    names = {name for name, _, cell in cells if cell.text}
    starts = [name for name, _ in columns if name in ("reference", "title", "heading")]
    if "reference" in starts:
        return "reference" not in names
    if not names & {"title", "heading"}:
        return True
    title = next(cell.text for name, _, cell in cells if name in ("title", "heading"))
    return title[:1].islower() and len(names) < max(2, 0.7 * len([n for n, _ in columns if n]))


def _extend(draft: Draft, cells: Sequence[tuple[Name | None, Column, Cell]], page: int) -> None:
    draft.reach(page)
    for name, column, cell in cells:
        if name in ("title", "heading"):
            draft.title = join([draft.title, cell.text])
            draft.title_lines += cell.lines
        elif name:
            _fill(draft, name, column, cell, page)


def _fill(draft: Draft, name: Name, column: Column, cell: Cell, page: int) -> None:
    value = draft.values.setdefault(name, Value(Label(name, (), True)))
    if column.funder:
        value.rows.append(Rows(page, (column,), ((cell,),)))
        return
    value.texts += [Text(line, cell.right, True) for line in cell.lines]
    for table in cell.tables:
        value.rows.append(Rows(page, (), tuple(tuple(c for c in row if c.content) for row in table.rows)))


def _draft(cells: Sequence[tuple[Name | None, Column, Cell]], page: int, amendment: str) -> Draft:
    draft = Draft("row", first_page=page, last_page=page, amendment=amendment)
    for name, column, cell in cells:
        if name in ("title", "heading"):
            _title(draft, cell)
        elif name == "reference":
            draft.reference, draft.reference_lines = cell.text, cell.lines
        elif name:
            _fill(draft, name, column, cell, page)
    return draft


def _title(draft: Draft, cell: Cell) -> None:
    text = join(line.text for line in cell.lines)
    found = heading(text)
    if found and found.title and not draft.reference and (found.strong or is_code(found.reference)):
        draft.reference, draft.reference_lines = found.reference, cell.lines[:1]
        text = found.title
    draft.title, draft.title_lines = text, cell.lines


def _continues(above: Line, line: Line) -> bool:
    """Whether a line goes on with the entry above it."""
    near = above.page == line.page and line.box.y0 - above.box.y1 < 0.6 * above.size
    return near and line.box.x0 > above.box.x0 + 2 and not BULLET.match(line.text + " ") and line.bold == above.bold


def entries(loose: Sequence[tuple[Text, str, tuple[Line, ...]]]) -> list[Draft]:
    """Actions that are only listed, one numbered line each: three at least, numbered without repetition."""
    out: list[Draft] = []
    for item, section, lines in loose:
        text = BULLET.sub("", item.line.text)
        found = heading(text)
        if out and not found and _continues(out[-1].title_lines[-1], item.line):
            out[-1].title_lines += (item.line,)
            out[-1].title = join([out[-1].title, text])
            continue
        if not found or not found.strong or len(found.title) < 8 or is_section(text):
            continue
        page = item.line.page
        out.append(Draft("list", found.reference, (item.line,), found.title, (item.line,), section, lines, page, page))
    references = [draft.reference for draft in out]
    return out if len(out) >= 3 and len(set(references)) == len(references) else []
