"""Each defect of a programme's folder names its file, its key or row, and the mend."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from programme_folder import write

from jalon.errors import ProgrammeError
from jalon.programmes import check, load

TOML_DEFECTS = [
    ('name = "Petites villes fictives"\n', "", "name", "clé absente"),
    ('id = "petites-villes"', 'id = "Petites Villes"', "id", "forme refusée"),
    ("launched_on = 2020-10-01", 'launched_on = "2020-10-01"', "launched_on", "une date est attendue"),
    ("launched_on = 2020-10-01", "launched_on = 2020-10-01T10:00:00", "launched_on", "une date est attendue"),
    ("launched_on = 2020-10-01", "launched_on = 2020-09-01", "launched_on", "sans source"),
    ("ends_on = 2026-12-31", "ends_on = 2019-12-31", "ends_on", "avant le lancement"),
    ("ends_on", "end_on", "end_on", "clé inconnue"),
    ('group = "territoire"\n', "", "words.group", "clé absente"),
    ("number = 2", "number = 1", "axes[2].number", "déjà pris"),
    ("number = 2", 'number = "2"', "axes[2].number", "nombre entier"),
    ("number = 2", "number = 0", "axes[2].number", "minimum 1"),
    ('label = "Commerce"', 'libelle = "Commerce"', "axes[2].label", "clé absente"),
    ("funds = true", 'funds = "oui"', "partners[1].funds", "true ou false"),
    ("amount_eur = 3_000_000_000", "amount_eur = -5", "envelopes[1].amount_eur", "trop petite"),
    ("amount_eur = 3_000_000_000", "amount_eur = 2_000_000_000", "envelopes[1].amount_eur", "dit 3000 M€"),
    ("amount_eur = 3_000_000_000", "amount_eur = nan", "envelopes[1].amount_eur", "infini"),
    ('fact = "P1"', 'fact = "P9"', "envelopes[1].fact", "fait déclaré inconnu"),
    ('partner = "etat"', 'partner = "anah"', "envelopes[1].partner", "partenaire inconnu"),
    ('partner = "etat"', 'part_of = "tout"', "envelopes[1].part_of", "enveloppe inconnue"),
    ("value = 1000.0", "value = inf", "targets[1].value", "infini"),
    ('home_figures = ["petites', 'home_figures = "petites', "", "TOML illisible"),
    ('label = "Habitat"', 'label = " Habitat"', "axes[1].label", "espace"),
    ('label = "Habitat"', 'label = ""', "axes[1].label", "texte vide"),
    ("[words]", "[words", "", "TOML illisible"),
]
TOWN_DEFECTS = [
    ("2A004", "99999", 4, "code", "code inconnu"),
    ("97302,Cayenne", "75101,", 5, "code", "code inconnu"),
    ("15014", "15012", 3, "code", "déjà listé"),
    ("15014,Aurillac", "15014,Bergerac", 3, "name", "est le code de Aurillac"),
    ("2A,94", "2B,94", 4, "departement", "au lieu de 2A"),
    ("-52.33,4.94", "-2.34,42.99", 5, "lon", "km de Cayenne"),
    ("-52.33,4.94", ",4.94", 5, "lon", "vont ensemble"),
    ("-52.33,4.94", "abc,4.94", 5, "lon", "n'est pas un nombre"),
    ("2021-06-30", "30/06/2021", 4, "planned_on", "n'est pas une date"),
    ("2021-06-30", "30 | 06", 4, "planned_on", "« 30 | 06 » n'est pas une date"),
    ("2021-06-30", "2021-02-30", 4, "planned_on", "n'est pas une date"),
    ("2021-06-30", "1538265600", 4, "planned_on", "n'est pas une date"),
    ("2021-06-30", "2019-06-30", 4, "planned_on", "précède le lancement"),
    (",,2021-06-30,", "2021-06-30,,,", 4, "signed_on_source", "vont ensemble"),
    ("2021-05-04,liste-2022,,2,11", "2021-05-05,liste-2022,,2,11", 3, "signed_on", "diffère de la ligne 2"),
    ("4,,non", "-4,,non", 5, "under_way", "négatif"),
    ("4,,non", "NA,,non", 5, "under_way", "nombre entier"),
    ("4,,non,2022-01-01", "4,,non,", 5, "counted_on", "compte sans date"),
    ("non,,liste-2021", "non,2022-01-01,liste-2021", 4, "counted_on", "date sans compte"),
    ("2,11,oui", "3,11,oui", 2, "counts_shared", "ne sont pas les mêmes"),
    ("4,,non", "4,,oui", 5, "counts_shared", "ne sont pas les mêmes"),
    ("4,,non", "4,,NON", 5, "counts_shared", "ni oui ni non"),
    ("commune,2A004", "canton,2A004", 4, "kind", "valeur refusée"),
    ("commune,2A004", ",2A004", 4, "code", "vont ensemble"),
    ("G2,Ajaccio", ",Ajaccio", 4, "group_id", "texte vide"),
    ("G2,Ajaccio", "G1,Ajaccio", 4, "group_name", "diffère de la ligne 2"),
]
DECLARED_DEFECTS = [
    ("P2,petites-villes", "P1,petites-villes", 3, "fact_id", "déjà pris"),
    ("P2,petites-villes", "P2,acv", 3, "programme", "n'est pas ce programme"),
    ("3000,M€", "3 000,M€", 2, "value", "n'est pas un nombre"),
    (",about,", ",environ,", 3, "hedge", "valeur refusée"),
    ("https://example.org/b", "javascript:alert(1)", 3, "url", "forme refusée"),
    ("2020/2026", "un jour", 2, "as_of", "ni une année"),
    (",oui,,", ",yes,,", 2, "independent", "ni oui ni non"),
]


def refused(folder: Path) -> ProgrammeError:
    with pytest.raises(ProgrammeError) as caught:
        load(folder)
    assert caught.value.mend
    return caught.value


def test_the_undamaged_programme_is_sound(tmp_path: Path) -> None:
    programme = load(write(tmp_path / "p"))
    assert [group.id for group in programme.groups] == ["G1", "G2", "G3"]
    assert (programme.groups[0].under_way, programme.groups[0].delivered) == (2, 11)
    assert (programme.groups[2].under_way, programme.groups[2].delivered) == (4, None)


def test_a_planned_date_is_not_a_signature(tmp_path: Path) -> None:
    programme = load(write(tmp_path / "p"))
    ajaccio = programme.groups[1]
    assert (ajaccio.signed_on, str(ajaccio.planned_on)) == (None, "2021-06-30")
    assert ajaccio not in programme.signed_groups(programme.ends_on or programme.launched_on)


@pytest.mark.parametrize(("old", "new", "key", "problem"), TOML_DEFECTS)
def test_toml_defect_names_the_key(tmp_path: Path, old: str, new: str, key: str, problem: str) -> None:
    report = check(write(tmp_path / "p", toml=(old, new)))
    found = [issue for issue in report.issues if issue.file == "programme.toml" and issue.where == key]
    assert any(problem in issue.problem for issue in found), report.issues
    assert all(issue.mend for issue in report.issues)
    assert "programme.toml" in refused(tmp_path / "p").user_message


@pytest.mark.parametrize(("old", "new", "line", "column", "problem"), TOWN_DEFECTS)
def test_town_defect_names_row_and_column(
    tmp_path: Path, old: str, new: str, line: int, column: str, problem: str
) -> None:
    report = check(write(tmp_path / "p", towns=(old, new)))
    place = f"ligne {line}, colonne {column}"
    found = [issue for issue in report.issues if issue.file == "beneficiaries.csv" and issue.where == place]
    assert any(problem in issue.problem for issue in found), report.issues
    assert all(issue.mend for issue in report.issues)
    assert report.programme is None


@pytest.mark.parametrize(("old", "new", "line", "column", "problem"), DECLARED_DEFECTS)
def test_declared_defect_names_row_and_column(
    tmp_path: Path, old: str, new: str, line: int, column: str, problem: str
) -> None:
    report = check(write(tmp_path / "p", declared=(old, new)))
    place = f"ligne {line}, colonne {column}"
    assert any(i.where == place and problem in i.problem and i.mend for i in report.issues), report.issues


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        ("G1,1500000", "G9,1500000", "group_id", "groupe inconnu"),
        ("1500000", "-1500000", "amount_eur", "négatif"),
        ("1500000", "1.5 M€", "amount_eur", "n'est pas un montant"),
    ],
)
def test_amount_defect_names_row_and_column(tmp_path: Path, old: str, new: str, column: str, problem: str) -> None:
    report = check(write(tmp_path / "p", amounts=(old, new)))
    assert any(i.where == f"ligne 2, colonne {column}" and problem in i.problem for i in report.issues), report.issues


@pytest.mark.parametrize(
    ("code", "hint"), [("75101", "75056 (Paris)"), ("1004", "01004 (Ambérieu-en-Bugey)"), ("74093", "74010 (Annecy)")]
)
def test_the_mend_of_a_vanished_code_is_its_successor(tmp_path: Path, code: str, hint: str) -> None:
    report = check(write(tmp_path / "p", towns=("2A004,Ajaccio,2A,94", f"{code},,,")))
    assert [issue.mend for issue in report.issues] == [f"écrivez {hint}"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "colonne absente : kind"),
        (b"kind;code;group_id\n", "points-virgules"),
        (b"kind,code,group_id,group_name,maire\n", "colonne inconnue : 'maire'"),
        (b"kind,code,code,group_id,group_name\n", "colonne en double : code"),
        (b"kind,code,group_id\n", "colonne absente : group_name"),
        (b"kind,code,group_id,group_name\ncommune,01004,G1\n", "3 cellules au lieu de 4"),
        (b"kind,code,group_id,group_name\n\n", "ligne vide"),
        (b'kind,code,group_id,group_name\ncommune,01004,G1,"sans fin\n', "CSV illisible"),
        (b"kind,code,group_id,group_name\ncommune,01004,G1,Amb\xe9rieu\n", "UTF-8"),
        (b"kind,code\0,group_id,group_name\n", "caractère nul"),
        (b"PK\x03\x04\xff\xfe binary", "UTF-8"),
    ],
)
def test_a_damaged_table_is_one_clear_issue(tmp_path: Path, content: bytes, problem: str) -> None:
    folder = write(tmp_path / "p", amounts=("G1,1500000,subvention,https://example.org/c,\n", ""))
    (folder / "beneficiaries.csv").write_bytes(content)
    report = check(folder)
    assert any(problem in i.problem and i.file == "beneficiaries.csv" and i.mend for i in report.issues), report.issues


def test_a_missing_file_or_folder_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    (folder / "beneficiaries.csv").unlink()
    assert "beneficiaries.csv : fichier absent" in refused(folder).user_message
    assert "n'est pas un dossier" in refused(tmp_path / "nowhere").user_message


def test_every_issue_is_reported_at_once_and_rows_are_counted(tmp_path: Path) -> None:
    report = check(write(tmp_path / "p", towns=("2A004,Ajaccio,2A", "99999,Ajaccio,XX"), toml=("ends_on", "end_on")))
    assert {issue.file for issue in report.issues} == {"programme.toml"}
    report = check(write(tmp_path / "q", towns=("4,,non,2022-01-01", "-4,x,non,hier")))
    assert [(count.read, count.refused) for count in report.counts] == [(4, 1), (2, 0), (1, 0), (0, 0)]
