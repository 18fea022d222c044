"""The labels that a document repeats: what stands in the place of a label, fiche after fiche, is one, in any words.

Places are those where layouts put labels: beside a value, over it, before a colon, set apart in bold. What a learned
label announces is told by its words, else by what its values look like.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal

from jalon.agreements import axes, dates
from jalon.agreements.amounts import amounts, unknown
from jalon.agreements.funders import kind
from jalon.agreements.labels import HEADS, LONGEST, NOISE, Name, Wordings, label, own_key
from jalon.agreements.references import heading, is_code
from jalon.agreements.wording import fold
from jalon.documents.layout import Block, Cell, Table
from jalon.documents.lines import Line

Place = Literal["left", "right", "over", "inside", "colon", "bold"]
FEWEST = 3
SHARE = 0.6
LONG = 110
ORDINAL = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-z])\s?[.)°/-]?$", re.IGNORECASE)
TOTAL = re.compile(
    r"^(?:(?:sous[\s-])?total|dont|soit|phase|tranche|annee|lot|etape|article|annexe)\b"
    r"|^(?:h\.?t|t\.?t\.?c|tva|montants?|taux|parts?|postes?|annees?|unites?|quantites?|n)\.?$"
)


@dataclass
class Seen:
    """A text seen where labels stand, each time with what stands beside it."""

    text: str
    places: Counter[Place] = field(default_factory=Counter)
    values: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)


def wordings(pages: Sequence[Sequence[Block]], guessed: bool) -> Wordings:
    """The labels that a document uses beyond the usual ones. `guessed`: its text comes from OCR."""
    seen = _seen(pages)
    often = _often(seen)
    mirrored = _mirrored(seen, often)
    side: Place = "left" if mirrored else "right"
    found = {
        key: one
        for key, one in seen.items()
        if len(one.values) - one.places[side] >= often and one.places[side] < len(one.values) / 2 and _may_be(one)
    }
    usual = {name for one in seen.values() if len(one.values) >= often and (name := label(one.text))}
    own: dict[str, Name] = {}
    for key, one in found.items():
        if name := _named(one, usual):
            own[key] = name
    return Wordings(guessed, own, mirrored)


def _often(seen: dict[str, Seen]) -> int:
    """How many times a label of this document stands in it, at least: as often as most of those that repeat."""
    counts = sorted((len(one.values) for one in seen.values()), reverse=True)
    return max(FEWEST, round(SHARE * counts[2])) if len(counts) > 2 else FEWEST


def _seen(pages: Sequence[Sequence[Block]]) -> dict[str, Seen]:
    out: dict[str, Seen] = {}
    for parts in pages:
        for place, text, value, page in _places(parts):
            text = text.strip(" :")
            key = own_key(text)
            if not key or len(text) > LONGEST:
                continue
            one = out.setdefault(key, Seen(text))
            one.places[place] += 1
            one.values.append(value)
            one.pages.add(page)
    return out


def _places(parts: Sequence[Block]) -> Iterator[tuple[Place, str, str, int]]:
    free: list[Line] = []
    for part in parts:
        if isinstance(part, Table):
            yield from _of_lines(free)
            free = []
            yield from _of_table(part)
        else:
            free.append(part)
    yield from _of_lines(free)


def _of_table(table: Table) -> Iterator[tuple[Place, str, str, int]]:
    rows = [unnumbered([cell for cell in row if cell.content], rank) for rank, row in enumerate(table.rows)]
    for row, below in pairwise([*rows, []]):
        if len(row) == 2:
            yield "left", row[0].text, row[1].text, table.page
            yield "right", row[1].text, row[0].text, table.page
        elif len(row) == 4:
            yield "left", row[0].text, row[1].text, table.page
            yield "left", row[2].text, row[3].text, table.page
        if below and len(below) == len(row) and _over(row, below):
            for cell, under in zip(row, below, strict=True):
                yield "over", cell.text, under.text, table.page
        for cell in row:
            yield from _of_cell(cell, table.page)


def unnumbered(row: list[Cell], rank: int, known: Wordings | None = None) -> list[Cell]:
    """A row of three cells without the first when that only numbers the row, or heads several rows of label and value.

    The second is one of the labels `known`; where these are still to be learned, it may be one.
    """
    if len(row) != 3 or label(row[2].text) or (known is not None and not label(row[1].text, known)):
        return row
    beside = row[0].row_end > max(row[1].row_end, rank + 1)
    return row[1:] if beside or ORDINAL.match(row[0].text.strip()) else row


def _over(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether short cells, set in another way, stand on the cells of the next row."""
    pairs = list(zip(row, below, strict=True))
    aligned = all(abs(one.box.x0 - under.box.x0) < 4 for one, under in pairs)
    apart = all(one.lines and under.lines and differs(one.lines[0], under.lines[0]) for one, under in pairs)
    return aligned and apart and all(len(one.text) <= LONGEST for one in row)


def _of_cell(cell: Cell, page: int) -> Iterator[tuple[Place, str, str, int]]:
    lines = cell.lines
    if len(lines) > 1 and differs(lines[0], lines[1]):
        yield "inside", lines[0].text, " ".join(line.text for line in lines[1:]), page
    yield from _of_lines(lines)


def apart(line: Line, gap: float) -> tuple[Line, ...]:
    """A line cut in two at its widest blank, where that is more than `gap` of its size."""
    blanks = [(right.x0 - left.x1, rank) for rank, (left, right) in enumerate(pairwise(line.words), 1)]
    wide, rank = max(blanks, default=(0.0, 0))
    if wide <= gap * line.size:
        return (line,)
    return Line(line.page, line.words[:rank]), Line(line.page, line.words[rank:])


def differs(one: Line, other: Line) -> bool:
    """Whether two lines are set in different ways."""
    return one.bold != other.bold or abs(one.size - other.size) > 0.08 * other.size


def _of_lines(lines: Sequence[Line]) -> Iterator[tuple[Place, str, str, int]]:
    for line, below in pairwise([*lines, None]):
        if line is None:
            continue
        before, colon, after = line.text.partition(":")
        if colon and len(before) <= LONGEST:
            yield "colon", before, after or (below.text if below else ""), line.page
        elif line.bold and below is not None and differs(line, below):
            for part in apart(line, 0.6):
                yield "bold", part.text, below.text, line.page
        if not colon and line.words[0].bold and not line.words[-1].bold:
            count = next(rank for rank, word in enumerate(line.words) if not word.bold)
            told = (
                " ".join(word.text for word in line.words[:count]),
                " ".join(word.text for word in line.words[count:]),
            )
            yield "bold", *told, line.page


def _may_be(one: Seen) -> bool:
    """Whether a repeated text can be a label that is not one of the usual: no value that comes again."""
    text, folded = one.text, fold(one.text)
    if (
        label(text)
        or (kind(text) and not _by_words(text))
        or TOTAL.match(folded)
        or axes.is_section(text)
        or is_code(text)
    ):
        return False
    if re.search(r"\d|€|%", text) or not re.search(r"[a-z]{3}", folded) or text[:1].islower():
        return False
    found = heading(text)
    if (found and found.strong) or dates.period(text).start or text.endswith((".", ";", ",")):
        return False
    return len(set(one.values)) > 0.3 * len(one.values) or len(one.values) > 8


def _named(one: Seen, usual: set[Name]) -> Name | None:
    """What a learned label announces. Before a colon, where sentences have words too, only known words count."""
    told = _by_words(one.text)
    if told:
        return told
    if set(one.places) == {"colon"}:
        return None
    guess = _by_values(one.values)
    return guess if guess and guess not in usual else "other"


def _by_words(text: str) -> Name | None:
    tokens = own_key(text).split()
    if "oeuvre" in tokens and tokens[0].startswith("maitr"):
        return "other"
    for token in tokens:
        name = next((name for name, stems in HEADS.items() for stem in stems if token.startswith(stem)), None)
        if name == "progress" and any(_by_words(other) == "results" for other in tokens if other != token):
            return "results"
        if name and not (token in NOISE and name == "title"):
            return name
    return None


def _by_values(values: Sequence[str]) -> Name | None:
    """The field whose values look like these, most of them."""
    held = [value for value in values if value.strip()]
    if not held:
        return None
    tests: tuple[tuple[Name, Callable[[str], bool]], ...] = (
        ("funding", _tells_funding),
        ("budget", lambda value: len(value) < 90 and bool(amounts(value))),
        ("axis", lambda value: axes.is_section(value) or bool(axes.LEADING.match(fold(value)))),
        ("calendar", lambda value: len(value) < 90 and _tells_dates(value)),
        ("owner", lambda value: len(value) < 60 and kind(value) in ("commune", "epci", "departement", "region")),
    )
    stated = [value for value in held if not unknown(value)] or held
    for name, test in tests:
        if sum(map(test, stated)) > SHARE * len(stated):
            return name
    return "description" if median(map(len, held)) > LONG else None


def _tells_funding(value: str) -> bool:
    return len(amounts(value)) > 1 and bool(_names_funder(value))


def _names_funder(value: str) -> bool:
    return any(kind(part) for part in re.split(r"[:;,\n]", value))


def _tells_dates(value: str) -> bool:
    read = dates.period(value)
    return bool(read.start or read.end)


def _mirrored(seen: Mapping[str, Seen], often: int) -> bool:
    """Whether labels stand at the right of their values in tables of two columns: the usual ones, else what repeats."""
    sides: Counter[str] = Counter()
    for weight, one in ((bool(label(one.text)), one) for one in seen.values()):
        for side in ("left", "right"):
            if weight or one.places[side] >= often:
                sides[side] += one.places[side] * (5 if weight else 1)
    return sides["right"] > 2 * sides["left"]
