"""The ledger in the register: locked, refused by the database too, dated, undone, and never changed in place."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from ledger_rows import ENVELOPE, OPENED, TOWN, an_envelope, commitment

from jalon.errors import FundingError, Overrun, RegisterError
from jalon.funding import Act, Kind, on_day
from jalon.funding import Measure as CoreMeasure
from jalon.funding import Security as CoreSecurity
from jalon.funding import State as CoreState
from jalon.register import guards, ledger
from jalon.register.models import (
    Commitment,
    CommitmentState,
    Delegation,
    Entry,
    Envelope,
    Investee,
    LedgerImport,
    Measure,
    MoneyKind,
    Security,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(claire: User) -> Envelope:
    return an_envelope(100_000, claire)


def signed(author: User, day: date | None = None, **more: object) -> ledger.Signed:
    return ledger.Signed(author, "comité", day, **more)  # type: ignore[arg-type]


def amounts() -> tuple[int, ...]:
    held = Envelope.objects.get(pk=ENVELOPE)
    return held.announced_cents, held.delegated_cents, held.direct_cents, held.committed_cents, held.paid_cents


def test_the_register_and_the_core_speak_of_the_same_kinds() -> None:
    for core, stored in (
        (Kind, MoneyKind), (CoreMeasure, Measure), (CoreState, CommitmentState), (CoreSecurity, Security),
    ):  # fmt: skip
        assert [each.value for each in core] == stored.values


def test_a_commitment_from_proposal_to_close(fund: Envelope, claire: User) -> None:
    held = ledger.decide(commitment("D1"), Act.PROPOSE, signed(claire), 30_000)
    assert (held.state, amounts()) == ("review", (100_000, 0, 0, 0, 0))
    ledger.decide(held, Act.COMMIT, signed(claire))
    ledger.decide(held, Act.CONTRACT, signed(claire))
    ledger.decide(held, Act.PAY, signed(claire), 10_000)
    assert amounts() == (100_000, 0, 30_000, 30_000, 10_000)
    closed = ledger.decide(held, Act.CLOSE, signed(claire))
    assert (closed.state, closed.committed_cents, closed.paid_cents) == ("closed", 10_000, 10_000)
    assert Envelope.objects.get().remaining_cents == 90_000


@pytest.mark.parametrize(
    ("act", "cents", "error"),
    [
        (Act.PAY, 40_000, Overrun),
        (Act.ADJUST, 80_000, Overrun),
        (Act.PROPOSE, 1, FundingError),
        (Act.PAY, 0, FundingError),
    ],
)
def test_what_the_rules_refuse_leaves_nothing_written(
    fund: Envelope, claire: User, act: Act, cents: int, error: type[Exception]
) -> None:
    held = ledger.decide(commitment("D1"), Act.COMMIT, signed(claire), 30_000)
    before = amounts(), Entry.objects.count()
    with pytest.raises(error):
        ledger.decide(held, act, signed(claire), cents)
    assert (amounts(), Entry.objects.count()) == before


def test_a_refused_commitment_is_not_added(fund: Envelope, claire: User) -> None:
    with pytest.raises(Overrun, match="free"):
        ledger.decide(commitment("D1"), Act.COMMIT, signed(claire), 100_001)
    assert not Commitment.objects.exists()


def test_children_never_receive_more_than_their_parent(fund: Envelope, claire: User) -> None:
    region = ledger.delegate(ENVELOPE, "region:84", 60_000, signed(claire))
    child = ledger.delegate(ENVELOPE, "departement:01", 50_000, signed(claire), parent=region.pk)
    with pytest.raises(Overrun):
        ledger.delegate(ENVELOPE, "departement:69", 10_001, signed(claire), parent=region.pk)
    with pytest.raises(Overrun):
        ledger.delegate(ENVELOPE, "region:84", -20_000, signed(claire))
    with pytest.raises(Overrun):
        ledger.decide(commitment("D0"), Act.COMMIT, signed(claire), 40_001)
    ledger.decide(commitment("D1", delegation=child), Act.COMMIT, signed(claire), 50_000)
    with pytest.raises(Overrun):
        ledger.decide(commitment("D2", delegation=child), Act.COMMIT, signed(claire), 1)
    assert amounts() == (100_000, 60_000, 0, 50_000, 0)
    assert Delegation.objects.get(pk=region.pk).free_cents == 10_000


def test_an_earlier_decision_must_have_had_room_then(fund: Envelope, claire: User) -> None:
    ledger.announce(ENVELOPE, 100_000, signed(claire, date(2024, 6, 1)))
    ledger.decide(commitment("D1"), Act.COMMIT, signed(claire, date(2024, 7, 1)), 50_000)
    with pytest.raises(Overrun, match="2024-03-01"):
        ledger.decide(commitment("D2"), Act.COMMIT, signed(claire, date(2024, 3, 1)), 120_000)
    ledger.decide(commitment("D2"), Act.COMMIT, signed(claire, date(2024, 6, 2)), 120_000)
    entries = [ledger.core(each) for each in Entry.objects.order_by("pk")]
    past = on_day(ledger.structure(fund), entries, date(2024, 6, 30)).totals(ENVELOPE)
    assert (past.announced, past.committed) == (200_000, 120_000)


def test_nothing_counts_from_tomorrow(fund: Envelope, claire: User) -> None:
    with pytest.raises(FundingError, match="has not come"):
        ledger.announce(ENVELOPE, 1, signed(claire, date(2999, 1, 1)))


def test_an_entry_is_undone_by_another_once(fund: Envelope, claire: User, denis: User) -> None:
    held = ledger.decide(commitment("D1"), Act.COMMIT, signed(claire), 30_000)
    committed = Entry.objects.get(measure="committed")
    ledger.decide(held, Act.CONTRACT, signed(claire))
    with pytest.raises(FundingError, match="plus récente"):
        ledger.undo(committed, signed(denis))
    ledger.undo(Entry.objects.latest("pk"), signed(denis))
    undone = ledger.undo(committed, ledger.Signed(denis, "erreur de dossier"))
    assert (undone.cents, undone.author, undone.cancels) == (-30_000, denis, committed)
    assert Commitment.objects.get().state == "review"
    with pytest.raises(FundingError, match="déjà annulée"):
        ledger.undo(committed, signed(denis))


def test_an_import_is_undone_whole(fund: Envelope, claire: User) -> None:
    batch = LedgerImport.objects.create(file="suivi.csv", sha256="0" * 64, rows_read=2, rows_refused=0, author=claire)
    first = ledger.decide(commitment("D1"), Act.COMMIT, signed(claire, batch=batch), 30_000)
    ledger.decide(first, Act.PAY, signed(claire, batch=batch), 5_000)
    ledger.decide(commitment("D2"), Act.COMMIT, signed(claire, batch=batch), 10_000)
    assert ledger.undo_import(batch, signed(claire)) == 5
    assert amounts() == (100_000, 0, 0, 0, 0)
    assert set(Commitment.objects.values_list("state", "asked_cents", "paid_cents")) == {("cancelled", 0, 0)}
    with pytest.raises(FundingError, match="already"):
        ledger.undo_import(batch, signed(claire))


def test_an_import_on_which_later_decisions_rest_is_not_undone(fund: Envelope, claire: User) -> None:
    batch = LedgerImport.objects.create(file="suivi.csv", sha256="0" * 64, rows_read=2, rows_refused=0, author=claire)
    held = ledger.decide(commitment("D1"), Act.COMMIT, signed(claire, batch=batch), 30_000)
    ledger.decide(held, Act.PAY, signed(claire), 5_000)
    before = amounts()
    with pytest.raises(FundingError):
        ledger.undo_import(batch, signed(claire))
    assert amounts() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda: Envelope.objects.update(committed_cents=F("committed_cents") + 1),
        lambda: Envelope.objects.update(announced_cents=10**9),
        lambda: Envelope.objects.update(committed_cents=F("committed_cents") - 1, last_entry=F("last_entry") + 1),
        lambda: Commitment.objects.update(paid_cents=5),
        lambda: Commitment.objects.update(state="closed"),
        lambda: Entry.objects.update(cents=1),
        lambda: Entry.objects.all().delete(),
        lambda: Envelope.objects.create(
            programme_id="acv", code="x", label="x", funder="x", kind="grant", starts_on=OPENED, announced_cents=5
        ),
    ],
)  # fmt: skip
def test_no_amount_changes_without_an_entry(fund: Envelope, claire: User, change: object) -> None:
    ledger.decide(commitment("D1"), Act.COMMIT, signed(claire), 30_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        change()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("measure", "cents", "whole"),
    [
        ("committed", 70_001, False),
        ("paid", 30_001, False),
        ("announced", -70_001, True),
        ("committed", -30_001, False),
    ],
)
def test_the_database_itself_refuses_what_overdraws(
    fund: Envelope, claire: User, measure: str, cents: int, whole: bool
) -> None:
    held = ledger.decide(commitment("D1"), Act.COMMIT, signed(claire), 30_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            envelope=fund, commitment=None if whole else held, measure=measure, cents=cents, on=OPENED, author=claire,
            reason="de force",
        )  # fmt: skip


def test_the_guards_come_back_when_they_are_missing() -> None:
    guards.remove()
    assert guards.install() is True
    assert guards.install() is False


@pytest.mark.parametrize(("siren", "known"), [("552100554", True), ("552100555", False), ("55210055", False)])
def test_a_siren_has_its_key(siren: str, known: bool) -> None:
    row = Investee(siren=siren, name="SEM", form="sem")
    if known:
        row.save()
        return
    with pytest.raises(Exception, match="SIREN"):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_investee (key, siren, name, form, purpose) VALUES (%s, %s, 'SEM', 'sem', '')",
            [siren, siren],
        )


def test_an_unknown_envelope_is_named(claire: User) -> None:
    with pytest.raises(RegisterError, match="acv:rien"):
        ledger.announce("acv:rien", 1, signed(claire))


def test_a_commitment_goes_to_something(fund: Envelope, claire: User) -> None:
    with pytest.raises(FundingError):
        ledger.decide(commitment("D1", territory_id=None), Act.COMMIT, signed(claire), 1)
    assert ledger.decide(commitment("D1", territory_id=TOWN), Act.COMMIT, signed(claire), 1).territory_id == TOWN
