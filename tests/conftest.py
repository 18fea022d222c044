"""What every test may ask for."""

import atexit
import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published files and labelled sets beside the checkout."""
    if not (SHARED / "sources" / "sources.json").exists():
        pytest.skip("the folder ../shared is not there")
    return SHARED


@pytest.fixture(scope="session")
def mirror(shared: Path) -> Path:
    return shared / "sources"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a data folder of its own, no mirror unless it sets one, and starts no worker."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("JALON_HOME", str(folder))
    monkeypatch.delenv("JALON_MIRROR", raising=False)
    monkeypatch.setenv("JALON_WORKER", "off")
    return folder


def _hush() -> None:
    """DuckDB's binding lists at exit what the interpreter has not freed; it would hide pytest's closing line."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


atexit.register(_hush)
