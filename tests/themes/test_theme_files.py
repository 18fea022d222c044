"""Labelling a CSV from the command line, and its errors."""

import contextlib
import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from jalon.cli.themes import app
from jalon.themes.errors import LabelsError
from jalon.themes.tabular import read

RUN = CliRunner()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("id_projet,description,categorie\n1,Caméras de vidéoprotection,6\n2,,\n", "utf-8"),
        ("id_projet;description\r\n1;Caméras de vidéoprotection\r\n2;\r\n", "utf-8-sig"),
        ("id_projet;description\n1;Caméras de vidéoprotection\n2;\n", "cp1252"),
        ('"description"\t"id_projet"\n"Caméras de\nvidéoprotection"\t1\n""\t2\n', "utf-8"),
        ("ID_PROJET,Description,beneficiary,category\n1,Caméras de vidéoprotection,X,\n2,,,\n\n", "utf-8"),
    ],
)
def test_a_file_is_labelled(tmp_path: Path, content: str, encoding: str) -> None:
    (tmp_path / "in.csv").write_bytes(content.encode(encoding))
    done = RUN.invoke(app, ["label", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")])
    assert done.exit_code == 0, done.exception
    with (tmp_path / "out.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["id_projet"], row["labels"]) for row in rows] == [("1", "securite_numerique"), ("2", "")]
    assert float(rows[0]["probability"]) > 0.9
    assert float(rows[1]["probability"]) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\x00\x01\x02", "texte"),
        (b"id,texte\n1,a\n", "id_projet"),
        (b"id_projet,texte\n1,a\n", "description"),
        (b"id_projet,description,description\n1,a,b\n", "deux fois"),
        (b"id_projet,description\n1\n", "ligne 2"),
        (b"id_projet,description\n,rue\n", "ligne 2"),
        (b"id_projet,description\n1,a\n1,b\n", "ligne 3"),
        (b"id_projet,description\n1," + b"a" * 200_000 + b"\n", "ligne"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(content)
    with pytest.raises(LabelsError) as refused:
        read(file)
    assert said in refused.value.user_message
    assert "in.csv" in refused.value.user_message
    assert refused.value.mend


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"id_projet,description\n", b"id_projet;description;categorie\r\n"])
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, header: bytes) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(header + content)
    with contextlib.suppress(LabelsError):
        rows = read(file)
        assert len({row.id for row in rows}) == len(rows)


def test_the_line_of_a_fault_counts_lines_not_records(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('id_projet,description\n\n1,"deux\nlignes"\n1,a\n', encoding="utf-8")
    with pytest.raises(LabelsError, match="ligne 5"):
        read(tmp_path / "in.csv")


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelsError):
        read(tmp_path / "none.csv")


def test_explain_shows_themes_and_words() -> None:
    done = RUN.invoke(app, ["explain", "Huit caméras de vidéoprotection"])
    assert "Sécurité" in done.output
    assert "videoprotection" in done.output
    assert "Aucun thème" in RUN.invoke(app, ["explain", "Voirie"]).output
    assert "vide" in RUN.invoke(app, ["explain", ""]).output


def test_list_shows_every_theme() -> None:
    done = RUN.invoke(app, ["list"], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    assert "sante_connectee" in done.output


def test_shipped_scores_are_shown_without_the_sources() -> None:
    done = RUN.invoke(app, ["score", "--livre"], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.exception
    assert "smart_city" in done.output
