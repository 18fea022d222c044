"""The ledger and its values, laid in an edition when it is built, and recomputed from its tables at any time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from jalon.editions import Edition, build
from jalon.editions.manifest import damaged, digest
from jalon.figures.evaluate import evaluate
from jalon.figures.figure import Figure
from jalon.figures.ledger import FROZEN, Ledger, dump, fingerprint, ledger
from jalon.home import Home

VALUES = "figures.json"


@dataclass(frozen=True, slots=True)
class LedgerOf:
    """What `editions.build(attach=…)` needs to freeze these definitions and their values."""

    definitions: Ledger

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.definitions)

    def files(self, draft: Edition) -> Mapping[str, bytes]:
        return {FROZEN: dump(self.definitions), VALUES: _dump_values(self.definitions, draft)}


def build_with_figures(tables: Mapping[str, pa.Table], *, home: Home, as_of: date, note: str = "") -> Edition:
    """`editions.build` with its estimates, the ledger of the product and its values frozen beside. Same errors."""
    return build(tables, home=home, as_of=as_of, note=note, attach=LedgerOf(ledger()), derive=True)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A figure as it was frozen and as its definition gives it again; plain values, None for unknown."""

    id: str
    label: str
    frozen: Any
    again: Any

    @property
    def same(self) -> bool:
        return same_values(self.frozen, self.again)


def frozen_values(edition: Edition) -> dict[str, Any]:
    """Value of each figure when the edition was built: a plain value, a list of rows, or None; {} when not kept.

    Raises EditionDamaged when the file is not the one that was sealed.
    """
    kept = edition.attached(VALUES)
    if kept is None:
        return {}
    if digest(kept) != edition.manifest.files[VALUES].sha256:
        raise damaged(edition.id, VALUES, "modifié depuis la construction")
    values: dict[str, Any] = json.loads(kept)
    return values


def recompute(edition: Edition) -> tuple[Recomputed, ...]:
    """Every frozen figure computed again from the Parquet files alone, with the edition's own definitions."""
    fresh = Edition(edition.folder, edition.manifest)
    kept = frozen_values(edition)
    return tuple(
        Recomputed(key, definition.label, kept.get(key), plain(evaluate(definition, fresh)))
        for key, definition in ledger(edition).items()
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A figure whose value differs between two editions; None on the side where it is unknown or absent."""

    id: str
    label: str
    before: Any
    after: Any


def changes(before: Edition, after: Edition) -> tuple[Change, ...]:
    """The figures that changed from one edition to another, in the order of the ledger of the second."""
    old, new = frozen_values(before), frozen_values(after)
    labels = {key: definition.label for key, definition in (ledger(before) | ledger(after)).items()}
    return tuple(
        Change(key, label, old.get(key), new.get(key))
        for key, label in labels.items()
        if not same_values(old.get(key), new.get(key))
    )


def plain(figure: Figure) -> Any:
    """The value as JSON can carry it: amounts as text with their decimals, days in ISO."""
    if figure.is_table:
        return [[_plain(value) for value in row] for row in figure.rows] if figure.known else None
    return _plain(figure.value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _dump_values(definitions: Ledger, edition: Edition) -> bytes:
    values = {key: plain(evaluate(definition, edition)) for key, definition in definitions.items()}
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def same_values(one: Any, other: Any) -> bool:
    """Equal, or floats apart by rounding only."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same_values(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
