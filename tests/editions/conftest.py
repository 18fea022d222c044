"""An edition of the tiny programme."""

from pathlib import Path

import pyarrow as pa
import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, build
from jalon.home import Home, home


@pytest.fixture(scope="session")
def tables() -> dict[str, pa.Table]:
    return tiny_tables()


@pytest.fixture
def place(own_home: Path) -> Home:
    return home()


@pytest.fixture
def edition(place: Home, tables: dict[str, pa.Table]) -> Edition:
    return build(tables, home=place, as_of=AS_OF)
