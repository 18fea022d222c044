"""What is found in a text: quantities, with their unit, hedge and place in the plain text."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "money", "percent", "duration", "date", "event"]
Hedge = Literal[
    "exact", "about", "nearly", "more_than", "just_over", "at_least", "less_than", "at_most", "range", "universal"
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity; `start:end` bound it in the plain text, its hedge, scale and currency included.

    `value` is in the base unit: a number of things, euros, per cent (80.0), years for a duration. `step` is the unit
    of the last digit stated, `round_to` that of the last digit that is not a zero. `high` closes a range, or a stretch
    of days (dates are ordinals). `fraction` marks a share in words ("un tiers"), `delta` a difference ("12 de plus"),
    `record` the event of a record.
    """

    kind: Kind
    value: float
    start: int
    end: int
    step: float = 1.0
    round_to: float = 1.0
    hedge: Hedge = "exact"
    high: float | None = None
    fraction: bool = False
    delta: bool = False
    record: bool = False

    @property
    def unit(self) -> str:
        return {"money": "€", "percent": "%", "duration": "ans"}.get(self.kind, "")
