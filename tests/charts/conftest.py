"""A tiny edition, published in the test's own home."""

from pathlib import Path

import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, build, publish
from jalon.home import Home


@pytest.fixture(scope="session")
def tiny_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the tiny edition published; tests only read it, its cache apart."""
    root = tmp_path_factory.mktemp("tiny")
    edition = build(tiny_tables(), home=Home(root), as_of=AS_OF, derive=True)
    publish(Home(root), edition.id)
    return root


@pytest.fixture
def edition(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    from jalon.editions import current

    monkeypatch.setenv("JALON_HOME", str(tiny_home))
    return current(Home(tiny_home))
