"""The appetite of towns for the smart city: how many act, how much, and more or less than towns of their size.

Every value is corrected for the classifier's errors; every interval carries the draw of towns and those errors;
départements and régions are drawn toward all of them together and say so. Formulas: docs/method.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from jalon.indicators import shrinkage
from jalon.indicators.bootstrap import Cells, cells, weights
from jalon.indicators.estimate import LEVEL, Estimate, Floats, estimate, quotient
from jalon.indicators.rates import SMART, Errors, errors
from jalon.indicators.skew import Correction, correction
from jalon.indicators.totals import Laws, Totals, best, laws_of, per_town, totals
from jalon.indicators.towns import By, Frame, Towns, carriers, frame, of_years, split, with_theme

AREAS = ("region", "departement")
PEOPLE = 10_000
METHOD = (
    "Corrigé des erreurs du classement (Rogan-Gladen) ; intervalle par rééchantillonnage des communes (bayésien) et "
    "tirage des erreurs du classement dans ce que l’échantillon étiqueté laisse possible"
)
SAME_SIZE = "Standardisation : chaque commune fait ce que font en moyenne toutes les communes de sa classe de taille"
DRAWN_TOWARD = " ; valeur rapprochée de celle de l’ensemble, faute de communes (Bayes empirique, bêta-binomial)"


@dataclass(frozen=True, slots=True)
class Appetite:
    """Appetite of one group of towns. An estimate is None where it is undefined (no town, no action, no population).

    `key`: code or id of the group; `theme`: theme, or smart_city; `towns`: how many there are; `judged`: actions
    judged; `flagged_towns`, `flagged`: towns and actions that a bare count would give. `acting`, `share`: number and
    share of towns with at least one; `actions`: true actions; `prevalence`: their share of the judged; `per_town`,
    `per_10000`: actions per town and per 10,000 inhabitants; `quotient`: actions over those expected if each town had
    the share of all communes of its size (1: as everywhere), None where the groups are all communes or classes of size.
    `same_size`: what share, prevalence, per_town and per_10000 would be if each town did as all communes of its size.
    `bare`: the same measures by a bare count of flags.
    """

    key: str
    theme: str
    towns: int
    judged: int
    flagged_towns: int
    flagged: int
    acting: Estimate | None
    share: Estimate | None
    actions: Estimate | None
    prevalence: Estimate | None
    per_town: Estimate | None
    per_10000: Estimate | None
    quotient: Estimate | None
    same_size: Mapping[str, Estimate | None]
    bare: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio of two totals. `like` is the total that communes of the same sizes would have instead of `above`;
    `of_all` multiplies the ratio by the number of towns.
    """

    above: str
    below: str
    like: str = ""
    scale: float = 1.0
    of_all: bool = False


MEASURES = {
    "acting": Measure("acting", "towns", of_all=True),
    "share": Measure("acting", "towns", "like_acting"),
    "actions": Measure("true", "towns", of_all=True),
    "prevalence": Measure("true", "judged", "expected"),
    "per_town": Measure("true", "towns", "like_true"),
    "per_10000": Measure("true_placed", "people", "like_placed", PEOPLE),
    "quotient": Measure("true", "expected"),
}


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
) -> tuple[Appetite, ...]:
    """Appetite of each group of communes, from the tables `actions`, `action_themes`, `memberships`, `territories` and
    `theme_scores` of an edition.

    `by` splits by pays (one group), region, departement, population_class, programme, year or theme; `theme`,
    `programme` and `year` narrow. The same arguments and seed give the same numbers. Raises `ScoresMissing`.
    """
    found = of_years(frame(actions, territories), year)
    wanted = sorted(set(themes["theme"].to_pylist())) if by == "theme" else [theme]
    rows_of = carriers(actions, themes, wanted)
    rows: list[Appetite] = []
    for one in wanted:
        mine = with_theme(found, one, rows_of)
        doubt = errors(scores, one, seed=seed)
        rows.extend(_of_theme(mine, memberships, doubt, by, programme, one, level, seed))
    compared = programme is not None or by in (*AREAS, "programme")
    return tuple(rows) if compared else tuple(replace(row, quotient=None) for row in rows)


def _of_theme(
    found: Frame,
    memberships: pa.Table,
    doubt: Errors,
    by: By,
    programme: str | None,
    theme: str,
    level: float,
    seed: int,
) -> tuple[Appetite, ...]:
    rows: list[Appetite] = []
    for towns in split(found, by, memberships, programme):
        named = replace(towns, names=(theme,)) if by == "theme" else towns
        rows.extend(appetite(named, doubt, theme=theme, toward_all=by in AREAS, level=level, seed=seed))
    return tuple(rows)


def appetite(
    towns: Towns,
    doubt: Errors,
    *,
    theme: str = SMART,
    toward_all: bool = False,
    level: float = LEVEL,
    seed: int = 0,
) -> tuple[Appetite, ...]:
    """Appetite of each group. Towns outside every group serve too: from all of them come the law of each class of size
    and the expected numbers. `toward_all` draws each group toward all groups together.
    """
    random = np.random.default_rng([seed, 2])
    found = cells(towns)
    weight = weights(found, random, len(doubt.drawn_sensitivity))
    laws = laws_of(found, weight, doubt)
    own = found.towns[None, :]
    drawn_by = doubt.drawn_sensitivity, doubt.drawn_specificity
    point = totals(found, own, laws.point, *best(doubt), own)
    drawn = totals(found, own if toward_all else weight, laws.drawn, *drawn_by, weight)
    if toward_all:
        point, drawn = _toward_all(found, laws, point, drawn, random)
        corrections = {}
    else:
        each = per_town(found, laws.point, doubt)
        corrections = {
            name: correction(found, each[one.above], each[one.below], level) for name, one in MEASURES.items()
        }
    made = Made(point, drawn, corrections, METHOD + DRAWN_TOWARD * toward_all, level, toward_all)
    return tuple(_row(towns, i, made, theme) for i in range(len(towns.names)))


def _toward_all(
    found: Cells, laws: Laws, point: Totals, drawn: Totals, random: np.random.Generator
) -> tuple[Totals, Totals]:
    """Totals drawn toward those of all groups together: best values, and draws from what the data leave possible."""
    heavy = quotient((found.towns * found.judged**2).sum(), (found.towns * found.judged).sum())
    like = 1 + max(0.0, float(np.nan_to_num(heavy)) - 1) * laws.alike
    again = np.asarray(random.standard_gamma(1.0, drawn.acting.shape), float)
    share = _rates(point.acting, point.towns, drawn.acting, drawn.towns, again, random)
    actions = (point.true / like, point.judged / like, drawn.true / like, drawn.judged / like)
    prevalence = _rates(*actions, again, random)
    return _at_rates(point, share[0], prevalence[0]), _at_rates(drawn, share[1], prevalence[1])


def _rates(
    true: Floats, of: Floats, drawn: Floats, drawn_of: Floats, again: Floats, random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Shrunk rates of groups, best and drawn; actions are divided beforehand by how alike those of a town are."""
    best_rates = shrinkage.shrunk(true, of, shrinkage.prior(true, of))
    return best_rates, shrinkage.drawn(drawn, drawn_of, shrinkage.prior(drawn, drawn_of, again), random)


def _at_rates(found: Totals, share: Floats, prevalence: Floats) -> Totals:
    acting, true = share * found.towns, prevalence * found.judged
    return replace(found, acting=acting, true=true, true_placed=prevalence * found.judged_placed)


@dataclass(frozen=True, slots=True)
class Made:
    """Totals of all groups, and how their bounds are corrected; no correction where groups are drawn together."""

    point: Totals
    drawn: Totals
    corrections: Mapping[str, Correction]
    method: str
    level: float
    shrunk: bool

    def estimate(self, i: int, name: str, n: int, most: float) -> Estimate | None:
        """The measure of group `i`, on `n` towns or actions."""
        one = MEASURES[name]
        scale = n * one.scale if one.of_all else one.scale
        corrected = self.corrections.get(name)
        return estimate(
            *self._ratio(i, one.above, one.below, scale),
            n=n,
            method=self.method,
            level=self.level,
            most=most,
            shrunk=self.shrunk,
            shift=float(corrected.shift[i]) * scale if corrected else 0.0,
            stretch=float(corrected.stretch[i]) if corrected else 1.0,
        )

    def same_size(self, i: int, name: str, n: int) -> Estimate | None:
        one = MEASURES[name]
        return estimate(*self._ratio(i, one.like, one.below, one.scale), n=n, method=SAME_SIZE, level=self.level)

    def _ratio(self, i: int, above: str, below: str, scale: float) -> tuple[float, Floats]:
        value = quotient(getattr(self.point, above)[0, i], getattr(self.point, below)[0, i]) * scale
        return float(value), quotient(getattr(self.drawn, above)[:, i], getattr(self.drawn, below)[:, i]) * scale


def _row(towns: Towns, i: int, made: Made, theme: str) -> Appetite:
    mine = towns.group == i
    count, judged = int(mine.sum()), int(towns.judged[mine].sum())
    flagged = towns.flagged[mine] + towns.sure[mine]
    most = {"acting": float(count), "share": 1.0, "actions": float(judged), "prevalence": 1.0}
    of_actions = ("prevalence", "quotient")
    placed = towns.people[mine] > 0
    flagged_towns, all_flagged = int((flagged > 0).sum()), int(flagged.sum())
    return Appetite(
        key=towns.names[i],
        theme=theme,
        towns=count,
        judged=judged,
        flagged_towns=flagged_towns,
        flagged=all_flagged,
        **{
            name: made.estimate(i, name, judged if name in of_actions else count, most.get(name, np.inf))
            for name in MEASURES
        },
        same_size={name: made.same_size(i, name, count) for name, one in MEASURES.items() if one.like},
        bare={
            "acting": float(flagged_towns),
            "actions": float(all_flagged),
            "share": _over(flagged_towns, count),
            "prevalence": _over(all_flagged, judged),
            "per_town": _over(all_flagged, count),
            "per_10000": _over(float(flagged[placed].sum()) * PEOPLE, float(towns.people[mine].sum())),
        },
    )


def _over(above: float, below: float) -> float | None:
    return above / below if below else None
