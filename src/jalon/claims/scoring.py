"""How well texts are checked: verdicts on labelled sentences, counted."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jalon.claims.check import check
from jalon.editions import Edition

ALARMS = frozenset(["contradicted", "stale", "inconsistent"])
APPROVALS = frozenset(["confirmed", "compatible"])
FAULTY = frozenset(["altered", "unit", "scope", "stale", "hedge_broken", "sum"])
"""Kinds of sentences whose number is wrong, and must raise an alarm."""
COLUMNS = ("id", "split", "figure", "kind", "as_of", "target", "expected", "text")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled sentence: the verdicts `expected` (one is enough) of the quantity `target`, checked as of a day.

    `kind`: true, hedge, none (nothing the register counts), or one of FAULTY.
    """

    id: str
    split: str
    figure: str
    kind: str
    as_of: date
    target: str
    expected: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    case: Case
    verdict: str
    """That of the target; "nothing" when no claim was found there."""

    @property
    def right(self) -> bool:
        return self.verdict in self.case.expected

    @property
    def false_confirmation(self) -> bool:
        return self.verdict in APPROVALS and not self.case.expected & APPROVALS

    @property
    def false_alarm(self) -> bool:
        return self.verdict in ALARMS and not self.case.expected & ALARMS


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over results; shares are between 0 and 1."""

    cases: int
    right: int
    faulty: int
    found: int
    sound: int
    false_alarms: int
    false_confirmations: int

    @property
    def found_share(self) -> float:
        return self.found / self.faulty if self.faulty else 1.0

    @property
    def alarm_share(self) -> float:
        return self.false_alarms / self.sound if self.sound else 0.0


def run(cases: Iterable[Case], edition: Edition) -> tuple[Result, ...]:
    return tuple(Result(case, _verdict(case, edition)) for case in cases)


def score(results: Sequence[Result]) -> Score:
    """Faulty numbers found, sound ones refused, wrong ones confirmed; a case that may go either way counts nowhere."""
    faulty = [one for one in results if one.case.expected <= ALARMS]
    sound = [one for one in results if not one.case.expected & ALARMS]
    return Score(
        cases=len(results),
        right=sum(one.right for one in results),
        faulty=len(faulty),
        found=sum(one.verdict in ALARMS for one in faulty),
        sound=len(sound),
        false_alarms=sum(one.false_alarm for one in sound),
        false_confirmations=sum(one.false_confirmation for one in results),
    )


def by_kind(results: Sequence[Result]) -> dict[str, Counter[str]]:
    """Verdicts met, by kind of sentence."""
    counts: dict[str, Counter[str]] = {}
    for one in results:
        counts.setdefault(one.case.kind, Counter())[one.verdict] += 1
    return counts


def read_cases(path: Path) -> tuple[Case, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_case(row) for row in csv.DictReader(lines))


def _case(row: dict[str, str]) -> Case:
    day, expected = date.fromisoformat(row["as_of"]), frozenset(row["expected"].split("|"))
    return Case(row["id"], row["split"], row["figure"], row["kind"], day, row["target"], expected, row["text"])


def _verdict(case: Case, edition: Edition) -> str:
    found = re.search(rf"(?<!\d){re.escape(case.target)}(?!\d)", case.text)
    start = found.start() if found else 0
    end = start + len(case.target)
    claims = check(case.text, edition, as_of=case.as_of).claims
    return next((claim.verdict for claim in claims if claim.start < end and start < claim.end), "nothing")
