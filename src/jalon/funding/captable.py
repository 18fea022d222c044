"""Who holds what of a company, in whole securities: parts of the capital add up to one by construction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from jalon.errors import FundingError, Overrun


class Security(StrEnum):
    SHARES = "shares"
    ADVANCE = "current-account"
    CONVERTIBLE = "convertible"


SECURITY_LABELS: Mapping[Security, str] = MappingProxyType(
    {
        Security.SHARES: "actions",
        Security.ADVANCE: "avance en compte courant",
        Security.CONVERTIBLE: "obligations convertibles",
    }
)


@dataclass(frozen=True, slots=True)
class Operation:
    """What one holder subscribes (positive) or gives back, sells, is repaid (negative) on a day.

    `units`: shares, or bonds; 0 for a current account. `cents`: the price paid or received.
    """

    on: date
    holder: str
    security: Security
    units: int
    cents: int
    round: str = ""


@dataclass(frozen=True, slots=True)
class Stake:
    """One holder: shares held, their fraction of the capital (None while there is no share), and what it put in.

    `invested`: cents by security, net of what came back.
    """

    holder: str
    shares: int
    fraction: Fraction | None
    invested: Mapping[Security, int]


@dataclass(frozen=True, slots=True)
class CapTable:
    stakes: tuple[Stake, ...]

    @property
    def shares(self) -> int:
        return sum(stake.shares for stake in self.stakes)

    def of(self, holder: str) -> Stake:
        nothing = Stake(holder, 0, Fraction(0) if self.shares else None, MappingProxyType({}))
        return next((stake for stake in self.stakes if stake.holder == holder), nothing)


def cap_table(operations: Iterable[Operation], day: date | None = None) -> CapTable:
    """The table at the end of a day, largest holder first.

    Raises Overrun when a holder would give back more securities than it holds, on any day.
    """
    ordered = sorted((each for each in operations if day is None or each.on <= day), key=lambda each: each.on)
    held: dict[tuple[str, Security], int] = {}
    put: dict[str, dict[Security, int]] = {}
    for each in ordered:
        key = each.holder, each.security
        held[key] = held.get(key, 0) + each.units
        _demand_held(each, held[key])
        invested = put.setdefault(each.holder, {})
        invested[each.security] = invested.get(each.security, 0) + each.cents
    whole = sum(units for (_, security), units in held.items() if security == Security.SHARES)
    stakes = (_stake(holder, held.get((holder, Security.SHARES), 0), whole, put[holder]) for holder in put)
    return CapTable(tuple(sorted(stakes, key=lambda stake: (-stake.shares, stake.holder))))


def before_and_after(operations: Iterable[Operation], round_name: str) -> tuple[CapTable, CapTable]:
    """The tables just before and just after a round. Raises FundingError for a round without operations."""
    listed = list(operations)
    days = [each.on for each in listed if each.round == round_name]
    if not days:
        raise FundingError(f"no operation of round {round_name!r}", user_message=f"tour inconnu : {round_name}.")
    until = [each for each in listed if each.on <= max(days)]
    return cap_table(each for each in until if each.round != round_name), cap_table(until)


def _stake(holder: str, shares: int, whole: int, invested: dict[Security, int]) -> Stake:
    return Stake(holder, shares, Fraction(shares, whole) if whole else None, MappingProxyType(invested))


def _demand_held(operation: Operation, left: int) -> None:
    if left < 0:
        raise Overrun(
            f"{operation.holder} is left with {left} {operation.security}",
            user_message=f"{operation.holder} céderait plus de titres qu’il n’en détient "
            f"({SECURITY_LABELS[operation.security]}).",
            mend="corrigez le nombre de titres, ou inscrivez d’abord la souscription qui manque.",
        )


def percentages(table: CapTable, places: int = 2) -> dict[str, Fraction]:
    """Shares of capital in per cent, rounded so that the column on screen adds up to 100 exactly.

    The units that rounding down leaves over go to the largest remainders (Hamilton's method).
    """
    scale = 100 * 10**places
    if not table.shares:
        return {}
    exact = {stake.holder: Fraction(stake.shares * scale, table.shares) for stake in table.stakes}
    floors = {holder: int(value) for holder, value in exact.items()}
    spare = scale - sum(floors.values())
    for holder in sorted(exact, key=lambda name: (floors[name] - exact[name], name))[:spare]:
        floors[holder] += 1
    return {holder: Fraction(value, 10**places) for holder, value in floors.items()}
