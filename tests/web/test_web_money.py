"""The funder's desk: decided from a page, seen only inside a perimeter, exported to the cent."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import fastexcel
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from jalon.funding import Act
from jalon.register import ledger
from jalon.register.models import Commitment, Entry, Envelope, Mandate, Programme, Territory

pytestmark = pytest.mark.django_db
OPENED = date(2024, 1, 1)
HERE = "/espace/financements/"
FUND = f"{HERE}acv:fonds/"


@pytest.fixture
def boss(client: Client) -> User:
    boss = User.objects.create_superuser("boss")
    client.force_login(boss)
    return boss


@pytest.fixture
def fund(boss: User) -> Envelope:
    Programme.objects.create(id="acv", name="Programme", short_name="Programme", launched_on=OPENED)
    Territory.objects.create(kind="commune", code="01004", name="Ambérieu")
    return opened(boss, "fonds", 100_000_00)


def opened(author: User, code: str, cents: int, **changes: object) -> Envelope:
    given = {"label": f"Fonds {code}", "funder": "Banque", "kind": "grant", "starts_on": OPENED} | changes
    signed = ledger.Signed(author, "dotation", OPENED)
    return ledger.open_envelope(Envelope(programme_id="acv", code=code, **given), cents, signed)


def decide(client: Client, **given: str) -> int:
    asked = {"act": "commit", "reference": "D1", "amount": "30 000,50", "reason": "comité", "territory": "01004"}
    return client.post(f"{FUND}decider", asked | given).status_code


def test_an_envelope_is_opened_then_funded_from_pages(client: Client, boss: User) -> None:
    Programme.objects.create(id="acv", name="Programme", short_name="Programme", launched_on=OPENED)
    given = {
        "programme": "acv", "code": "fonds", "label": "Le fonds", "funder": "Banque", "kind": "equity",
        "amount": "1 000,00", "starts_on": "2024-01-01", "reason": "loi de finances",
    }  # fmt: skip
    assert client.post(f"{HERE}ouvrir", given).status_code == 302
    assert client.post(f"{FUND}doter", {"amount": "500", "reason": "abondement"}).status_code == 302
    assert client.post(f"{FUND}doter", {"amount": "600", "territory": "84", "reason": "délégation"}).status_code == 302
    row = Envelope.objects.get()
    assert (row.announced_cents, row.delegated_cents) == (150_000, 60_000)


def test_a_decision_is_written_with_its_author(client: Client, boss: User, fund: Envelope) -> None:
    assert decide(client) == 302
    assert decide(client, act="pay", amount="10 000") == 302
    page = client.get(FUND).content.decode()
    assert "69 999,50" in page.replace("\u202f", " ")
    assert {entry.author for entry in Entry.objects.all()} == {boss}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": "100 000,01"}, "il reste"),
        ({"reason": " "}, "obligatoire"),
        ({"territory": "99999"}, "pas un code connu"),
        ({"amount": "beaucoup"}, "nombre"),
        ({"act": "pay"}, "inconnu"),
        ({"on": "2999-01-01"}, "pas encore passé"),
    ],
)
def test_a_refused_decision_says_why_and_writes_nothing(
    client: Client, fund: Envelope, given: dict[str, str], said: str
) -> None:
    asked = {"act": "commit", "reference": "D1", "amount": "10", "reason": "comité", "territory": "01004"} | given
    answer = client.post(f"{FUND}decider", asked)
    assert answer.status_code == 422
    assert said in answer.content.decode().lower()
    assert Entry.objects.count() == 1
    assert not Commitment.objects.exists()


def test_an_entry_is_undone_from_its_page(client: Client, fund: Envelope) -> None:
    decide(client)
    number = Entry.objects.get(measure="committed").pk
    assert client.post(f"{FUND}annuler", {"entry": number, "reason": "erreur"}).status_code == 302
    assert Envelope.objects.get().committed_cents == 0
    assert client.post(f"{FUND}annuler", {"entry": number, "reason": "erreur"}).status_code == 422


def test_the_page_of_a_past_day(client: Client, boss: User, fund: Envelope) -> None:
    row = Commitment(envelope=fund, reference="D1", label="Étude", territory_id="commune:01004")
    ledger.decide(row, Act.COMMIT, ledger.Signed(boss, "comité", date(2024, 6, 1)), 40_000_00)
    assert "60 000" in client.get(FUND).content.decode().replace("\u202f", " ")
    before = client.get(FUND, {"au": "2024-05-31"}).content.decode().replace("\u202f", " ")
    assert "Au 31 mai 2024, il restait 100 000" in before.replace("\u00a0", " ")


def test_alerts_find_their_envelopes(client: Client, boss: User, fund: Envelope) -> None:
    soon = opened(boss, "bref", 10_00, ends_on=timezone.localdate() + timedelta(days=30))
    for reference, envelope, act, cents in (("D1", fund, Act.COMMIT, 5_00), ("D2", soon, Act.PROPOSE, 11_00)):
        row = Commitment(
            envelope=envelope, reference=reference, label="x", territory_id="commune:01004", decided_on=OPENED
        )
        ledger.decide(row, act, ledger.Signed(boss, "comité"), cents)
    for alert, label in (("expire", "Fonds bref"), ("surprogrammee", "Fonds bref"), ("lente", "Fonds fonds")):
        shown = client.get(HERE, {"alerte": alert}).content.decode()
        assert label in shown
        assert shown.count("/espace/financements/acv:") == 1


def test_totals_on_screen_are_the_sums_of_the_exported_rows(client: Client, boss: User, fund: Envelope) -> None:
    opened(boss, "autre", 33_33)
    decide(client)
    text = client.get(f"{HERE}enveloppes.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(Decimal(row["Annoncé"]) for row in rows) == Decimal("100033.33")
    page = client.get(HERE).content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert "100 033,33 €" in page
    book = fastexcel.read_excel(client.get(f"{FUND}engagements.xlsx").content)
    assert book.sheet_names == ["Lignes", "À propos"]
    lines = book.load_sheet("Lignes").to_arrow().to_pylist()
    assert lines[0]["Engagé"] == 30_000.5
    assert Envelope.objects.get(code="fonds").committed_cents == 30_000_50


def test_a_funder_sees_and_moves_its_own_envelopes_only(boss: User, fund: Envelope) -> None:
    opened(boss, "autre", 33_33)
    anne = User.objects.create_user("anne")
    Mandate.objects.create(user=anne, role="funder", perimeter="envelope", code="acv:fonds", reason="x")
    client = Client()
    client.force_login(anne)
    page = client.get(HERE).content.decode()
    assert "Fonds fonds" in page
    assert "Fonds autre" not in page
    assert client.get(f"{HERE}acv:autre/").status_code == 404
    assert decide(client) == 302
    assert client.post(f"{HERE}ouvrir", {}).status_code in (200, 403)
    assert client.get(f"{HERE}enveloppes.csv").content.decode().count("Fonds") == 1


def test_a_follow_up_file_is_reported_then_written_then_undone(client: Client, fund: Envelope) -> None:
    def sent(**more: str) -> str:
        upload = io.BytesIO("Référence;Code INSEE;Montant engagé\nB-1;01004;500\nB-2;01004;x".encode())
        upload.name = "suivi.csv"
        return client.post(f"{FUND}importer", {"file": upload, **more}).content.decode().replace("\u00a0", " ")

    assert "2 lignes lues : 1 ligne comprise, 1 refusée. Serait inscrit : 500 €" in sent()
    assert not Commitment.objects.exists()
    assert "Inscrit : 500 €" in sent(write="on")
    batch = Entry.objects.exclude(batch=None).first()
    assert batch is not None
    assert client.post(f"{FUND}importer/{batch.batch_id}/annuler", {"reason": "erreur"}).status_code == 302
    assert Envelope.objects.get().committed_cents == 0
