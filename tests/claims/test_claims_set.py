"""The labelled sentences, and the scores of the checker on them."""

import os
from pathlib import Path

import pytest
from claims_script import script

from jalon.claims.scoring import FAULTY, by_kind, read_cases, run, score
from jalon.editions import Edition, open_edition
from jalon.home import Home

FOLDER = Path(__file__).parent
KINDS = {"true", "hedge", "none", *FAULTY}


def test_the_set_is_large_and_split_by_figure() -> None:
    cases = read_cases(FOLDER / "claims_set.csv")
    assert len(cases) >= 250
    assert {case.kind for case in cases} == KINDS
    made = [case for case in cases if case.id.startswith("M")]
    dev, test = ({case.figure for case in made if case.split == split} for split in ("dev", "test"))
    assert dev
    assert test
    assert not dev & test
    assert all(case.target in case.text for case in cases)


def test_sentences_of_the_tiny_programme(tiny: Edition, tmp_path: Path) -> None:
    """Made by the same script on fictional towns, where labels come from the figures and not from the checker."""
    import csv

    path = tmp_path / "set.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, script().COLUMNS)
        writer.writeheader()
        writer.writerows(script().made(tiny))
    results = run(read_cases(path), tiny)
    scored = score(results)
    assert scored.cases > 60
    assert scored.false_confirmations == 0, by_kind(results)
    assert scored.found_share >= 0.95, by_kind(results)
    assert scored.alarm_share <= 0.02, by_kind(results)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["claims_set.csv", "fresh.csv"])
def test_sentences_of_the_real_programme(name: str) -> None:
    """On an edition built from the published files: the folder that JALON_CLAIMS_HOME names."""
    folder = os.environ.get("JALON_CLAIMS_HOME")
    if not folder:
        pytest.skip("JALON_CLAIMS_HOME names no data folder")
    results = run(read_cases(FOLDER / name), open_edition(Home(Path(folder)), "current"))
    scored = score(results)
    assert scored.false_confirmations == 0, by_kind(results)
    assert scored.found_share >= 0.95, by_kind(results)
    assert scored.alarm_share <= 0.02, by_kind(results)
