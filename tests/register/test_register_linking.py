"""An action of an agreement and the grant that pays it are one project; people have the last word."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from tiny import AS_OF, tiny_tables

from jalon.editions.tables import TABLES
from jalon.errors import RegisterError
from jalon.figures import build_with_figures, evaluate, get
from jalon.home import Home
from jalon.register import decisions, linking
from jalon.register.models import Action, FundingLine, LinkVerdict, ProjectLink, Territory
from jalon.register.snapshot import links as snapshot

pytestmark = pytest.mark.django_db
GRANT, ACTION, OTHER, TWIN = "di19_com7", "acv:ACV008:3.2", "di19_com8", "di19_com9"
TITLE = "Télégestion de l’éclairage public de la place Neuve"


@pytest.fixture
def told() -> None:
    """A fictional action of an agreement, the grant that pays it, another project, and its twin in the same list."""
    town = Territory.objects.create(kind="commune", code="01004", name="Ambérieu-en-Bugey")
    shared = {"territory": town, "territory_kind": "commune", "known_on": date(2019, 12, 31)}
    Action.objects.create(action_id=ACTION, kind="agreement", title=TITLE, cost_cents=20_000_000, **shared)
    FundingLine.objects.create(
        action_id=ACTION, line=1, funder="État (DSIL)", instrument="grant", amount_cents=8_000_000
    )
    for own, title, cost, grant in (
        (GRANT, TITLE.upper(), 19_500_000, 8_000_000),
        (OTHER, "Réfection de la toiture de l’école", 5_000_000, 1_000_000),
        (TWIN, "Réfection de la toiture de l’école", 5_000_000, 1_000_000),
    ):
        Action.objects.create(
            action_id=own, kind="grant", title=title, cost_cents=cost, grant_cents=grant, year=2019, **shared
        )


def projects() -> dict[str, str]:
    return dict(zip(*snapshot.columns(date.max)["same_projects"], strict=True))


def test_an_action_and_its_grant_are_one_and_two_rows_of_a_list_stay_two(told: None) -> None:
    found = linking.refresh()
    assert (found.pairs, found.across) == (2, 1)
    across = ProjectLink.objects.get(across=True)
    assert {across.left_id, across.right_id} == {ACTION, GRANT}
    assert across.amount == 1.0, "what the State gives agrees better than the costs"
    assert projects() == {ACTION: ACTION, GRANT: ACTION}


def test_people_have_the_last_word_and_searching_again_keeps_it(told: None, claire: User) -> None:
    linking.refresh()
    across, within = ProjectLink.objects.get(across=True), ProjectLink.objects.get(across=False)
    decisions.decide_link(across, LinkVerdict.DIFFERENT, claire, "deux places")
    decisions.decide_link(within, LinkVerdict.SAME, claire, "même dossier saisi deux fois")
    linking.refresh()
    assert projects() == {OTHER: OTHER, TWIN: OTHER}
    Action.objects.filter(pk=GRANT).update(title="Achat d’une balayeuse")
    linking.refresh()
    assert ProjectLink.objects.get(pk=across.pk).verdict == LinkVerdict.DIFFERENT
    decisions.decide_link(within, LinkVerdict.UNDECIDED, claire, "décision annulée")
    assert projects() == {}
    assert [each.verdict for each in within.history.all()][:2] == ["", "same"]


def test_a_decision_has_a_reason(told: None, claire: User) -> None:
    linking.refresh()
    with pytest.raises(RegisterError):
        decisions.decide_link(ProjectLink.objects.get(across=True), LinkVerdict.SAME, claire, " ")


def test_undecided_pairs_that_no_longer_look_alike_go(told: None) -> None:
    linking.refresh()
    Action.objects.filter(pk=GRANT).update(title="Achat d’une balayeuse")
    assert linking.refresh().across == 0
    assert not ProjectLink.objects.filter(across=True).exists()


@pytest.mark.parametrize("linked", [False, True])
def test_the_figure_counts_a_project_told_twice_once(tmp_path, linked: bool) -> None:
    tables = tiny_tables()
    grants = tables["actions"].to_pylist()
    towns = {m["territory_code"] for m in tables["memberships"].to_pylist() if m["programme"] == "acv"}
    own = next(a for a in grants if a["kind"] == "grant" and a["smart_city"] and a["territory_code"] in towns)
    agreement = next(a for a in tables["agreements"].to_pylist() if a["programme"] == "acv")
    twin = own | {
        "action_id": "acv:read:1", "kind": "agreement", "programme": "acv", "agreement_id": agreement["agreement_id"],
    }  # fmt: skip
    tables["actions"] = type(tables["actions"]).from_pylist([*grants, twin], schema=TABLES["actions"].schema)
    if linked:
        rows = [{"action_id": pk, "project_id": twin["action_id"]} for pk in (own["action_id"], twin["action_id"])]
        tables["same_projects"] = type(tables["actions"]).from_pylist(rows, schema=TABLES["same_projects"].schema)
    edition = build_with_figures(tables, home=Home(tmp_path), as_of=AS_OF)
    told = {
        name: evaluate(get(name), edition).value
        for name in ("acv-projets", "acv-projets-distincts", "acv-projets-distincts-ville-intelligente")
    }
    alone = evaluate(get("acv-actions-ville-intelligente"), edition).value
    more = 0 if linked else 1
    assert told["acv-projets-distincts"] == told["acv-projets"] + more
    assert told["acv-projets-distincts-ville-intelligente"] == alone + more
