"""What if: decisions tried on a ledger, two trials compared. Nothing here is written anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from jalon.errors import FundingError
from jalon.funding.acts import Act
from jalon.funding.ledger import Ledger, Totals


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody would decide: an act on a pot (envelope or delegation), maybe of a commitment, for an amount."""

    act: Act
    pot: str
    commitment: str | None = None
    cents: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    decision: Decision
    error: FundingError


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ledger after the decisions, those that hold, and those that the rules refuse, with why."""

    ledger: Ledger
    accepted: tuple[Decision, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One envelope under two trials, and what the second changes."""

    envelope: str
    first: Totals
    second: Totals

    @property
    def committed(self) -> int:
        return self.second.committed - self.first.committed

    @property
    def paid(self) -> int:
        return self.second.paid - self.first.paid


def simulate(ledger: Ledger, decisions: Sequence[Decision]) -> Outcome:
    """Try decisions in order on a copy; a refused one leaves the amounts as they were, and the others go on."""
    tried, accepted, refused = ledger.copy(), [], []
    for decision in decisions:
        try:
            tried.act(decision.act, decision.pot, decision.commitment, decision.cents)
        except FundingError as error:
            refused.append(Refused(decision, error))
        else:
            accepted.append(decision)
    return Outcome(tried, tuple(accepted), tuple(refused))


def compare(first: Outcome, second: Outcome) -> tuple[Difference, ...]:
    """The envelopes whose totals differ between two trials of the same ledger."""
    rows = (
        Difference(envelope, first.ledger.totals(envelope), second.ledger.totals(envelope))
        for envelope in sorted(first.ledger.kinds)
    )
    return tuple(row for row in rows if row.first != row.second)
