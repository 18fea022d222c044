"""Decisions of people: who, when, why, and what stands after them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st
from register_world import World, programme

from jalon.errors import RegisterError
from jalon.register import decisions
from jalon.register.imports import import_programmes
from jalon.register.models import ANY_THEME, Action, Agreement, Axis, Correction, Group, Membership, ThemeLabel
from jalon.register.verdicts import Decision, verdict

START = datetime(2026, 1, 1, tzinfo=UTC)


def said(*steps: tuple[str, bool]) -> list[Decision]:
    return [Decision(theme, accepted, START + timedelta(days=day)) for day, (theme, accepted) in enumerate(steps)]


@pytest.mark.parametrize(
    ("machine", "steps", "themes", "smart", "by"),
    [
        ("", [], {}, False, "machine"),
        ("a b", [], {"a": "machine", "b": "machine"}, True, "machine"),
        ("a", [("a", False)], {}, False, "human"),
        ("", [("a", True)], {"a": "human"}, True, "human"),
        ("a", [("a", True)], {"a": "human"}, True, "human"),
        ("a", [("a", False), ("a", True)], {"a": "human"}, True, "human"),
        ("a b", [(ANY_THEME, False)], {}, False, "human"),
        ("a", [("b", True), (ANY_THEME, False)], {}, False, "human"),
        ("a", [(ANY_THEME, False), ("b", True)], {"b": "human"}, True, "human"),
        ("a", [(ANY_THEME, False), (ANY_THEME, True)], {"a": "machine"}, True, "human"),
        ("", [(ANY_THEME, True)], {}, True, "human"),
        ("a", [(ANY_THEME, True), ("a", False)], {}, True, "human"),
    ],
)
def test_the_latest_person_wins_over_the_machine(machine, steps, themes, smart, by) -> None:
    stands = verdict(machine.split(), said(*steps))
    assert (dict(stands.themes), stands.smart_city, stands.decided_by) == (themes, smart, by)


STEPS = st.lists(st.tuples(st.sampled_from(["a", "b", ANY_THEME]), st.booleans()), max_size=6)


@given(st.sets(st.sampled_from(["a", "b", "c"])), STEPS, st.randoms())
def test_a_verdict_does_not_depend_on_the_order_of_reading(machine, steps, chance) -> None:
    made = said(*steps)
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert verdict(machine, made) == verdict(machine, shuffled)


@given(st.sets(st.sampled_from(["a", "b"])), STEPS, st.booleans())
def test_the_last_word_on_the_whole_action_holds(machine, steps, accepted) -> None:
    assert verdict(machine, said(*steps, (ANY_THEME, accepted))).smart_city is accepted


@pytest.mark.django_db
def test_a_decision_keeps_author_time_reason_and_history(world: World, claire: User, denis: User) -> None:
    world.load("grants-2018")
    action = Action.objects.get(pk="di18_com2")
    first = decisions.decide_theme(action, "connectivite", True, claire, "fibre vue au compte rendu")
    decisions.decide_theme(action, "connectivite", False, denis, "c’est du cuivre")
    again = decisions.decide_theme(action, "connectivite", False, claire, "je me suis trompée")
    assert again.pk == first.pk
    assert ThemeLabel.objects.filter(action=action, origin="human").count() == 2
    kept = [(h.history_user, h.accepted, h.history_change_reason) for h in again.history.order_by("history_id")]
    assert kept == [(claire, True, "fibre vue au compte rendu"), (claire, False, "je me suis trompée")]


@pytest.mark.django_db
def test_decisions_survive_every_import(world: World, claire: User) -> None:
    world.load("grants-2018")
    decisions.decide_smart_city(Action.objects.get(pk="di18_com1"), False, claire, "caméra de chantier")
    world.change("grants-2018", *world.rows["grants-2018"][1:])
    world.load("grants-2018")
    label = ThemeLabel.objects.get(action="di18_com1", origin="human")
    assert (label.author, label.reason) == (claire, "caméra de chantier")


@pytest.mark.django_db
@pytest.mark.parametrize(("theme", "reason"), [("connectivite", "  "), ("jardinage", "pourquoi pas")])
def test_a_decision_needs_a_known_theme_and_a_reason(world: World, claire: User, theme: str, reason: str) -> None:
    world.load("grants-2018")
    with pytest.raises(RegisterError) as refused:
        decisions.decide_theme(Action.objects.get(pk="di18_com1"), theme, True, claire, reason)
    assert refused.value.user_message
    assert refused.value.mend
    assert not ThemeLabel.objects.filter(origin="human").exists()


@pytest.mark.django_db
def test_a_correction_shows_before_and_after(claire: User) -> None:
    import_programmes({"acv": programme()})
    agreement = Agreement.objects.get(pk="acv:ACV002")
    decisions.correct(agreement, {"signed_on": START.date()}, claire, "lu sur la convention")
    after, before = agreement.history.all()
    assert (before.signed_on, before.history_user, before.history_change_reason) == (None, None, decisions.IMPORTED)
    assert (after.signed_on, after.history_user, after.history_change_reason) == (
        START.date(),
        claire,
        "lu sur la convention",
    )


@pytest.mark.django_db
def test_a_correction_holds_through_imports_until_it_is_lifted(claire: User) -> None:
    import_programmes({"acv": programme()})
    agreement = Agreement.objects.get(pk="acv:ACV008")
    machine = agreement.signed_on
    decisions.correct(agreement, {"signed_on": START.date()}, claire, "lu sur la convention")
    report = import_programmes({"acv": programme()})[0]
    assert report.changed == 0
    assert Agreement.objects.get(pk="acv:ACV008").signed_on == START.date()
    assert Correction.objects.get().stale is False
    decisions.correct(Agreement.objects.get(pk="acv:ACV008"), {"signed_on": machine}, claire, "retour à la liste")
    assert not Correction.objects.exists()


@pytest.mark.django_db
def test_what_a_person_added_stays_and_what_a_folder_drops_goes(claire: User) -> None:
    import_programmes({"acv": programme()})
    decisions.add(Axis(programme_id="acv", number=9, label="Numérique"), claire, "avenant")
    fewer = programme(groups=programme().groups[:1], axes=())
    report = import_programmes({"acv": fewer})[0]
    assert report.removed > 0
    assert list(Axis.objects.values_list("number", flat=True)) == [9]
    assert Group.objects.count() == Membership.objects.count() == Agreement.objects.count() == 1


@pytest.mark.django_db
def test_a_programme_taken_away_leaves_unless_a_person_worked_on_it(claire: User) -> None:
    import_programmes({"acv": programme()})
    decisions.correct(Group.objects.get(pk="acv:ACV008"), {"name": "Ambérieu"}, claire, "nom d’usage")
    import_programmes({})
    assert list(Group.objects.values_list("pk", flat=True)) == ["acv:ACV008"]
    import_programmes({"acv": programme()})
    assert Group.objects.get(pk="acv:ACV008").name == "Ambérieu"
