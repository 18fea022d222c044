"""What readers return: one frozen row a fact, the defects met, and what was read in each file.

Codes are text, amounts integer cents of euros, rates shares between 0 and 1, days `date`. None is "unknown", never 0.
`row` is the 1-based line (CSV, sheet) or record (GeoJSON) of the published file.
"""

from dataclasses import dataclass
from datetime import date

from jalon.errors import Refusal


@dataclass(frozen=True, slots=True)
class Labels:
    """What Jalon's classifier said of a project whose text is not carried: probability of smart city, themes kept."""

    probability: float
    themes: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A project subsidised by the State; `labels` is set only where the product carries the facts without the text."""

    action_id: str
    year: int
    scheme: str | None
    territory_kind: str
    published_code: str | None
    territory_code: str | None
    beneficiary: str | None
    departement_code: str | None
    region_code: str | None
    title: str | None
    category: str | None
    cost_cents: int | None
    grant_cents: int | None
    row: int
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """FTTH of a territory at the last day of a quarter.

    `band` is the lower bound of a published class (0, 5, 10, 25, 50, 80 per cent), not a rate. Kinds: commune,
    arrondissement, epci, departement, region, pays. `zone` is very_dense, private or public; `operator` as published.
    """

    territory_kind: str
    territory_code: str
    quarter: date
    connectable: int | None
    premises: int | None
    rate: float | None
    band: int | None
    row: int
    zone: str | None = None
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One value of another published series, in the unit it was published in."""

    series: str
    label: str
    territory_kind: str
    territory_code: str
    day: date
    value: float
    unit: str
    row: int


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A commune in a published list of beneficiaries.

    `status` is what the list says of the agreement: signed, planned, or unknown. `actions` is the count of actions of
    the 2018 list; `under_way` and `delivered` those of 2024. `partners` are the other towns named with this one.
    """

    programme: str
    row: int
    published_code: str
    territory_code: str | None
    name: str
    group_id: str | None = None
    group_name: str | None = None
    status: str = "unknown"
    signed_on: date | None = None
    planned_on: date | None = None
    actions: int | None = None
    under_way: int | None = None
    delivered: int | None = None
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """An operator of the subsidised connection counter in a département."""

    departement_code: str
    rank: int
    operator: str
    technology: str | None
    subsidised: bool | None
    row: int


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """The outline of a territory, as GeoJSON text; `displaced` when it is drawn in an inset, not at its true place."""

    territory_kind: str
    territory_code: str
    name: str
    geometry: str
    displaced: bool
    row: int


Row = GrantRow | CoverageRow | SeriesRow | ListingRow | OperatorRow | OutlineRow


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as it was read: `sha256` is that of the bytes on disk."""

    file: str
    sha256: str
    bytes: int
    rows_read: int
    rows_refused: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a source gave."""

    source_id: str
    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    rows_read: int
    files: tuple[FileRead, ...]
