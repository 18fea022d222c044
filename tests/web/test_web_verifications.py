"""Kept checks: decide on each claim, freeze, the permalink's bytes, the dossier, notes; nothing changes afterwards."""

import hashlib
import json
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.test import Client
from docx import Document
from pages import text, tree

from jalon.claims import check
from jalon.editions import Edition
from jalon.errors import RegisterError
from jalon.register import verifications
from jalon.register.models import FrozenVerification, Verification, VerificationFile

pytestmark = pytest.mark.django_db
SAID = (
    "Le programme Action Cœur de Ville bénéficie à 6 communes. Action Cœur de Ville concerne 7 villes moyennes. "
    "L’État a financé 4 000 « ponts » à 12 % <b>."
)


@pytest.fixture
def officer(site: Client) -> Client:
    site.force_login(User.objects.create_superuser("claire", first_name="Claire", last_name="Martin"))
    return site


@pytest.fixture
def kept(officer: Client) -> Verification:
    officer.post("/espace/verifications/", {"texte": SAID, "au": "2020-02-24", "titre": "Question 1"})
    return Verification.objects.get()


def freeze(officer: Client, kept: Verification) -> FrozenVerification:
    officer.post(f"/espace/verifications/{kept.id}/figer")
    return FrozenVerification.objects.get(pk=kept.id)


def test_from_the_result_to_a_kept_check(officer: Client) -> None:
    page = tree(officer.post("/verifier/", {"texte": SAID, "au": "2020-02-24"}).content)
    form = page.xpath("//form[@action='/espace/verifications/']")[0]
    fields = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    assert fields["texte"] == SAID
    answer = officer.post("/espace/verifications/", {**fields, "titre": "Question 1"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/espace/verifications/{Verification.objects.get().id}/"
    assert "Question 1" in text(officer.get("/espace/verifications/").content)


def test_a_decision_stays_beside_the_verdict_of_the_machine(officer: Client, kept: Verification) -> None:
    where = f"/espace/verifications/{kept.id}/"
    officer.post(f"{where}decider", {"point": "2", "verdict": "compatible", "motif": "Chiffre ancien."})
    officer.post(f"{where}decider", {"point": "1", "verdict": "confirmed"})
    officer.post(f"{where}decider", {"point": "2", "verdict": "stale", "motif": "Chiffre de 2018."})
    shown = text(officer.get(where).content)
    assert "Écarté, tenu pour compatible (Claire Martin, " in shown
    assert "Chiffre de 2018." in shown
    assert "Accepté (Claire Martin" in shown
    assert kept.result["claims"][1]["verdict"] == "contradicted"
    assert [one.verdict for one in kept.decisions.all()] == ["compatible", "confirmed", "stale"]


@pytest.mark.parametrize(
    "form",
    [
        {"point": "2", "verdict": "confirmed"},
        {"point": "9", "verdict": "confirmed", "motif": "x"},
        {"point": "x"},
        {"point": "1", "verdict": "vrai", "motif": "x"},
    ],
    ids=["no-reason", "no-claim", "no-number", "no-verdict"],
)
def test_a_decision_without_ground_is_refused_and_said(officer: Client, kept: Verification, form: dict) -> None:
    answer = officer.post(f"/espace/verifications/{kept.id}/decider", form, follow=True)
    assert "n’est pas enregistrée" in text(answer.content)
    assert not kept.decisions.exists()


def test_a_frozen_check_never_changes(officer: Client, kept: Verification) -> None:
    officer.post(f"/espace/verifications/{kept.id}/decider", {"point": "2", "verdict": "stale", "motif": "Avant."})
    frozen = freeze(officer, kept)
    before = {kind: officer.get(f"/verifications/{kept.id}.{kind}").content for kind in ("pdf", "docx", "json")}
    page = Client().get(f"/verifications/{kept.id}")
    assert hashlib.sha256(before["json"]).hexdigest() == frozen.sha256
    officer.post(f"/espace/verifications/{kept.id}/decider", {"point": "1", "verdict": "stale", "motif": "Après."})
    officer.post(f"/espace/verifications/{kept.id}/figer")
    officer.post(f"/espace/verifications/{kept.id}/note", {"note": "Voir la suivante."})
    assert page.content == Client().get(f"/verifications/{kept.id}").content
    assert before == {kind: officer.get(f"/verifications/{kept.id}.{kind}").content for kind in before}
    assert "Voir la suivante." in text(Client().get(f"/verifications/{kept.id}/notes").content)
    assert kept.decisions.count() == 1


def test_no_row_can_be_changed_or_deleted(officer: Client, kept: Verification) -> None:
    frozen = freeze(officer, kept)
    for row in (kept, frozen, VerificationFile.objects.first()):
        with pytest.raises(RegisterError):
            row.delete()
        with pytest.raises(RegisterError):
            row.save()
    with pytest.raises(RegisterError):
        Verification.objects.all().delete()
    with pytest.raises(RegisterError):
        VerificationFile.objects.update(sha256="0" * 64)


def test_the_dossier_holds_text_verdicts_figures_and_edition(
    officer: Client, kept: Verification, edition: Edition
) -> None:
    officer.post(
        f"/espace/verifications/{kept.id}/decider", {"point": "2", "verdict": "stale", "motif": "Chiffre ancien."}
    )
    freeze(officer, kept)
    record = json.loads(officer.get(f"/verifications/{kept.id}.json").content)
    assert record["check"]["edition"] == edition.id
    assert record["decisions"][0]["author"] == "Claire Martin"
    assert record["figures"][0]["sql"].startswith("SELECT") or "SELECT" in record["figures"][0]["sql"]
    pdf = pypdfium2.PdfDocument(officer.get(f"/verifications/{kept.id}.pdf").content)
    read = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    word = Document(BytesIO(officer.get(f"/verifications/{kept.id}.docx").content))
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    for told in (read, " ".join([*(one.text for one in word.paragraphs), *cells])):
        for words in (
            "Question 1",
            "7 villes",
            "Chiffre ancien.",
            edition.id,
            "jalon figure recompute",
            "périmé",
        ):
            assert words in told


def test_the_permalink_is_a_page_that_runs_nothing_and_hides_nothing(officer: Client, kept: Verification) -> None:
    freeze(officer, kept)
    page = Client().get(f"/verifications/{kept.id}")
    assert page.status_code == 200
    assert "default-src 'none'; style-src 'sha256-" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert not tree(page.content).xpath("//script | //b")
    assert "ponts" in text(page.content)
    assert Client().get("/verifications/0000000000000000").status_code == 404
    assert Client().get(f"/verifications/{kept.id}.exe").status_code == 404


def test_a_note_may_name_the_one_that_replaces_it(officer: Client, kept: Verification, edition: Edition) -> None:
    frozen = freeze(officer, kept)
    user = User.objects.get()
    other = verifications.keep(check("Aucun nombre.", edition, as_of=date(2020, 2, 24)), "Question 2", user)
    with pytest.raises(RegisterError):
        verifications.annotate(frozen, "Remplacée.", user, other.id)
    verifications.freeze(other, user, "")
    verifications.annotate(frozen, "Remplacée.", user, other.id)
    assert f"/verifications/{other.id}" in Client().get(f"/verifications/{kept.id}/notes").content.decode()


def test_strangers_neither_keep_nor_list(site: Client) -> None:
    assert site.post("/espace/verifications/", {"texte": SAID, "titre": "x"}).status_code == 302
    assert not Verification.objects.exists()
    assert site.get("/espace/verifications/").status_code == 302
    assert not tree(site.post("/verifier/", {"texte": SAID}).content).xpath("//form[@action='/espace/verifications/']")
