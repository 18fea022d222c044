"""Coverage as an edition holds it: one value a territory and quarter, what other sources say kept beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from jalon.geography import geography
from jalon.network.backtest import NothingKnown
from jalon.network.quarters import number
from jalon.network.reading import SeriesRead, gathered_panel

AGREED = 0.01
"""Rates of two sources that differ by no more than a point say the same thing: one of them is rounded to the unit."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The rate kept for a territory and quarter, its source, and what another source says; shares between 0 and 1."""

    kind: str
    code: str
    quarter: date
    rate: float
    source_id: str
    other_rate: float | None = None
    other_source: str | None = None

    @property
    def disagrees(self) -> bool:
        return self.other_rate is not None and abs(self.other_rate - self.rate) > AGREED + 1e-9


def reconciled(coverage: pa.Table, kind: str | None = None) -> Iterator[Reconciled]:
    """Rates of an edition's table `coverage`, by place and quarter. The source published last is kept.

    A rate is as published, or connectable over premises where both are; over 1 counts as 1.
    """
    names = ["territory_kind", "territory_code", "quarter", "rate", "connectable", "premises", "known_on", "source_id"]
    table = coverage if kind is None else coverage.filter(pc.equal(coverage["territory_kind"], kind))
    found: dict[tuple[str, str, date], list[tuple[date, str, float]]] = {}
    for row in zip(*(table.column(name).to_pylist() for name in names), strict=True):
        place, quarter, known_on, source = row[:2], row[2], row[6] or date.min, row[7]
        rate = share(row[3], row[4], row[5])
        if rate is not None:
            found.setdefault((*place, quarter), []).append((known_on, source, rate))
    for (place_kind, code, quarter), said in sorted(found.items()):
        *others, (_, source, rate) = sorted(said)
        other = others[-1] if others else None
        yield Reconciled(place_kind, code, quarter, rate, source, other and other[2], other and other[1])


def share(rate: float | None, connectable: int | None, premises: int | None) -> float | None:
    """The share of premises connectable; None without a published rate and without premises, or with none at all."""
    if rate is not None:
        return min(rate, 1.0)
    if connectable is None or not premises:
        return None
    return min(connectable / premises, 1.0)


def read_coverage(coverage: pa.Table, kind: str) -> SeriesRead:
    """The panel of a level of an edition. Raises NothingKnown when the level has no rate there."""
    kept = list(reconciled(coverage, kind))
    if not kept:
        raise NothingKnown(
            f"no rate for {kind}",
            user_message=f"l’édition n’a aucun taux de couverture pour la maille « {kind} ».",
            mend="choisissez --level departement, ou donnez --series FICHIER.csv.",
        )
    values = {(one.code, number(one.quarter)): 100 * one.rate for one in kept}
    return SeriesRead(gathered_panel(values, groups_of(kind)), len(kept), 0, 0, ())


def groups_of(kind: str) -> dict[str, str]:
    """From whom each borrows strength: a commune or an EPCI from its département, a département from its région."""
    places = geography()
    if kind == "commune":
        return {code: place.departement_code or "" for code, place in places.communes.items()}
    if kind == "epci":
        return {code: place.departement_code or "" for code, place in places.epcis.items()}
    if kind == "departement":
        return {code: place.region_code or "" for code, place in places.departements.items()}
    return {}
