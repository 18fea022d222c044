"""The tiny edition, published in a home of its own, read through Django's client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, current, publish
from jalon.figures import build_with_figures
from jalon.home import Home
from jalon.web.caching import SHELF


@pytest.fixture(scope="session")
def web_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the tiny edition published; tests only read it."""
    root = tmp_path_factory.mktemp("web")
    edition = build_with_figures(tiny_tables(), home=Home(root), as_of=AS_OF, note="édition d’essai")
    publish(Home(root), edition.id)
    return root


@pytest.fixture
def edition(web_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edition]:
    monkeypatch.setenv("JALON_HOME", str(web_home))
    SHELF.clear()
    yield current(Home(web_home))
    SHELF.clear()


@pytest.fixture
def site(edition: Edition) -> Client:
    return Client()
