"""A figure of the operator's own: the one the README tells to write."""

import re
import textwrap
from datetime import date
from pathlib import Path

import pytest
from tiny import tiny_tables

from jalon.errors import FigureError
from jalon.figures import build_with_figures, evaluate, evidence, get, ledger
from jalon.home import home

README = Path(__file__).resolve().parents[2] / "README.md"
ID = "mes-petites-villes-signees"


def example() -> str:
    return textwrap.dedent(re.search(r"```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[1])


@pytest.fixture
def own(own_home: Path) -> Path:
    folder = own_home / "figures"
    folder.mkdir()
    (folder / "mine.toml").write_text(textwrap.dedent(example()), "utf-8")
    return folder


def test_the_readme_figure_counts_the_rows_it_shows(own: Path) -> None:
    edition = build_with_figures(tiny_tables(), home=home(), as_of=date(2026, 1, 1))
    definition = get(ID, edition)
    value = evaluate(definition, edition, programme="acv").value
    assert value == evidence(definition, edition, programme="acv").total
    assert value is not None


def test_an_edition_keeps_the_figures_it_was_built_with(own: Path) -> None:
    edition = build_with_figures(tiny_tables(), home=home(), as_of=date(2026, 1, 1))
    (own / "mine.toml").unlink()
    assert ID in ledger(edition)
    assert ID not in ledger()


def test_a_typo_names_the_file_the_figure_and_the_key(own: Path) -> None:
    (own / "mine.toml").write_text(example().replace("label =", "lable ="), "utf-8")
    with pytest.raises(FigureError) as raised:
        ledger()
    assert "mine.toml" in raised.value.user_message
    assert ID in raised.value.user_message


def test_an_id_of_the_product_cannot_be_taken(own: Path) -> None:
    (own / "mine.toml").write_text(example().replace(ID, "acv-communes"), "utf-8")
    with pytest.raises(FigureError, match="déjà pris"):
        ledger()
