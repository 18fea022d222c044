"""Funding plans: who pays what, from a table, from bullets or from one sentence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jalon.agreements.amounts import UNKNOWN, amounts, scale_of
from jalon.agreements.drafts import Value
from jalon.agreements.funders import instrument, kind, scheme
from jalon.agreements.headers import is_header
from jalon.agreements.items import Rows
from jalon.agreements.labels import label
from jalon.agreements.model import FundingLine
from jalon.agreements.wording import fold, join, paragraphs, unbulleted
from jalon.documents.layout import Cell

SHARE = re.compile(r"\(?\s*(?:soit\s+)?(\d{1,3}(?:[.,]\d+)?)\s*%\s*\)?")
TOTAL = re.compile(
    r"^\W*(?:total|sous[\s-]total|montant total|cout total|ensemble|depenses|budget|cout|base subventionnable)\b"
)
EDGES = " \t:;,.–—-|/=•●▪\n"
PENDING = re.compile(
    r"(?:montant\s+)?(?:à|a) (?:préciser|definir|définir|déterminer|confirmer|chiffrer)"
    r"|non (?:chiffré|connu|défini|déterminé|précisé)e?|en cours(?: de (?:chiffrage|définition|discussion))?"
    r"|sollicitée?s?(?=\s*(?:[;,\n]|$))|(?<=:)\s*[-–—?](?=\s*(?:[;,\n]|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """An amount, or the words that stand for one not yet known, and its place in the text."""

    amount: Decimal | None
    start: int
    end: int


def lines(value: Value, known: frozenset[str]) -> tuple[FundingLine, ...]:
    """The funding lines of a value, its totals left out."""
    scale = scale_of(value.label.text) if value.label and value.label.lines else None
    out: list[FundingLine] = []
    for rows in value.rows:
        out += _table(rows, scale)
    if value.texts:
        right = value.texts[0].right
        parts = paragraphs([text.line for text in value.texts], right)
        out += sentences([unbulleted(join((line.text for line in part), known)) for part in parts], scale)
    return tuple(out)


def sentences(parts: Sequence[str], scale: Decimal | None = None) -> list[FundingLine]:
    """Lines of "Région : 100 000 € ; État (DSIL) : à préciser", one or several a text."""
    out: list[FundingLine] = []
    carried = ""
    for part in parts:
        text = f"{carried} {part}".strip()
        carried = ""
        marks = _marks(text, scale)
        if not marks:
            if kind(text) or (text.endswith(":") and len(text) < 80):
                carried = text
            continue
        out += _between(text, marks)
        tail = text[marks[-1].end :].strip()
        carried = tail if tail.endswith(":") else ""
    if not out:
        return _bare(parts)
    return out


def _marks(text: str, scale: Decimal | None) -> list[_Mark]:
    found = [_Mark(a.euros, a.start, a.end) for a in amounts(text, scale)]
    found += [_Mark(None, m.start(), m.end()) for m in PENDING.finditer(text)]
    return sorted(found, key=lambda mark: mark.start)


def _between(text: str, marks: Sequence[_Mark]) -> list[FundingLine]:
    """The name of a funder stands before its amount, or in brackets after it."""
    out: list[FundingLine] = []
    since = 0
    before = bool(_name(text[: marks[0].start]))
    for rank, mark in enumerate(marks):
        until = marks[rank + 1].start if rank + 1 < len(marks) else len(text)
        name = _name(text[since : mark.start]) if before else _name(text[mark.end : until])
        since = mark.end
        if (
            not name
            or TOTAL.match(fold(name))
            or fold(name) in {"soit", "dont", "et"}
            or name.lower().startswith("soit")
        ):
            continue
        share = SHARE.search(text[mark.end : until]) or SHARE.search(text[max(0, mark.start - 12) : mark.start])
        out.append(_line(name, mark.amount, share.group(1) if share else None))
    return out


def _name(text: str) -> str:
    text = SHARE.sub(" ", text).strip(EDGES)
    text = re.sub(r"^\(\s*([^()]*?)\s*\)$", r"\1", text)
    text = re.sub(r"^(?:HT|TTC|et|par|de la|de l'|du|de)\b\s*", "", text.strip(EDGES), flags=re.IGNORECASE).strip(EDGES)
    if text.count("(") < text.count(")"):
        text = text.strip("()").strip()
    if text.count("(") > text.count(")"):
        text = text.rstrip("( ").strip() if text.rstrip().endswith("(") else text + ")"
    return text if re.search(r"[A-Za-zÀ-ÿ]{2}", text) and len(text) < 120 else ""


def _bare(parts: Iterable[str]) -> list[FundingLine]:
    """Names of funders without any amount."""
    names = [name.strip(EDGES) for part in parts for name in re.split(r"[;,\n]", part)]
    names = [name for name in names if name]
    if names and all(kind(name) and len(name) < 60 for name in names):
        return [_line(name, None, None) for name in names]
    return []


def _line(name: str, amount: Decimal | None, share: str | None) -> FundingLine:
    part = Decimal(share.replace(",", ".")) if share else None
    return FundingLine(name, instrument(name), amount, scheme(name), part)


def _table(rows: Rows, scale: Decimal | None) -> list[FundingLine]:
    held = list(rows.rows)
    if rows.columns and all(column.funder for column in rows.columns):
        return _by_funder(rows, scale)
    heads = [(column.text, column.x0, column.x1) for column in rows.columns]
    if not heads and held and is_header([cell.text for cell in held[0]]):
        heads = [(cell.text, cell.box.x0, cell.box.x1) for cell in held.pop(0)]
    if across := _across(held, scale):
        return across
    out = []
    for row in held:
        name, amount, share = _row(row, heads, scale)
        if name and not TOTAL.match(fold(name)) and not label(name):
            out.append(_line(name, amount, share))
    return out


def _row(
    row: Sequence[Cell], heads: Sequence[tuple[str, float, float]], scale: Decimal | None
) -> tuple[str, Decimal | None, str | None]:
    name, amount, share = "", None, None
    filled = False
    for cell in row:
        text = join(line.text for line in cell.lines)
        head = next((head for head, x0, x1 in heads if x0 - 2 <= (cell.box.x0 + cell.box.x1) / 2 <= x1 + 2), "")
        found = amounts(text, scale_of(head) or scale or (Decimal(1) if label(head) == "budget" else None))
        percent = SHARE.search(text)
        if percent and not (found and found[0].unit):
            share = percent.group(1)
        elif found and not filled:
            amount, filled = found[0].euros, True
        elif not name and re.search(r"[A-Za-zÀ-ÿ]{2}", text) and not UNKNOWN.search(fold(text)):
            name = text.strip(EDGES)
    return name, amount, share


def _by_funder(rows: Rows, scale: Decimal | None) -> list[FundingLine]:
    """Columns headed by funders: each holds what its funder pays."""
    out = []
    for row in rows.rows:
        for cell in row:
            column = next((c for c in rows.columns if c.x0 - 1 <= (cell.box.x0 + cell.box.x1) / 2 <= c.x1 + 1), None)
            found = amounts(cell.text, (column.scale if column else None) or scale or Decimal(1))
            if column and (found or UNKNOWN.search(fold(cell.text))) and fold(cell.text).strip(" -–—"):
                out.append(_line(column.text, found[0].euros if found else None, None))
    return out


def _across(held: Sequence[Sequence[Cell]], scale: Decimal | None) -> list[FundingLine]:
    """Funders side by side in one row, their amounts in the row below."""
    if len(held) != 2 or len(held[0]) != len(held[1]) or len(held[0]) < 2:
        return []
    if not all(kind(cell.text) or TOTAL.match(fold(cell.text)) for cell in held[0]):
        return []
    out = []
    for head, cell in zip(*held, strict=True):
        found = amounts(cell.text, scale or Decimal(1))
        if not TOTAL.match(fold(head.text)):
            out.append(_line(head.text, found[0].euros if found else None, None))
    return out
