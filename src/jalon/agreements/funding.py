"""Funding plans: who pays what, from a table, from bullets or from one sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jalon.agreements.amounts import UNKNOWN, amounts, scale_of, unbroken
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
Heads = list[tuple[str, float, float]]
HEAD = re.compile(r"\btotal\b|\b20\d\d\b|\bmontants?\b|\bh\.?t\b|\bttc\b|\btaux\b|\bparts?\b|€|\beuros?\b|^%$")
YEAR = re.compile(r"\b20\d\d\b")
PAYS = re.compile(
    r"\s*,?\s*\b(?:apport|particip|contribu|financ|intervien|vers|accord|attribu|pren[dn]|mobilis|allou|octroi|subventionn"
    r"|est sollicit|sera sollicit|s['’]engag|abond|sout)\w*(?:\s.*)?$",
    re.IGNORECASE,
)
LEADS = re.compile(r"^(?:et\s+)?(?:par\s+|de\s+|à\s+)?(?:l['’]\s?|la\s+|le\s+|les\s+|du\s+)(?=\S)", re.IGNORECASE)
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
    heads: Heads = []
    for rows in _joined(value.rows):
        found, heads = _table(rows, scale, heads)
        out += found
    if value.texts:
        right = value.texts[0].right
        parts = paragraphs([text.line for text in value.texts], right)
        out += sentences([unbulleted(join((line.text for line in part), known)) for part in parts], scale)
    return tuple(out)


def _joined(tables: Sequence[Rows]) -> Iterator[Rows]:
    """Tables of a value, those without a header that go on from the one before put together with it."""
    held: Rows | None = None
    for rows in tables:
        if held and not rows.columns and not held.columns and rows.rows and held.rows and _go_on(held, rows):
            held = replace(held, rows=held.rows + rows.rows)
            continue
        if held:
            yield held
        held = rows
    if held:
        yield held


def _go_on(held: Rows, rows: Rows) -> bool:
    starts = [[cell.box.x0 for cell in one.rows[0]] for one in (held, rows)]
    return all(min(abs(x - other) for other in starts[0]) < 6 for x in starts[1])


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
    bare = PAYS.sub("", text)
    if bare != text or kind(LEADS.sub("", bare)):
        text = LEADS.sub("", bare)
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


def _table(rows: Rows, scale: Decimal | None, heads: Heads) -> tuple[list[FundingLine], Heads]:
    """The lines of a table and its header; `heads` is that of the table before it, which it may go on from."""
    held = [row for row in rows.rows if row]
    if rows.columns and all(column.funder for column in rows.columns):
        return _by_funder(rows, scale), []
    if rows.columns:
        heads = [(column.text, column.x0, column.x1) for column in rows.columns]
    elif held and _is_head(held[0]):
        heads = [(cell.text, cell.box.x0, cell.box.x1) for cell in held.pop(0)]
    if across := _across(held, scale):
        return across, heads
    out = []
    for row in held:
        name, amount, share = _row(row, heads, scale)
        if name and not TOTAL.match(fold(name)) and not label(name):
            out.append(_line(name, amount, share))
    return out, heads


def _is_head(row: Sequence[Cell]) -> bool:
    """Whether a row heads the columns of a funding plan: no amounts in it, and words such as total, years, taxes."""
    texts = [cell.text for cell in row]
    if is_header(texts):
        return True
    if len(row) < 2 or any(amount.unit for text in texts for amount in amounts(text)):
        return False
    return any(HEAD.search(fold(text)) for text in texts[1:]) and kind(texts[0]) is None


def _row(row: Sequence[Cell], heads: Heads, scale: Decimal | None) -> tuple[str, Decimal | None, str | None]:
    name, share = "", None
    found: list[tuple[str, Decimal | None]] = []
    for cell in row:
        text = unbroken(join(line.text for line in cell.lines))
        head = next((head for head, x0, x1 in heads if x0 - 2 <= (cell.box.x0 + cell.box.x1) / 2 <= x1 + 2), "")
        bare = label(head) == "budget" or bool(HEAD.search(fold(head)))
        read = amounts(text, scale_of(head) or scale or (Decimal(1) if bare else None))
        percent = SHARE.search(text)
        if percent and not (read and read[0].unit):
            share = percent.group(1)
        elif read:
            found.append((fold(head), read[0].euros))
        elif not name and re.search(r"[A-Za-zÀ-ÿ]{2}", text) and not UNKNOWN.search(fold(text)):
            name = text.strip(EDGES)
    return name, _whole(found), share


def _whole(found: Sequence[tuple[str, Decimal | None]]) -> Decimal | None:
    """What a funder pays in all: under "total", else the sum of the years, else before tax, else the first amount."""
    total = next((amount for head, amount in found if re.match(r"total|montant total|ensemble", head)), None)
    years = [amount for head, amount in found if YEAR.search(head) and amount is not None]
    before_tax = next((amount for head, amount in found if re.search(r"\bh\.?t\b|hors tax", head)), None)
    if total is not None:
        return total
    if len(years) > 1:
        return sum(years, Decimal(0))
    return before_tax if before_tax is not None else next((amount for _, amount in found), None)


def _by_funder(rows: Rows, scale: Decimal | None) -> list[FundingLine]:
    """Columns headed by funders: each holds what its funder pays."""
    out = []
    for row in rows.rows:
        for cell in row:
            column = next((c for c in rows.columns if c.x0 - 1 <= (cell.box.x0 + cell.box.x1) / 2 <= c.x1 + 1), None)
            found = amounts(unbroken(cell.text), (column.scale if column else None) or scale or Decimal(1))
            if column and (found or UNKNOWN.search(fold(cell.text))) and fold(cell.text).strip(" -–—"):
                out.append(_line(column.text, found[0].euros if found else None, None))
    return out


def _across(held: Sequence[Sequence[Cell]], scale: Decimal | None) -> list[FundingLine]:
    """Funders side by side in one row, their amounts and perhaps their shares in the rows below."""
    if len(held) < 2 or len(held[0]) < 2 or any(amount.unit for cell in held[0] for amount in amounts(cell.text)):
        return []
    paying = [cell for cell in held[0] if kind(cell.text) or TOTAL.match(fold(cell.text))]
    if len(paying) < 2 or len(paying) < len(held[0]) - 1:
        return []
    out = []
    for head in paying:
        below = [unbroken(cell.text) for row in held[1:] for cell in row if _under(head, cell)]
        plain = [text for text in below if "%" not in text]
        found = next((read for text in plain if (read := amounts(text, scale or Decimal(1)))), ())
        share = next((match.group(1) for text in below if "%" in text and (match := SHARE.search(text))), None)
        if not TOTAL.match(fold(head.text)):
            out.append(_line(head.text, found[0].euros if found else None, share))
    return out


def _under(head: Cell, cell: Cell) -> bool:
    return head.box.x0 - 2 <= (cell.box.x0 + cell.box.x1) / 2 <= head.box.x1 + 2
