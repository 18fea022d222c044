"""An edition outlives the code that made it: tables added since are empty on it."""

from dataclasses import replace
from pathlib import Path

import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, diff
from jalon.editions.edition import open_database
from jalon.figures import build_with_figures
from jalon.home import Home

LACKING = "funding_lines.parquet"


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return build_with_figures(tiny_tables(), home=Home(tmp_path), as_of=AS_OF)


def older(edition: Edition) -> Edition:
    """The same edition as if built before one table existed."""
    files = {key: one for key, one in edition.manifest.files.items() if key != LACKING}
    return Edition(edition.folder, replace(edition.manifest, files=files))


@pytest.mark.parametrize("loaded", [True, False])
def test_a_table_that_an_older_edition_lacks_is_empty(edition: Edition, loaded: bool) -> None:
    (edition.folder / LACKING).unlink()
    held = frozenset(older(edition).manifest.files)
    database = open_database(edition.folder, loaded=loaded, name=edition.id, held=held)
    assert database.execute("SELECT count(*), count(funder) FROM funding_lines").fetchall() == [(0, 0)]
    assert database.execute("SELECT count(*) FROM actions").fetchone() != (0,)
    assert len(older(edition).table("funding_lines")) == 0


def test_two_editions_of_unlike_tables_can_be_compared(edition: Edition) -> None:
    assert {one.table for one in diff(older(edition), edition)} == {"funding_lines"}
