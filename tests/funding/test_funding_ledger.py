"""The ledger in memory: every sequence of decisions leaves the rules standing, and refusals change nothing."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jalon.errors import FundingError, KindsMixed, Overrun
from jalon.funding import (
    FACE_VALUE,
    Act,
    Decision,
    Entry,
    Kind,
    Ledger,
    Measure,
    Move,
    State,
    compare,
    hold_since,
    on_day,
    reversal,
    simulate,
    total,
)

DAY = date(2024, 1, 1)
E1, REGION, DEPARTEMENT = "acv:fonds", "acv:fonds:region:84", "acv:fonds:departement:43"
POTS = st.sampled_from([E1, REGION, DEPARTEMENT])
LINES = st.sampled_from(["a", "b", "c"])
AMOUNTS = st.integers(-2_000, 5_000)


def small() -> Ledger:
    made = Ledger()
    made.open(E1, Kind.GRANT)
    made.place(REGION, E1)
    made.place(DEPARTEMENT, REGION)
    return made


class Sequences(RuleBasedStateMachine):
    """Any decisions in any order, undoings and earlier days included."""

    @initialize()
    def start(self) -> None:
        self.ledger, self.entries = small(), []

    def _record(self, pot: str, commitment: str | None, moves: tuple[Move, ...], cancels: int | None = None) -> None:
        for move in moves:
            self.entries.append(
                Entry(
                    len(self.entries) + 1,
                    E1,
                    move,
                    DAY + timedelta(days=len(self.entries)),
                    "claire",
                    "essai",
                    None if pot == E1 else pot,
                    commitment,
                    cancels,
                )
            )

    @rule(act=st.sampled_from(Act), pot=POTS, line=LINES, cents=AMOUNTS)
    def act(self, act: Act, pot: str, line: str, cents: int) -> None:
        commitment = None if act in (Act.ANNOUNCE, Act.DELEGATE) else line
        before = self.ledger.copy()
        try:
            made = self.ledger.act(act, E1 if act == Act.ANNOUNCE else pot, commitment, cents)
        except FundingError:
            assert self.ledger == before
        else:
            self._record(E1 if act == Act.ANNOUNCE else pot, commitment, made)

    @rule(index=st.integers(0, 60))
    def undo(self, index: int) -> None:
        if not self.entries:
            return
        entry = self.entries[index % len(self.entries)]
        related = [e for e in self.entries if e.commitment == entry.commitment] if entry.commitment else self.entries
        try:
            move = reversal(entry, related)
            self.ledger.move(entry.delegation or E1, entry.commitment, move)
        except FundingError:
            return
        self._record(entry.delegation or E1, entry.commitment, (move,), entry.number)

    @invariant()
    def amounts_hold(self) -> None:
        if not hasattr(self, "ledger"):
            return
        whole = self.ledger.totals(E1)
        assert whole.announced == whole.committed + whole.remaining
        assert 0 <= whole.paid <= whole.committed <= whole.announced
        for pot in self.ledger.pots.values():
            assert pot.free >= 0
            assert min(pot.received, pot.passed_on, pot.direct, pot.paid) >= 0
        for key, child in self.ledger.pots.items():
            below = [p for k, p in self.ledger.pots.items() if self.ledger.places[k].above == key]
            assert child.passed_on == sum(p.received for p in below)
        assert whole.committed == sum(line.committed for line in self.ledger.lines.values())
        assert whole.paid == sum(line.paid for line in self.ledger.lines.values())
        for line in self.ledger.lines.values():
            assert 0 <= line.paid <= line.committed
            if line.state in (State.REVIEW, State.CANCELLED):
                assert line.committed == 0
            if line.state == State.CLOSED:
                assert line.committed == line.paid

    @invariant()
    def entries_tell_everything(self) -> None:
        if hasattr(self, "ledger"):
            replayed = on_day(small(), self.entries)
            assert replayed == self.ledger
            hold_since(small(), self.entries, DAY)


TestSequences = Sequences.TestCase
TestSequences.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def entry(number: int, measure: Measure, cents: int, day: int, **more: object) -> Entry:
    state = more.pop("state", None)
    return Entry(number, E1, Move(measure, cents, state), date(2024, 1, day), "claire", "essai", **more)  # type: ignore[arg-type]


LOG = (
    entry(1, Measure.ANNOUNCED, 1_000, 1),
    entry(2, Measure.ASKED, 600, 5, commitment="a", state=State.REVIEW),
    entry(3, Measure.COMMITTED, 600, 5, commitment="a", state=State.COMMITTED),
    entry(4, Measure.PAID, 200, 9, commitment="a"),
)


@pytest.mark.parametrize(("day", "committed", "paid"), [(4, 0, 0), (5, 600, 0), (8, 600, 0), (9, 600, 200)])
def test_the_state_of_any_past_day(day: int, committed: int, paid: int) -> None:
    totals = on_day(small(), LOG, date(2024, 1, day)).totals(E1)
    assert (totals.announced, totals.committed, totals.paid) == (1_000, committed, paid)


def test_what_was_known_by_an_entry() -> None:
    assert on_day(small(), LOG, known=3).totals(E1).paid == 0


def test_an_earlier_commitment_must_fit_on_each_day_since() -> None:
    raised = (*LOG, entry(5, Measure.ANNOUNCED, 500, 20))
    late = entry(6, Measure.COMMITTED, 700, 25, commitment="b")
    hold_since(small(), (*raised, late), late.on)
    early = entry(6, Measure.COMMITTED, 700, 10, commitment="b")
    with pytest.raises(Overrun, match="2024-01-10"):
        hold_since(small(), (*raised, early), early.on)


def test_an_entry_is_signed() -> None:
    with pytest.raises(FundingError, match="author or reason"):
        Entry(1, E1, Move(Measure.ANNOUNCED, 1), DAY, "claire", "  ")


def test_kinds_are_added_only_by_a_rule() -> None:
    amounts = [(Kind.GRANT, 100), (Kind.LOAN, 50)]
    with pytest.raises(KindsMixed) as refused:
        total(amounts)
    assert "subvention, prêt" in refused.value.user_message
    assert total(amounts, FACE_VALUE) == 150
    with pytest.raises(KindsMixed):
        total([*amounts, (Kind.GUARANTEE, 1)], FACE_VALUE)
    assert total([(Kind.EQUITY, 3), (Kind.EQUITY, 4)]) == 7


def test_two_trials_of_one_ledger_are_compared() -> None:
    ledger = small()
    ledger.act(Act.ANNOUNCE, E1, cents=1_000)
    first = simulate(ledger, [Decision(Act.COMMIT, E1, "a", 400)])
    second = simulate(ledger, [Decision(Act.COMMIT, E1, "a", 700), Decision(Act.COMMIT, E1, "b", 400)])
    assert [refused.decision.commitment for refused in second.refused] == ["b"]
    assert "il reste" in second.refused[0].error.user_message
    (row,) = compare(first, second)
    assert (row.committed, row.second.remaining) == (300, 300)
    assert ledger.totals(E1).committed == 0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 10**9)), min_size=1, max_size=12))
def test_a_cap_table_adds_up_to_one(bought: list[tuple[str, int]]) -> None:
    from jalon.funding import Operation, Security, cap_table, percentages

    table = cap_table([Operation(DAY, holder, Security.SHARES, units, units * 10) for holder, units in bought])
    assert sum((stake.fraction or 0) for stake in table.stakes) == 1
    shown = percentages(table)
    assert sum(shown.values()) == 100
    assert all(abs(shown[s.holder] - (s.fraction or 0) * 100) < Fraction(1, 100) for s in table.stakes)


def test_a_round_before_and_after_and_an_exit() -> None:
    from jalon.funding import Operation, Security, before_and_after, cap_table

    operations = [
        Operation(date(2019, 5, 1), "Ville", Security.SHARES, 600, 60_000, "création"),
        Operation(date(2019, 5, 1), "Banque", Security.SHARES, 400, 40_000, "création"),
        Operation(date(2021, 5, 1), "Banque", Security.SHARES, 1_000, 150_000, "second tour"),
        Operation(date(2021, 6, 1), "Banque", Security.ADVANCE, 0, 20_000),
        Operation(date(2024, 5, 1), "Banque", Security.SHARES, -1_400, -280_000, "sortie"),
    ]
    before, after = before_and_after(operations, "second tour")
    assert (before.of("Banque").fraction, after.of("Banque").fraction) == (Fraction(2, 5), Fraction(7, 10))
    assert cap_table(operations).of("Banque").fraction == 0
    assert cap_table(operations).of("Banque").invested == {Security.SHARES: -90_000, Security.ADVANCE: 20_000}
    with pytest.raises(Overrun):
        cap_table([*operations, Operation(date(2025, 1, 1), "Banque", Security.SHARES, -1, 0)])
