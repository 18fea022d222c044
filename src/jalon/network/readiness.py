"""Which actions wait for the fibre: the themes that need it, crossed with coverage at the action's date.

The coverage is that of the département (no rate is published by commune), at the last quarter published by that date,
or as projected when the date is yet to come.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa

from jalon.network.backtest import NothingKnown
from jalon.network.outlook import Prospect, outlook, published
from jalon.network.quarters import french, last_day, number

READY, READY_BY, AT_RISK, UNKNOWN = "ready", "ready_by", "at_risk", "unknown"
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rules:
    """`threshold` in per cent; `patience` in quarters after the action's date; `needs` a French reason a theme."""

    threshold: float
    patience: int
    needs: Mapping[str, str]


@cache
def rules() -> Rules:
    """The rules of `readiness.toml`."""
    read = tomllib.loads((Path(__file__).parent / "readiness.toml").read_text(encoding="utf-8"))
    return Rules(float(read["threshold"]), int(read["patience"]), dict(read["needs"]))


def readiness(tables: Mapping[str, pa.Table]) -> list[Row]:
    """One row an action of smart city that needs fibre and whose département is known, from an edition's tables."""
    needed = _needed(tables["action_themes"])
    try:
        whole = published(tables["coverage"])
        seen = outlook(whole, whole.quarters[-1], rules().threshold, rules().patience)
    except NothingKnown:
        whole, seen = None, {}
    came: dict[str, dict[date, float]] = {}
    for one in whole.values if whole else ():
        if one.kind == "departement":
            came.setdefault(one.code, {})[one.quarter] = one.rate
    return [
        _row(action, departement, due, needed[action], came.get(departement), seen.get(("departement", departement)))
        for action, departement, due in _actions(tables["actions"], needed)
    ]


def _needed(action_themes: pa.Table) -> dict[str, str]:
    """The first theme of each action that needs fibre, in the order of the rules."""
    order = {theme: rank for rank, theme in enumerate(rules().needs)}
    found: dict[str, str] = {}
    pairs = zip(action_themes["action_id"].to_pylist(), action_themes["theme"].to_pylist(), strict=True)
    for action, theme in pairs:
        if theme in order and order[theme] < order.get(found.get(action, ""), len(order)):
            found[action] = theme
    return found


def _actions(actions: pa.Table, needed: Mapping[str, str]) -> Iterator[tuple[str, str, date]]:
    columns = (actions[name].to_pylist() for name in ("action_id", "smart_city", "departement_code", "known_on"))
    for action, smart, departement, due in zip(*columns, strict=True):
        if smart and departement and action in needed:
            yield action, departement, due


def _row(
    action: str, departement: str, due: date, theme: str, came: dict[date, float] | None, seen: Prospect | None
) -> Row:
    state, rate, ready_on, said = _state(due, came or {}, seen)
    return {
        "action_id": action,
        "theme": theme,
        "departement_code": departement,
        "due_on": due,
        "state": state,
        "rate": rate,
        "ready_on": ready_on,
        "reason": f"{rules().needs[theme]} ; {said}",
    }


def _state(due: date, came: Mapping[date, float], seen: Prospect | None) -> tuple[str, float | None, date | None, str]:
    """The state, the rate on the day, the quarter of readiness, and the French reason."""
    threshold = rules().threshold / 100
    known = {quarter: rate for quarter, rate in came.items() if quarter <= due}
    if not came or not known:
        return UNKNOWN, None, None, "aucun taux n’est publié pour le département à cette date"
    rate = _expected(due, known, seen)
    if rate >= threshold:
        return READY, rate, None, f"{100 * rate:.0f} % des locaux du département étaient raccordables"
    ready = _ready(came, seen)
    if ready is None:
        return AT_RISK, rate, None, f"{100 * rate:.0f} % des locaux, et le seuil n’est atteint à aucune date prévisible"
    waiting = number(ready) - number(due)
    said = f"{100 * rate:.0f} % des locaux à cette date, {100 * threshold:.0f} % au {french(number(ready))}"
    return (READY_BY if waiting <= rules().patience else AT_RISK), rate, ready, said


def _expected(due: date, known: Mapping[date, float], seen: Prospect | None) -> float:
    """The last rate published by a day; the projected one when the day is after every published quarter."""
    ahead = [one.value for one in seen.ahead if one.quarter <= due] if seen else []
    return ahead[-1] if ahead else known[max(known)]


def _ready(came: Mapping[date, float], seen: Prospect | None) -> date | None:
    """The first published quarter since which the threshold is held, else the expected one."""
    under = [quarter for quarter, rate in came.items() if rate < rules().threshold / 100]
    held = [quarter for quarter in came if quarter > max(under, default=date.min)]
    if held:
        return min(held)
    if seen is None or seen.reach.expected is None:
        return None
    return last_day(seen.reach.expected)
