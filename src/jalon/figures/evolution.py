"""Why the value of a figure changed from one edition to the next: which rows behind it came, left or moved."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from jalon.editions import Edition
from jalon.errors import FigureError
from jalon.figures.definition import Definition
from jalon.figures.evaluate import evidence
from jalon.figures.figure import Evidence
from jalon.figures.freeze import frozen_values, same_values
from jalon.figures.ledger import ledger

Reason = Literal["person", "definition", "reading", "data", "day"]
SAYS: dict[Reason, str] = {
    "person": "une personne a corrigé des lignes",
    "definition": "la définition du chiffre a été corrigée",
    "reading": "la lecture des mêmes fichiers a été corrigée",
    "data": "de nouvelles données ont été publiées",
    "day": "la date d’arrêt a changé",
}
CORRECTIONS: frozenset[Reason] = frozenset(["person", "definition", "reading"])
"""Reasons for which the former value was wrong, and not merely older."""
SHOWN = 10
"""Rows of each kind kept to be shown."""
_ALONE = ("action_id", "fact_id")
_PARTS = (
    "agreement_id", "group_id", "territory_kind", "territory_code", "code", "departement_code", "region_code",
    "theme", "quarter", "year", "source_id", "file", "row", "field",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moves:
    """Rows of evidence that came, left, or are there with another content: how many, and the keys of some."""

    by: str
    """The column that the keys are of; "" when they are made of several."""
    came: int
    left: int
    moved: int
    came_keys: tuple[str, ...]
    left_keys: tuple[str, ...]
    moved_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evolution:
    """A figure that changed between two editions; values are plain, None when unknown or absent."""

    figure: str
    label: str
    before: Edition
    after: Edition
    was: Any
    now: Any
    reason: Reason
    moves: Moves | None

    @property
    def corrects(self) -> bool:
        """Whether what was published was wrong."""
        return self.reason in CORRECTIONS and self.was is not None


@lru_cache(maxsize=512)
def evolution(before: Edition, after: Edition, figure: str) -> Evolution | None:
    """What changed of a figure from an edition to a later one; None when its value is the same on both."""
    was, now = frozen_values(before).get(figure), frozen_values(after).get(figure)
    if same_values(was, now):
        return None
    old, new = ledger(before).get(figure), ledger(after).get(figure)
    rows = _rows(old, before), _rows(new, after)
    moves = _moves(rows[0], rows[1]) if rows[0] is not None and rows[1] is not None else None
    known = new or old
    return Evolution(
        figure, known.label if known else figure, before, after, was, now, _reason(before, after, old, new, rows), moves
    )


def _rows(definition: Definition | None, edition: Edition) -> dict[str, Row] | None:
    if definition is None:
        return {}
    try:
        return _by_key(evidence(definition, edition))
    except FigureError:
        return None


def _key(names: list[str]) -> tuple[str, ...]:
    """The columns that tell rows of evidence apart."""
    alone = next((name for name in _ALONE if name in names), None)
    return (alone,) if alone else tuple(name for name in _PARTS if name in names) or tuple(names)


def _by_key(proof: Evidence) -> dict[str, Row]:
    names = [column.name for column in proof.columns]
    key = _key(names)
    rows = [dict(zip(names, row, strict=True)) for row in proof.rows]
    return {" · ".join(str(row[name]) for name in key if row[name] is not None): row for row in rows}


def _moves(old: dict[str, Row], new: dict[str, Row]) -> Moves:
    came = [key for key in new if key not in old]
    left = [key for key in old if key not in new]
    moved = [key for key in new if key in old and not _alike(old[key], new[key])]
    columns = _key(list(next(iter((new or old).values()), {})))
    return Moves(
        columns[0] if len(columns) == 1 else "",
        len(came),
        len(left),
        len(moved),
        tuple(came[:SHOWN]),
        tuple(left[:SHOWN]),
        tuple(moved[:SHOWN]),
    )


def _alike(old: Row, new: Row) -> bool:
    """Whether what the two rows both say is the same."""
    return all(same_values(old[name], new[name]) for name in old.keys() & new.keys())


def _reason(
    before: Edition, after: Edition, old: Definition | None, new: Definition | None, rows: tuple[Any, ...]
) -> Reason:
    if old is not None and new is not None and (old.value, old.facts) != (new.value, new.facts):
        return "definition"
    if _settled(before, after) & _touched(*rows):
        return "person"
    if before.manifest.sources != after.manifest.sources:
        return "data"
    if before.manifest.code != after.manifest.code:
        return "reading"
    return "data" if before.as_of == after.as_of else "day"


def _touched(old: dict[str, Row] | None, new: dict[str, Row] | None) -> set[str]:
    """Keys of the rows that are not alike on both sides."""
    one, other = old or {}, new or {}
    return {key for key in one.keys() | other.keys() if key not in one or key not in other or one[key] != other[key]}


@lru_cache(maxsize=64)
def _settled(before: Edition, after: Edition) -> frozenset[str]:
    """The actions that a person settled between two editions."""
    sql = "SELECT action_id FROM actions WHERE decided_by = 'human'"
    old, new = ({key for (key,) in edition.query(sql)} for edition in (before, after))
    return frozenset(new - old)
