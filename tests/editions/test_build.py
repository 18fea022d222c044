"""Building an edition: the same content gives the same edition, what does not hold together gives a sentence."""

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import AS_OF, tiny_tables

from jalon.editions import TABLES, Edition, build, current, listing, open_edition, publish, verify
from jalon.editions.build import write_table
from jalon.editions.checks import conform
from jalon.editions.derived import emptied
from jalon.errors import EditionError
from jalon.home import Home

Tables = dict[str, pa.Table]


def with_row(tables: Tables, name: str, row: int, **values: Any) -> Tables:
    rows = tables[name].to_pylist()
    rows[row] |= values
    return {**tables, name: pa.Table.from_pylist(rows, schema=TABLES[name].schema)}


def test_an_edition_holds_every_table_an_index_and_its_manifest(edition: Edition) -> None:
    names = {path.name for path in edition.folder.iterdir()}
    assert names == {f"{table}.parquet" for table in TABLES} | {"search.sqlite", "manifest.json"}
    assert edition.id.startswith("2026-11-22-")
    assert edition.manifest.files["actions.parquet"].rows == 40
    assert {source.source_id for source in edition.manifest.sources} >= {"acv-2024-09", "dgcl-di-2018"}


def test_the_same_content_in_any_order_is_the_same_edition(place: Home, tables: Tables, tmp_path: Path) -> None:
    first = build(tables, home=place, as_of=AS_OF, note="une")
    turned = {name: table.slice(1).to_batches() + table.slice(0, 1).to_batches() for name, table in tables.items()}
    second = build(
        {name: pa.Table.from_batches(parts, TABLES[name].schema) for name, parts in turned.items()},
        home=place, as_of=AS_OF, note="deux",
    )  # fmt: skip
    assert (second.id, second.manifest.note) == (first.id, "une")
    elsewhere = build(tables, home=Home(tmp_path), as_of=AS_OF)
    for path in first.folder.glob("*[!n]"):
        if path.name != "manifest.json":
            assert path.read_bytes() == (elsewhere.folder / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    "change",
    [
        lambda t: (with_row(t, "actions", 0, grant_eur=Decimal("1.00")), AS_OF),
        lambda t: (with_row(t, "agreements", 0, signed_on=date(2018, 9, 29)), AS_OF),
        lambda t: ({**t, "refusals": t["refusals"].slice(1)}, AS_OF),
        lambda t: (t, date(2020, 2, 24)),
    ],
)
def test_other_content_or_another_day_is_another_edition(
    place: Home, tables: Tables, edition: Edition, change: Callable[[Tables], tuple[Tables, date]]
) -> None:
    other, as_of = change(tables)
    assert build(other, home=place, as_of=as_of).id != edition.id
    assert len(listing(place)) == 2


def test_a_damaged_edition_is_built_again(place: Home, tables: Tables, edition: Edition) -> None:
    target = edition.folder / "actions.parquet"
    target.chmod(0o644)
    target.write_bytes(target.read_bytes()[:-40])
    again = build(tables, home=place, as_of=AS_OF)
    assert again.id == edition.id
    assert verify(again) == ()
    assert again.query("SELECT count(*) FROM actions") == [(40,)]


BROKEN: dict[str, tuple[Callable[[Tables], Tables], str]] = {
    "key twice": (lambda t: {**t, "groups": pa.concat_tables([t["groups"], t["groups"].slice(0, 1)])}, "groups : clé"),
    "share above one": (lambda t: with_row(t, "actions", 3, probability=1.2), "probability"),
    "share not a number": (lambda t: with_row(t, "coverage", 30, rate=float("nan")), "rate"),
    "negative euros": (lambda t: with_row(t, "actions", 3, grant_eur=Decimal(-1)), "grant_eur"),
    "negative count": (lambda t: with_row(t, "sources", 0, rows_read=-1), "rows_read"),
    "theme unknown": (lambda t: with_row(t, "action_themes", 0, theme="blockchain"), "blockchain"),
    "group unknown": (lambda t: with_row(t, "memberships", 0, group_id="ACV999"), "ACV999"),
    "territory unknown": (lambda t: with_row(t, "memberships", 0, territory_code="00000"), "00000"),
    "agreement unknown": (lambda t: with_row(t, "action_counts", 0, agreement_id="acv:X"), "acv:X"),
    "null": (lambda t: {**t, "groups": _with_null(t["groups"])}, "name a des valeurs vides"),
    "column missing": (lambda t: {**t, "axes": t["axes"].drop_columns(["label"])}, "label"),
    "column too many": (lambda t: {**t, "axes": t["axes"].append_column("x", t["axes"]["label"])}, "['x']"),
    "wrong type": (lambda t: {**t, "axes": t["axes"].set_column(1, "axis", pa.array(["un"] * 5))}, "axes"),
    "table missing": (lambda t: {n: v for n, v in t.items() if n != "themes"}, "themes"),
    "table unknown": (lambda t: {**t, "intrus": t["themes"]}, "intrus"),
}


def _with_null(table: pa.Table) -> pa.Table:
    return table.set_column(2, "name", pa.array([None, *table["name"].to_pylist()[1:]], pa.string()))


@pytest.mark.parametrize("case", BROKEN)
def test_what_does_not_hold_together_is_told_and_nothing_changes(
    place: Home, tables: Tables, edition: Edition, case: str
) -> None:
    publish(place, edition.id)
    spoil, named = BROKEN[case]
    with pytest.raises(EditionError) as error:
        build(spoil(tables), home=place, as_of=AS_OF)
    assert named in error.value.user_message
    assert "pas été construite" in error.value.user_message
    assert error.value.mend
    assert current(place).id == edition.id
    assert [m.id for m in listing(place)] == [edition.id]


def test_a_table_that_shrank_is_a_warning_not_a_refusal(place: Home, tables: Tables, edition: Edition) -> None:
    publish(place, edition.id)
    smaller = {**tables, "refusals": tables["refusals"].slice(0, 1)}
    assert build(smaller, home=place, as_of=AS_OF).manifest.warnings == ("la table refusals passe de 2 à 1 lignes",)


def test_an_earlier_day_is_not_expected_to_hold_as_much(place: Home, tables: Tables, edition: Edition) -> None:
    publish(place, edition.id)
    smaller = {**tables, "refusals": tables["refusals"].slice(0, 1)}
    assert build(smaller, home=place, as_of=date(2020, 2, 24)).manifest.warnings == ()


def test_two_identities_that_begin_alike_do_not_replace_each_other(
    place: Home, tables: Tables, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = edition.manifest.identity[:6]
    other = begins + "f" * 58
    monkeypatch.setattr("jalon.editions.manifest.identity_of", lambda tables, **rest: other)
    second = build({**tables, "refusals": tables["refusals"].slice(1)}, home=place, as_of=AS_OF)
    assert second.id == f"2026-11-22-{other[:12]}"
    assert [m.id for m in listing(place)] == [edition.id, second.id]


def test_a_pointer_that_cannot_be_read_does_not_stop_a_build(place: Home, tables: Tables) -> None:
    place.editions.mkdir(parents=True)
    (place.editions / "current").write_bytes(b"\xff\xfe")
    publish(place, build(tables, home=place, as_of=AS_OF).id)
    assert current(place).as_of == AS_OF


def test_leftovers_of_dead_builds_are_swept(place: Home, tables: Tables, edition: Edition) -> None:
    left = place.editions / ".building-4242-2020-01-01"
    shutil.copytree(edition.folder, left)
    assert [m.id for m in listing(place)] == [edition.id]
    build(tables, home=place, as_of=date(2020, 2, 24))
    assert not left.exists()


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
AMOUNTS = st.none() | st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)


@settings(deadline=None, max_examples=40)
@given(
    rows=st.lists(
        st.tuples(TEXTS, TEXTS | st.none(), AMOUNTS, st.none() | st.floats(0, 1), st.dates(), st.booleans()),
        unique_by=lambda row: row[0],
        max_size=12,
    )
)
def test_what_is_written_is_read_back(rows: list[tuple], tmp_path_factory: pytest.TempPathFactory) -> None:
    tables = tiny_tables()
    template = tables["actions"].to_pylist()[0]
    filled = [
        template | {"action_id": key, "title": title, "grant_eur": amount, "probability": share, "known_on": day,
                    "smart_city": smart}
        for key, title, amount, share, day, smart in rows
    ]  # fmt: skip
    given_table = pa.Table.from_pylist(filled, schema=TABLES["actions"].schema)
    folder = tmp_path_factory.mktemp("round")
    whole = conform(emptied(tables | {"actions": given_table}))["actions"]
    write_table(whole, folder / "a.parquet")
    write_table(whole, folder / "b.parquet")
    back = pa.parquet.read_table(folder / "a.parquet")
    assert back.schema == TABLES["actions"].schema
    assert back.to_pylist() == sorted(filled, key=lambda row: row["action_id"].encode())
    assert (folder / "a.parquet").read_bytes() == (folder / "b.parquet").read_bytes()


def test_the_manifest_is_the_last_word_on_what_exists(place: Home, edition: Edition) -> None:
    bare = place.editions / "2020-01-01-abcdef"
    bare.mkdir()
    (bare / "actions.parquet").write_bytes(b"PAR1")
    assert [m.id for m in listing(place)] == [edition.id]
    assert open_edition(place, edition.id) is edition
