"""What is read in an agreement: its parties, its actions, and for each value where it stands and how sure it is."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from jalon.agreements.amounts import Basis
from jalon.agreements.axes import Transversal
from jalon.documents.model import Box

T = TypeVar("T")
State = Literal["active", "withdrawn"]
Instrument = Literal["grant", "advance", "loan", "equity", "quasi-equity", "own-funds", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands: page (1-based), box in points from the page's top left corner, and the words themselves.

    Lines of the quote are lines of the page.
    """

    page: int
    box: Box
    quote: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value, where it was read, and the probability that it is right."""

    value: T
    evidence: tuple[Evidence, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Money:
    """A budget in euros. `amount` is None for a range, whose bounds are `low` and `high`."""

    amount: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    basis: Basis | None = None
    alternatives: tuple[Decimal, ...] = ()
    initial: Decimal | None = None
    summed: bool = False


@dataclass(frozen=True, slots=True)
class FundingLine:
    funder: str
    instrument: Instrument
    amount: Decimal | None
    scheme: str = ""
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ContentLine:
    reference: str
    description: str
    start: date | None
    end: date | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class AxisValue:
    number: int | None
    transversal: Transversal | None


@dataclass(frozen=True, slots=True)
class Calendar:
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an amendment does to an action, and where it says so."""

    kind: Literal["budget", "withdrawn", "added", "replaced", "calendar", "owner"]
    amendment: str
    before: str
    after: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One action. Fields that are not printed are None or empty."""

    title: Field[str]
    reference: Field[str] | None
    axis: Field[AxisValue] | None
    owner: Field[str] | None
    partners: Field[tuple[str, ...]] | None
    description: Field[str] | None
    objectives: Field[tuple[str, ...]] | None
    budget: Field[Money] | None
    funding: Field[tuple[FundingLine, ...]] | None
    calendar: Field[Calendar] | None
    signed: Field[date] | None
    progress: Field[tuple[str, ...]] | None
    results: Field[tuple[str, ...]] | None
    contents: Field[tuple[ContentLine, ...]] | None
    page_start: int
    page_end: int
    state: State = "active"
    changes: tuple[Change, ...] = ()
    flags: tuple[str, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Signatory:
    role: str
    name: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment found in the document: its number, its date and where it begins."""

    number: str
    signed: date | None
    page: int


@dataclass(frozen=True, slots=True)
class Agreement:
    document: str
    sha256: str
    towns: Field[tuple[Town, ...]] | None
    epci: Field[str] | None
    signatories: tuple[Field[Signatory], ...]
    signed: Field[date] | None
    amendments: tuple[Amendment, ...]
    actions: tuple[Action, ...]
    paged: bool = True
    notes: tuple[str, ...] = field(default=())
