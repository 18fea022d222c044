"""`jalon run` on a machine that is not kind: each accident ends in a clear sentence, or in a site that works."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from run_help import Jalon, command, environment

pytestmark = pytest.mark.xdist_group("run")


def clear(done: subprocess.CompletedProcess[str], code: str) -> None:
    """The command failed with one sentence and one mend, and no traceback."""
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert f"Erreur ({code})" in said
    assert "Que faire" in said
    assert "Traceback" not in said


def published(home: Path) -> str:
    return (home / "editions" / "current").read_text().strip()


@contextlib.contextmanager
def serving(home: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        command("run"),
        env=environment(home, PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _answering(origin: str, process: subprocess.Popen[str]) -> str:
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise AssertionError(process.stdout.read() if process.stdout else "stopped")
        try:
            urllib.request.urlopen(origin + "/", timeout=20).read()
        except urllib.error.HTTPError:
            return origin
        except OSError:
            time.sleep(0.1)
        else:
            return origin
    raise AssertionError("no answer in two minutes")


def test_a_fresh_folder_ends_in_a_site_that_shows_the_programme(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as origin:
        page = urllib.request.urlopen(f"{origin}/programmes/acv/", timeout=30).read().decode()
    assert "Action Cœur de Ville" in page


def test_a_second_run_builds_nothing(ready: Path, jalon: Jalon) -> None:
    before = published(ready)
    done = jalon(ready, "prepare")
    assert "déjà à jour" in done.stdout, done.stdout + done.stderr
    assert published(ready) == before


def test_a_busy_port_is_named_with_another_to_try(ready: Path, jalon: Jalon) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = jalon(ready, "run", PORT=str(port))
    clear(done, "port-busy")
    assert str(port) in done.stderr
    assert f"PORT={port + 1}" in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, jalon: Jalon) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    weak = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root without setpriv can write everywhere")
    done = jalon(closed / "home", "prepare", before=weak if os.geteuid() == 0 else ())
    clear(done, "not-writable")
    assert str(closed) in done.stderr


def test_a_register_that_cannot_be_written_is_named(ready: Path, jalon: Jalon) -> None:
    blocked = ready.parent / "a-file"
    blocked.write_text("not a folder")
    done = jalon(blocked / "home", "prepare")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(blocked) in done.stderr


FULL = """
set -e
mount -t tmpfs -o size={size}m tmpfs {home}
cp -r {ready}/. {home}/
{jalon} programme add {programme} >/dev/null
dd if=/dev/zero of={home}/filler bs=1M 2>/dev/null || true
set +e
{jalon} prepare; echo "exit $?"
{jalon} edition verify; echo "verify $?"
rm {home}/filler
{jalon} prepare; echo "again $?"
cat {home}/editions/current
"""


@pytest.mark.skipif(
    subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0, reason="no private mounts here"
)
def test_a_full_disk_stops_with_a_sentence_and_loses_nothing(ready: Path, tmp_path: Path, fourth: Path) -> None:
    home = tmp_path / "full"
    home.mkdir()
    used = sum(p.stat().st_size for p in ready.rglob("*") if p.is_file()) // 2**20
    script = FULL.format(size=2 * used + 60, home=home, ready=ready, programme=fourth, jalon=" ".join(command()))
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], env=environment(home), capture_output=True, text=True, timeout=240
    )
    said = done.stdout + done.stderr
    assert "exit 1" in said, said
    assert "Erreur (disk-full)" in said
    assert "Traceback" not in said
    assert "verify 0" in said
    assert "again 0" in said
    assert published(ready) not in done.stdout.splitlines()[-1], "the fourth programme makes another edition"


def test_a_half_downloaded_source_is_told_and_the_rest_is_served(tmp_path: Path, jalon: Jalon, prepared: Path) -> None:
    home, mirror = tmp_path / "home", tmp_path / "mirror"
    half = mirror / "acv-2018-10" / "coeurdeville.geojson"
    half.parent.mkdir(parents=True)
    half.write_text('{"type": "FeatureCollection", "features": [{"type": "Feature", "prop')
    done = jalon(home, "prepare", JALON_MIRROR=str(mirror))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "acv-2018-10" in done.stdout
    assert "Attention" in done.stdout
    assert jalon(home, "edition", "verify").returncode == 0


@pytest.mark.parametrize("damage", ["actions.parquet", "manifest.json", "current"])
def test_a_damaged_edition_is_made_again(ready: Path, jalon: Jalon, damage: str) -> None:
    target = ready / "editions" / (damage if damage == "current" else f"{published(ready)}/{damage}")
    target.chmod(0o644)
    content = target.read_bytes()
    target.write_bytes(content[: len(content) // 2])
    done = jalon(ready, "prepare")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert jalon(ready, "edition", "verify").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_then_run_again(tmp_path: Path, jalon: Jalon, prepared: Path, seed: int) -> None:
    home = tmp_path / "home"
    process = subprocess.Popen(
        command("prepare"),
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(random.Random(seed).uniform(0.3, 6))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = jalon(home, "prepare")
    assert done.returncode == 0, done.stdout + done.stderr
    assert jalon(home, "edition", "verify").returncode == 0
    assert published(home) == published(prepared), "the same inputs give the same edition, whatever was interrupted"
    assert not list((home / "editions").glob(".building-*"))


@pytest.mark.slow
def test_killed_while_it_builds_the_published_edition_stays(ready: Path, jalon: Jalon, fourth: Path) -> None:
    before = published(ready)
    assert jalon(ready, "programme", "add", str(fourth)).returncode == 0
    process = subprocess.Popen(
        command("prepare"),
        env=environment(ready),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    limit = time.monotonic() + 60
    while not list((ready / "editions").glob(".building-*")) and process.poll() is None and time.monotonic() < limit:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert published(ready) == before
    assert jalon(ready, "edition", "verify").returncode == 0
    assert jalon(ready, "prepare").returncode == 0
    assert published(ready) != before
