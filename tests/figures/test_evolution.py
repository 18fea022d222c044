"""Why a figure changed from one edition to the next, and the public log of those that were wrong."""

from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, publish
from jalon.figures import build_with_figures, corrections, evolution, published_here
from jalon.home import Home


def built(place: Home, *, drop: int = 0, human: int = 0, days: int = 0) -> Edition:
    """The tiny programme without its first actions, or with the first smart ones refused by a person."""
    tables = tiny_tables()
    actions = tables["actions"]
    rows = actions.slice(drop).to_pylist()
    for row in [row for row in rows if row["smart_city"]][:human]:
        row |= {"smart_city": False, "decided_by": "human"}
    ids = {row["action_id"] for row in rows}
    tables["actions"] = pa.Table.from_pylist(rows, schema=actions.schema)
    for name in ("action_themes", "funding_lines"):
        kept = [row["action_id"] in ids for row in tables[name].to_pylist()]
        tables[name] = tables[name].filter(pa.array(kept, pa.bool_()))
    return build_with_figures(tables, home=place, as_of=AS_OF - timedelta(days=days))


@pytest.fixture
def place(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_person_who_rules_a_row_out_corrects_the_figure(place: Home) -> None:
    before, after = built(place), built(place, human=1)
    change = evolution(before, after, "acv-actions-ville-intelligente")
    assert change is not None
    assert (change.reason, change.corrects) == ("person", True)
    assert change.now == change.was - 1
    assert change.moves is not None
    assert (change.moves.came, change.moves.left) == (0, 1)
    assert change.moves.left_keys[0].startswith("di")


def test_the_same_value_has_no_evolution(place: Home) -> None:
    assert evolution(built(place), built(place, human=1), "acv-communes") is None


def test_the_log_says_since_when_the_wrong_value_stood(place: Home) -> None:
    for edition in (built(place), built(place, days=1), built(place, human=1, days=1)):
        publish(place, edition.id)
    told = published_here(place)
    assert len(told) == 3
    found = {one.evolution.figure: one for one in corrections(told)}
    one = found["acv-actions-ville-intelligente"]
    assert one.since == told[0].at
    assert one.at == told[2].at
    assert "acv-communes" not in found


def test_newer_data_is_no_correction(place: Home) -> None:
    before, after = built(place, drop=12), built(place)
    changed = evolution(before, after, "acv-projets")
    assert changed is not None
    assert changed.moves is not None
    assert changed.moves.came > 0
    assert changed.reason == "data"
    assert not changed.corrects
