"""Money by rules: entries, envelopes, trials, capital; plain functions on values, exact to the cent."""

from jalon.funding.acts import ACT_LABELS, NEW, Act, Line, Pot, after, drawn, moves, reversal
from jalon.funding.captable import (
    SECURITY_LABELS,
    CapTable,
    Operation,
    Security,
    Stake,
    before_and_after,
    cap_table,
    percentages,
)
from jalon.funding.entries import STATE_LABELS, Entry, Measure, Move, State
from jalon.funding.kinds import FACE_VALUE, KIND_LABELS, Kind, SumRule, by_kind, total
from jalon.funding.ledger import Ledger, Totals, hold_since, on_day
from jalon.funding.scenario import Decision, Difference, Outcome, Refused, compare, simulate
from jalon.funding.wording import euros

__all__ = [
    "ACT_LABELS",
    "FACE_VALUE",
    "KIND_LABELS",
    "NEW",
    "SECURITY_LABELS",
    "STATE_LABELS",
    "Act",
    "CapTable",
    "Decision",
    "Difference",
    "Entry",
    "Kind",
    "Ledger",
    "Line",
    "Measure",
    "Move",
    "Operation",
    "Outcome",
    "Pot",
    "Refused",
    "Security",
    "Stake",
    "State",
    "SumRule",
    "Totals",
    "after",
    "before_and_after",
    "by_kind",
    "cap_table",
    "compare",
    "drawn",
    "euros",
    "hold_since",
    "moves",
    "on_day",
    "percentages",
    "reversal",
    "simulate",
    "total",
]
