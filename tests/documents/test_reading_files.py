"""Files of every kind, sound and hostile: pages of words, or a refusal in French."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as Docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalon.agreements.child import answer_to
from jalon.documents import open_document
from jalon.documents.layout import Table, blocks
from jalon.documents.limits import Limits
from jalon.documents.model import Rule, Word
from jalon.documents.opening import read_bytes
from jalon.documents.pdf import open_pdf
from jalon.documents.refusals import (
    BrokenDocument,
    DangerousDocument,
    EmptyDocument,
    EncryptedDocument,
    TooLarge,
    UnknownFormat,
)
from jalon.documents.struck import mark
from jalon.errors import DocumentError

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def pdf(content: str, pages: int = 1, extra: str = "") -> bytes:
    """A small PDF whose pages all show the same drawing operators."""
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    fonts = f"/Resources << /Font << /F1 {font} >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R {extra} {fonts} >>"
    bodies += [page] * pages
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    out.write(f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


HELLO = pdf("BT /F1 12 Tf 72 700 Td (Fiche action) Tj 0 -20 Td (Budget : 12 000 euros) Tj ET")


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in parts.items():
            held.writestr(name, content)
    return out.getvalue()


def docx(*lines: str) -> bytes:
    made, out = Docx(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def told(name: str, data: bytes) -> str:
    """ "read", or the sentence of the refusal; any other exception is a failure of the reader."""
    try:
        read_bytes(name, data)
    except DocumentError as refused:
        return refused.user_message
    return "read"


def test_words_stand_where_they_are_drawn() -> None:
    (page,) = read_bytes("a.pdf", HELLO).pages
    assert [word.text for word in page.words[:2]] == ["Fiche", "action"]
    first = page.words[0]
    assert first.x0 == pytest.approx(72, abs=1)
    assert first.y0 < 842 - 700 < first.y1
    assert first.size == pytest.approx(12)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_keeps_its_words_inside(turned: int) -> None:
    (page,) = read_bytes("a.pdf", pdf("BT /F1 12 Tf 72 700 Td (Fiche) Tj ET", extra=f"/Rotate {turned}")).pages
    (word,) = page.words
    assert 0 <= word.x0 < word.x1 <= page.width
    assert 0 <= word.y0 < word.y1 <= page.height


def test_ruling_lines_make_cells() -> None:
    lines = "".join(f"72 {y} m 500 {y} l S " for y in (600, 640, 680)) + "".join(
        f"{x} 600 m {x} 680 l S " for x in (72, 250, 500)
    )
    text = "BT /F1 10 Tf 80 655 Td (Titre) Tj 180 0 Td (Halle) Tj -180 -40 Td (Budget) Tj 180 0 Td (10 000) Tj ET"
    (page,) = read_bytes("a.pdf", pdf(lines + text)).pages
    (table,) = [block for block in blocks(page) if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [["Titre", "Halle"], ["Budget", "10 000"]]


def test_a_rule_across_the_middle_strikes_and_one_below_does_not() -> None:
    word = Word("1000", 100, 100, 130, 110, 10)
    assert mark([word], [Rule(99, 105.5, 131, 105.5)])[0].struck
    assert not mark([word], [Rule(99, 109, 131, 109)])[0].struck


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
REFUSED: dict[str, tuple[bytes, type[DocumentError]]] = {
    "empty": (b"", EmptyDocument),
    "blank": (b"\x00" * 500, EmptyDocument),
    "text": (b"bonjour", UnknownFormat),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, UnknownFormat),
    "old word": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, UnknownFormat),
    "encrypted docx": (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument),
    "other archive": (zipped({"xl/workbook.xml": b"<x/>"}), UnknownFormat),
    "broken archive": (docx("a")[:900], BrokenDocument),
    "zip bomb": (zipped({"word/document.xml": b"\x00" * (80 << 20)}), DangerousDocument),
    "entity bomb": (zipped({"word/document.xml": ENTITIES}), DangerousDocument),
    "many members": (zipped({f"word/{n}.xml": b"" for n in range(6_000)}), DangerousDocument),
    "only a header": (b"%PDF-1.7\n", BrokenDocument),
    "header and rubbish": (b"%PDF-1.4" + bytes(range(256)) * 40, BrokenDocument),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, kind = REFUSED[name]
    with pytest.raises(kind) as refused:
        read_bytes(f"{name}.pdf", data)
    assert name in refused.value.user_message
    assert refused.value.mend


def test_a_truncated_pdf_is_refused_or_partly_read() -> None:
    for end in range(40, len(HELLO), 97):
        answer = told("cut.pdf", HELLO[:end])
        assert answer.startswith(("cut.pdf", "read"))


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(TooLarge):
        read_bytes("long.pdf", pdf("", pages=30), Limits(pages=20))


def test_blank_pages_are_told() -> None:
    with pytest.raises(BrokenDocument, match="aucune page lisible"):
        read_bytes("blank.pdf", pdf("", pages=2))


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "convention.docx"
    path.write_bytes(HELLO)
    assert open_document(path).kind == "pdf"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(HELLO) - 1), st.binary(min_size=1, max_size=12), st.booleans())
def test_a_mutated_pdf_never_fails_otherwise(place: int, put: bytes, cut: bool) -> None:
    data = HELLO[:place] + put + HELLO[place + (0 if cut else len(put)) :]
    assert told("m.pdf", data)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_an_answer_is_a_reading_or_a_refusal(written: Callable[[str, bytes], Path]) -> None:
    assert answer_to(written("a.pdf", HELLO), "a.pdf")["status"] == "read"
    refused = answer_to(written("b.pdf", b"%PDF-"), "b.pdf")
    assert refused["status"] == "refused"
    assert "b.pdf" in refused["reason"]


@needs_office
def test_a_docx_is_laid_out_in_pages() -> None:
    read = read_bytes("a.docx", docx("Fiche action n°1", "Budget : 10 000 €"))
    assert read.kind == "docx"
    assert "Budget" in [word.text for word in read.pages[0].words]


@needs_office
def test_html_is_read_without_what_it_would_run_or_fetch() -> None:
    page = b"<html><script>bad()</script><img src='http://127.0.0.1:9/x'><p>Fiche action</p></html>"
    words = [word.text for word in read_bytes("a.html", page).pages[0].words]
    assert words == ["Fiche", "action"]


def test_a_pdf_opens_and_closes() -> None:
    with open_pdf("a.pdf", HELLO) as opened:
        assert len(opened) == 1


def test_a_docx_without_libreoffice_is_cited_by_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.documents.office.command", lambda: None)
    made, out = Docx(), io.BytesIO()
    made.add_heading("Fiche action n°1", 1)
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ("Titre", "Halle", "Budget", "10 000 €"), strict=True
    ):
        cell.text = text
    made.add_heading("Fiche action n°2", 1)
    made.save(out)
    read = read_bytes("a.docx", out.getvalue())
    assert not read.paged
    assert "LibreOffice" in read.notes[0]
    assert [page.origin for page in read.pages] == ["section", "section"]
    (grid,) = [block for block in blocks(read.pages[0]) if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in grid.rows] == [["Titre", "Halle"], ["Budget", "10 000 €"]]
