"""The money of an edition: grants summed once, unknown never zero, followed envelopes as they stood on the day."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from ledger_rows import ENVELOPE, TOWN, an_envelope, commitment
from register_world import World

from jalon import programmes
from jalon.funding import Act
from jalon.register import ledger, snapshot
from jalon.register.imports import import_programmes

pytestmark = pytest.mark.django_db


def rows(name: str, as_of: date | None = None) -> list[dict]:
    return snapshot.tables(as_of)[name].to_pylist()


def test_the_grants_of_the_state_are_summed_and_nothing_is_said_paid(world: World) -> None:
    world.load()
    published = [row for row in rows("envelopes") if row["standing"] == "published"]
    paid_out = [row["grant_eur"] for row in rows("actions") if row["grant_eur"] is not None]
    assert sum(row["committed_eur"] for row in published) == sum(paid_out) > 0
    assert sum(row["commitments"] for row in published) == len(paid_out)
    assert {row["envelope"] for row in published} >= {"etat:DETR:2018:01", "etat:DETR:2019:971", "etat:DSID:2019:01"}
    assert all(row["paid_eur"] is None and row["announced_eur"] is None for row in published)
    assert not [row for row in rows("envelopes", date(2018, 12, 30)) if row["standing"] == "published"]


def test_declared_envelopes_have_no_invented_commitments(db: None) -> None:
    import_programmes(programmes.programmes())
    declared = {row["envelope"]: row for row in rows("envelopes")}
    fund = declared["acv:innovation"]
    assert (fund["standing"], fund["announced_eur"], fund["fact_id"]) == ("declared", Decimal(50_000_000), "C4-01")
    assert all(row["committed_eur"] is None and row["paid_eur"] is None for row in declared.values())


def test_every_programme_tells_its_calls_and_laureates(db: None) -> None:
    import_programmes(programmes.programmes())
    assert {row["follows"] for row in rows("calls")} == {None, "manifestation-2017"}
    found = rows("laureates")
    assert len(found) == 22
    assert all(row["sources"].startswith("http") for row in found)
    both = [row for row in rows("laureate_amounts") if row["group_id"] == "TIGA19"]
    assert {row["amount_eur"] for row in both} == {Decimal(70_000_000), Decimal(69_000_000)}


def test_a_followed_envelope_as_it_stood_on_a_day(claire: User) -> None:
    an_envelope(100_000_00, claire, profile={"2024": 60_000_00})
    june, may = date(2024, 6, 1), date(2024, 5, 31)
    held = ledger.decide(
        commitment("D1", decided_on=june), Act.COMMIT, ledger.Signed(claire, "comité", june), 30_000_00
    )
    ledger.decide(held, Act.PAY, ledger.Signed(claire, "acompte", date(2024, 7, 1)), 10_000_00)
    ledger.decide(commitment("D2"), Act.PROPOSE, ledger.Signed(claire, "demande"), 5_000_00)
    (row,) = rows("envelopes")
    assert row["envelope"] == ENVELOPE
    assert (row["announced_eur"], row["committed_eur"], row["paid_eur"], row["commitments"]) == (
        100_000,
        30_000,
        10_000,
        1,
    )
    assert [row["committed_eur"] for row in rows("envelopes", may)] == [0]
    assert [row["paid_eur"] for row in rows("envelopes", june)] == [0]
    told = {(each["state"], each["departement_code"], each["committed_eur"]) for each in rows("commitments")}
    assert told == {("committed", "01", 30_000), ("review", "01", 0)}
    assert TOWN == "commune:01004"
    assert rows("envelope_years") == [{"envelope": ENVELOPE, "year": 2024, "planned_eur": Decimal(60_000)}]


def test_what_is_declared_and_followed_is_one_row(claire: User) -> None:
    import_programmes(programmes.programmes())
    an_envelope(10_000_00, claire, code="innovation")
    (row,) = [row for row in rows("envelopes") if row["envelope"] == "acv:innovation"]
    assert (row["standing"], row["announced_eur"], row["fact_id"]) == ("followed", 10_000, "C4-01")
