"""The amounts that entries make, held to the rules at every entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from jalon.errors import FundingError, Overrun
from jalon.funding.acts import NEW, Act, Line, Pot, after, drawn, moves
from jalon.funding.entries import Entry, Measure, Move
from jalon.funding.kinds import Kind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pot stands: its envelope (itself for an envelope), and the pot above it."""

    envelope: str
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Cents of a whole envelope, its delegations included: announced = committed + remaining."""

    announced: int
    delegated: int
    committed: int
    paid: int

    @property
    def remaining(self) -> int:
        return self.announced - self.committed


@dataclass(slots=True)
class Ledger:
    """Pots and commitments, moved by entries.

    Every entry either leaves all rules standing or raises FundingError and changes nothing: a pot never passes on and
    commits more than it received, a commitment is never paid more than committed, no amount is negative.
    """

    kinds: dict[str, Kind] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    pots: dict[str, Pot] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """The pot that each commitment draws on."""

    def copy(self) -> "Ledger":
        return Ledger({**self.kinds}, {**self.places}, {**self.pots}, {**self.lines}, {**self.sources})

    def open(self, envelope: str, kind: Kind) -> None:
        self.kinds[envelope] = kind
        self.places[envelope] = Place(envelope)
        self.pots[envelope] = Pot()

    def place(self, delegation: str, above: str) -> None:
        """Make room for a delegation below an envelope or another delegation."""
        self.places[delegation] = Place(self._place(above).envelope, above)
        self.pots.setdefault(delegation, Pot())

    def act(self, act: Act, pot: str, commitment: str | None = None, cents: int = 0) -> tuple[Move, ...]:
        """Do what a funder decides; the moves made. Raises FundingError, and then nothing has moved."""
        line = self.lines.get(commitment, NEW) if commitment else NEW
        held = dict(self.pots), dict(self.lines), dict(self.sources)
        made = moves(act, line, cents)
        try:
            for move in made:
                self.move(pot, commitment, move)
        except FundingError:
            self.pots, self.lines, self.sources = held
            raise
        return made

    def apply(self, entry: Entry) -> None:
        self.move(entry.delegation or entry.envelope, entry.commitment, entry.move)

    def move(self, pot: str, commitment: str | None, move: Move) -> None:
        place = self._place(pot)
        if move.measure == Measure.ANNOUNCED or (move.measure == Measure.DELEGATED and place.above is not None):
            self._receive(pot, place.above, move.cents)
        elif commitment is not None and move.measure != Measure.DELEGATED:
            self._draw(pot, commitment, move)
        else:
            raise FundingError(f"{move.measure} on {pot}")

    def totals(self, envelope: str) -> Totals:
        below = [pot for key, pot in self.pots.items() if self.places[key].envelope == envelope]
        own = self.pots[envelope]
        return Totals(own.received, own.passed_on, sum(pot.direct for pot in below), sum(pot.paid for pot in below))

    def _receive(self, pot: str, above: str | None, cents: int) -> None:
        drawn(self.pots[pot], -cents, "l’enveloppe" if above is None else "la délégation")
        if above is not None:
            source = self.pots[above]
            drawn(source, cents)
            self.pots[above] = replace(source, passed_on=source.passed_on + cents)
        self.pots[pot] = replace(self.pots[pot], received=self.pots[pot].received + cents)

    def _draw(self, pot: str, commitment: str, move: Move) -> None:
        if self.sources.get(commitment, pot) != pot:
            raise FundingError(f"{commitment} draws on {self.sources[commitment]}, not on {pot}")
        line, held = after(self.lines.get(commitment, NEW), move), self.pots[pot]
        committed = move.cents if move.measure == Measure.COMMITTED else 0
        paid = move.cents if move.measure == Measure.PAID else 0
        drawn(held, committed)
        self.lines[commitment], self.sources[commitment] = line, pot
        self.pots[pot] = replace(held, direct=held.direct + committed, paid=held.paid + paid)

    def _place(self, pot: str) -> Place:
        if pot not in self.places:
            raise FundingError(
                f"unknown pot {pot}",
                user_message=f"enveloppe ou délégation inconnue : {pot}.",
                mend="choisissez-la dans la liste des enveloppes.",
            )
        return self.places[pot]


def on_day(ledger: Ledger, entries: Iterable[Entry], day: date | None = None, known: int | None = None) -> Ledger:
    """The ledger as it stood at the end of a day, from its empty structure and all entries in order.

    With `known`, only entries up to that number: what was written by then. Nothing is checked on the way: an entry of
    an earlier day may have been written after a later one.
    """
    made = ledger.copy()
    for entry in entries:
        if (day is None or entry.on <= day) and (known is None or entry.number <= known):
            _lay(made, entry)
    return made


def hold_since(empty: Ledger, entries: Iterable[Entry], day: date) -> None:
    """Raises Overrun unless the rules hold at the end of each day from `day` on, entries counted on their days."""
    made, ordered = empty.copy(), sorted(entries, key=lambda entry: (entry.on, entry.number))
    for entry, following in pairwise((*ordered, None)):
        if entry is not None:
            _lay(made, entry)
            ends = following is None or following.on > entry.on
            if ends and entry.on >= day and not _holds(made):
                raise Overrun(
                    f"overdrawn on {entry.on}",
                    user_message=f"au {entry.on:%d/%m/%Y}, il n’y avait pas de quoi.",
                    mend="datez l’écriture d’un jour où la dotation, ou l’engagement, le permet.",
                )


def _holds(made: Ledger) -> bool:
    return all(pot.free >= 0 and 0 <= pot.paid <= pot.direct for pot in made.pots.values()) and all(
        0 <= line.paid <= line.committed for line in made.lines.values()
    )


def _lay(made: Ledger, entry: Entry) -> None:
    key, move = entry.delegation or entry.envelope, entry.move
    pot, above = made.pots[key], made.places[key].above
    if move.measure in (Measure.ANNOUNCED, Measure.DELEGATED):
        made.pots[key] = replace(pot, received=pot.received + move.cents)
        if above is not None:
            made.pots[above] = replace(made.pots[above], passed_on=made.pots[above].passed_on + move.cents)
        return
    line = made.lines.get(entry.commitment or "", NEW)
    named: Mapping[str, int] = {str(move.measure): getattr(line, move.measure) + move.cents}
    made.lines[entry.commitment or ""] = replace(line, state=move.state or line.state, **named)
    made.sources[entry.commitment or ""] = key
    if move.measure == Measure.COMMITTED:
        made.pots[key] = replace(pot, direct=pot.direct + move.cents)
    elif move.measure == Measure.PAID:
        made.pots[key] = replace(pot, paid=pot.paid + move.cents)
