"""Readings in bounded children: kept, resumed, the same wherever they run."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jalon import workers
from jalon.documents.limits import Limits
from jalon.home import Home


def pdf(text: str) -> bytes:
    """A PDF of one page that holds a text, without the tables of its objects: PDFium finds them again."""
    lines = " ".join(f"({line}) Tj 0 -16 Td" for line in text.split("\n"))
    content = f"BT /F1 11 Tf 60 780 Td {lines} ET"
    return (
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 "
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>\nendobj\n"
        f"4 0 obj\n<< /Length {len(content)} >>\nstream\n{content}\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    ).encode("latin-1")


def folder(tmp_path: Path, count: int) -> list[Path]:
    given = tmp_path / "given"
    given.mkdir()
    for number in range(count):
        text = f"Action n\xb0{number} : Halle {number}\nPorteur : Ville\nBudget : {number + 1}0 000 euros\nDates : 2019"
        (given / f"c{number:03d}.pdf").write_bytes(pdf(text))
    (given / "c000-abime.pdf").write_bytes(b"%PDF-1.7 rien")
    return sorted(given.iterdir())


def lines(paths: list[Path], home: Home, jobs: int) -> str:
    with workers.executor(jobs) as pool:
        outcomes = list(workers.read_all(paths, home, "t", pool, ahead=4))
    return "\n".join(json.dumps(action, ensure_ascii=False) for one in outcomes for action in one.actions)


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    paths = folder(tmp_path, 3)
    with workers.executor() as pool:
        outcomes = list(workers.read_all(paths, Home(tmp_path / "home"), "t", pool, ahead=4))
    assert [one.status for one in outcomes] == ["refused", "read", "read", "read"]
    assert "c000-abime.pdf" in outcomes[0].reason
    assert [one.actions[0]["budget_eur"] for one in outcomes[1:]] == [10_000, 20_000, 30_000]


def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    paths = folder(tmp_path, 5)
    assert lines(paths, Home(tmp_path / "a"), 1) == lines(paths, Home(tmp_path / "b"), 2)


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, home = folder(tmp_path, 2), Home(tmp_path / "home")
    first = lines(paths, home, 1)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(workers.Child, "read", never)
    assert lines(paths, home, 1) == first


def test_the_same_bytes_under_another_name_keep_their_name(tmp_path: Path) -> None:
    paths, home = folder(tmp_path, 1), Home(tmp_path / "home")
    copy = paths[-1].with_name("copie.pdf")
    copy.write_bytes(paths[-1].read_bytes())
    bad = paths[0].with_name("autre.pdf")
    bad.write_bytes(paths[0].read_bytes())
    assert workers.read_file(str(paths[-1]), str(home.root), "t").actions[0]["document"] == paths[-1].name
    assert workers.read_file(str(copy), str(home.root), "t").actions[0]["document"] == "copie.pdf"
    workers.read_file(str(paths[0]), str(home.root), "t")
    assert "autre.pdf" in workers.read_file(str(bad), str(home.root), "t").reason


def test_a_child_that_hangs_or_dies_is_replaced(tmp_path: Path) -> None:
    (path,) = folder(tmp_path, 1)[1:]
    child = workers.Child(Limits(wall_seconds=0))
    assert child.read(path, path.name)["status"] == "refused"
    child = workers.Child(Limits())
    assert child.read(path, path.name)["status"] == "read"
    assert child._process is not None
    child._process.kill()
    child._process.wait()
    assert child.read(path, path.name)["status"] == "read"
    child.close()


RUN = """
import sys; from pathlib import Path
from jalon import workers; from jalon.home import Home
with workers.executor() as pool:
    for one in workers.read_all(sorted(Path(sys.argv[1]).iterdir()), Home(Path(sys.argv[2])), "t", pool, ahead=4):
        print(one.name, flush=True)
"""


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    paths = folder(tmp_path, 40)
    home = tmp_path / "home"
    for wait in (0.4, 0.7, 0.9):
        run = subprocess.Popen([sys.executable, "-c", RUN, str(paths[0].parent), str(home)], stdout=subprocess.DEVNULL)
        time.sleep(wait)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    assert lines(paths, Home(home), 1) == lines(paths, Home(tmp_path / "fresh"), 1)
    assert len(lines(paths, Home(home), 1).split("\n")) == 40


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    paths = folder(tmp_path, 4)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
        ) as cluster,
        workers.executor(scheduler=cluster.scheduler_address) as pool,
    ):
        outcomes = list(workers.read_all(paths, Home(tmp_path / "cluster"), "t", pool, ahead=4))
    far = "\n".join(json.dumps(action, ensure_ascii=False) for one in outcomes for action in one.actions)
    assert far == lines(paths, Home(tmp_path / "here"), 1)
    assert [one.status for one in outcomes] == ["refused", *["read"] * 4]
