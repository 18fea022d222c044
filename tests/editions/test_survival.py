"""Killed, starved or raced at any moment, a build loses nothing that was published."""

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from jalon.editions import Edition, build, current, listing, publish, verify
from jalon.editions.shelf import BUILDING
from jalon.home import Home

pytestmark = pytest.mark.slow
BUILDER = str(Path(__file__).with_name("builder.py"))
LATER = date(2026, 11, 23)


def start(place: Home, day: date, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, BUILDER, str(place.root), day.isoformat()]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload]


def leftovers(place: Home) -> list[Path]:
    return sorted(place.editions.glob(f"{BUILDING}*"))


@pytest.mark.parametrize("seed", range(2))
def test_kill_minus_nine_at_any_moment(place: Home, edition: Edition, seed: int) -> None:
    publish(place, edition.id)
    process = start(place, LATER)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0, 1))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert current(place).query("SELECT count(*) FROM actions") == [(40,)]
    for manifest in listing(place):
        assert (place.editions / manifest.id / "manifest.json").exists()
    again = start(place, LATER)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    publish(place, out.split()[-1])
    assert verify(current(place)) == ()
    assert leftovers(place) == []


def test_builds_at_the_same_time_agree(place: Home) -> None:
    racers = [start(place, day) for day in (LATER, LATER, LATER + timedelta(1))]
    results = [racer.communicate(timeout=120) for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0, 0], results
    ids = [out.split()[-1] for out, _ in results]
    assert ids[0] == ids[1] != ids[2]
    assert sorted(m.id for m in listing(place)) == sorted({*ids})
    assert leftovers(place) == []


@pytest.mark.parametrize("limit", [0, 9_000, 40_000])
def test_no_room_for_a_file_leaves_nothing_half(place: Home, edition: Edition, limit: int) -> None:
    publish(place, edition.id)

    def starve() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = start(place, LATER, preexec_fn=starve)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 3, (out, err)
    assert int(out.split()[-1]) in (errno.EFBIG, errno.ENOSPC)
    assert leftovers(place) == []
    assert [m.id for m in listing(place)] == [edition.id]
    assert verify(current(place)) == ()


def in_small_disk(root: Path, size: str, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script where `root` is a disk of that size, in a mount namespace of its own."""
    mount = f"mount -t tmpfs -o size={size} tmpfs {root} && {script}"
    return subprocess.run(["unshare", "--mount", "sh", "-c", mount], capture_output=True, text=True, timeout=120)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="only root can mount a small disk")
@pytest.mark.parametrize("size", ["48k", "96k"])
def test_a_full_disk_leaves_nothing_half(tmp_path: Path, size: str) -> None:
    if in_small_disk(tmp_path, "1m", "true").returncode:
        pytest.skip("this machine does not let its root mount a disk")
    build_then_list = f"{sys.executable} {BUILDER} {tmp_path} {LATER}; ls -A {tmp_path}/editions"
    done = in_small_disk(tmp_path, size, build_then_list)
    assert f"errno {errno.ENOSPC}" in done.stdout, done
    assert done.stdout.split()[-1] in (".lock", "28"), done.stdout


def test_publish_that_dies_keeps_the_pointer(
    place: Home, tables: dict[str, pa.Table], edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(place, edition.id)
    other = build(tables, home=place, as_of=LATER)

    def dies(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(OSError, match="no space"):
        publish(place, other.id)
    monkeypatch.undo()
    assert current(place).id == edition.id
    assert not list(place.editions.glob(".current-*"))
