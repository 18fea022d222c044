"""Files given on the site: kept, read once whatever stops the reader, refused one by one, tried without a trace."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import register_world
from agreement_files import CAMERAS, HALLE, VELO, agreement, fiche
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from register_world import World

from jalon import samples
from jalon.home import home
from jalon.register.imports import import_programmes
from jalon.register.models import Action, Document, Mandate, Point, Reading, Verdict
from jalon.register.readings import receive, settle, store, worker
from jalon.register.readings.correcting import cents, correct_field
from jalon.register.snapshot import tables

pytestmark = pytest.mark.django_db
JOB = Path(__file__).with_name("reading_job.py")
ONE, TWO, THREE = (f"acv:ACV008:{number}" for number in (1, 2, 3))


@pytest.fixture
def ready(world: World) -> World:
    import_programmes({"acv": register_world.programme()})
    return world


def upload(path: Path, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def read_all() -> None:
    for reading in Reading.objects.filter(state="waiting"):
        settle.settle(reading.pk)


def run(place: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "JALON_HOME": str(place), "JALON_WORKER": "off"}
    return subprocess.run([sys.executable, str(JOB), *args], env=env, capture_output=True, text=True, timeout=180)


@pytest.fixture(scope="module")
def deposited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where a sound file and a broken one wait to be read."""
    folder = tmp_path_factory.mktemp("deposited")
    good = agreement(folder, "convention.pdf", fiche(1, HALLE, 90_000), fiche(2, CAMERAS, 40_000))
    bad = folder / "abime.pdf"
    bad.write_bytes(good.read_bytes()[:400])
    done = run(folder / "home", "deposit", str(good), str(bad))
    assert done.returncode == 0, done.stderr
    return folder / "home"


@pytest.mark.slow
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="about the SQLite file")
@pytest.mark.parametrize("stage", ["half-written", "written"])
def test_killed_mid_job_nothing_is_lost_or_done_twice(tmp_path: Path, deposited: Path, stage: str) -> None:
    place = shutil.copytree(deposited, tmp_path / "home")
    assert run(place, f"die:{stage}").returncode == -signal.SIGKILL
    done = run(place, "work")
    assert done.returncode == 0, done.stderr
    refused, read, actions = done.stdout.splitlines()
    assert refused.startswith("abime.pdf refused 0 0")
    assert read.startswith("convention.pdf read 2 2 2")
    assert actions == f"[('{ONE}', 'current'), ('{TWO}', 'current')]"


def test_a_deposit_asks_for_one_job_a_file_and_settling_twice_changes_nothing(
    ready: World, claire: User, tmp_path: Path
) -> None:
    claire.is_superuser = True
    claire.save()
    given = agreement(tmp_path, "c.pdf", fiche(1, HALLE, 90_000))
    receive.deposit([upload(given), upload(given, "autre nom.pdf")], "acv", claire)
    assert DBTaskResult.objects.count() == 2
    read_all()
    before = register_world.dump()
    assert [settle.settle(each.pk) for each in Reading.objects.all()] == ["settled before"] * 2
    assert register_world.dump() == before
    assert Document.objects.count() == 1


def test_jobs_left_running_wait_again_and_lost_ones_are_asked_again(ready: World, claire: User, tmp_path: Path) -> None:
    given = agreement(tmp_path, "c.pdf", fiche(1, HALLE, 90_000))
    receive.deposit([upload(given), upload(given, "d.pdf")], "acv", claire)
    first, second = DBTaskResult.objects.all()
    first.claim("a worker that was killed")
    second.delete()
    assert worker.take_up("default") == 2
    tokens = {row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(status="READY")}
    assert tokens == set(Reading.objects.values_list("pk", flat=True))


def test_a_file_that_always_stops_the_reader_is_refused_in_the_end(ready: World, claire: User, tmp_path: Path) -> None:
    receive.deposit([upload(agreement(tmp_path, "c.pdf", fiche(1, HALLE, 9)))], "acv", claire)
    Reading.objects.update(state="started", attempts=settle.MOST_ATTEMPTS)
    assert settle.settle(Reading.objects.get().pk) == "refused"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("../../etc/passwd", b"root", "n'est ni un PDF"),
        ("vide.pdf", b"", "est vide"),
        ("a\x00b\n.pdf", b"%PDF-1.4\ngarbage", "abîmé"),
        ("\u202efdp.exe", b"MZ" + b"\0" * 300, "n'est ni un PDF"),
        ("bombe.docx", b"PK\x03\x04" + b"\0" * 200, "abîmé"),
    ],
)
def test_hostile_files_are_refused_with_a_reason_and_stay_in_their_folder(
    ready: World, claire: User, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    good = agreement(tmp_path, "bonne.pdf", fiche(1, HALLE, 90_000))
    claire.is_superuser = True
    claire.save()
    receive.deposit([SimpleUploadedFile("x", data), upload(good)], "acv", claire)
    bad = Reading.objects.exclude(name="bonne.pdf").get()
    store.place(bad).rename(store.place(bad).with_name(store.safe_name(name)))
    bad.name = store.safe_name(name)
    bad.save()
    read_all()
    bad.refresh_from_db()
    assert (bad.state, Reading.objects.get(name="bonne.pdf").state) == ("refused", "read")
    assert says in bad.reason
    assert bad.mend
    assert store.place(bad).resolve().is_relative_to(home().uploads.resolve())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("convention.pdf", "convention.pdf"),
        ("C:\\Users\\x\\a b.docx", "a b.docx"),
        ("../../..", "document"),
        ("", "document"),
        (".htaccess", "htaccess"),
        ("a\u202egpj.pdf", "a-gpj.pdf"),
        ("é" * 400 + ".pdf", "é" * 73 + ".pdf"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert store.safe_name(given) == kept


def test_too_many_or_too_heavy_is_refused_before_anything_is_kept(ready: World, claire: User) -> None:
    tiny = receive.Bounds(files=1, file_bytes=3, all_bytes=3)
    for files in ([], [SimpleUploadedFile("a", b"1")] * 2, [SimpleUploadedFile("a", b"1234")]):
        with pytest.raises(receive.NotTaken) as refused:
            receive.check(files, tiny)
        assert refused.value.user_message
        assert refused.value.mend
    assert not home().uploads.exists()


def test_who_deposits_outside_their_perimeter_changes_nothing(ready: World, claire: User, tmp_path: Path) -> None:
    Mandate.objects.create(user=claire, role="contributor", perimeter="region", code="53", reason="essai")
    receive.deposit([upload(agreement(tmp_path, "c.pdf", fiche(1, HALLE, 90_000)))], "acv", claire)
    read_all()
    reading = Reading.objects.get()
    assert reading.state == "refused"
    assert "hors de votre périmètre" in reading.reason
    assert not Action.objects.filter(kind="agreement").exists()
    assert not Document.objects.exists()


def test_a_correction_survives_every_reading(ready: World, claire: User, tmp_path: Path) -> None:
    claire.is_superuser = True
    claire.save()
    receive.deposit([upload(agreement(tmp_path / "1", "c.pdf", fiche(1, HALLE, 90_000)))], "acv", claire)
    read_all()
    correct_field(Action.objects.get(pk=ONE), "budget", {"cost_cents": "95 000,50"}, claire, "délibération du 3 mai")
    again = agreement(tmp_path / "2", "c.pdf", fiche(1, HALLE, 99_000), fiche(2, VELO, 10_000))
    receive.deposit([upload(again)], "acv", claire)
    read_all()
    assert Action.objects.get(pk=ONE).cost_cents == 9_500_050
    asked = Point.objects.filter(verdict=Verdict.OPEN)
    assert sorted((p.kind, p.subject_id) for p in asked) == [("new", TWO), ("stale", ONE)]
    assert asked.get(kind="stale").value == "9900000"


def test_moves_after_a_further_reading_are_asked_once(ready: World, claire: User, tmp_path: Path) -> None:
    from jalon.register import points

    claire.is_superuser = True
    claire.save()
    first = agreement(tmp_path / "1", "c.pdf", fiche(1, HALLE, 90_000), fiche(2, CAMERAS, 40_000))
    then = agreement(tmp_path / "2", "c.pdf", fiche(1, HALLE, 99_000), fiche(3, VELO, 10_000))
    for given in (first, then):
        receive.deposit([upload(given)], "acv", claire)
        read_all()
    asked = {p.subject_id: (p.kind, p.before, p.value) for p in Point.objects.filter(verdict=Verdict.OPEN)}
    assert {own: kind for own, (kind, _, _) in asked.items()} == {ONE: "changed", TWO: "removed", THREE: "new"}
    assert "90" in asked[ONE][1]
    assert "99" in asked[ONE][2]
    assert points.decide([p.pk for p in Point.objects.all()], Verdict.ACCEPTED, claire, "relu") == 3
    receive.deposit([upload(then)], "acv", claire)
    read_all()
    assert not Point.objects.filter(verdict=Verdict.OPEN).exists()


@pytest.mark.slow
@pytest.mark.parametrize("sample", samples.SAMPLES[:1], ids=lambda sample: sample.slug)
def test_fictional_agreements_are_never_counted(ready: World, claire: User, sample: samples.Sample) -> None:
    claire.is_superuser = True
    claire.save()
    before = {name: table.to_pydict() for name, table in tables().items()}
    tried = receive.trial(upload(sample.path))
    receive.deposit([upload(sample.path)], "acv", claire)
    read_all()
    tried.refresh_from_db()
    assert (tried.state, tried.fictional, tried.actions) == ("read", True, 6)
    deposited = Reading.objects.get(trial=False)
    assert deposited.state == "unmatched"
    assert "document fictif" in deposited.reason
    assert {name: table.to_pydict() for name, table in tables().items()} == before
    assert Action.objects.filter(kind="agreement").count() == 0


def test_trials_leave_nothing_after_a_day(db: None, tmp_path: Path) -> None:
    given = agreement(tmp_path, "c.pdf", fiche(1, HALLE, 90_000))
    old, new = receive.trial(upload(given)), receive.trial(upload(given))
    Reading.objects.filter(pk=old.pk).update(given_at=timezone.now() - timedelta(days=1, minutes=1))
    assert settle.sweep() == 1
    assert not store.root_of(old).root.exists()
    assert store.place(new).is_file()
    assert list(Reading.objects.values_list("pk", flat=True)) == [new.pk]


@pytest.mark.parametrize(("text", "value"), [("125 000", 12_500_000), ("1\u202f234,5 €", 123_450), ("", None)])
def test_amounts_as_people_write_them(text: str, value: int | None) -> None:
    assert cents(text) == value
