"""Opening, searching, publishing, verifying: what readers meet, damage included."""

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny import AS_OF

from jalon.editions import Edition, build, current, current_id, diff, listing, open_edition, publish, verify
from jalon.editions.edition import open_database
from jalon.editions.shelf import forget, publications, published_before
from jalon.errors import EditionDamaged, EditionError, NoEdition, UnknownEdition
from jalon.home import Home


def spoil(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)
    forget()


def flipped(path: Path) -> bytes:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    return bytes(whole)


def test_nothing_published_says_what_to_do(place: Home) -> None:
    with pytest.raises(NoEdition) as error:
        current(place)
    assert "jalon edition build" in error.value.mend
    assert listing(place) == ()


@pytest.mark.parametrize("name", ["2020-01-01-000000", "../../etc", "", ".lock", ".", "..", "a/b", "x" * 300])
def test_an_unknown_edition_names_those_that_exist(place: Home, edition: Edition, name: str) -> None:
    with pytest.raises(UnknownEdition) as error:
        open_edition(place, name)
    assert edition.id in error.value.user_message


def test_publishing_changes_what_is_served_at_once(place: Home, tables: dict[str, pa.Table], edition: Edition) -> None:
    publish(place, edition.id)
    assert current(place) is edition
    other = build({**tables, "refusals": tables["refusals"].slice(1)}, home=place, as_of=AS_OF)
    assert current(place) is edition
    publish(place, other.id)
    assert current(place) is other
    assert not list(place.editions.glob(".current-*"))
    assert not list(place.editions.glob(".published*"))


def test_publications_are_told_in_order_without_repeats(place: Home, tables: dict[str, pa.Table]) -> None:
    one, two, never = (
        build({**tables, "refusals": tables["refusals"].slice(n)}, home=place, as_of=AS_OF).id for n in range(3)
    )
    for edition in (one, one, two, one):
        publish(place, edition)
    assert [told for told, _ in publications(place)] == [one, two, one]
    assert published_before(place, one) == (two,)
    assert published_before(place, two) == (one,)
    assert published_before(place, never) == ()


@pytest.mark.parametrize(
    "line", ["", "{", "[]", '{"id": 1, "at": "x"}', '{"id": "../../etc", "at": "x"}', "\x00\udcff"]
)
def test_a_damaged_line_of_publications_is_left_out(place: Home, edition: Edition, line: str) -> None:
    publish(place, edition.id)
    kept = publications(place)
    path = place.editions / "published.jsonl"
    path.write_bytes(path.read_bytes() + line.encode(errors="surrogateescape") + b"\n")
    assert publications(place) == kept


@pytest.mark.parametrize("name", ["actions.parquet", "coverage.parquet", "themes.parquet", "search.sqlite"])
@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "remove"])
def test_damage_is_seen_told_and_never_published(place: Home, edition: Edition, name: str, harm: str) -> None:
    path = edition.folder / name
    if harm == "remove":
        path.unlink()
        forget()
    else:
        content = {"flip": flipped(path), "cut": path.read_bytes()[:-9], "empty": b""}[harm]
        spoil(path, content)
    assert [(p.file, p.state) for p in verify(edition)] == [(name, "missing" if harm == "remove" else "altered")]
    with pytest.raises(EditionDamaged) as error:
        publish(place, edition.id)
    assert name in error.value.user_message
    assert "jalon edition" in error.value.mend
    with pytest.raises(EditionDamaged):
        open_edition(place, edition.id).connect()
    assert current_id(place) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"id": 3}', b"\xff\xfe", b"null"])
def test_a_manifest_that_cannot_be_read(place: Home, edition: Edition, content: bytes) -> None:
    spoil(edition.folder / "manifest.json", content)
    with pytest.raises(EditionDamaged) as error:
        open_edition(place, edition.id)
    assert "manifest.json" in error.value.user_message
    assert listing(place) == ()


@pytest.mark.parametrize("key", ["note", "created_at", "as_of", "code", "identity"])
def test_a_manifest_that_was_changed(place: Home, edition: Edition, key: str) -> None:
    path = edition.folder / "manifest.json"
    whole = json.loads(path.read_text())
    whole[key] = "2024-01-01" if key != "created_at" else "2024-01-01T00:00:00+00:00"
    spoil(path, json.dumps(whole).encode())
    with pytest.raises(EditionDamaged):
        open_edition(place, edition.id)


def test_a_stranger_in_the_folder_is_told_but_harmless(place: Home, edition: Edition) -> None:
    (edition.folder / "notes.txt").write_text("x")
    assert [(p.file, p.state) for p in verify(edition)] == [("notes.txt", "extra")]
    publish(place, edition.id)
    assert current(place).query("SELECT count(*) FROM groups") == [(7,)]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"nulle-part\n", b"../..\n"])
def test_a_damaged_pointer_is_a_sentence(place: Home, edition: Edition, content: bytes) -> None:
    (place.editions / "current").write_bytes(content)
    with pytest.raises(EditionError) as error:
        current(place)
    assert error.value.mend
    publish(place, edition.id)
    assert current(place) is edition


def test_threads_share_an_edition(edition: Edition) -> None:
    barrier = threading.Barrier(8)

    def work(number: int) -> tuple[int, int]:
        barrier.wait()
        rows = edition.search_ids("vidéoprotection")
        counted = edition.connect().execute("SELECT count(*) FROM actions WHERE year = ?", [2018 + number % 2])
        return len(rows), counted.fetchone()[0]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    assert set(found) == {(4, 18), (4, 22)}


@pytest.mark.parametrize("loaded", [True, False])
def test_rowid_numbers_the_sorted_actions(edition: Edition, loaded: bool) -> None:
    base = open_database(edition.folder, loaded=loaded, name=edition.id)
    rows = base.execute("SELECT rowid, action_id FROM actions ORDER BY rowid").fetchall()
    assert [row for row, _ in rows] == list(range(40))
    assert [key for _, key in rows] == edition.table("actions")["action_id"].to_pylist()


@pytest.mark.parametrize("loaded", [True, False])
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "ATTACH '/tmp/jalon-intrusion.db' AS x",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "COPY actions TO '/tmp/jalon-intrusion.csv'",
    ],
)
def test_a_query_reaches_nothing_but_the_edition(edition: Edition, sql: str, loaded: bool) -> None:
    with pytest.raises(duckdb.Error):
        open_database(edition.folder, loaded=loaded, name=edition.id).execute(sql)


@pytest.mark.parametrize(
    "sql", ["DROP TABLE actions", "SELECT 1; DROP TABLE actions", "", "SELEC 1", "SET threads = 9"]
)
def test_only_one_select_is_accepted(edition: Edition, sql: str) -> None:
    with pytest.raises(EditionError):
        edition.query(sql)


SEARCHES = [
    ("vidéoprotection", 4), ("VIDEOPROTECTION", 4), ("vidéopro", 4), ("cameras", 1), ("caméra", 1),
    ("école", 7), ("ecoles", 7), ("l’école", 7), ("éclairages publics", 2), ("renovée", 2), ("rénover", 2),
    ("wifi", 1), ("wi-fi", 1), ("wi fi", 1), ("mairie accessibilité", 1), ("tartiflette", 0), ("de la", None),
    ("anse du phare", 4), ("valmont-les-ea", 6), ("valmont-les-eaux", 6), ("l-a wifi", 1),
    ("d-l", None), ("l-a", None), ("securite numerique", None), ("…", 0), ("", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count"), SEARCHES)
def test_search_folds_stems_and_completes(edition: Edition, text: str, count: int | None) -> None:
    found = edition.search(text)
    assert len(found) == len(set(found))
    if count is not None:
        titles = edition.query("SELECT title FROM actions WHERE action_id IN (SELECT unnest($k))", {"k": found})
        assert len(found) == count, titles


def test_search_puts_titles_before_the_rest(edition: Edition) -> None:
    by_title = {k for (k,) in edition.query("SELECT action_id FROM actions WHERE title LIKE '%idéoprotection%'")}
    assert set(edition.search("vidéoprotection")[: len(by_title)]) == by_title
    assert edition.search("vidéoprotection", limit=2) == edition.search("vidéoprotection")[:2]


HOSTILE = [
    '"', "'", "a\" OR \"b", "NEAR(a b)", "a*", "^a", "title:a", "-a", "(", "\0", "a\0b", "🤖", "\ud800", "%",
    "x" * 10_000, "a " * 5_000, "e" * 300 + "\u0301" * 300,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_searches_are_only_searches(edition: Edition, text: str) -> None:
    assert edition.search_ids(text).dtype == "int64"


@given(text=st.text())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_makes_search_fail(edition: Edition, text: str) -> None:
    rows = edition.search_ids(text)
    assert all(0 <= row < 40 for row in rows)


@given(start=st.integers(0, 39), words=st.integers(1, 4))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_words_of_a_title_find_it(edition: Edition, start: int, words: int) -> None:
    title, key = edition.query("SELECT coalesce(title, beneficiary), action_id FROM actions WHERE rowid = ?", [start])[
        0
    ]
    assert key in edition.search(" ".join(title.split()[:words]).upper())


def test_diff_names_rows_that_came_left_and_moved(place: Home, tables: dict[str, pa.Table], edition: Edition) -> None:
    rows = tables["groups"].to_pylist()
    rows[0]["name"] = "Autre nom"
    rows.append({"programme": "tiga", "group_id": "TI003", "name": "Plateau fictif"})
    changed = pa.Table.from_pylist(rows, schema=tables["groups"].schema)
    other = build({**tables, "groups": changed, "refusals": tables["refusals"].slice(1)}, home=place, as_of=AS_OF)
    groups, refusals = diff(edition, other)
    assert (groups.table, groups.added, groups.removed, groups.changed) == ("groups", 1, 0, 1)
    assert (refusals.added, refusals.removed, refusals.changed) == (0, 1, 0)
    moved = next(change for change in groups.samples if change.kind == "changed")
    assert moved.after == {"name": "Autre nom"}
    assert diff(edition, edition) == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_publishing_where_one_may_not_write(place: Home, edition: Edition) -> None:
    place.editions.chmod(0o555)
    with pytest.raises(PermissionError):
        publish(place, edition.id)
    place.editions.chmod(0o755)
