"""One edition, open for reading: its tables through DuckDB, its index through SQLite."""

import sqlite3
from collections.abc import Hashable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock, local
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from jalon.editions import search
from jalon.editions.manifest import Manifest, damaged
from jalon.editions.tables import TABLES
from jalon.editions.verify import refuse_damaged
from jalon.errors import EditionError

IN_MEMORY = 200 * 2**20
"""Parquet bytes up to which the tables are loaded, and their hashes checked, when the edition is first used."""
MEMO = 5_000
"""Values kept in `Edition.memo`."""


class Edition:
    """An immutable folder of tables. Threads may share it: each `connect()` is a cursor of its own."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.memo: dict[Hashable, Any] = {}
        self._lock = Lock()
        self._database: duckdb.DuckDBPyConnection | None = None
        self._local = local()

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def as_of(self) -> date:
        return self.manifest.as_of

    def __repr__(self) -> str:
        return f"Edition({self.id!r})"

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A cursor on the tables of `tables.TABLES`, for the calling thread only.

        `rowid` numbers the rows of a table from 0 in the order of its key, as `search_ids` does. The files of the
        machine cannot be reached from it, and what a query would change dies with the process.
        Raises EditionDamaged when a file is missing or altered.
        """
        with self._lock:
            if self._database is None:
                self._database = self._load()
            return self._database.cursor()

    def query(self, sql: str, params: Sequence[Any] | dict[str, Any] | None = None) -> list[tuple]:
        """All rows of one SELECT. Raises EditionError when the statement is anything else."""
        select_only(sql)
        rows: list[tuple] = self.connect().execute(sql, params).fetchall()
        return rows

    def table(self, name: str) -> pa.Table:
        """One table from its Parquet file, in key order. Raises EditionDamaged when the file cannot be read."""
        path = self.folder / f"{name}.parquet"
        if path.name not in self.manifest.files:
            return TABLES[name].schema.empty_table()
        try:
            return pq.read_table(path, schema=TABLES[name].schema)
        except (OSError, pa.ArrowException) as error:
            raise damaged(self.id, path.name, "illisible") from error

    def search_ids(self, text: str, limit: int | None = None) -> search.Rows:
        """Row numbers in `actions` that match what a person typed, best first; never raises on odd text."""
        try:
            return search.search(self._index(), text, limit)
        except sqlite3.DatabaseError as error:
            raise damaged(self.id, search.FILE, "illisible") from error

    def search(self, text: str, limit: int | None = None) -> list[str]:
        """Identifiers of the matching actions, best first."""
        rows = self.search_ids(text, limit)
        hits = pa.table({"row": rows, "rank": range(len(rows))})
        cursor = self.connect().register("hits", hits)
        found = cursor.execute("SELECT action_id FROM hits JOIN actions ON actions.rowid = hits.row ORDER BY rank")
        return [key for (key,) in found.fetchall()]

    def remember(self, key: Hashable, value: Any) -> None:
        """Keep in `memo` what was derived from the edition and can never change; emptied when it grows large."""
        if len(self.memo) >= MEMO:
            self.memo.clear()
        self.memo[key] = value

    def attached(self, name: str) -> bytes | None:
        """Content of a file laid beside the tables by `build(attach=…)`; None when there is none of that name."""
        if name not in self.manifest.files:
            return None
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise damaged(self.id, name, "illisible") from error

    def _index(self) -> sqlite3.Connection:
        opened: sqlite3.Connection | None = getattr(self._local, "index", None)
        if opened is None:
            opened = self._local.index = search.open_index(self.folder / search.FILE)
        return opened

    def _load(self) -> duckdb.DuckDBPyConnection:
        size = sum(entry.bytes for entry in self.manifest.files.values())
        loaded = size <= IN_MEMORY
        refuse_damaged(self.folder, self.manifest, hashes=loaded)
        return open_database(self.folder, loaded=loaded, name=self.id, held=frozenset(self.manifest.files))


def open_database(
    folder: Path, *, loaded: bool, name: str, held: frozenset[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB over the Parquet files of a folder, in memory or as views, then shut off from the machine.

    `held` names the files of an edition that may be older than the code: what it lacks, tables or columns, is empty.
    """
    database = duckdb.connect(":memory:", config={"threads": 1, "python_enable_replacements": False})
    paths = {table: str(folder / f"{table}.parquet") for table in TABLES}
    for table, path in paths.items():
        try:
            if held is not None and f"{table}.parquet" not in held:
                database.register("lacking", TABLES[table].schema.empty_table())
                database.execute(f"CREATE TABLE {table} AS SELECT * FROM lacking").unregister("lacking")  # noqa: S608
            else:
                database.execute(_definition(table, path, loaded))
        except duckdb.Error as error:
            raise damaged(name, f"{table}.parquet", "illisible") from error
    if not loaded:
        database.execute("SET allowed_paths = ?", [list(paths.values())])
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


def _definition(table: str, path: str, loaded: bool) -> str:
    source = f"read_parquet('{path.replace(chr(39), chr(39) * 2)}', hive_partitioning = false)"
    if loaded:
        return f"CREATE TABLE {table} AS SELECT * FROM {source}"  # noqa: S608
    return f"CREATE VIEW {table} AS SELECT file_row_number AS rowid, * FROM {source}"  # noqa: S608


@lru_cache(maxsize=2_000)
def select_only(sql: str) -> None:
    """Raises EditionError unless the text is one SELECT statement; a text once accepted is not parsed again."""
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise EditionError(str(error), user_message=f"la requête SQL est mal écrite : {error}") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise EditionError("not one SELECT", user_message="une édition ne se lit que par une seule requête SELECT.")
