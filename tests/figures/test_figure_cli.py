"""The commands over editions and figures: what is printed, and how they end."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tiny import AS_OF, tiny_tables
from typer.testing import CliRunner, Result

from jalon.cli import edition as edition_cli
from jalon.cli import figure as figure_cli
from jalon.editions import publish
from jalon.errors import EditionDamaged, FigureError, NoEdition, UnknownFigure
from jalon.figures import build_with_figures, ledger
from jalon.home import Home, home

run = CliRunner()


def edition(*words: str) -> Result:
    return run.invoke(edition_cli.app, words)


def figure(*words: str) -> Result:
    return run.invoke(figure_cli.app, words)


@pytest.fixture
def served(own_home: Path) -> Home:
    place = home()
    build_with_figures(tiny_tables(), home=place, as_of=date(2020, 2, 24), note="le jour de la réponse")
    publish(place, build_with_figures(tiny_tables(), home=place, as_of=AS_OF).id)
    return place


def test_list_marks_the_published_one(served: Home) -> None:
    lines = edition("list").output.splitlines()
    assert len(lines) == 2
    assert "le jour de la réponse" in lines[0]
    assert "publiée" in lines[1]


def test_list_shows_a_damaged_one_apart(served: Home) -> None:
    folder = next(served.editions.glob("2020-*"))
    (folder / "manifest.json").chmod(0o644)
    (folder / "manifest.json").write_text("{")
    assert f"{folder.name}        endommagée" in edition("list").output


def test_list_of_nothing_says_what_to_do(own_home: Path) -> None:
    assert "jalon edition build" in edition("list").output


def test_verify_tells_intact_and_damaged(served: Home) -> None:
    done = edition("verify")
    assert (done.exit_code, "intacts" in done.output) == (0, True)
    folder = next(served.editions.glob("2020-*"))
    (folder / "groups.parquet").unlink()
    (folder / "intrus").write_text("x")
    damaged = edition("verify", folder.name)
    assert damaged.exit_code == 1
    assert "groups.parquet : absent" in damaged.output
    assert "intrus : étranger" in damaged.output
    assert isinstance(edition("publish", folder.name).exception, EditionDamaged)


def test_diff_shows_rows_and_figures(served: Home) -> None:
    first, second = sorted(path.name for path in served.editions.glob("20*"))
    output = edition("diff", first, second).output
    assert "chiffre acv-actions-en-cours : inconnu -> 24" in output
    assert edition("diff", first, first).output == "Aucune différence.\n"


def test_publish_changes_the_served_one(served: Home) -> None:
    first = min(path.name for path in served.editions.glob("20*"))
    assert edition("publish", first).output == f"Édition {first} publiée.\n"
    assert "2020" in figure("show", "acv-communes").output


def test_show_prints_value_definition_query_and_evidence(served: Home) -> None:
    output = figure("show", "acv-conventions-signees", "--as-of", "2020-02-24", "--rows", "1").output
    for part in (
        "2\u00a0conventions",
        "24\u00a0février 2020",
        "Définition :",
        "Ne compte pas :",
        "SELECT",
        "Preuves : 2",
    ):
        assert part in output
    assert "contredit" in output
    assert "reste 1" in output


def test_show_in_json_is_json(served: Home) -> None:
    whole = json.loads(figure("show", "acv-ville-intelligente-par-region", "--json", "--theme", "connectivite").output)
    assert whole["figure"]["edition"].startswith("2026-11-22")
    assert dict(whole["figure"]["parameters"])["theme"] == "connectivite"
    assert whole["evidence"]["total"] == 6
    assert whole["definition"]["value"].startswith("WITH lists")


def test_list_names_every_figure(own_home: Path) -> None:
    assert len(figure("list").output.splitlines()) >= 60


def test_recompute_ends_well_and_tells_how_many(served: Home) -> None:
    done = figure("recompute")
    assert done.exit_code == 0
    assert f"{len(ledger())} chiffres identiques sur {len(ledger())}" in done.output


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("show", "acv-rien"), UnknownFigure),
        (("show", "acv-communes", "--territory", "region:99"), FigureError),
        (("show", "acv-communes", "--year", "2019"), FigureError),
    ],
)
def test_domain_errors_stop_the_command(served: Home, words: tuple[str, ...], error: type[Exception]) -> None:
    done = figure(*words)
    assert done.exit_code == 1
    assert isinstance(done.exception, error)


def test_without_an_edition_figures_say_so(own_home: Path) -> None:
    assert isinstance(figure("show", "acv-communes").exception, NoEdition)


def test_a_day_that_is_none_is_refused(served: Home) -> None:
    assert figure("show", "acv-communes", "--as-of", "2020-02-31").exit_code == 2


def test_the_real_command_prints_one_line_and_no_traceback(own_home: Path) -> None:
    jalon = Path(sys.executable).with_name("jalon")
    done = subprocess.run(
        [jalon, "figure", "show", "acv-communes"], capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.returncode == 1
    assert "aucune édition n'est publiée" in done.stderr
    assert "Traceback" not in done.stderr
