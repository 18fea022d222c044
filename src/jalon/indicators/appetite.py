"""The appetite of towns for the smart city: how many act, how much, and more or less than towns of their size.

Every value is corrected for the classifier's errors; every interval carries the draw of towns and those errors;
départements and régions are drawn toward all of them together and say so. Formulas: docs/method.md.
"""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from jalon.indicators import shrinkage
from jalon.indicators.bootstrap import Cells, cells, weights
from jalon.indicators.estimate import LEVEL, Estimate, Floats, estimate, quotient
from jalon.indicators.rates import SMART, Errors, errors
from jalon.indicators.totals import Laws, Totals, best, laws_of, totals
from jalon.indicators.towns import By, Frame, Towns, carriers, frame, of_years, split, with_theme

AREAS = ("region", "departement")
PEOPLE = 10_000
METHOD = (
    "Corrigé des erreurs du classement (Rogan-Gladen) ; intervalle par rééchantillonnage des communes (bayésien) et "
    "tirage des erreurs du classement dans ce que l’échantillon étiqueté laisse possible"
)
DRAWN_TOWARD = " ; valeur rapprochée de celle de l’ensemble, faute de communes (Bayes empirique, bêta-binomial)"


@dataclass(frozen=True, slots=True)
class Appetite:
    """Appetite of one group of towns. An estimate is None where it is undefined (no town, no action, no population).

    `key`: code or id of the group; `theme`: theme, or smart_city; `towns`: how many there are; `judged`: actions
    judged; `flagged_towns`, `flagged`: towns and actions that a bare count would give. `acting`, `share`: number and
    share of towns with at least one; `actions`: true actions; `prevalence`: their share of the judged; `per_town`,
    `per_10000`: actions per town and per 10,000 inhabitants; `quotient`: actions over those expected if each town had
    the share of all communes of its size (1: as everywhere), None where the groups are all communes or classes of size.
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
    if toward_all:
        point, drawn = _toward_all(found, laws, doubt, random)
    else:
        point = totals(found, found.towns[None, :], laws.point, *best(doubt))
        drawn = totals(found, weight, laws.drawn, doubt.drawn_sensitivity, doubt.drawn_specificity)
    return tuple(_row(towns, i, point, drawn, theme, level, toward_all) for i in range(len(towns.names)))


def _toward_all(found: Cells, laws: Laws, doubt: Errors, random: np.random.Generator) -> tuple[Totals, Totals]:
    """Totals drawn toward those of all groups together: best values, and draws from what the data leave possible."""
    own = found.towns[None, :]
    point = totals(found, own, laws.point, *best(doubt))
    drawn = totals(found, own, laws.drawn, doubt.drawn_sensitivity, doubt.drawn_specificity)
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


def _row(towns: Towns, i: int, point: Totals, drawn: Totals, theme: str, level: float, shrunk: bool) -> Appetite:
    mine = towns.group == i
    count, judged = int(mine.sum()), int(towns.judged[mine].sum())
    flagged = towns.flagged[mine] + towns.sure[mine]

    def made(above: str, below: str, scale: float, n: int, most: float = np.inf) -> Estimate | None:
        value = quotient(getattr(point, above)[0, i], getattr(point, below)[0, i]) * scale
        tried = quotient(getattr(drawn, above)[:, i], getattr(drawn, below)[:, i]) * scale
        method = METHOD + DRAWN_TOWARD * shrunk
        return estimate(float(value), tried, n=n, method=method, level=level, most=most, shrunk=shrunk)

    return Appetite(
        key=towns.names[i],
        theme=theme,
        towns=count,
        judged=judged,
        flagged_towns=int((flagged > 0).sum()),
        flagged=int(flagged.sum()),
        acting=made("acting", "towns", count, count, count),
        share=made("acting", "towns", 1.0, count, 1.0),
        actions=made("true", "towns", count, count, judged),
        prevalence=made("true", "judged", 1.0, judged, 1.0),
        per_town=made("true", "towns", 1.0, count),
        per_10000=made("true_placed", "people", PEOPLE, count),
        quotient=made("true", "expected", 1.0, judged),
    )
