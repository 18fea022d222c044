"""Imports: what is written, what is left alone, and what no import takes back."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
import register_world
from django.contrib.auth.models import User
from register_world import (
    CAMERAS,
    FACT,
    FIBRE,
    GRANTS_2018,
    GRANTS_2019,
    Labeller,
    World,
    as_carried,
    dump,
    grant,
    programme,
)

import jalon.themes
from jalon.errors import RegisterError, SourceUnreadable
from jalon.register import decisions
from jalon.register.importing import writing
from jalon.register.imports import import_programmes
from jalon.register.models import Action, Agreement, Correction, FundingLine, Refusal, SourceFile, Territory, ThemeLabel
from jalon.themes import Labelling

pytestmark = pytest.mark.django_db


def test_first_import_writes_actions_funding_labels_refusals_and_files(world: World) -> None:
    reports = world.load()
    assert {
        r.source_id: (r.rows_read, r.rows_kept, r.rows_refused, r.repaired, r.changed) for r in reports.values()
    } == {
        "grants-2018": (4, 4, 0, 0, 4),
        "grants-2019": (4, 3, 1, 1, 3),
        "fibre": (4, 4, 0, 0, 4),
    }
    assert Action.objects.get(pk="di18_epci1").territory_id == "epci:240100883"
    assert Action.objects.get(pk="di18_synd1").territory_id is None
    assert FundingLine.objects.count() == 6
    assert FundingLine.objects.get(pk="di19_com1:1").amount_cents == 300_000
    assert ThemeLabel.objects.get(pk="di18_com1:securite_numerique:machine:").terms
    assert Action.objects.get(pk="di19_com2").probability is None
    assert SourceFile.objects.count() == 3
    assert Refusal.objects.get(row=2).value == "x  | y "
    assert Refusal.objects.get(row=7).value == "9,5"


def test_territories_in_use_come_with_their_parents(world: World) -> None:
    world.load("grants-2019")
    town = Territory.objects.get(pk="commune:97105")
    assert (town.departement_id, town.region_id) == ("departement:971", "region:01")
    assert town.epci_id is not None
    assert Territory.objects.filter(pk=town.epci_id).exists()


def test_importing_twice_changes_nothing(world: World) -> None:
    import_programmes({"acv": programme()})
    world.load()
    before = dump()
    again = import_programmes({"acv": programme()})
    reports = world.load()
    assert dump() == before
    assert world.read == ["grants-2018", "grants-2019", "fibre"]
    assert all(report.changed == 0 for report in (*again, *reports.values()))
    assert reports["grants-2019"].repaired == 1


def test_reading_the_same_rows_again_changes_nothing(world: World) -> None:
    world.load()
    before = dump()
    SourceFile.objects.update(reader="older")
    reports = world.load()
    assert dump() == before
    assert [(r.changed, r.unchanged) for r in reports.values()] == [(0, 4), (0, 3), (0, 4)]


def test_lists_decide_of_a_programme_once_all_are_read(world: World) -> None:
    town = register_world.beneficiary("01004", "ACV008", listed_in=("fibre",), signed_on=date(2019, 9, 24))
    world.programmes["acv"] = programme(groups=(register_world.group("ACV008", "Ambérieu", town),))
    import_programmes(world.programmes)
    assert Agreement.objects.get().signed_on is None
    world.load("fibre")
    assert Agreement.objects.get().signed_on == date(2019, 9, 24)
    newer = replace(FIBRE[-1], signed_on=date(2019, 9, 25))
    world.change("fibre", *FIBRE[:-1], newer)
    world.load("fibre")
    again = import_programmes(world.programmes)[0]
    assert (Agreement.objects.get().signed_on, Agreement.objects.get().source_id) == (date(2019, 9, 25), "fibre")
    assert again.changed == 0


def test_a_fact_belongs_to_one_programme(db: None) -> None:
    other = programme(id="pvd", groups=(), declared=(replace(FACT, programme="pvd"),))
    with pytest.raises(RegisterError, match="C1"):
        import_programmes({"acv": programme(), "pvd": other})


@pytest.mark.parametrize("order", list(permutations(("grants-2018", "grants-2019", "fibre"))))
def test_the_order_of_sources_does_not_matter(world: World, order: tuple[str, ...]) -> None:
    for source_id in order:
        world.load(source_id)
    once = dump()
    register_world.empty()
    world.load()
    assert dump() == once


def test_a_changed_row_is_the_only_one_written(world: World) -> None:
    world.load()
    world.change("grants-2018", grant("di18_com1", year=2018, title=CAMERAS, row=2, cost_cents=7), *GRANTS_2018[1:])
    report = world.load()["grants-2018"]
    assert (report.changed, report.unchanged) == (1, 3)
    action = Action.objects.get(pk="di18_com1")
    assert action.cost_cents == 7
    assert action.probability == pytest.approx(Action.objects.get(pk="di19_com1").probability, abs=0.2)
    assert ThemeLabel.objects.filter(action=action).exists()


def test_only_new_texts_are_labelled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.load()
    monkeypatch.setattr(Labeller, "seen", [])
    retitled = grant("di18_com1", year=2018, title="Réfection du clocher", row=2)
    cheaper = grant("di18_com2", year=2018, row=3, cost_cents=5)
    world.change("grants-2018", retitled, cheaper, *GRANTS_2018[2:])
    world.load()
    assert Labeller.seen == ["Réfection du clocher"]
    assert not ThemeLabel.objects.filter(action="di18_com1").exists()


def test_another_classifier_labels_everything_again(
    world: World, monkeypatch: pytest.MonkeyPatch, claire: User
) -> None:
    world.load()
    decisions.decide_smart_city(Action.objects.get(pk="di18_com1"), False, claire, "caméra de chantier")
    monkeypatch.setitem(vars(jalon.themes), "VERSION", "labeller-2")
    monkeypatch.setattr(Labeller, "_one", lambda self, text: Labelling(0.5))
    world.load()
    assert set(Action.objects.exclude(title="").values_list("probability", flat=True)) == {0.5}
    assert list(ThemeLabel.objects.values_list("origin", flat=True)) == ["human"]


def test_an_action_that_vanishes_is_withdrawn_then_comes_back(world: World) -> None:
    world.load()
    world.change("grants-2018", *GRANTS_2018[1:])
    assert world.load()["grants-2018"].withdrawn == 1
    assert Action.objects.get(pk="di18_com1").standing == "withdrawn"
    world.change("grants-2018", *GRANTS_2018)
    world.load()
    assert Action.objects.get(pk="di18_com1").standing == "current"


def test_a_grant_that_becomes_unknown_loses_its_funding_line(world: World) -> None:
    world.load()
    world.change("grants-2019", grant("di19_com1", grant_cents=None), *GRANTS_2019[1:])
    world.load()
    assert not FundingLine.objects.filter(action="di19_com1").exists()


def test_an_identifier_given_twice_is_refused_once(world: World) -> None:
    world.change("grants-2018", *GRANTS_2018, grant("di18_com1", year=2018, row=9))
    report = world.load()["grants-2018"]
    assert (report.rows_kept, report.rows_refused) == (4, 1)
    assert Refusal.objects.get(source_id="grants-2018", row=9).code == "duplicate-id"
    assert SourceFile.objects.get(source_id="grants-2018").rows_refused == 1


def test_an_action_of_another_source_is_not_taken_over(world: World) -> None:
    world.load()
    before = dump()
    world.change("grants-2018", grant("di19_com1"))
    report = world.attempt()["grants-2018"]
    assert isinstance(report.failure, RegisterError)
    assert "di19_com1" in report.failure.user_message
    assert dump() == before


def test_carried_facts_then_the_full_source(world: World, claire: User) -> None:
    full = dict(world.rows)
    world.origin = "carried"
    world.change("grants-2018", *as_carried(GRANTS_2018))
    world.load("grants-2018")
    action = Action.objects.get(pk="di18_com1")
    assert (action.title, action.probability) == ("", 0.93)
    assert ThemeLabel.objects.get(action=action).probability == 0.9
    decisions.decide_smart_city(action, True, claire, "vu sur place")

    world.origin = "mirror"
    world.change("grants-2018", *full["grants-2018"])
    world.load("grants-2018")
    assert Action.objects.get(pk="di18_com1").title == CAMERAS
    assert SourceFile.objects.get(source_id="grants-2018").origin == "mirror"
    assert ThemeLabel.objects.filter(action=action, origin="human").count() == 1

    before = dump()
    world.origin = "carried"
    assert world.load("grants-2018")["grants-2018"].changed == 0
    assert dump() == before


def test_a_corrected_field_survives_and_shows_what_the_machine_reads(world: World, claire: User) -> None:
    world.load()
    decisions.correct(Action.objects.get(pk="di18_com1"), {"cost_cents": 42}, claire, "faute de frappe")
    world.change("grants-2018", grant("di18_com1", year=2018, title=CAMERAS, row=2, cost_cents=7), *GRANTS_2018[1:])
    world.load()
    assert Action.objects.get(pk="di18_com1").cost_cents == 42
    kept = Correction.objects.get(subject_id="di18_com1")
    assert (kept.machine_value, kept.value, kept.stale) == (7, 42, True)


def test_one_source_that_cannot_be_read_does_not_stop_the_others(world: World) -> None:
    world.broken["grants-2018"] = SourceUnreadable("x", user_message="le fichier est vide")
    reports = world.attempt()
    assert reports["grants-2018"].failure is world.broken["grants-2018"]
    assert Action.objects.count() == 3


def test_a_row_the_database_refuses_leaves_the_register_as_it_was(world: World) -> None:
    world.load()
    before = dump()
    world.change("grants-2018", grant("di18_com1", cost_cents=-1))
    with pytest.raises(RegisterError, match="action_cost_cents_floor"):
        world.load()
    assert dump() == before


@pytest.mark.parametrize("stage", ["_write_funding", "_write_refusals", "_write_files"])
def test_a_crash_inside_a_source_leaves_it_as_it_was(world: World, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    world.load()
    before = dump()
    world.change("grants-2018", *GRANTS_2018[1:], grant("di18_com9", year=2018))

    def crash(*args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(writing, stage, crash)
        with pytest.raises(MemoryError):
            world.load()
    assert dump() == before
    world.load()
    assert Action.objects.filter(pk="di18_com9").exists()


def test_a_damaged_clean_table_is_made_again(world: World, own_home) -> None:
    world.load()
    table = next((own_home / "clean").glob("coverage-*"))
    whole = table.read_bytes()
    table.write_bytes(whole[:-9])
    world.load()
    assert table.read_bytes() == whole


def test_an_absent_source_is_a_failure_only_when_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.path("fibre").unlink()
    assert set(world.load()) == {"grants-2018", "grants-2019"}
    assert world.attempt("fibre")["fibre"].failure is not None


def test_progress_tells_each_step(world: World) -> None:
    from jalon.register.imports import import_sources

    steps: list[tuple[str, str]] = []
    import_sources(["fibre"], lambda source, step: steps.append((source, step)), executor=register_world.Here())
    import_sources(["fibre"], lambda source, step: steps.append((source, step)), executor=register_world.Here())
    assert steps == [("fibre", "reading"), ("fibre", "written"), ("fibre", "unchanged")]


def test_two_imports_at_once_are_refused(world: World) -> None:
    from jalon.register.imports import import_sources

    def again(source: str, step: str) -> None:
        import_sources(["fibre"], executor=register_world.Here())

    with pytest.raises(RegisterError, match="another import"):
        import_sources(["fibre"], again, executor=register_world.Here())
