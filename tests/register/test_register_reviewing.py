"""Reading actions: what comes first, deciding together, undoing, and how far two readers agree."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from jalon.errors import RegisterError
from jalon.indicators.kappa import kappa
from jalon.register import decisions, reviewing
from jalon.register.models import ANY_THEME, Action, Origin, ReviewRole, ThemeLabel, ThemeReview
from jalon.register.verdicts import Decision, verdict

pytestmark = pytest.mark.django_db
SAFE, FIBRE = "securite_numerique", "connectivite"


@pytest.fixture
def unsure() -> dict[str, Action]:
    """Three texts: one said twice but for a number, one surer, one that the machine is sure of."""
    made = {}
    for own, title, chance in (
        ("a", "Visiophone de l’école n° 1", 0.8),
        ("b", "VISIOPHONE DE L’ECOLE N° 2", 0.8),
        ("c", "Contrôle d’accès du gymnase", 0.6),
        ("d", "Caméras de vidéoprotection", 0.99),
    ):
        made[own] = Action.objects.create(
            action_id=own, kind="grant", title=title, territory_kind="commune", known_on=date(2019, 12, 31),
            probability=chance,
        )  # fmt: skip
        ThemeLabel.objects.create(action=made[own], theme=SAFE, origin=Origin.MACHINE, probability=chance)
    return made


def stands(action: Action) -> tuple[set[str], bool]:
    machine = ThemeLabel.objects.filter(action=action, origin=Origin.MACHINE).values_list("theme", flat=True)
    people = ThemeLabel.objects.filter(action=action, origin=Origin.HUMAN)
    said = verdict(machine, [Decision(each.theme, each.accepted, each.decided_at) for each in people])
    return set(said.themes), said.smart_city


def test_the_text_that_teaches_most_comes_first(unsure: dict[str, Action]) -> None:
    assert [one.actions for one in reviewing.queue()] == [("a", "b"), ("c",)]
    assert [each.pk for each in reviewing.twins(unsure["a"], reviewing.queue())] == ["b"]


def test_a_reading_decides_all_the_themes_and_leaves_the_queue(unsure: dict[str, Action], claire: User) -> None:
    reviewing.record([unsure["a"], unsure["b"]], [FIBRE], claire, reason="fibre dite")
    assert stands(unsure["a"]) == stands(unsure["b"]) == ({FIBRE}, True)
    reviewing.record([unsure["c"]], [], claire)
    assert stands(unsure["c"]) == (set(), False)
    assert reviewing.queue() == []


def test_undoing_gives_back_what_was_decided_before(unsure: dict[str, Action], claire: User, denis: User) -> None:
    decisions.decide_theme(unsure["a"], FIBRE, True, claire, "dans l’administration")
    batch = reviewing.record([unsure["a"], unsure["b"]], [], claire)
    assert stands(unsure["a"]) == (set(), False)
    assert reviewing.undo(batch, denis) == 0, "another person undoes nothing"
    assert reviewing.undo(batch, claire) == 2
    assert stands(unsure["a"]) == ({SAFE, FIBRE}, True)
    assert stands(unsure["b"]) == ({SAFE}, True)
    assert reviewing.undo(batch, claire) == 0
    assert ThemeReview.objects.filter(undone_at__isnull=False).count() == 2, "reviews are kept for ever"


def test_a_second_reading_is_blind_and_settles_nothing(unsure: dict[str, Action], claire: User, denis: User) -> None:
    reviewing.record([unsure["a"]], [SAFE], claire)
    assert list(reviewing.to_read_again(claire)) == []
    assert list(reviewing.to_read_again(denis)) == [unsure["a"]]
    with pytest.raises(RegisterError):
        reviewing.record([unsure["a"]], [], claire, role=ReviewRole.SECOND)
    reviewing.record([unsure["a"]], [], denis, role=ReviewRole.SECOND)
    assert stands(unsure["a"]) == ({SAFE}, True)
    assert [one.action.pk for one in reviewing.disagreements()] == ["a"]
    reviewing.record([unsure["a"]], [], denis, role=ReviewRole.SETTLING)
    assert stands(unsure["a"]) == (set(), False)
    assert reviewing.disagreements() == []
    measured = reviewing.agreement()
    assert (measured[ANY_THEME].n, measured[ANY_THEME].one) == (1, 1), "settling does not make readers agree"


def test_kappa_is_cohens() -> None:
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    found = kappa(first, second)
    assert (found.both, found.one, found.value) == (20, 15, pytest.approx(0.4))
    assert found.low < 0.4 < found.high
    perfect = kappa([True, False] * 5, [True, False] * 5)
    assert perfect.value == perfect.high == pytest.approx(1.0)
    assert perfect.low < 1, "ten texts prove no perfect agreement"
    assert kappa([False] * 9, [False] * 9).value is None
    assert kappa([], []).value is None
