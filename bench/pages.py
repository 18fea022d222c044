"""The search page and the figure page under load, beside Datasette serving the same table with the same facets."""

import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from load import Load, load
from measure import tree_memory_mb

BIN = Path(sys.executable).parent
WORDS = (
    "école",
    "vidéoprotection",
    "fibre",
    "voirie",
    "mairie",
    "éclairage public",
    "réhabilitation",
    "médiathèque",
    "tablettes",
    "accessibilité",
    "église",
    "chaufferie",
    "cœur de ville",
    "bornes de recharge",
    "assainissement",
    "gymnase",
    "logiciel",
    "tiers-lieu",
)
FACETS = ("year", "scheme", "category", "region_code")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(command: Sequence[str], env: dict[str, str], origin: str, ready: str) -> Iterator[int]:
    """A server started, awaited, and stopped. Yields its process id."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(origin + ready)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(url: str, seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=10).read()
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.2)
        else:
            return


def datasette_database(edition: Path, target: Path) -> None:
    """The edition's actions as one SQLite table with full text, as an analyst would give it to Datasette."""
    import duckdb

    actions = duckdb.read_parquet(str(edition / "actions.parquet"))
    columns = [name for name in actions.columns if name not in {"cost_eur", "grant_eur", "known_on"}]
    rows = actions.project(
        ", ".join([*columns, "cost_eur::DOUBLE AS cost_eur", "grant_eur::DOUBLE AS grant_eur"])
    ).fetchall()
    names = [*columns, "cost_eur", "grant_eur"]
    with sqlite3.connect(target) as base:
        base.execute(f"CREATE TABLE actions ({', '.join(names)}, PRIMARY KEY (action_id))")
        base.executemany(f"INSERT INTO actions VALUES ({', '.join('?' * len(names))})", rows)
        base.execute(
            "CREATE VIRTUAL TABLE actions_fts USING fts5(title, content='actions', tokenize='unicode61 remove_diacritics 2')"
        )
        base.execute("INSERT INTO actions_fts (rowid, title) SELECT rowid, title FROM actions")
        for facet in FACETS:
            base.execute(f"CREATE INDEX by_{facet} ON actions ({facet})")
        base.execute("CREATE VIEW figure AS SELECT count(*) AS value FROM actions WHERE smart_city")


def quoted(word: str) -> str:
    return urllib.parse.quote(word)


def ours(env: dict[str, str], port: int, figure: str) -> list[tuple[str, Load, float]]:
    """The site as `jalon serve` starts it."""
    origin = f"http://127.0.0.1:{port}"
    one = [f"/actions/?q={quoted(word)}" for word in WORDS]
    different = [
        f"{page}&annee={year}&page={number}" for page in one for year in (2018, 2019) for number in range(1, 300)
    ]
    with served([str(BIN / "jalon"), "serve", "--port", str(port)], env, origin, "/") as pid:
        return [
            (name, load(origin, paths), tree_memory_mb(pid))
            for name, paths in (
                ("Jalon, search page, each different", different),
                ("Jalon, search page, 18 searches in turn", one),
                ("Jalon, figure page", [f"/chiffres/{figure}"]),
            )
        ]


def peer(database: Path, port: int) -> list[tuple[str, Load, float]]:
    """Datasette, with the time it needs for its facets."""
    origin = f"http://127.0.0.1:{port}"
    facets = "&".join(f"_facet={facet}" for facet in FACETS)
    limits = ["--setting", "sql_time_limit_ms", "10000", "--setting", "facet_time_limit_ms", "10000"]
    table = f"/{database.stem}/actions?{facets}&_size=20"
    with served(
        [str(BIN / "datasette"), "serve", str(database), "-p", str(port), *limits], {**os.environ}, origin, "/"
    ) as pid:
        return [
            (name, load(origin, paths), tree_memory_mb(pid))
            for name, paths in (
                (
                    "Datasette, search with the same facets, 18 in turn",
                    [f"{table}&_search={quoted(word)}" for word in WORDS],
                ),
                ("Datasette, one figure as a view", [f"/{database.stem}/figure"]),
            )
        ]
