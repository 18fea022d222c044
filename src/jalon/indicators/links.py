"""The same project told twice: in an agreement and in a list of grants, or in the grants of two years.

A pair is looked at only if the two share a place; its score weighs the words, the amount and the year. Pairs above a
threshold make clusters, and a cluster counts once. A person's verdict on a pair wins over its score.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from jalon.geography import fold

WORDS_WEIGHT, AMOUNT_WEIGHT, YEAR_WEIGHT = 0.7, 0.2, 0.1
UNKNOWN = 0.5
"""Likeness counted where one of two amounts or years is not known: it speaks neither way."""
LOOKED_AT = 0.55
"""Likeness of words under which a pair is not looked at."""
POSSIBLE, SAME = 0.65, 0.88
"""Scores from which a pair is worth a person's eye, and from which it is taken for one project."""
APART = 3
"""Years of difference from which two dates speak against."""
MOST = 2_000
"""Records of one place compared at a time, so that a large one stays within memory."""
NUMBERS = re.compile(r"\d+")
Verdict = Literal["same", "different"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Project:
    """An action as told by one source. `places`: codes under which it may meet its twin (commune, its EPCI).

    `amount`: its whole cost; `grant`: what the State gives to it.
    """

    id: str
    source: str
    text: str
    places: tuple[str, ...]
    amount: float | None = None
    year: int | None = None
    grant: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two projects that may be one; ids in order. `score` and its parts lie between 0 and 1; None: not known."""

    left: str
    right: str
    score: float
    words: float
    amount: float | None
    years: int | None


def links(projects: Sequence[Project], *, least: float = POSSIBLE, across: bool = False) -> tuple[Link, ...]:
    """Pairs of projects that may be one, best first. `across` keeps only pairs of two sources.

    Words are compared by the ratio of their sorted words and the Jaccard index of their groups of four letters;
    texts without a word meet nothing. Numbers that differ ("tranche 1", "tranche 2") halve the likeness.
    """
    by_place: dict[str, list[Project]] = {}
    for project in sorted(projects, key=lambda one: one.id):
        for place in set(project.places):
            by_place.setdefault(place, []).append(project)
    cleaned = {project.id: fold(project.text) for project in projects}
    found: dict[Pair, Link] = {}
    for group in by_place.values():
        for one, other in _near(group, cleaned):
            pair = one.id, other.id
            if pair not in found and not (across and one.source == other.source):
                found[pair] = link(one, other)
    kept = (made for made in found.values() if made.score >= least)
    return tuple(sorted(kept, key=lambda made: (-made.score, made.left, made.right)))


def link(one: Project, other: Project) -> Link:
    """How much two projects look like one; of costs and grants, the pair that agrees best speaks."""
    words = likeness(one.text, other.text)
    amounts = (_amount(one.amount, other.amount), _amount(one.grant, other.grant))
    amount = max((known for known in amounts if known is not None), default=None)
    years = None if one.year is None or other.year is None else abs(one.year - other.year)
    near = UNKNOWN if years is None else max(0.0, 1 - years / APART)
    money = UNKNOWN if amount is None else amount
    score = WORDS_WEIGHT * words + AMOUNT_WEIGHT * money + YEAR_WEIGHT * near
    left, right = sorted((one.id, other.id))
    return Link(left, right, round(score, 4), round(words, 4), amount, years)


def likeness(one: str, other: str) -> float:
    """Likeness of two texts, 0 to 1, symmetric; 0 when one has no word."""
    one, other = fold(one), fold(other)
    if not one or not other:
        return 0.0
    sorted_words = fuzz.token_sort_ratio(one, other) / 100
    grams = _grams(one), _grams(other)
    shared = len(grams[0] & grams[1]) / len(grams[0] | grams[1])
    found = (sorted_words + shared) / 2 if sorted_words < 1 else 1.0
    return found if sorted(NUMBERS.findall(one)) == sorted(NUMBERS.findall(other)) else found / 2


def clusters(
    ids: Iterable[str],
    found: Iterable[Link],
    *,
    least: float = SAME,
    verdicts: Mapping[Pair, Verdict] | None = None,
) -> tuple[tuple[str, ...], ...]:
    """Every id in exactly one cluster, ids and clusters in order: the number of clusters is the number of projects.

    The best links join first. A pair that a person found different never ends in one cluster, even through others;
    a pair found the same does, unless that breaks an earlier rule. `verdicts` are keyed by pair, in either order.
    """
    given = {_ordered(pair): verdict for pair, verdict in (verdicts or {}).items()}
    members = {one: {one} for one in sorted(set(ids))}
    apart = {pair for pair, verdict in given.items() if verdict == "different"}
    sure = sorted(pair for pair, verdict in given.items() if verdict == "same")
    strong = sorted((made for made in found if made.score >= least), key=lambda m: (-m.score, m.left, m.right))
    for left, right in [*sure, *((made.left, made.right) for made in strong)]:
        if left in members and right in members:
            _join(members, left, right, apart)
    return tuple(sorted({tuple(sorted(cluster)) for cluster in members.values()}))


def once(actions: pa.Table, found: Iterable[Sequence[str]]) -> pa.Table:
    """The table `actions` with one row of each cluster: the action of an agreement before a grant, then the first id.

    Its themes stay those of the row kept; rows in no cluster stay.
    """
    kinds = dict(zip(actions["action_id"].to_pylist(), actions["kind"].to_pylist(), strict=True))
    dropped: list[str] = []
    for cluster in found:
        present = [one for one in cluster if one in kinds]
        dropped.extend(sorted(present, key=lambda one: (kinds[one] != "agreement", one))[1:])
    return actions.filter(pc.invert(pc.is_in(actions["action_id"], value_set=pa.array(dropped, pa.string()))))


def _join(members: dict[str, set[str]], left: str, right: str, apart: set[Pair]) -> None:
    one, other = members[left], members[right]
    if one is other or any(_ordered((a, b)) in apart for a in one for b in other):
        return
    one |= other
    for name in other:
        members[name] = one


def _near(group: Sequence[Project], cleaned: Mapping[str, str]) -> Iterable[tuple[Project, Project]]:
    """Pairs of one place whose words look alike at first sight."""
    texts = [cleaned[project.id] for project in group]
    for start in range(0, len(group), MOST):
        block = texts[start : start + MOST]
        ratio = process.cdist(block, texts, scorer=fuzz.token_sort_ratio, score_cutoff=100 * LOOKED_AT, dtype=np.uint8)
        for i, j in np.argwhere(ratio > 0):
            if start + i < j and texts[start + i] and texts[j]:
                yield group[start + i], group[j]


def _grams(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[i : i + 4] for i in range(max(1, len(padded) - 3))}


def _amount(one: float | None, other: float | None) -> float | None:
    """1 for the same amount, 0.37 for a difference of a fifth; None when unknown."""
    if one is None or other is None or one <= 0 or other <= 0:
        return None
    return round(exp(-5 * abs(one - other) / max(one, other)), 4)


def _ordered(pair: Pair) -> Pair:
    return (pair[0], pair[1]) if pair[0] <= pair[1] else (pair[1], pair[0])
