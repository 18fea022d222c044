"""Every declared fact of an edition with its standing: confirmed by a computed figure, contradicted, or alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.editions import Edition
from jalon.figures.definition import Definition
from jalon.figures.evaluate import evaluate
from jalon.figures.figure import DeclaredValue, State
from jalon.figures.ledger import ledger

_COLUMNS = (
    "fact_id", "programme", "statement", "value", "unit", "hedge", "as_of", "published", "publisher", "title", "url",
    "independent", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bearer:
    """A figure that carries a fact. `agrees` is that of a computed value, None when none was held against it."""

    figure: str
    label: str
    agrees: bool | None
    held: str
    note: str


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as published: `value` in `unit`, said of `as_of` ("2019", "2018/2022"…), and where it was read (`url`)."""

    fact_id: str
    programme: str
    statement: str
    value: float
    unit: str
    hedge: str
    as_of: str
    published: str | None
    publisher: str
    title: str | None
    url: str
    independent: bool
    remark: str | None
    state: State
    bearers: tuple[Bearer, ...]


def stated_facts(edition: Edition, as_of: date | None = None) -> tuple[StatedFact, ...]:
    """All of them by id; contradicted when a computed value disagrees, confirmed when one agrees and none disagrees."""
    bearers: dict[str, list[Bearer]] = {}
    for definition in ledger(edition).values():
        for fact_id, bearer in _borne(definition, edition, as_of):
            bearers.setdefault(fact_id, []).append(bearer)
    names = ", ".join(_COLUMNS[:-1])
    rows = edition.query(f"SELECT {names}, note FROM declared_facts ORDER BY fact_id")  # noqa: S608
    return tuple(_stated(row, bearers.get(row[0], [])) for row in rows)


def _stated(row: tuple[Any, ...], bearers: list[Bearer]) -> StatedFact:
    return StatedFact(**dict(zip(_COLUMNS, row, strict=True)), state=_state(bearers), bearers=tuple(bearers))


def _borne(definition: Definition, edition: Edition, as_of: date | None) -> Iterator[tuple[str, Bearer]]:
    if not definition.facts:
        return
    found = {fact.fact_id: fact for fact in evaluate(definition, edition, as_of=as_of).declared}
    for fact in definition.facts:
        if fact.id in found:
            yield fact.id, _bearer(definition, found[fact.id], compared=fact.compare)


def _bearer(definition: Definition, fact: DeclaredValue, *, compared: bool) -> Bearer:
    """Publications that repeat one another confirm nothing: only a computed value does."""
    agrees = fact.agrees if compared and fact.held else None
    return Bearer(definition.id, definition.label, agrees, fact.held, fact.note)


def _state(bearers: list[Bearer]) -> State:
    verdicts = {bearer.agrees for bearer in bearers}
    return "contradicted" if False in verdicts else "confirmed" if True in verdicts else "alone"
