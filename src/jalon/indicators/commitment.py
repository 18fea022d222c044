"""The commitment behind the appetite: of the smart-city actions, what is funded, planned, granted; what nobody says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jalon.indicators.estimate import LEVEL, Estimate, Floats, estimate, quotient
from jalon.indicators.prevalence import corrected
from jalon.indicators.rates import SMART, Errors, errors
from jalon.indicators.totals import best
from jalon.indicators.towns import By, Frame, Towns, carriers, frame, of_years, split, with_theme

METHOD = (
    "Somme sur les actions relevées, corrigée du nombre vrai d’actions (Rogan-Gladen) : une action manquée est comptée "
    "au montant moyen des relevées ; intervalle par rééchantillonnage des communes et des erreurs du classement"
)
PAID_UNKNOWN = "Les sources publient ce qui est accordé, non ce qui est payé."
PROGRESS_UNKNOWN = "Aucune source ne dit l’avancement de chaque action."


@dataclass(frozen=True, slots=True)
class Commitment:
    """Commitment of one group. Unknown is None, never 0, and says why.

    `funded`: smart-city actions with a grant; `planned_eur`: cost before tax of those whose cost is known (`costed` of
    `flagged`); `granted_eur`: grants of the State (`granted` of `flagged`). `under_way`, `delivered`, `paid_eur`:
    unknown of single actions in every source that is read. `…_bare`: sums over what was flagged, uncorrected.
    """

    key: str
    theme: str
    flagged: int
    costed: int
    granted: int
    actions: Estimate | None
    funded: Estimate | None
    planned_eur: Estimate | None
    granted_eur: Estimate | None
    funded_bare: int = 0
    planned_bare: float | None = None
    granted_bare: float | None = None
    under_way: Estimate | None = None
    delivered: Estimate | None = None
    paid_eur: Estimate | None = None
    progress_unknown: str = PROGRESS_UNKNOWN
    paid_unknown: str = PAID_UNKNOWN


@dataclass(frozen=True, slots=True)
class Progress:
    """Actions of a programme under way and delivered, of every theme, as its agency published them last.

    `agreements` of `all_agreements` are counted; a number is None when no counted agreement gives it.
    """

    programme: str
    agreements: int
    all_agreements: int
    under_way: int | None
    delivered: int | None


def from_tables(
    actions: pa.Table,
    themes: pa.Table,
    memberships: pa.Table,
    territories: pa.Table,
    scores: pa.Table,
    *,
    by: By,
    level: float = LEVEL,
    seed: int = 0,
    theme: str = SMART,
    programme: str | None = None,
    year: int | None = None,
) -> tuple[Commitment, ...]:
    """Commitment of each group of communes, with the tables and arguments of `appetite.from_tables`."""
    found = of_years(frame(actions, territories), year)
    wanted = sorted(set(themes["theme"].to_pylist())) if by == "theme" else [theme]
    rows_of = carriers(actions, themes, wanted)
    rows: list[Commitment] = []
    for one in wanted:
        mine, doubt = with_theme(found, one, rows_of), errors(scores, one, seed=seed)
        for towns in split(mine, by, memberships, programme):
            narrowed = of_years(mine, int(towns.names[0])) if by == "year" else mine
            keys = (one,) if by == "theme" else towns.names
            rows.extend(of_groups(narrowed, actions, towns, doubt, keys, one, level, seed))
    return tuple(rows)


def of_groups(
    found: Frame,
    actions: pa.Table,
    towns: Towns,
    doubt: Errors,
    keys: tuple[str, ...],
    theme: str,
    level: float = LEVEL,
    seed: int = 0,
) -> tuple[Commitment, ...]:
    """Commitment of each group of towns, named by `keys`; `found` is the frame they were split from."""
    smart = found.row[found.smart]
    town = found.town[found.smart]
    cost, grant = (_amounts(actions, column, smart) for column in ("cost_eur", "grant_eur"))
    return tuple(_of_group(towns, i, key, theme, (town, cost, grant), doubt, level, seed) for i, key in enumerate(keys))


def _amounts(actions: pa.Table, column: str, rows: np.ndarray) -> Floats:
    """Euros of these actions, NaN where unknown."""
    chosen = actions[column].take(pa.array(rows))
    return np.asarray(pc.fill_null(pc.cast(chosen, pa.float64()), float("nan")).to_numpy())


def _of_group(
    towns: Towns,
    i: int,
    key: str,
    theme: str,
    smart: tuple[np.ndarray, Floats, Floats],
    doubt: Errors,
    level: float,
    seed: int,
) -> Commitment:
    """One group: its towns with flagged actions are drawn one by one, the others together, since they hold no money."""
    mine = np.flatnonzero(towns.group == i)
    town, cost, grant = smart
    inside = towns.group[town] == i
    place = np.searchsorted(mine, town[inside])
    cost, grant = cost[inside], grant[inside]
    columns = (np.ones_like(cost), np.nan_to_num(grant) > 0, np.nan_to_num(cost), np.nan_to_num(grant))
    sums = np.stack([np.bincount(place, column, len(mine)) for column in columns], axis=1).astype(float)
    made = _drawn(towns, mine, sums, doubt, level, seed)
    costed, granted = int(np.isfinite(cost).sum()), int(np.isfinite(grant).sum())
    return Commitment(
        key=key,
        theme=theme,
        flagged=len(cost),
        costed=costed,
        granted=granted,
        actions=made[0],
        funded=made[1] if granted else None,
        planned_eur=made[2] if costed else None,
        granted_eur=made[3] if granted else None,
        funded_bare=int((np.nan_to_num(grant) > 0).sum()),
        planned_bare=float(np.nansum(cost)) if costed else None,
        granted_bare=float(np.nansum(grant)) if granted else None,
    )


def _drawn(
    towns: Towns, mine: np.ndarray, sums: Floats, doubt: Errors, level: float, seed: int
) -> Sequence[Estimate | None]:
    """Estimates of sums over actions (towns x sums), raised by true actions over flagged ones."""
    bearing = np.flatnonzero(sums[:, 0] > 0)
    random = np.random.default_rng([seed, 4])
    draws = len(doubt.drawn_sensitivity)
    features = np.column_stack([towns.machine[mine], towns.flagged[mine], towns.sure[mine]]).astype(float)
    silent = np.delete(np.arange(len(mine)), bearing)
    mean = features[silent].mean(axis=0) if len(silent) else np.zeros(3)
    weight = random.standard_exponential((draws, len(bearing)), np.float32)
    rest = random.standard_gamma(len(silent), draws)[:, None] if len(silent) else np.zeros((draws, 1))
    scale = len(mine) / (weight.sum(axis=1, keepdims=True) + rest)
    counted = (weight @ features[bearing].astype(np.float32) + rest * mean) * scale
    money = (weight @ sums[bearing].astype(np.float32)) * scale
    once = _raised(features.sum(axis=0)[None, :], sums.sum(axis=0)[None, :], *best(doubt))[0]
    drawn = _raised(counted, money, doubt.drawn_sensitivity, doubt.drawn_specificity)
    return [
        estimate(float(value), drawn[:, j], n=len(mine), method=METHOD, level=level) for j, value in enumerate(once)
    ]


def _raised(counted: Floats, money: Floats, sensitivity: Floats, specificity: Floats) -> Floats:
    machine, flagged, sure = counted.T
    true = sure + corrected(flagged, machine, sensitivity, specificity)
    return np.asarray(money * np.where(flagged + sure > 0, quotient(true, flagged + sure), 1.0)[:, None])


def progress(action_counts: pa.Table, agreements: pa.Table) -> tuple[Progress, ...]:
    """Published progress of each programme, the last count of each agreement and town; of all themes together."""
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for row in action_counts.sort_by("counted_on").to_pylist():
        last[row["agreement_id"], row["territory_code"]] = row
    of = {row["agreement_id"]: row["programme"] for row in agreements.select(["agreement_id", "programme"]).to_pylist()}
    return tuple(
        _progress(programme, [row for (agreement, _), row in last.items() if of.get(agreement) == programme], of)
        for programme in sorted(set(of.values()))
    )


def _progress(programme: str, rows: Sequence[dict[str, Any]], of: dict[str, str]) -> Progress:
    counted = {row["agreement_id"] for row in rows}
    total = sum(1 for one in of.values() if one == programme)
    return Progress(programme, len(counted), total, _summed(rows, "under_way"), _summed(rows, "delivered"))


def _summed(rows: Sequence[dict[str, Any]], column: str) -> int | None:
    known = [row[column] for row in rows if row[column] is not None]
    return sum(known) if known else None
