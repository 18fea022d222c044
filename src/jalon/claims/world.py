"""What the checking of a text knows beside the text."""

from dataclasses import dataclass, field
from datetime import date

from jalon.figures import Ledger


@dataclass(frozen=True, slots=True)
class World:
    """The figures, the day of the check, the first and last year of the grants, the launch of each programme."""

    ledger: Ledger
    as_of: date
    years: tuple[int, int]
    launched: dict[str, date] = field(default_factory=dict)
