"""The page that checks a text: marks, cards, files, what it refuses, and that it keeps nothing."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pages import text, tree, unbalanced

from jalon.web.api import heavy

SAID = (
    "Publié le 24/02/2020. Le programme Action Cœur de Ville bénéficie à 6 communes. "
    "Action Cœur de Ville concerne 7 villes moyennes. Voilà."
)


def given(name: str, data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"fichier": SimpleUploadedFile(name, data)}


def docx(words: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            f"<w:t>{words}</w:t></w:r></w:p></w:body></w:document>",
        )
    return file.getvalue()


def test_each_mark_leads_to_its_card_and_back(site: Client) -> None:
    page = tree(site.post("/verifier/", {"texte": SAID}).content)
    marks = page.xpath("//a[contains(@class, 'jalon-mark ')]")
    assert [mark.get("href") for mark in marks] == ["#c1", "#c2"]
    cards = page.xpath("//li[contains(@class, 'jalon-card ')]")
    assert [card.get("id") for card in cards] == ["c1", "c2"]
    assert [card.xpath(".//a[contains(@class, 'back')]/@href")[0] for card in cards] == ["#m1", "#m2"]
    assert "jalon-verdict--confirmed" in marks[0].get("class")
    assert "jalon-verdict--contradicted" in marks[1].get("class")
    assert page.xpath("//li[@id='c1']//a[starts-with(@href, '/chiffres/acv-communes@')]")


def test_it_says_the_day_the_counts_and_the_silent_sentences(site: Client) -> None:
    shown = text(site.post("/verifier/", {"texte": SAID}).content).replace("\u00a0", " ").replace("\u202f", " ")
    assert "2 points relevés : 1 confirmé, 1 contredit." in shown
    assert "Vérifié au 24 février 2020 (date que dit le texte)" in shown
    assert "2 phrases sur 4 ne disent aucune quantité" in shown


def test_the_day_can_be_chosen(site: Client) -> None:
    shown = text(site.post("/verifier/", {"texte": SAID, "au": "2018-06-01"}).content).replace("\u00a0", " ")
    assert "Vérifié au 1er juin 2018 (date demandée)" in shown
    refused = site.post("/verifier/", {"texte": SAID, "au": "hier"})
    assert refused.status_code == 422
    assert "n’est pas une date" in text(refused.content)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("note.txt", SAID.encode()),
        ("note.txt", SAID.encode("cp1252", "replace")),
        ("note.docx", docx(SAID)),
        ("note.html", f"<!doctype html><script>9 communes</script><p onclick='x'>{SAID}</p>".encode()),
    ],
    ids=["utf-8", "cp1252", "docx", "html"],
)
def test_a_file_is_read(site: Client, name: str, data: bytes) -> None:
    response = site.post("/verifier/", given(name, data))
    assert response.status_code == 200
    assert len(tree(response.content).xpath("//li[contains(@class, 'jalon-card ')]")) == 2
    assert b"<script>9" not in response.content


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"texte": "1 commune. " * 30_000}, "caractères"),
        ({"texte": "12 communes, " * 4_000}, "nombres"),
        (given("x.docx", b"PK\x03\x04 not a zip"), "x.docx"),
        (given("x.pdf", b"%PDF-1.7 nothing"), "x.pdf"),
        (given("x.bin", b"\x00\x01\x02" * 100), "pas un texte"),
        (given("vide.docx", docx("")), "aucun texte"),
    ],
    ids=["long", "numbers", "docx", "pdf", "binary", "empty"],
)
def test_what_cannot_be_checked_is_said_with_the_form(site: Client, form: dict, says: str) -> None:
    response = site.post("/verifier/", form)
    assert response.status_code == 422
    page = tree(response.content)
    assert says in " ".join(page.xpath("//*[@role='alert']")[0].text_content().split())
    assert page.xpath("//textarea[@name='texte']")


def test_a_form_too_large_is_refused_before_it_is_read(site: Client) -> None:
    response = site.post(
        "/verifier/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(25 << 20)
    )
    assert response.status_code == 422
    assert "25\u202fMio" in text(response.content) or "25 Mio" in text(response.content)


def test_hostile_words_stay_words(site: Client) -> None:
    response = site.post("/verifier/", {"texte": "<script>alert(1)</script> 6 communes </textarea><b>x</b>\x00"})
    assert response.status_code == 200
    assert unbalanced(response.content.decode()) == []
    assert not tree(response.content).xpath("//script[not(@src)] | //main//b")


def test_nothing_of_a_visitor_is_kept(site: Client) -> None:
    response = site.post("/verifier/", {"texte": SAID})
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert SAID not in text(site.get("/verifier/").content)


def test_two_files_are_not_read_at_once(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy, "PATIENCE", 0.01)
    with heavy.alone(heavy.FILES):
        response = site.post("/verifier/", given("note.txt", SAID.encode()))
    assert response.status_code == 503
    assert "à la fois" in text(response.content)


def test_the_example_is_one_click_away_and_served_from_the_shelf(site: Client) -> None:
    address = tree(site.get("/verifier/").content).xpath("//a[contains(., 'exemple')]/@href")[0]
    response = site.get(address)
    assert re.search(r"\d+.points relevés", text(response.content))
    assert "ETag" in response.headers


def test_the_stylesheet_draws_the_shape_of_each_verdict() -> None:
    from jalon.claims.marks import SIGNS
    from jalon.web.assets import stylesheet

    for verdict, sign in SIGNS.items():
        assert f'.jalon-verdict--{verdict} {{ --jalon-sign: "{sign}";' in stylesheet()
