"""The measured part of docs/exactness.md about the themes: the scores of the model in use, set by set."""

from collections.abc import Mapping, Sequence
from typing import Any

from jalon.themes.quality import measured

SETS = {
    "published": "2019, weighted to the population, five folds",
    "2018": "2018, unweighted, five folds",
    "untouched_2019": "2019, last fifth of the groups",
    "untouched_2018": "2018, last fifth of the groups",
    "site": "reviews of this site, five folds",
}
HEAD = "| theme | right | false | missed | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"


def section() -> str:
    """Counts, precision, recall and F1 with Wilson's 95 % intervals, a table a labelled set; then calibration."""
    found = measured()
    tables = [_table(says, found[name]) for name, says in SETS.items() if found.get(name)]
    errors = ", ".join(f"{year}: {error:.4f}" for year, error in sorted(found["calibration_error"].items()))
    return "\n\n".join([*tables, f"Expected calibration error of the probability of smart city, ten bins: {errors}."])


def _table(says: str, scores: Sequence[Mapping[str, Any]]) -> str:
    return f"**{says}**\n\n" + "\n".join([HEAD, *map(_row, scores)])


def _row(score: Mapping[str, Any]) -> str:
    rates = " | ".join(
        f"{score[rate]:.3f} ({score[f'{rate}_low']:.3f} to {score[f'{rate}_high']:.3f})"
        for rate in ("precision", "recall", "f1")
    )
    return f"| `{score['theme']}` | {score['tp']} | {score['fp']} | {score['fn']} | {rates} |"
