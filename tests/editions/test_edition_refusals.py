"""What an edition is not made of: a day that makes no sense, half an import, a shelf that is not one."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from tiny import AS_OF, tiny_tables

from jalon import launch
from jalon.editions import Edition, current_id, publish
from jalon.editions.checks import FIRST_DAY, check_day
from jalon.errors import EditionDamaged, EditionError, RegisterError
from jalon.home import Home
from jalon.register import publishing

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("day", [date.min, FIRST_DAY - timedelta(1), TODAY + timedelta(1), date.max])
def test_a_day_out_of_reach_is_refused(day: date) -> None:
    with pytest.raises(EditionError) as raised:
        check_day(day, TODAY)
    assert "pas d'édition à la date" in raised.value.user_message
    assert "22/11/2026" in raised.value.mend


@pytest.mark.parametrize("day", [FIRST_DAY, date(2018, 3, 27), TODAY])
def test_a_day_that_was_is_taken(day: date) -> None:
    check_day(day, TODAY)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_building_checks_the_day_before_it_reads(own_home: Path, day: date) -> None:
    with pytest.raises(EditionError, match="out of"):
        launch.build_edition(day, publish=True)
    assert not any(own_home.iterdir())


@pytest.fixture
def snapshot(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days the register was read as of; each reading finds the lock of imports taken."""
    from jalon.register import imports
    from jalon.register import snapshot as reading

    days: list[date] = []

    def tables(as_of: date) -> dict:
        with pytest.raises(RegisterError), imports.alone():
            pass
        days.append(as_of)
        return tiny_tables()

    monkeypatch.setattr(reading, "tables", tables)
    return days


def test_an_import_waits_for_the_snapshot(own_home: Path, snapshot: list[date]) -> None:
    made = launch.build_edition(date(2020, 2, 24), publish=False)
    assert snapshot == [made.as_of]


def test_no_edition_of_half_an_import(own_home: Path, snapshot: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    from jalon.register.imports import alone

    monkeypatch.setattr(publishing, "PATIENCE", 0.2)
    with alone(), pytest.raises(EditionError) as raised:
        launch.build_edition(date(2020, 2, 24), publish=True)
    assert "import est en cours" in raised.value.user_message
    assert raised.value.mend
    assert snapshot == []


def test_the_lock_is_given_back(own_home: Path, snapshot: list[date]) -> None:
    launch.build_edition(date(2020, 2, 24), publish=False)
    with FileLock(own_home / publishing.IMPORT_LOCK).acquire(timeout=0):
        assert snapshot == [date(2020, 2, 24)]


def test_a_folder_in_place_of_the_pointer_is_told(place: Home, edition: Edition) -> None:
    assert edition.as_of == AS_OF
    (place.editions / "current").mkdir()
    for reading in (lambda: current_id(place), lambda: publish(place, edition.id)):
        with pytest.raises(EditionDamaged) as raised:
            reading()
        assert str(place.editions / "current") in raised.value.user_message
        assert "retirez ce dossier" in raised.value.mend
    assert [path.name for path in place.editions.glob(".current-*")] == []
