"""The tables an edition is made of, from the register and what stands beside it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.contrib.auth.models import User
from register_world import World, programme

from jalon.editions import checks
from jalon.editions.derived import emptied
from jalon.editions.tables import DERIVED, TABLES
from jalon.errors import RegisterError
from jalon.register import decisions
from jalon.register.imports import import_programmes
from jalon.register.models import Action, Document, Evidence, Standing
from jalon.register.snapshot import tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(world: World) -> World:
    import_programmes({"acv": programme()})
    world.load()
    return world


def row(table: pa.Table, **key: object) -> dict:
    found = [each for each in table.to_pylist() if all(each[name] == value for name, value in key.items())]
    assert len(found) == 1
    return found[0]


def test_every_table_has_its_schema_and_order(loaded: World) -> None:
    made = tables()
    assert list(made) == [name for name in TABLES if name not in DERIVED]
    for name, table in made.items():
        assert table.schema.equals(TABLES[name].schema), name
        key = [(column, "ascending") for column in TABLES[name].key]
        assert pc.sort_indices(table, key).to_pylist() == list(range(table.num_rows)), name


def test_what_it_gives_makes_an_edition(loaded: World) -> None:
    checks.check(checks.conform(emptied(tables())))


def test_an_empty_register_gives_the_reference_tables_only(db: None) -> None:
    made = tables()
    filled = {name for name, table in made.items() if table.num_rows}
    assert filled == {"territories", "themes", "theme_scores", "instruments", "instrument_rules"}
    checks.check(checks.conform(emptied(made)))


def test_programmes_and_agreements(loaded: World) -> None:
    made = tables()
    assert row(made["agreements"], agreement_id="acv:ACV008")["signed_on"] == date(2019, 9, 24)
    assert row(made["agreements"], agreement_id="acv:ACV114")["source_id"] is None
    assert made["signatories"].num_rows == 6
    counts = {(c["agreement_id"], c["territory_code"]): c["under_way"] for c in made["action_counts"].to_pylist()}
    assert counts == {
        ("acv:ACV008", ""): 2,
        ("acv:ACV114", "97101"): 2,
        ("acv:ACV114", "97120"): 8,
        ("acv:ACV002", ""): 2,
    }
    assert row(made["action_counts"], agreement_id="acv:ACV008")["source_id"] == "acv-2024-09"
    assert row(made["memberships"], territory_code="81065")["listed_in"] == "2018|2024"


def test_an_action_in_euros_with_its_themes_and_evidence(loaded: World) -> None:
    made = tables()
    action = row(made["actions"], action_id="di18_com1")
    assert (action["cost_eur"], action["grant_eur"]) == (Decimal("10000.00"), Decimal("3000.00"))
    assert (action["known_on"], action["smart_city"], action["decided_by"]) == (date(2018, 12, 31), True, "machine")
    theme = row(made["action_themes"], action_id="di18_com1")
    assert theme["theme"] == "securite_numerique"
    assert theme["terms"]
    assert row(made["funding_lines"], action_id="di18_com1")["amount_eur"] == Decimal("3000.00")
    evidence = row(made["evidence"], subject_id="di18_com1")
    assert evidence["document_sha256"] == row(made["sources"], source_id="grants-2018")["sha256"]
    assert (evidence["row"], evidence["page"], evidence["quote"]) == (2, None, None)


def test_unknown_is_null_never_zero_nor_empty(loaded: World) -> None:
    made = tables()
    action = row(made["actions"], action_id="di19_com2")
    assert [action[name] for name in ("title", "programme", "axis", "probability", "agreement_id")] == [None] * 5
    assert row(made["actions"], action_id="di18_com2")["grant_eur"] is None
    assert row(made["actions"], action_id="di18_synd1")["territory_code"] is None


def test_territories_are_the_whole_geography(loaded: World) -> None:
    territories = tables()["territories"]
    assert set(territories["kind"].unique().to_pylist()) == {
        "commune",
        "epci",
        "departement",
        "region",
        "collectivite",
        "pays",
    }
    assert row(territories, kind="pays")["name"] == "France"
    assert row(territories, kind="commune", code="01004")["population_class"] == "10000-a-20000"


def test_people_win_over_the_machine(loaded: World, claire: User) -> None:
    one, two, three = (Action.objects.get(pk=pk) for pk in ("di18_com1", "di18_com2", "di19_com1"))
    decisions.decide_smart_city(one, False, claire, "caméra de chantier")
    decisions.decide_theme(two, "connectivite", True, claire, "fibre")
    decisions.decide_theme(three, "securite_numerique", True, claire, "oui")
    made = tables()
    shown = {a["action_id"]: (a["smart_city"], a["decided_by"]) for a in made["actions"].to_pylist()}
    assert [shown[pk] for pk in ("di18_com1", "di18_com2", "di19_com1")] == [
        (False, "human"),
        (True, "human"),
        (True, "human"),
    ]
    assert "di18_com1" not in made["action_themes"]["action_id"].to_pylist()
    added = row(made["action_themes"], action_id="di18_com2")
    assert (added["probability"], added["decided_by"], added["terms"]) == (None, "human", "")
    kept = row(made["action_themes"], action_id="di19_com1", theme="securite_numerique")
    assert kept["decided_by"] == "human"
    assert kept["probability"] is not None


def test_withdrawn_actions_count_nowhere(loaded: World) -> None:
    Action.objects.filter(pk="di18_com1").update(standing=Standing.WITHDRAWN)
    made = tables()
    for name, column in (
        ("actions", "action_id"),
        ("action_themes", "action_id"),
        ("funding_lines", "action_id"),
        ("evidence", "subject_id"),
    ):
        assert "di18_com1" not in made[name][column].to_pylist()


@pytest.mark.parametrize(
    ("as_of", "actions", "signed", "counts", "coverage", "series"),
    [
        (date(2018, 3, 30), 0, 0, 0, 0, 0),
        (date(2018, 12, 31), 4, 0, 0, 2, 0),
        (date(2019, 9, 24), 4, 1, 0, 2, 0),
        (date(2019, 12, 31), 7, 1, 0, 2, 1),
        (date(2024, 9, 9), 7, 1, 4, 2, 1),
        (None, 7, 1, 4, 2, 1),
    ],
)
def test_as_of_a_day_only_what_was_known_then(loaded, as_of, actions, signed, counts, coverage, series) -> None:
    made = tables(as_of)
    known = len(made["agreements"]) - made["agreements"]["signed_on"].null_count
    found = (
        made["actions"].num_rows,
        known,
        made["action_counts"].num_rows,
        made["coverage"].num_rows,
        made["series"].num_rows,
    )
    assert found == (actions, signed, counts, coverage, series)
    checks.check(checks.conform(emptied(made)))


def test_a_decision_made_later_was_not_known(loaded: World, claire: User) -> None:
    made_at = datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
    decisions.decide_smart_city(Action.objects.get(pk="di18_com1"), False, claire, "non", at=made_at)
    smart = {
        day: row(tables(date(2026, *day))["actions"], action_id="di18_com1")["smart_city"] for day in ((2, 28), (3, 1))
    }
    assert smart == {(2, 28): True, (3, 1): False}


def test_recorded_evidence_names_its_document(loaded: World) -> None:
    Document.objects.create(sha256="b" * 64, name="convention.pdf", bytes=9)
    Evidence.objects.create(
        subject="agreement",
        subject_id="acv:ACV008",
        field="signed_on",
        document_id="b" * 64,
        page=3,
        box="1 2 3 4",
        quote="signé",
    )
    shown = row(tables()["evidence"], subject="agreement")
    assert (shown["document_sha256"], shown["source_id"], shown["page"], shown["quote"]) == ("b" * 64, "", 3, "signé")


def test_the_same_register_gives_the_same_bytes(loaded: World) -> None:
    assert all(one.equals(two) for one, two in zip(tables().values(), tables().values(), strict=True))


def test_a_missing_clean_table_says_how_to_make_it_again(loaded: World, own_home) -> None:
    next((own_home / "clean").glob("series-*")).unlink()
    with pytest.raises(RegisterError) as absent:
        tables()
    assert "jalon sources import" in absent.value.mend
