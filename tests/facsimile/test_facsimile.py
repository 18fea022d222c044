"""Pages as pictures and words to search: every format, bounded, what is broken is refused."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from jalon import facsimile, samples
from jalon.errors import DocumentError, JalonError
from jalon.facsimile.model import Spot
from jalon.home import Home

PDF, DOCX, ODT, SCAN = samples.SAMPLES
FIRST = ("L’école", "du", "centre-ville,", "réseau", "de", "capteurs")
SECOND = ("Réseau", "DE", "Capteurs", "Réseau")
PAGES = tuple(tuple(Spot(word, n, 0, n + 1, 1) for n, word in enumerate(words)) for words in (FIRST, SECOND))


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        ("reseau de capt", [1, 2]),
        ("RÉSEAU", [1, 2, 2]),
        ("école", [1]),
        ("du centre ville", [1]),
        ("de réseau", []),
        ("", []),
    ],
)
def test_words_are_found_whatever_their_accents(asked: str, pages: list[int]) -> None:
    assert [hit.page for hit in facsimile.search(PAGES, asked)] == pages


def test_a_hit_has_a_box_a_word_and_what_stands_around() -> None:
    (hit, _) = facsimile.search(PAGES, "de capteurs")
    assert (hit.found, hit.before, hit.after) == ("de capteurs", "L’école du centre-ville, réseau", "")
    assert [box.x0 for box in hit.boxes] == [4, 5]


def prepared(home: Home, path: Path) -> str:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert facsimile.prepared(home, sha256) is None
    assert facsimile.prepare(home, path, sha256) == facsimile.prepared(home, sha256)
    return sha256


def test_a_page_is_drawn_once_and_its_words_found_on_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    sha256 = prepared(home, PDF.path)
    made = facsimile.picture(home, PDF.path, sha256, 3)
    before = made.stat().st_mtime_ns
    assert facsimile.picture(home, PDF.path, sha256, 3).stat().st_mtime_ns == before
    image = Image.open(made).convert("L")
    (hit, *_) = facsimile.search(facsimile.index(home, PDF.path, PDF.file, sha256), "annexe fiches actions")
    sheet = facsimile.prepare(home, PDF.path, sha256).pages[hit.page - 1]
    scale = image.width / sheet.width
    box = hit.boxes[0]
    ink = ImageChops.invert(image).crop(tuple(round(side * scale) for side in box)).getextrema()[1]
    assert ink > 100
    with pytest.raises(DocumentError):
        facsimile.picture(home, PDF.path, sha256, 9)


@pytest.mark.slow
def test_a_picture_is_a_page_and_small_pictures_come_together(tmp_path: Path) -> None:
    home, given = Home(tmp_path), tmp_path / "page.png"
    Image.new("RGB", (800, 1100), "white").save(given, dpi=(96, 96))
    sha256 = prepared(home, given)
    assert Image.open(facsimile.picture(home, given, sha256, 1)).width == 1100
    own = prepared(home, SCAN.path)
    facsimile.picture(home, SCAN.path, own, 1, small=True)
    assert len(list(tmp_path.rglob(f"{own}/*.small.webp"))) == 9


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"PK\x03\x04rien", b"texte"])
def test_what_is_broken_is_refused(tmp_path: Path, data: bytes) -> None:
    given = tmp_path / "x.pdf"
    given.write_bytes(data)
    with pytest.raises(JalonError) as refused:
        facsimile.prepare(Home(tmp_path), given, hashlib.sha256(data).hexdigest())
    assert refused.value.user_message
