"""The register file: killed at any moment it is whole; damaged or forbidden it says so, and nothing is deleted."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

JOB = Path(__file__).with_name("register_job.py")
pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="about the SQLite file")


def run(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "JALON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "jalon.settings"}
    return subprocess.run(
        [sys.executable, str(JOB), str(home / "files"), *args], env=env, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose register is empty and up to date."""
    home = tmp_path_factory.mktemp("ready")
    assert run(home, "prepare").stdout == "migrated\n"
    return home


@pytest.fixture(scope="module")
def full(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home whose register holds everything, and what it holds."""
    home = tmp_path_factory.mktemp("full")
    shutil.copy(ready / "register.sqlite3", home)
    done = run(home, "load", "dump")
    assert done.returncode == 0, done.stderr
    return home, done.stdout


@pytest.mark.parametrize(
    ("stage", "nth"), [("_write_grants", 1), ("_write_funding", 2), ("_write_refusals", 2), ("_write_files", 3)]
)
def test_killed_at_any_moment_each_source_is_whole_or_absent(
    tmp_path: Path, ready: Path, full: tuple[Path, str], stage: str, nth: int
) -> None:
    shutil.copy(ready / "register.sqlite3", tmp_path)
    assert run(tmp_path, f"kill:{stage}:{nth}", "load").returncode == -signal.SIGKILL
    written = {source for (source,) in _rows(tmp_path, "SELECT source_id FROM register_sourcefile")}
    assert len(written) == nth - 1
    held = dict(_rows(tmp_path, "SELECT source_id, count(*) FROM register_action GROUP BY 1"))
    assert held == {source: n for source, n in {"grants-2018": 4, "grants-2019": 3}.items() if source in written}
    again = run(tmp_path, "load", "dump")
    assert again.returncode == 0, again.stderr
    assert again.stdout == full[1]


def _rows(home: Path, sql: str) -> list[tuple]:
    with sqlite3.connect(home / "register.sqlite3") as register:
        return register.execute(sql).fetchall()


def test_preparing_again_does_nothing(ready: Path) -> None:
    assert run(ready, "prepare", "prepare").stdout == "up to date\n" * 2


@pytest.mark.parametrize("damage", ["text", "truncated", "scrambled"])
def test_a_damaged_register_is_set_aside_whole(tmp_path: Path, full: tuple[Path, str], damage: str) -> None:
    file = tmp_path / "register.sqlite3"
    content = (full[0] / "register.sqlite3").read_bytes()
    broken = {
        "text": b"not a database" * 100,
        "truncated": content[: len(content) // 2],
        "scrambled": content[:100] + b"\xff" * 3996 + content[4096:],
    }[damage]
    file.write_bytes(broken)
    done = run(tmp_path, "prepare")
    assert done.returncode == 1
    assert done.stderr.startswith("register: ")
    assert "mis de côté" in done.stderr
    assert "Traceback" not in done.stderr
    (aside,) = tmp_path.glob("register.sqlite3.abime-*[0-9]")
    assert aside.read_bytes() == broken
    assert aside.name in done.stderr
    assert not file.exists()


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite3").mkdir()
    done = run(tmp_path, "prepare")
    assert done.returncode == 1
    assert done.stderr.startswith("not-writable: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_forbidden_file_is_told(tmp_path: Path, ready: Path) -> None:
    shutil.copy(ready / "register.sqlite3", tmp_path)
    (tmp_path / "register.sqlite3").chmod(stat.S_IREAD)
    done = run(tmp_path, "prepare")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_register_of_a_later_jalon_is_refused(tmp_path: Path, ready: Path) -> None:
    shutil.copy(ready / "register.sqlite3", tmp_path)
    later = "INSERT INTO django_migrations (app, name, applied) VALUES ('register', '9999_later', '2030-01-01')"
    _rows(tmp_path, later)
    done = run(tmp_path, "prepare")
    assert done.returncode == 1
    assert "9999_later" in done.stderr


def test_no_worker_outlives_a_killed_import(tmp_path: Path) -> None:
    """A pool whose parent is killed ends by itself: nothing waits for work for ever."""
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, "utf-8")
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "jalon.settings"}
    done = subprocess.run([sys.executable, str(script)], env=env, capture_output=True, text=True, timeout=60)
    workers = [int(pid) for pid in done.stdout.split()]
    assert done.returncode == -signal.SIGKILL
    assert workers
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in workers if _alive(pid)] == []


ORPHANS = """
import os, signal

if __name__ == "__main__":
    import django
    django.setup()
    from jalon.register.imports import _workers
    pool = _workers()
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False
