"""Acts of a funder, and the moves they make: the one place that says what a decision does to the amounts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from jalon.errors import FundingError, Overrun
from jalon.funding.entries import OPEN, STATE_LABELS, Entry, Measure, Move, State
from jalon.funding.wording import euros


class Act(StrEnum):
    ANNOUNCE = "announce"
    DELEGATE = "delegate"
    PROPOSE = "propose"
    COMMIT = "commit"
    ADJUST = "adjust"
    CONTRACT = "contract"
    PAY = "pay"
    CLOSE = "close"
    CANCEL = "cancel"


ACT_LABELS: Mapping[Act, str] = MappingProxyType(
    {
        Act.ANNOUNCE: "doter l’enveloppe",
        Act.DELEGATE: "déléguer",
        Act.PROPOSE: "mettre à l’instruction",
        Act.COMMIT: "engager",
        Act.ADJUST: "modifier l’engagement",
        Act.CONTRACT: "conventionner",
        Act.PAY: "payer",
        Act.CLOSE: "solder",
        Act.CANCEL: "annuler l’engagement",
    }
)


@dataclass(frozen=True, slots=True)
class Pot:
    """Cents of an envelope or of a delegation, and what was done with them.

    `received`: announced, or delegated from above; `passed_on`: delegated below; `direct`: committed here;
    `paid`: paid on what was committed here.
    """

    received: int = 0
    passed_on: int = 0
    direct: int = 0
    paid: int = 0

    @property
    def free(self) -> int:
        """What may still be committed or delegated here."""
        return self.received - self.passed_on - self.direct


@dataclass(frozen=True, slots=True)
class Line:
    """Cents of a commitment, and where it stands; before its first entry, `state` is None."""

    asked: int = 0
    committed: int = 0
    paid: int = 0
    state: State | None = None

    @property
    def to_pay(self) -> int:
        return self.committed - self.paid


NEW = Line()


def moves(act: Act, line: Line, cents: int = 0) -> tuple[Move, ...]:
    """The moves of an act on a commitment as it stands (`NEW` for an act on an envelope or a delegation).

    Raises FundingError when the act does not fit the state, or when its amount has no meaning.
    """
    if act in (Act.ANNOUNCE, Act.DELEGATE):
        _demand(cents != 0, "le montant est nul", "donnez un montant")
        return (Move(Measure.ANNOUNCED if act == Act.ANNOUNCE else Measure.DELEGATED, cents),)
    return OF_LINE[act](line, cents)


def _propose(line: Line, cents: int) -> tuple[Move, ...]:
    _demand_state(line, None)
    _demand(cents > 0, "le montant demandé n’est pas positif", "donnez le montant demandé")
    return (Move(Measure.ASKED, cents, State.REVIEW),)


def _commit(line: Line, cents: int) -> tuple[Move, ...]:
    """Of a proposal, for the amount asked unless another is given; or at once, for a commitment not seen before."""
    asked = _propose(line, cents) if line.state is None else ()
    _demand_state(line, None, State.REVIEW)
    amount = cents or line.asked
    _demand(amount > 0, "le montant engagé n’est pas positif", "donnez le montant engagé")
    return (*asked, Move(Measure.COMMITTED, amount, State.COMMITTED))


def _adjust(line: Line, cents: int) -> tuple[Move, ...]:
    _demand_state(line, *OPEN)
    _demand(cents != 0, "le montant est nul", "donnez la différence, en plus ou en moins")
    return (Move(Measure.COMMITTED, cents),)


def _contract(line: Line, cents: int) -> tuple[Move, ...]:
    _demand_state(line, State.COMMITTED)
    return (Move(Measure.COMMITTED, 0, State.CONTRACTED),)


def _pay(line: Line, cents: int) -> tuple[Move, ...]:
    _demand_state(line, *OPEN)
    _demand(cents != 0, "le montant est nul", "donnez le montant payé, négatif pour un reversement")
    return (Move(Measure.PAID, cents),)


def _close(line: Line, cents: int) -> tuple[Move, ...]:
    _demand_state(line, *OPEN)
    return (Move(Measure.COMMITTED, line.paid - line.committed, State.CLOSED),)


def _cancel(line: Line, cents: int) -> tuple[Move, ...]:
    _demand_state(line, State.REVIEW, *OPEN)
    _demand(line.paid == 0, "une partie est déjà payée", "soldez l’engagement, ou inscrivez d’abord le reversement")
    return (Move(Measure.COMMITTED, -line.committed, State.CANCELLED),)


OF_LINE: Mapping[Act, Callable[[Line, int], tuple[Move, ...]]] = MappingProxyType(
    {
        Act.PROPOSE: _propose,
        Act.COMMIT: _commit,
        Act.ADJUST: _adjust,
        Act.CONTRACT: _contract,
        Act.PAY: _pay,
        Act.CLOSE: _close,
        Act.CANCEL: _cancel,
    }
)


def reversal(entry: Entry, of_line: Sequence[Entry]) -> Move:
    """The move that undoes an entry; `of_line` are all the entries of its commitment, itself included, in order.

    An entry that changed the state can be undone only while no later one did. Raises FundingError otherwise, and for
    an entry that is itself an undoing, or already undone.
    """
    undone = {other.cancels for other in of_line}
    _demand(entry.cancels is None, "cette écriture en annule déjà une autre", "inscrivez de nouveau la décision")
    _demand(entry.number not in undone, "cette écriture est déjà annulée", "rechargez la page")
    if entry.move.state is None:
        return Move(entry.move.measure, -entry.move.cents)
    standing = [e for e in of_line if e.move.state is not None and e.cancels is None and e.number not in undone]
    _demand(standing[-1] == entry, "une décision plus récente en dépend", "annulez d’abord la plus récente")
    before = standing[-2].move.state if len(standing) > 1 else State.CANCELLED
    return Move(entry.move.measure, -entry.move.cents, before)


def after(line: Line, move: Move) -> Line:
    """The commitment once moved. Raises Overrun when it would be paid more than committed, or go below zero."""
    asked = line.asked + (move.cents if move.measure == Measure.ASKED else 0)
    committed = line.committed + (move.cents if move.measure == Measure.COMMITTED else 0)
    paid = line.paid + (move.cents if move.measure == Measure.PAID else 0)
    if paid > committed:
        raise Overrun(
            f"paid {paid} of {committed}",
            user_message=f"{euros(paid)} payés dépasseraient les {euros(committed)} engagés.",
            mend="corrigez le montant, ou augmentez d’abord l’engagement.",
        )
    _demand(min(asked, committed, paid) >= 0, "un montant deviendrait négatif", "corrigez le montant")
    return Line(asked, committed, paid, move.state or line.state)


def drawn(pot: Pot, cents: int, what: str = "l’enveloppe") -> None:
    """Raises Overrun when the pot has not this much left."""
    if cents > pot.free:
        raise Overrun(
            f"{cents} of {pot.free} free",
            user_message=f"il reste {euros(pot.free)} dans {what} : {euros(cents)} n’y tiennent pas.",
            mend="réduisez le montant, augmentez la dotation, ou choisissez une autre enveloppe.",
        )


def _demand_state(line: Line, *allowed: State | None) -> None:
    said = STATE_LABELS[line.state] if line.state else "inconnu"
    expected = ", ".join(sorted(STATE_LABELS[state] for state in allowed if state)) or "nouveau"
    _demand(line.state in allowed, f"l’engagement est {said}", f"ce geste demande un engagement {expected}")


def _demand(held: bool, problem: str, mend: str) -> None:
    if not held:
        raise FundingError(problem, user_message=f"{problem}.", mend=f"{mend}.")
