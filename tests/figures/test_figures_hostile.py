"""Definitions that try to change what is served, to last for ever, or that answer another thing than asked."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from threading import enumerate as threads

import pytest

from jalon.editions import Edition
from jalon.errors import FigureError
from jalon.figures import evaluate, evidence, get, ledger
from jalon.figures.definition import Definition

NOT_SELECT = (
    "SELECT 1; DROP TABLE actions",
    "SELECT 1; DELETE FROM memberships; SELECT 1",
    "DROP TABLE actions",
    "UPDATE groups SET name = 'x'",
    "CREATE TABLE mine AS SELECT 1",
    "COPY groups TO '/tmp/groups.csv'",
    "SET threads = 8",
    "SELECT FROM WHERE",
    ";",
)
ENDLESS = "SELECT count(*) FROM range(3000000000) a, range(1000) b WHERE a.range + b.range = -1"
STREAMED = "SELECT a.range FROM range(3000000000) a, range(1000) b WHERE a.range + b.range = -1"


def altered(edition: Edition, **keys: str) -> Definition:
    """A sound figure with some of its keys replaced, as a ledger frozen by another version could hold it."""
    return get("acv-communes", edition).model_copy(update={"id": f"hostile-{abs(hash(tuple(keys.items())))}", **keys})


def sizes(edition: Edition) -> list[tuple]:
    return edition.query(
        "SELECT (SELECT count(*) FROM actions), (SELECT count(*) FROM memberships), count(*) FROM groups"
    )


@pytest.mark.parametrize("sql", NOT_SELECT)
@pytest.mark.parametrize("key", ["value", "interval", "evidence"])
def test_only_one_select_runs(edition: Edition, key: str, sql: str) -> None:
    before = sizes(edition)
    definition = altered(edition, **{key: sql})
    with pytest.raises(FigureError, match=definition.id):
        evaluate(definition, edition)
    if key == "evidence":
        with pytest.raises(FigureError, match=definition.id):
            evidence(definition, edition, limit=1)
    assert sizes(edition) == before


@pytest.mark.parametrize("sql", NOT_SELECT)
@pytest.mark.parametrize("key", ["value", "interval", "evidence"])
def test_the_ledger_refuses_it_by_name(own_home: Path, key: str, sql: str) -> None:
    keys = {"value": "SELECT 1", "evidence": "SELECT 1", "interval": "SELECT 0, 2"} | {key: sql}
    write_own(own_home, keys)
    with pytest.raises(FigureError) as raised:
        ledger()
    for named in ("mienne.toml", "la-mienne", f"clé {key}"):
        assert named in raised.value.user_message


def test_the_ledger_takes_one_select(own_home: Path) -> None:
    write_own(own_home, {"value": "SELECT ';'", "evidence": "FROM groups -- ; DROP", "interval": "SELECT 0, 2"})
    assert "la-mienne" in ledger()


def write_own(home: Path, keys: dict[str, str]) -> None:
    (home / "figures").mkdir()
    told = dict.fromkeys(("label", "unit", "definition", "counts", "excludes", "unknown", "interval_method"), "x")
    told |= {"id": "la-mienne", "kind": "computed", "section": "S1", "programme": "acv", "format": "integer", **keys}
    lines = "\n".join(f'{key} = "{value}"' for key, value in told.items())
    (home / "figures" / "mienne.toml").write_text(f"[[figure]]\n{lines}\n", "utf-8")


@pytest.mark.parametrize("sql", [ENDLESS, STREAMED])
@pytest.mark.parametrize("key", ["value", "evidence"])
def test_an_endless_query_is_stopped(edition: Edition, monkeypatch: pytest.MonkeyPatch, key: str, sql: str) -> None:
    monkeypatch.setattr(import_module("jalon.figures.evaluate"), "SECONDS", 0.3)
    definition = altered(edition, **{key: sql})
    with pytest.raises(FigureError, match=r"dure plus de 0\.3 secondes") as raised:
        evidence(definition, edition) if key == "evidence" else evaluate(definition, edition)
    assert definition.id in raised.value.user_message
    assert evaluate(get("acv-communes", edition), edition).known


def test_one_thread_watches_every_query(edition: Edition) -> None:
    for name in ("acv-communes", "acv-actions-en-cours", "acv-conventions-declarees"):
        evaluate(get(name, edition), Edition(edition.folder, edition.manifest))
    assert [thread.name for thread in threads()].count("jalon-watchdog") == 1


def test_the_watching_thread_leaves_no_noise_at_exit(edition: Edition) -> None:
    program = (
        "import sys; from pathlib import Path; from jalon.editions.shelf import open_folder; "
        "from jalon.figures import evaluate, get; "
        "edition = open_folder(Path(sys.argv[1])); print(evaluate(get('acv-communes', edition), edition).value)"
    )
    command = [sys.executable, "-c", program, str(edition.folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == ("6\n", "")


@pytest.mark.parametrize("sql", ["SELECT 1", "SELECT 1, 2, 3", "SELECT 1, 2 WHERE false", "SELECT 'bas', 'haut'"])
def test_an_interval_is_one_row_of_two_numbers(edition: Edition, sql: str) -> None:
    with pytest.raises(FigureError, match="deux nombres"):
        evaluate(altered(edition, interval=sql), edition)
