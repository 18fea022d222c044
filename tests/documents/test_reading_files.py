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
from PIL import Image

from jalon.agreements.child import answer_to
from jalon.documents import open_document
from jalon.documents.layout import Table, blocks
from jalon.documents.limits import LIMITS, Limits
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


def told(name: str, data: bytes, limits: Limits = LIMITS) -> str:
    """ "read", or the sentence of the refusal; any other exception is a failure of the reader."""
    try:
        read_bytes(name, data, limits)
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
    "broken picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, BrokenDocument),
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


def drawn(content: str, fonts: str = "", extra: str = "") -> bytes:
    """A PDF of one page without the table of its objects, which PDFium finds again."""
    font = fonts or "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    return (
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R "
        f"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 {font} >> >> >>\nendobj\n"
        f"4 0 obj\n<< /Length {len(content)} >>\nstream\n{content}\nendstream\nendobj\n{extra}trailer << /Root 1 0 R >>"
    ).encode("latin-1")


CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> "
    "endcodespacerange 2 beginbfchar <41> <D83D> <42> <0042> endbfchar endcmap end end"
)


def test_half_a_character_is_told_as_one_that_cannot_be_read() -> None:
    """Found by fuzzing: a lone surrogate cannot be written as UTF-8."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 9 0 R >>"
    extra = f"9 0 obj\n<< /Length {len(CMAP)} >>\nstream\n{CMAP}\nendstream\nendobj\n"
    data = drawn("BT /F1 11 Tf 60 700 Td (BBBBBBBBBBBBBBBA) Tj ET", font, extra)
    (page,) = read_bytes("a.pdf", data).pages
    assert all(word.text.encode() for word in page.words)


@pytest.mark.parametrize("size", ["99999999", "-99999999", "1e30", "0"])
def test_a_monstrous_type_size_costs_nothing(size: str) -> None:
    """Found by fuzzing: the height of a word is not a count of rows to walk."""
    data = drawn(f"BT /F1 {size} Tf 60 700 Td (Halle) Tj ET 50 705 m 300 705 l S")
    assert told("a.pdf", data)


def test_text_that_climbs_is_read_as_a_line() -> None:
    (page,) = read_bytes("a.pdf", drawn("BT /F1 10 Tf 0 1 -1 0 100 300 Tm (Calendrier prevu) Tj ET")).pages
    assert [word.text for word in page.words] == ["Calendrier", "prevu"]
    assert len({word.y0 for word in page.words}) == 1


def test_right_to_left_text_is_kept() -> None:
    made, out = Docx(), io.BytesIO()
    made.add_paragraph("Fiche action \u0645\u0631\u062d\u0628\u0627 \u202e12")
    made.save(out)
    assert "Fiche" in {word.text for page in read_bytes("a.docx", out.getvalue()).pages for word in page.words}


def test_a_font_without_a_unicode_map_is_said() -> None:
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 9 0 R >>"
    private = CMAP.replace("<41> <D83D> <42> <0042>", "<41> <E001> <42> <E002>")
    extra = f"9 0 obj\n<< /Length {len(private)} >>\nstream\n{private}\nendstream\nendobj\n"
    data = drawn("BT /F1 11 Tf 60 700 Td (ABABABAB) Tj ET", font, extra)
    assert "police sans correspondance Unicode" in told("a.pdf", data, Limits(scanned_pages=0))


def test_embedded_files_are_neither_opened_nor_read() -> None:
    data = HELLO.replace(
        b"/Type /Catalog", b"/Type /Catalog /Names << /EmbeddedFiles << /Names [(x) << /F (mal.exe) >>] >> >> /AA << >>"
    )
    assert told("a.pdf", data) == "read"


def picture(width: int, height: int, form: str = "PNG", count: int = 1) -> bytes:
    out = io.BytesIO()
    pages = [Image.new("L", (width, height), 255) for _ in range(count)]
    pages[0].save(out, form, **({"save_all": True, "append_images": pages[1:]} if count > 1 else {}))
    return out.getvalue()


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge, match="image"):
        read_bytes("a.png", picture(400, 300), Limits(image_pixels=100_000))
    with pytest.raises(TooLarge, match="pages"):
        read_bytes("a.tif", picture(40, 30, "TIFF", 3), Limits(scanned_pages=2))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_of_a_page_is_read_as_a_scan(form: str) -> None:
    with open_pdf("a.pdf", pdf("BT /F1 20 Tf 72 700 Td (Fiche action) Tj 0 -40 Td (Budget 12 000) Tj ET")) as opened:
        sheet = opened[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    out = io.BytesIO()
    sheet.save(out, form, dpi=(200, 200))
    read = read_bytes("a.bin", out.getvalue())
    assert read.kind == "image"
    assert read.pages[0].origin == "ocr"
    assert {"Fiche", "Budget"} <= {word.text for word in read.pages[0].words}


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
