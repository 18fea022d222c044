"""The fibre's roll-out in the published edition, seen from any of its quarters; worked out once an edition."""

from dataclasses import dataclass
from datetime import date

from jalon.editions import Edition
from jalon.network.backtest import NothingKnown
from jalon.network.outlook import Place, Prospect, Published, outlook, published
from jalon.programmes import programmes

PLAN = "thd"
TARGET = "ftth-2022"
COUNTRY: Place = ("pays", "FR")


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of the plan: a share of premises, the day it is due, the declared fact that states it."""

    share: float
    due: date
    fact: str


def goal() -> Goal:
    """The target of the plan's folder; the sentence that it stands behind is checked elsewhere."""
    target = next(one for one in programmes()[PLAN].targets if one.id == TARGET)
    return Goal(target.value / 100, target.due_on, target.fact)


def rates(edition: Edition) -> Published | None:
    """Every rate of the country, régions and départements; None when the edition has none."""
    if "fibre-rates" not in edition.memo:
        try:
            found = published(edition.table("coverage"))
        except NothingKnown:
            found = None
        edition.remember("fibre-rates", found)
    kept: Published | None = edition.memo["fibre-rates"]
    return kept


def prospects(edition: Edition, origin: date) -> dict[Place, Prospect]:
    """Every place seen from a quarter; empty when the edition has no rate by then."""
    key = ("fibre-outlook", origin)
    if key not in edition.memo:
        whole = rates(edition)
        try:
            found = outlook(whole, origin, 100 * goal().share) if whole else {}
        except NothingKnown:
            found = {}
        edition.remember(key, found)
    kept: dict[Place, Prospect] = edition.memo[key]
    return kept


def quarters(edition: Edition) -> tuple[date, ...]:
    """Quarters from which the roll-out may be seen, those that the edition's day allows."""
    whole = rates(edition)
    return tuple(one for one in whole.quarters if one <= edition.as_of) if whole else ()


def address(quarter: date) -> str:
    """ "2019-T4", as addresses name a quarter."""
    return f"{quarter.year}-T{(quarter.month - 1) // 3 + 1}"


def quarter_of(edition: Edition, named: str) -> date | None:
    """The quarter of an address; the last one for an empty name; None for one that the edition does not have."""
    known = quarters(edition)
    if not named:
        return known[-1] if known else None
    return next((one for one in known if address(one) == named), None)
