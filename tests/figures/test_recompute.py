"""A figure is recomputed from the Parquet files alone: by Jalon, and by an outsider with bare DuckDB."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import TABLES, Edition
from jalon.figures import build_with_figures, changes, evaluate, frozen_values, ledger, recompute
from jalon.figures.freeze import plain
from jalon.home import Home

DOC = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "recompute-a-figure.md"


def test_every_figure_comes_out_as_it_was_frozen(edition: Edition) -> None:
    results = recompute(edition)
    assert len(results) == len(ledger())
    assert [r.id for r in results if not r.same] == []


def test_an_edition_keeps_its_own_ledger(edition: Edition) -> None:
    assert ledger(edition) == ledger()
    assert ledger(edition) is not ledger()


def test_a_value_that_was_changed_is_seen(tmp_path: Path) -> None:
    edition = build_with_figures(tiny_tables(), home=Home(tmp_path), as_of=AS_OF)
    path = edition.folder / "figures.json"
    path.chmod(0o644)
    path.write_text(json.dumps(frozen_values(edition) | {"acv-communes": 222}))
    forged = Edition(edition.folder, edition.manifest)
    with pytest.raises(Exception, match=r"figures\.json"):
        forged.connect()


def test_recompute_tells_a_difference(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    from jalon.figures import freeze

    wrong = frozen_values(edition) | {"acv-communes": 222}
    monkeypatch.setattr(freeze, "frozen_values", lambda edition: wrong)
    assert [(r.id, r.frozen, r.again) for r in recompute(edition) if not r.same] == [("acv-communes", 222, 6)]


def outsider(folder: Path, figure: str, **params: object) -> list[tuple]:
    """What docs/how-to/recompute-a-figure.md tells to do: nothing of Jalon is used."""
    definition = next(d for d in json.loads((folder / "ledger.json").read_text()) if d["id"] == figure)
    base = duckdb.connect()
    for path in folder.glob("*.parquet"):
        base.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{path}')")
    manifest = json.loads((folder / "manifest.json").read_text())
    given = {"as_of": date.fromisoformat(manifest["as_of"]), "programme": definition["programme"]}
    given |= dict.fromkeys(definition["parameters"]) | params
    needed = {name: value for name, value in given.items() if f"${name}" in definition["value"]}
    return base.execute(definition["value"], needed).fetchall()


@pytest.mark.parametrize("figure", [d.id for d in ledger().values() if d.kind == "computed"])
def test_an_outsider_finds_the_same(edition: Edition, figure: str) -> None:
    mine = evaluate(ledger()[figure], edition)
    theirs = outsider(edition.folder, figure)
    if mine.is_table:
        assert theirs == list(mine.rows)
    else:
        assert theirs[0][0] == (pytest.approx(mine.value) if isinstance(mine.value, float) else mine.value)


def test_an_outsider_may_set_the_parameters(edition: Edition) -> None:
    given = {"territory": "region:84", "as_of": date(2018, 12, 31)}
    found = outsider(edition.folder, "acv-projets", **given)
    assert found == [(7,)] == [(evaluate(ledger()["acv-projets"], edition, **given).value,)]


def test_the_document_shows_code_that_runs(edition: Edition, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    blocks = [b.split("```", 1)[0] for b in DOC.read_text(encoding="utf-8").split("```python\n")[1:]]
    assert blocks
    monkeypatch.chdir(edition.folder)
    for block in blocks:
        exec(compile(block, str(DOC), "exec"), {})
    assert "3" in capsys.readouterr().out


def test_changes_between_editions_name_old_and_new(tmp_path: Path, edition: Edition) -> None:
    tables = tiny_tables()
    rows = tables["agreements"].to_pylist()
    rows[3]["signed_on"] = date(2025, 1, 1)
    tables["agreements"] = pa.Table.from_pylist(rows, schema=TABLES["agreements"].schema)
    other = build_with_figures(tables, home=Home(tmp_path), as_of=AS_OF)
    found = {change.id: (change.before, change.after) for change in changes(edition, other)}
    assert found["acv-conventions-signees"] == (3, 4)
    assert "acv-communes" not in found
    assert changes(edition, edition) == ()


def test_plain_values_survive_json(edition: Edition) -> None:
    for definition in ledger().values():
        value = plain(evaluate(definition, edition))
        assert json.loads(json.dumps(value)) == value
