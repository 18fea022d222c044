"""The text of files: plain, HTML, DOCX; and what is refused."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from jalon.claims.limits import LARGEST_FILE, TextRefused
from jalon.claims.reading import text_of_bytes, text_of_file


def test_html_shows_its_text_without_scripts() -> None:
    shown = b"<p>222 villes</p><script>var a = 900;</script><p>24 projets</p>"
    page = b"<!DOCTYPE html><html><head><title>x</title></head><body>" + shown + b"</body></html>"
    text = text_of_bytes("page.html", page)
    assert text.split() == ["222", "villes", "24", "projets"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_any_usual_encoding(codec: str) -> None:
    assert text_of_bytes("a.txt", "Près de 80 % à l’été".encode(codec)).startswith("Près de 80 %")


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grand.txt"
    with path.open("wb") as out:
        out.truncate(LARGEST_FILE + 1)
    with pytest.raises(TextRefused, match="bytes"):
        text_of_file(path)


@pytest.mark.parametrize("data", [b"1 " * 400_000, b"\x00\x01\x02binaire"])
def test_what_is_no_answer_is_refused(data: bytes) -> None:
    with pytest.raises(TextRefused):
        text_of_bytes("x", data)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TextRefused):
        text_of_file(tmp_path / "absent.txt")


def test_a_billion_laughs_page_is_bounded() -> None:
    bomb = b"<html><body>" + b"<div>" * 200_000 + b"12 villes</body></html>"
    assert len(text_of_bytes("bombe.html", bomb)) < 2_000_000


def test_docx_gives_its_paragraphs() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Le programme bénéficie à 246 communes.")
    document.add_paragraph("Fin 2022, 79 % des locaux étaient raccordables.")
    out = io.BytesIO()
    document.save(out)
    text = text_of_bytes("reponse.docx", out.getvalue())
    assert "246 communes" in text
    assert "79 % des locaux" in text


def test_odt_gives_its_paragraphs_without_what_was_struck() -> None:
    body = (
        "<text:tracked-changes><text:p>900 villes</text:p></text:tracked-changes>"
        "<text:p>Le programme bénéficie à <text:span>246</text:span><text:s/>communes.</text:p><text:h>Fibre</text:h>"
    )
    text = text_of_bytes("reponse.odt", archive("content.xml", f'<d xmlns:text="urn:t">{body}</d>'))
    assert text.split() == ["Le", "programme", "bénéficie", "à", "246", "communes.", "Fibre"]


def test_an_archive_of_something_else_is_refused() -> None:
    with pytest.raises(TextRefused, match=r"a\.zip"):
        text_of_bytes("a.zip", archive("readme.txt", "bonjour"))


def test_entities_are_not_opened() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "246 villes "><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
    assert "246" not in text_of_bytes("x.odt", archive("content.xml", bomb))


def archive(part: str, content: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr(part, content)
    return out.getvalue()
