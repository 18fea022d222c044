"""Lines and rows of a value understood: text, list, money, dates, each with its evidence and its confidence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from jalon.agreements import axes, confidence, dates, funding
from jalon.agreements.amounts import Basis, amounts, basis_of, budget, rounded, scale_of
from jalon.agreements.drafts import Draft, Value
from jalon.agreements.funders import kind as funder_kind
from jalon.agreements.items import Column
from jalon.agreements.labels import Name
from jalon.agreements.model import AxisValue, Calendar, ContentLine, Evidence, Field, FundingLine, Money
from jalon.agreements.wording import BULLET, fold, join, paragraphs, ticked, unbulleted
from jalon.documents.layout import Cell
from jalon.documents.lines import Line
from jalon.documents.model import Box, hull

T = TypeVar("T")
NOTHING = re.compile(
    r"^\W*(?:neant|aucun\w*|sans objet|so|nc|non renseigne\w*|a (?:preciser|definir|completer|determiner)|xx+)?\W*$"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a document lends to the reading of its values."""

    known: frozenset[str]


def evidence(lines: Iterable[Line], context: str = "") -> tuple[Evidence, ...]:
    """One evidence a page, its quote as the page's own lines."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return tuple(
        Evidence(page, box(held), "\n".join(" ".join(w.text for w in line.words) for line in held), context)
        for page, held in sorted(pages.items())
    )


def box(lines: Sequence[Line]) -> Box:
    return hull(word for line in lines for word in line.words)


def text(value: Value, context: Context) -> str:
    """The value as one text, each of its paragraphs a line."""
    if not value.texts:
        return ""
    parts = paragraphs([t.line for t in value.texts if not t.line.struck], value.texts[0].right)
    return "\n".join(
        filter(None, (unbulleted(ticked(join((line.text for line in part), context.known))).strip() for part in parts))
    )


def flat(value: Value, context: Context) -> str:
    """The value as one line."""
    return unbulleted(ticked(join((t.line.text for t in value.texts), context.known))).strip()


def made(value: T, source: Value, kind: Name, doubt: float = 1.0) -> Field[T]:
    lines = list(source.lines())
    heading = source.label.text if source.label and source.label.lines else ""
    return Field(value, evidence(lines, heading), confidence.of(kind, lines, doubt))


def one_line(draft: Draft, name: Name, context: Context) -> Field[str] | None:
    value = draft.values.get(name)
    read = flat(value, context).strip(" ;:") if value else ""
    if value is None or NOTHING.match(fold(read)):
        return None
    return made(read.rstrip(".") if len(read) < 80 else read, value, name)


def long_text(draft: Draft, name: Name, context: Context) -> Field[str] | None:
    value = draft.values.get(name)
    read = text(value, context) if value else ""
    if value is None or NOTHING.match(fold(read)):
        return None
    return made(read, Value(value.label, value.texts), name)


def items(draft: Draft, name: Name, context: Context, split: bool = False) -> Field[tuple[str, ...]] | None:
    """A list: by bullets, by paragraphs, and by commas where `split`."""
    value = draft.values.get(name)
    if value is None:
        return None
    read = text(value, context).split("\n")
    if split:
        joined = [flat(value, context)] if _is_running(value) else read
        read = [part for line in joined for part in commas(line)]
    found = tuple(part.strip(" .;,") for part in read if part.strip(" .;,") and not NOTHING.match(fold(part)))
    return made(found, value, name) if found else None


def _is_running(value: Value) -> bool:
    """Whether names follow each other in sentences rather than one a line."""
    bulleted = any(BULLET.match(t.line.words[0].text + " ") for t in value.texts)
    return not bulleted and any("," in t.line.text or ";" in t.line.text for t in value.texts)


def commas(line: str) -> list[str]:
    """A list cut at commas, semicolons and slashes that stand outside brackets."""
    return re.split(r"\s*[,;](?![^(]*\))\s*|\s+/\s+|\s+[•●▪]\s*|\s+[–—]\s+(?=[A-ZÀ-Ý])", unbulleted(line))


def axis(draft: Draft, context: Context) -> Field[AxisValue] | None:
    value = draft.values.get("axis")
    if value is not None and not value.empty:
        found = axes.axis(flat(value, context))
        if found:
            return made(AxisValue(found.number, found.transversal), value, "axis")
    found = axes.axis(draft.section) if draft.section else None
    if not found:
        return None
    lines = draft.section_lines
    return Field(AxisValue(found.number, found.transversal), evidence(lines), confidence.of("axis", lines, 0.98))


def money(draft: Draft, context: Context) -> Field[Money] | None:
    """The budget in force, from its own label or from the part of a common one."""
    value = next((v for n in ("budget_amended", "budget", "money") if (v := draft.values.get(n)) and not v.empty), None)
    if value is None:
        return None
    scale = _scale(value)
    read = text(value, context).replace("\n", " ; ") if value.texts else ""
    if not value.texts and value.rows:
        read = _total_of_rows(value)
    found = budget(read, scale)
    if found.amount is None and found.low is None:
        return None
    initial = found.initial or _initial(draft, context)
    basis = found.basis or (_label_basis(value))
    read_money = Money(found.amount, found.low, found.high, basis, found.alternatives, initial, found.summed)
    struck = any(word.struck for t in value.texts for word in t.line.words)
    if struck and initial is None:
        old = [a.low for a in amounts(" ".join(w.text for t in value.texts for w in t.line.words if w.struck))]
        read_money = Money(found.amount, found.low, found.high, basis, found.alternatives, old[0] if old else None)
    return made(read_money, value, "budget", 0.7 if found.summed else 1.0)


def _initial(draft: Draft, context: Context) -> Decimal | None:
    value = draft.values.get("budget_initial")
    return budget(flat(value, context), _scale(value)).amount if value and value.texts else None


def _scale(value: Value) -> Decimal | None:
    written = value.label.text if value.label and value.label.lines else ""
    scale = scale_of(written)
    if scale is None and value.label and value.label.boxed and not value.label.lines:
        return None
    return scale


def _label_basis(value: Value) -> Basis | None:
    return basis_of(value.label.text) if value.label and value.label.lines else None


def _total_of_rows(value: Value) -> str:
    for rows in value.rows:
        for row in rows.rows:
            if fold(row[0].text).startswith(("total", "cout total", "montant total")):
                return " ".join(cell.text for cell in row)
    return ""


def funds(draft: Draft, context: Context) -> Field[tuple[FundingLine, ...]] | None:
    value = next((v for n in ("funding", "money") if (v := draft.values.get(n)) and not v.empty), None)
    if value is None:
        return None
    found = funding.lines(value, context.known)
    if draft.values.get("money") is value:
        found = tuple(line for line in found if funder_kind(line.funder))
    return made(found, value, "funding") if found else None


def calendar(draft: Draft, context: Context) -> Field[Calendar] | None:
    """Start and end from one label, or from a label each."""
    value = draft.values.get("calendar")
    read = dates.period(text(value, context).replace("\n", " ; ")) if value else dates.NEVER
    first, last = draft.values.get("start"), draft.values.get("end")
    start, end = read.start, read.end
    if first is not None and first.texts:
        begun = dates.period(f"début : {flat(first, context)}")
        start, end = begun.start or start, begun.end or end
    if last is not None and last.texts:
        end = dates.period(f"fin : {flat(last, context)}").end or end
    if start is None and end is None:
        return None
    merged = Value(value.label if value else None)
    for part in (value, first, last):
        if part is not None:
            merged.texts += part.texts
    return made(Calendar(start, end), merged, "calendar")


def signed(draft: Draft, context: Context) -> Field[date] | None:
    value = draft.values.get("signed")
    found = dates.day(flat(value, context)) if value else None
    return made(found, value, "signed") if value and found else None


def contents(draft: Draft, context: Context) -> Field[tuple[ContentLine, ...]] | None:
    """The parts of an action, one a row."""
    for value in (draft.values.get("contents"), draft.values.get("description")):
        if value is None or not value.rows:
            continue
        found = tuple(_content(row, rows.columns) for rows in value.rows for row in rows.rows if len(row) > 1)
        if found:
            return made(found, Value(value.label, [], value.rows), "contents")
    return None


def _content(row: Sequence[Cell], columns: Sequence[Column]) -> ContentLine:
    held: dict[str, str] = {}
    for cell in row:
        column = next((c for c in columns if c.x0 - 2 <= (cell.box.x0 + cell.box.x1) / 2 <= c.x1 + 2), None)
        name = column.name if column else None
        if name:
            held[name] = join(line.text for line in cell.lines)
    when = dates.period(held.get("calendar", ""))
    cost = budget(held.get("budget", ""))
    described = held.get("description") or held.get("title") or ""
    return ContentLine(held.get("reference", ""), described, when.start, when.end, cost.amount)


def flags(money_field: Field[Money] | None, funding_field: Field[tuple[FundingLine, ...]] | None) -> tuple[str, ...]:
    """Disagreements inside an action, told in French and never repaired."""
    out: list[str] = []
    if money_field and money_field.value.summed:
        out.append("budget : somme des parties, aucun total n'est écrit")
    lines = funding_field.value if funding_field else ()
    known = [line.amount for line in lines if line.amount is not None]
    total = money_field.value.amount if money_field else None
    if lines and total is not None and len(known) == len(lines):
        paid = sum(known, Decimal(0))
        allowed = (total, *money_field.value.alternatives) if money_field else ()
        if all(abs(paid - one) > max(Decimal(2), one / 1000) for one in allowed):
            out.append(f"le plan de financement fait {rounded(paid)} €, le budget {rounded(total)} €")
    return tuple(out)
