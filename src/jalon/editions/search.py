"""Full text over the actions of an edition: SQLite FTS5 on words folded and stemmed by `words`."""

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jalon.editions.words import LONGEST, STOP_WORDS, fold, forms, words

FILE = "search.sqlite"
LONGEST_QUERY, MOST_WORDS = 1_000, 16
_TITLE_WEIGHT, _ABOUT_WEIGHT = 4.0, 1.0
Rows = npt.NDArray[np.int64]


def write_index(path: Path, tables: dict[str, pa.Table]) -> None:
    """Index the title of each action, and what it is about: beneficiary, territory, category, labels of its themes.

    `rowid` is the row number of the action in the sorted table `actions`, from 0. Raises OSError when the disk is full.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            _fill(base, _texts(tables))
    except sqlite3.OperationalError as error:
        raise OSError(errno.ENOSPC, f"no space left for the index: {error}", str(path)) from error


def _fill(base: sqlite3.Connection, texts: Iterable[tuple[int, str, str]]) -> None:
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("PRAGMA synchronous=OFF")
    base.execute("BEGIN")
    base.execute(
        "CREATE VIRTUAL TABLE search USING fts5(title, about, content='', prefix='2 3', tokenize=\"unicode61\")"
    )
    base.executemany("INSERT INTO search(rowid, title, about) VALUES (?, ?, ?)", texts)
    base.execute("INSERT INTO search(search) VALUES ('optimize')")
    base.execute("COMMIT")


def _texts(tables: dict[str, pa.Table]) -> Iterator[tuple[int, str, str]]:
    labels = _theme_labels(tables)
    places = {(kind, code): name for kind, code, name in _columns(tables["territories"], "kind", "code", "name")}
    wanted = ("action_id", "title", "beneficiary", "category", "territory_kind", "territory_code")
    for row, (key, title, beneficiary, category, kind, code) in enumerate(_columns(tables["actions"], *wanted)):
        names = " ".join(dict.fromkeys(words(f"{beneficiary or ''} {places.get((kind, code), '')}")))
        about = " ".join((category or "", *labels.get(key, ())))
        yield row, _indexed(title or ""), f"{fold(names.replace('-', ' '))} {_indexed(about)}"


def _theme_labels(tables: dict[str, pa.Table]) -> dict[str, list[str]]:
    label = dict(_columns(tables["themes"], "theme", "label"))
    found: dict[str, list[str]] = {}
    for action, theme in _columns(tables["action_themes"], "action_id", "theme"):
        found.setdefault(action, []).append(label.get(theme, theme))
    return found


def _columns(table: pa.Table, *names: str) -> Iterator[tuple]:
    return zip(*(table.column(name).to_pylist() for name in names), strict=True)


def _indexed(text: str) -> str:
    return " ".join(map(_kept, words(text)))


@lru_cache(maxsize=200_000)
def _kept(word: str) -> str:
    """A word as it goes into the index: its forms, those of its parts when it has a hyphen, and of the parts joined."""
    parts = word.split("-")
    together = ["".join(parts)] if len(parts) > 1 else []
    return " ".join(form for part in (*parts, *together) for form in forms(part))


def match_expression(text: str) -> str:
    """The FTS5 query of what a person typed, "" for none.

    Every word but the commonest must be there; the last one may be unfinished. Only letters and digits go through,
    each word in quotes: operators and quotes of the person have no effect.
    """
    typed = words(text[:LONGEST_QUERY].replace("\0", " "))[:MOST_WORDS]
    if not typed:
        return ""
    *whole, last = typed
    terms = [term for word in whole if (term := _term(word, _exact))]
    if not terms or last not in STOP_WORDS:
        terms.append(_term(last, _begun))
    return _joined(" AND ", terms)


def _term(word: str, final: Callable[[str], str]) -> str:
    """One word; with hyphens, its parts joined or all of them apart. `final` gives the term of the last part."""
    *before, last = word.split("-")
    if not before:
        return final(word)
    apart = _joined(" AND ", [*map(_exact, before), final(last)])
    return _joined(" OR ", [final(word.replace("-", "")), apart])


def _exact(word: str) -> str:
    return _joined(" OR ", [f'"{form}"' for form in forms(word)])


def _begun(word: str) -> str:
    """A word or those it begins; its forms that it begins itself need not be named."""
    begun = fold(word)[:LONGEST]
    others = [f'"{form}"' for form in forms(word) if not form.startswith(begun)]
    return _joined(" OR ", [*others, f'"{begun}"*'])


def _joined(operator: str, terms: list[str]) -> str:
    kept = [term for term in terms if term]
    return f"({operator.join(kept)})" if len(kept) > 1 else "".join(kept)


def open_index(path: Path) -> sqlite3.Connection:
    """The index, read only, for the calling thread."""
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def search(base: sqlite3.Connection, text: str, limit: int | None = None) -> Rows:
    """Row numbers of the matching actions, best first (BM25, the title counting four times); int64 of shape (n,)."""
    expression = match_expression(text)
    if not expression:
        return np.empty(0, dtype=np.int64)
    query = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, ?, ?), rowid LIMIT ?"
    found = base.execute(query, (expression, _TITLE_WEIGHT, _ABOUT_WEIGHT, -1 if limit is None else limit))
    return np.fromiter((row for (row,) in found), dtype=np.int64)
