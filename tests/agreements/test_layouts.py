"""Fictional agreements in ten layouts, and the labelled development set, scored against their truth."""

import json
import re
import shutil
import sys
import unicodedata
from pathlib import Path

import pytest

from jalon.agreements import read, record
from jalon.documents import open_document

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from fictional.layouts import LAYOUTS
from fictional.making import make

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")]
AMENDED = [name for name in LAYOUTS if name not in ("bullets", "by-funder")]


def plain(text: object) -> str:
    folded = unicodedata.normalize("NFKD", str(text or "")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "", folded)


def reading(path: Path) -> list[dict]:
    return list(record.actions(read(open_document(path))))


def truth(path: Path) -> list[dict]:
    return json.loads((path.parents[1] / "truth" / f"{path.stem}.json").read_text())["actions"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_action_is_read_and_no_other(layout: str, tmp_path: Path) -> None:
    made = make(tmp_path, layout, "pdf", 31 + len(layout), count=6)
    found, told = reading(made), truth(made)
    assert [plain(action["title"]) for action in found] == [plain(action["title"]) for action in told]
    for one, other in zip(found, told, strict=True):
        assert one["axis"] == other["axis"]
        assert one["budget_eur"] in (other["budget_eur"], *other["budget_alternatives"])
        assert plain(one["owner"]) == plain(other["owner"])
        assert (one["start"], one["end"]) == (other["start"], other["end"])


@pytest.mark.parametrize("layout", AMENDED)
def test_amendments_change_amounts_and_withdraw(layout: str, tmp_path: Path) -> None:
    made = make(tmp_path, layout, "pdf", 71 + len(layout), amended=True, count=6)
    found = {plain(action["title"]): action for action in reading(made)}
    for action in truth(made):
        one = found[plain(action["title"])]
        assert one["state"] == action["status"]
        if action["amendment"] and action["amendment"]["kind"] == "budget":
            assert (one["budget_eur"], one["budget_initial_eur"]) == (
                action["budget_eur"],
                action["budget_initial_eur"],
            )
            assert one["changes"][0]["evidence"]


@pytest.mark.parametrize("layout", ["long-rows", "borderless", "paragraphs"])
def test_every_quote_is_found_on_its_page(layout: str, tmp_path: Path) -> None:
    made = make(tmp_path, layout, "pdf", 57, count=6)
    document = open_document(made)
    pages = [{word.text for word in page.words} for page in document.pages]
    quotes = [
        (proof["page"], line)
        for action in record.actions(read(document))
        for proofs in action["evidence"].values()
        for proof in proofs
        for line in proof["quote"].split("\n")
    ]
    assert len(quotes) > 50
    assert all(set(line.split()) <= pages[page - 1] for page, line in quotes)


@pytest.mark.shared
def test_development_set_is_read_whole(shared: Path) -> None:
    folder = shared / "conventions"
    missed: list[str] = []
    for path in sorted((folder / "documents").glob("*-pdf.pdf")):
        told = json.loads((folder / "truth" / f"{path.stem}.json").read_text())
        agreement = read(open_document(path))
        found = {plain(action["title"]): action for action in record.actions(agreement)}
        assert agreement.towns is not None
        assert agreement.towns.value[0].code == told["insee"]
        assert agreement.signed is not None
        assert agreement.signed.value.isoformat() == told["signature_date"]
        assert len(agreement.signatories) == len(told["signatories"])
        assert len(found) == len(told["actions"])
        for action in told["actions"]:
            one = found.get(plain(action["title"]))
            right = one and (
                one["budget_eur"],
                one["start"],
                one["end"],
                one["axis"],
                one["page_start"],
                one["page_end"],
            ) == (
                action["budget_eur"],
                action["start"],
                action["end"],
                action["axis"],
                action["page_start"],
                action["page_end"],
            )
            missed += [] if right else [f"{path.stem} {action['reference']}"]
    assert not missed
