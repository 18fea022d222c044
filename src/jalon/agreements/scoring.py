"""How well actions are read: readings of labelled documents held against what they say, counted.

The rules are those of the labelled development set: actions are matched one to one by title, a withdrawn action is
optional, and a field is right when it is the same after case, accents, punctuation, spelling of amounts and dates.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from jalon.agreements.funders import kind
from jalon.agreements.references import key
from jalon.agreements.wording import fold

LEAST_TITLE = 0.6
MOST_WORDS = 0.9
FIELDS = (
    "title", "reference", "axis", "owner", "partners", "budget_eur", "funding", "start", "end", "description",
    "page_start", "page_end",
)  # fmt: skip
SURE = {"budget_eur": "budget", "start": "calendar", "end": "calendar"}
"""Fields of the record whose confidence has another name."""
Row = Mapping[str, Any]


@dataclass
class Tally:
    """Counts over documents; `fields` is (right, all) of the matched actions, `sure` each (confidence, right)."""

    documents: int = 0
    found: int = 0
    extra: int = 0
    missed: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    sure: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, 2 * self.found + self.extra + self.missed)

    def share(self, name: str) -> float | None:
        right, all_ = self.fields[name]
        return right / all_ if all_ else None

    def add(self, other: "Tally") -> None:
        for name in ("documents", "found", "extra", "missed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, (right, all_) in other.fields.items():
            self.fields[name][0] += right
            self.fields[name][1] += all_
        self.sure += other.sure


def score(truth: Row, read: Sequence[Row]) -> Tally:
    """One document: what it says (`actions`, `format`) against the actions read in it."""
    out = Tally(documents=1)
    told = truth["actions"]
    pairs = _pairs(told, read)
    for i, j in pairs:
        if told[i]["status"] == "withdrawn":
            continue
        out.found += 1
        paged = truth["format"] in ("pdf", "scan")
        for name, right in _compared(told[i], read[j], paged=paged).items():
            out.fields[name][0] += right
            out.fields[name][1] += 1
            confidence = read[j].get("confidence", {}).get(SURE.get(name, name))
            if confidence is not None and read[j].get(name) not in (None, "", []):
                out.sure.append((confidence, right))
    matched = {i for i, _ in pairs}
    out.missed = sum(1 for i, one in enumerate(told) if one["status"] != "withdrawn" and i not in matched)
    out.extra = len(read) - len(pairs)
    return out


def _pairs(told: Sequence[Row], read: Sequence[Row]) -> list[tuple[int, int]]:
    if not told or not read:
        return []
    weights = np.array([[_likeness(one, other) for other in read] for one in told])
    rows, columns = linear_sum_assignment(-weights)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0]


def _likeness(told: Row, read: Row) -> float:
    alike = dice(_grams(told["title"]), _grams(read.get("title")))
    if alike < LEAST_TITLE:
        return 0.0
    return alike + (0.1 if key(told["reference"]) == key(read.get("reference")) else 0.0)


def plain(text: object) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(str(text or "").replace("\u00ad", ""))).strip()


def _grams(text: object) -> Counter[str]:
    letters = plain(text).replace(" ", "")
    return Counter(letters[i : i + 3] for i in range(max(1, len(letters) - 2)))


def dice(one: Counter[str], other: Counter[str]) -> float:
    whole = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / whole if whole else 1.0


def _compared(told: Row, read: Row, *, paged: bool) -> dict[str, bool]:
    """Each field, right or not."""
    budgets = [
        told["budget_eur"],
        *told.get("budget_alternatives", ()),
        told.get("budget_initial_eur", told["budget_eur"]),
    ]
    found = read.get("budget_eur")
    right = {
        "title": plain(told["title"]).replace(" ", "") == plain(read.get("title")).replace(" ", ""),
        "reference": key(told["reference"]) == key(read.get("reference")),
        "axis": told["axis"] == read.get("axis"),
        "owner": plain(told["owner"]) == plain(read.get("owner")),
        "partners": set(map(plain, told["partners"])) == set(map(plain, read.get("partners") or ())),
        "budget_eur": found is None
        if told["budget_eur"] is None
        else any(found is not None and one is not None and abs(found - one) <= 1 for one in budgets),
        "funding": _funds(told["funding"]) == _funds(read.get("funding") or ()),
        "start": told["start"] == read.get("start"),
        "end": told["end"] == read.get("end"),
        "description": _described(told["description"], read.get("description")),
    }
    if paged:
        right |= {name: told[name] == read.get(name) for name in ("page_start", "page_end")}
    return right


def _described(told: str, read: str | None) -> bool:
    if not told or not read:
        return not told and not read
    return dice(Counter(plain(told).split()), Counter(plain(read).split())) >= MOST_WORDS


def _funds(lines: Iterable[Row]) -> Counter[tuple[str, int | None]]:
    return Counter((kind(line["funder"]) or plain(line["funder"]), line["amount_eur"]) for line in lines)
