"""The part of docs/exactness.md that tells how exact readings are, from folders of labelled documents."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from jalon.agreements.scoring import FIELDS, Tally, score

NAMES = (
    "title",
    "ref.",
    "axis",
    "owner",
    "partners",
    "budget",
    "funding",
    "start",
    "end",
    "descr.",
    "first p.",
    "last p.",
)
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 1.0)
Reader = Callable[[Sequence[Path]], Iterable[Sequence[dict[str, Any]]]]
"""Paths of documents to the actions read in each, in the same order."""


def section(sets: Sequence[tuple[str, Path]], read: Reader) -> str:
    """Markdown: scores by set, by layout and by format, and how confidences hold.

    Each set is a name and a folder that holds `documents/` and `truth/`.
    """
    wholes, layouts, formats, everything = [], [], [], Tally()
    for name, folder in sets:
        tallies = tally(folder, read)
        whole = _sum(tallies.values())
        everything.add(whole)
        wholes.append((name, whole))
        layouts += [
            (f"{name}: {layout}", _sum(t for (other, _), t in tallies.items() if other == layout))
            for layout in _ordered(tallies, 0)
        ]
        formats += [
            (f"{name}: {form}", _sum(t for (_, other), t in tallies.items() if other == form))
            for form in _ordered(tallies, 1)
        ]
    return "\n\n".join(
        (
            "**By set.**", _table(wholes), "**By format.**", _table(formats), "**By layout.**", _table(layouts),
            "**Confidence.** Of the values read with a confidence in each band, the share that is right.",
            reliability(everything.sure),
        )
    )  # fmt: skip


def tally(folder: Path, read: Reader) -> dict[tuple[str, str], Tally]:
    """The tallies of a labelled set, by layout and format."""
    truths = [json.loads(path.read_text()) for path in sorted((folder / "truth").glob("*.json"))]
    held = {path.stem: path for path in (folder / "documents").iterdir()}
    there = [truth for truth in truths if truth["document"] in held]
    out: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for truth, actions in zip(there, read([held[t["document"]] for t in there]), strict=True):
        out[truth["layout"], truth["format"]].add(score(truth, actions))
    return dict(out)


def _ordered(tallies: dict[tuple[str, str], Tally], side: int) -> list[str]:
    return sorted({pair[side] for pair in tallies})


def _sum(tallies: Iterable[Tally]) -> Tally:
    out = Tally()
    for one in tallies:
        out.add(one)
    return out


def _table(rows: Sequence[tuple[str, Tally]]) -> str:
    head = f"| | docs | actions | F1 | {' | '.join(NAMES)} |\n| --- |{' ---: |' * (len(NAMES) + 3)}"
    return "\n".join([head, *(_row(name, one) for name, one in rows)])


def _row(name: str, one: Tally) -> str:
    shares = " | ".join(_percent(one.share(field)) for field in FIELDS)
    return f"| {name} | {one.documents} | {one.found + one.missed} | {_percent(one.f1)} | {shares} |"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}".removesuffix(".0")


def reliability(sure: Sequence[tuple[float, bool]]) -> str:
    """Values by band of confidence: how many, how sure they said they were, how many were right."""
    rows = ["| confidence | values | mean confidence | right |", "| --- | ---: | ---: | ---: |"]
    for low, high in pairwise(BINS):
        held = [(c, right) for c, right in sure if low <= c < high or (high == 1.0 and c == 1.0)]
        if held:
            mean, right = sum(c for c, _ in held) / len(held), sum(r for _, r in held) / len(held)
            rows.append(f"| {low:.2f} to {high:.2f} | {len(held)} | {100 * mean:.1f} % | {100 * right:.1f} % |")
    return "\n".join(rows)
