"""What moves money: entries, each with its author, day and reason; none is ever changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from jalon.errors import FundingError


class Measure(StrEnum):
    """What an entry adds to: the amount of an envelope or a delegation, or an amount of a commitment."""

    ANNOUNCED = "announced"
    DELEGATED = "delegated"
    ASKED = "asked"
    COMMITTED = "committed"
    PAID = "paid"


class State(StrEnum):
    """Where a commitment stands."""

    REVIEW = "review"
    COMMITTED = "committed"
    CONTRACTED = "contracted"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATE_LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.REVIEW: "à l’instruction",
        State.COMMITTED: "engagé",
        State.CONTRACTED: "conventionné",
        State.CLOSED: "soldé",
        State.CANCELLED: "annulé",
    }
)
OPEN = frozenset({State.COMMITTED, State.CONTRACTED})
"""States in which the amount of a commitment may move."""
OF_COMMITMENT = frozenset({Measure.ASKED, Measure.COMMITTED, Measure.PAID})


@dataclass(frozen=True, slots=True)
class Move:
    """What an act does: signed cents of one measure, and the state it brings the commitment to (None: the same)."""

    measure: Measure
    cents: int
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    `number` grows with each entry; `on` is the day it counts from; `cancels` is the number of the entry it undoes.
    """

    number: int
    envelope: str
    move: Move
    on: date
    author: str
    reason: str
    delegation: str | None = None
    commitment: str | None = None
    cancels: int | None = None

    def __post_init__(self) -> None:
        if not self.author.strip() or not self.reason.strip():
            raise FundingError(
                f"entry {self.number} without author or reason",
                user_message="cette écriture n’a pas d’auteur ou pas de motif.",
                mend="dites en quelques mots pourquoi : le motif reste dans le journal.",
            )
        if (self.move.measure in OF_COMMITMENT) != (self.commitment is not None):
            raise FundingError(f"entry {self.number}: {self.move.measure} of commitment {self.commitment}")
        if self.move.measure == Measure.DELEGATED and self.delegation is None:
            raise FundingError(f"entry {self.number}: delegated to nobody")
