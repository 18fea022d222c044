"""Headers of tables: which rows are one, and what each column holds."""

import re
from collections.abc import Sequence, Set

from jalon.agreements.amounts import scale_of
from jalon.agreements.funders import kind
from jalon.agreements.items import Column
from jalon.agreements.labels import USUAL, Name, Wordings, label
from jalon.agreements.wording import fold, join
from jalon.documents.layout import Cell, Table

CUT = re.compile(r"([a-zà-ÿ]{5,}) ([bcefgjkmnpqrstvxz])$")
MONEY = re.compile(
    r"^(?:(?:sous[\s-])?total|20\d\d|montants?|couts?|h\.?t|t\.?t\.?c|taux|parts?|%|€|annee)\b[^a-z]*(?:\b(?:en|de|ht|ttc|eur\w*|k€|annee|n)\b.{0,12})?$"
    r"|^[%€]$"
)
LONGEST = 70
STRONG = frozenset({"owner", "axis", "partners", "objectives", "progress", "results", "signed"})
FORM = STRONG | {"budget", "calendar", "start", "end", "money"}
TABULAR = frozenset({"title", "heading", "reference", "description", "contents", "share"})


def is_header(texts: Sequence[str], known: Wordings = USUAL) -> bool:
    """Whether the cells of a row are labels: all of them, or most when there are many and they do not alternate."""
    texts = [CUT.sub(r"\1\2", text) for text in texts if text.strip()]
    if len(texts) < 2 or any(len(text) > LONGEST for text in texts):
        return False
    names = [label(text, known) for text in texts]
    named = [name for name in names if name]
    if len(named) < 2 or len(set(named)) < 2:
        return False
    if len(named) == len(names):
        return len(names) > 2 or set(names) != {"budget", "status"}
    if len(names) < 4 or _alternate(names):
        return False
    others = [text for text, name in zip(texts, names, strict=True) if not name]
    return len(named) + sum(kind(text) is not None for text in others) >= 0.6 * len(names)


def is_money(texts: Sequence[str], names: Sequence[Name | None]) -> bool:
    """Whether a row heads the columns of a funding plan: funders first, then years, taxes, shares or a total."""
    rest = [text for text in texts[1:] if text.strip()]
    return len(rest) > 1 and names[0] in ("funding", None) and all(MONEY.match(fold(text)) for text in rest)


def _alternate(names: Sequence[str | None]) -> bool:
    return all(names[0::2]) and not any(names[1::2])


def is_form(columns: Sequence[Column]) -> bool:
    """Whether a header with one row below is a form of one action rather than a table of things."""
    return form_names({column.name for column in columns})


def form_names(names: Set[Name | None]) -> bool:
    """Whether these labels side by side are fields of one action, and not the header of a table of things."""
    return not names & TABULAR and len(names & FORM) > 1 - bool(names & STRONG)


def depth(table: Table, rank: int) -> int:
    """How many rows the header takes: two when some of its cells are cut in two below."""
    row = [cell for cell in table.rows[rank] if cell.content]
    low = max(cell.row_end for cell in row)
    wide = [c for c in row if c.column_end - c.column > 1 and (c.row_end < low or label(c.text) == "funding")]
    if low > rank + 1:
        under = [cell for level in range(rank + 1, low) for cell in table.rows[level] if cell.content]
        named = sum(1 for cell in under if label(cell.text) or kind(cell.text))
        return low - rank if under and named >= 0.7 * len(under) and all(len(c.text) < 40 for c in under) else 1
    below = [cell for cell in table.rows[rank + 1] if cell.content] if rank + 1 < table.height else []
    if wide and below and all(any(w.column <= c.column < w.column_end for w in wide) for c in below):
        return 2
    return 1


def columns(table: Table, rank: int, depth: int, known: Wordings = USUAL) -> tuple[Column, ...]:
    """The columns under a header: the lowest header cell names each, the one above it when that is no label."""
    out = []
    for cell in _lowest(table, rank, depth):
        above = _above(table, rank, cell)
        text = join(line.text for line in cell.lines)
        own = label(text, known)
        if own is None and kind(text) is None and kind(text.replace(" ", "")):
            text = text.replace(" ", "")
        pays = own is None and kind(text) is not None
        name = own or ("funding" if pays else None)
        if above and not own and not pays:
            name = label(above.text)
        scale = scale_of(text) or (scale_of(above.text) if above else None)
        out.append(Column(name, text, cell.box.x0, cell.box.x1, scale, pays))
    return tuple(out)


def _lowest(table: Table, rank: int, depth: int) -> list[Cell]:
    last = rank + depth - 1
    return [cell for cell in table.across(last) if cell.row >= rank and (cell.content or cell.row == last)]


def _above(table: Table, rank: int, cell: Cell) -> Cell | None:
    if cell.row <= rank:
        return None
    return next((c for c in table.across(rank) if c.column <= cell.column < c.column_end), None)
