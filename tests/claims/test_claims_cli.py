"""`jalon check` end to end."""

import json
from pathlib import Path

import pytest
import typer
from tiny import AS_OF, tiny_tables
from typer.testing import CliRunner

from jalon.cli.check import attach
from jalon.editions import publish
from jalon.figures import build_with_figures
from jalon.home import home

TEXT = "Publié le 24/02/2020\n\nLe programme Action Cœur de Ville bénéficie à 6 communes, et non 7 communes.\n"


def alone() -> typer.Typer:
    """The command by itself: without another beside it, its name is not written."""
    app = typer.Typer()
    attach(app)
    return app


@pytest.fixture
def published(own_home: Path) -> Path:
    edition = build_with_figures(tiny_tables(), home=home(), as_of=AS_OF)
    publish(home(), edition.id)
    return own_home


def test_a_readable_list(published: Path, tmp_path: Path) -> None:
    path = tmp_path / "reponse.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(alone(), [str(path)])
    assert done.exit_code == 0
    assert "24\u00a0février 2020 (date que dit le texte)" in done.output
    assert "confirmé" in done.output
    assert "/chiffres/acv-communes@" in done.output


def test_json_from_the_input(published: Path) -> None:
    done = CliRunner().invoke(alone(), ["-", "--json", "--as-of", "2026-11-22"], input=TEXT)
    assert done.exit_code == 0
    whole = json.loads(done.output)
    assert whole["as_of"] == "2026-11-22"
    assert whole["claims"][0]["verdict"] == "confirmed"
    assert TEXT[whole["claims"][0]["start"] : whole["claims"][0]["end"]] == whole["claims"][0]["text"]
