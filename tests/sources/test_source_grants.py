"""Subsidised projects: who receives them, how much, in which category, and the sheets they come in."""

import pytest
from source_files import ods, xlsx

from jalon.errors import SourceUnreadable
from jalon.sources import catalog
from jalon.sources.dgcl import LAYOUT_2018, LAYOUT_2019, category
from jalon.sources.reading import parse
from jalon.sources.recipients import Declared, recipient

ROW_2018 = {
    "IDENTIFIANT": "2018DI00001", "DOT": "DETR", "ECHELON": "Commune", "INSEEDEP": "01", "CODGEO": "01004",
    "INSEECOM": "01004", "INSEEEPCI": "0", "BENEFICIAIRE": "AMBERIEU EN BUGEY", "LIBGEO": "Ambérieu-en-Bugey",
    "NUMCATEGORIE": "4", "CATGEORIE": "Éducation", "DESCRIPTION": "école", "COUT": "97669,34", "SUBVENTION": 29300.8,
    "LEVIER": "0,3", "LAT": 0, "LONG": 0, "POP18": 1,
}  # fmt: skip
ROW_2019 = {
    "id_projet": "di19_com00001", "dotation": "DSIL", "echelon": "commune", "id_dep": "01", "id_terr": "01004",
    "nom_terr": "Ambérieu-en-Bugey", "pop19": 1, "categorie": "4 - Education", "description": "école",
    "cout_total": 1000, "montant_sub": 300, "pct_sub": 0.3, "lat": "45.9", "long": "5.3",
}  # fmt: skip


def read_2018(folder, *rows, sheet=LAYOUT_2018.sheet):
    source = catalog()["dgcl-di-2018"]
    table = [list(ROW_2018), *([{**ROW_2018, **row}[name] for name in ROW_2018] for row in rows)]
    ods(folder / source.files[0].file, {sheet: table, "METADONNEES": [["x"]]})
    (part,) = parse(source, folder)
    return part


def read_2019(folder, *rows, columns=tuple(ROW_2019)):
    source = catalog()["dgcl-di-2019"]
    table = [list(columns), *([{**ROW_2019, **row}.get(name) for name in columns] for row in rows)]
    xlsx(folder / source.files[0].file, {"infos": [["x"]], LAYOUT_2019.sheet: table})
    (part,) = parse(source, folder)
    return part


def codes(part):
    return [refusal.code for refusal in part.defects.refusals]


def test_both_years_give_the_same_rows(tmp_path):
    old, new = read_2018(tmp_path, {}).rows[0], read_2019(tmp_path, {}).rows[0]
    assert (old.cost_cents, old.grant_cents, old.year, old.row) == (9766934, 2930080, 2018, 2)
    assert (new.cost_cents, new.grant_cents, new.year, new.row) == (100000, 30000, 2019, 2)
    assert old.category == new.category == "Éducation"
    assert old.territory_code == new.territory_code == "01004"
    assert (old.departement_code, old.region_code) == (new.departement_code, new.region_code) == ("01", "84")


@pytest.mark.parametrize(
    ("change", "cost", "grant", "code"),
    [
        ({"COUT": "19 180", "SUBVENTION": 19180, "LEVIER": "1"}, 1918000, 1918000, None),
        ({"COUT": None, "LEVIER": "#DIV/0 !"}, None, 2930080, "missing-amount"),
        ({"COUT": "0", "LEVIER": "#DIV/0 !"}, None, 2930080, "zero-cost"),
        ({"COUT": "100", "LEVIER": "293"}, None, 2930080, "grant-above-cost"),
        ({"SUBVENTION": 0, "LEVIER": "0"}, 9766934, None, "zero-grant"),
        ({"COUT": "cent euros"}, None, 2930080, "bad-amount"),
        ({"SUBVENTION": -5}, 9766934, None, "bad-amount"),
        ({"LEVIER": "0,5"}, 9766934, 2930080, "rate-differs"),
        ({"LEVIER": "un tiers"}, 9766934, 2930080, "bad-rate"),
    ],
)
def test_amounts_are_exact_and_doubtful_ones_unknown(tmp_path, change, cost, grant, code):
    part = read_2018(tmp_path, change)
    assert (part.rows[0].cost_cents, part.rows[0].grant_cents) == (cost, grant)
    assert codes(part) == ([code] if code else [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"DOT": "FNADT"}, "unknown-scheme"),
        ({"ECHELON": "Région"}, "unknown-level"),
        ({"NUMCATEGORIE": "5"}, "unknown-category"),
        ({"DESCRIPTION": "  "}, "missing-title"),
        ({"INSEEDEP": "ZZ"}, "bad-departement"),
        ({"INSEEDEP": "02"}, "parent-differs"),
    ],
)
def test_an_unknown_value_never_falls_into_a_default(tmp_path, change, code):
    part = read_2018(tmp_path, change)
    assert code in codes(part)
    assert len(part.rows) == 1


def test_an_identifier_comes_once_and_twins_are_kept_but_told(tmp_path):
    part = read_2018(tmp_path, {}, {}, {"IDENTIFIANT": "2018DI00002"}, {"IDENTIFIANT": ""})
    assert [row.action_id for row in part.rows] == ["2018DI00001", "2018DI00002"]
    assert codes(part) == ["duplicate-id", "duplicate", "bad-identifier"]
    assert part.rows_read == 4
    assert part.defects.refused_rows == {3, 5}


def test_a_million_declared_rows_are_not_rows(tmp_path):
    part = read_2019(tmp_path, {}, {"id_projet": "di19_com00002"})
    assert part.rows_read == 2


def test_a_missing_column_stops_the_file_and_an_unknown_one_does_not(tmp_path):
    with pytest.raises(SourceUnreadable, match="cout_total"):
        read_2019(tmp_path, {}, columns=tuple(name for name in ROW_2019 if name != "cout_total"))
    part = read_2019(tmp_path, {}, columns=(*ROW_2019, "nouveau"))
    assert codes(part) == ["unknown-column"]


def test_another_sheet_name_lists_those_there_are(tmp_path):
    with pytest.raises(SourceUnreadable, match="METADONNEES"):
        read_2018(tmp_path, {}, sheet="Feuille1")


@pytest.mark.parametrize(
    ("rank", "label", "year", "expected"),
    [
        ("5", "Actions et Services publics", 2018, "Actions et services publics"),
        ("5 ", " Actions et services publics ", 2019, "Actions et services publics"),
        (
            "7 ",
            " Construction, habitat, urbanisme et transports",
            2019,
            "Construction, habitat, urbanisme et transport",
        ),
        ("7", "Contrat de ruralité", 2018, "Contrat de ruralité"),
        ("7", "Contrat de ruralité", 2019, None),
        ("8", "Contrat de Ruralité", 2019, "Contrat de ruralité"),
        ("9", "Autre", 2019, None),
        (None, None, 2018, None),
    ],
)
def test_a_category_is_a_number_and_a_label_that_agree(rank, label, year, expected):
    assert category(rank, label, year) == expected


@pytest.mark.parametrize(
    ("declared", "kind", "code", "notes"),
    [
        (("Commune", "01004", "01004", "AMBERIEU EN BUGEY", "Ambérieu-en-Bugey", "01"), "commune", "01004", []),
        (("commune", "512330", "51230", "EPERNAY", "Épernay", "51"), "commune", "51230", ["codes-disagree"]),
        (("Commune", "ZZZZZ", "ZZZZZ", "EPERNAY", None, "51"), "commune", "51230", ["code-of-another"]),
        (("Commune", "ZZZZZ", None, "NULLE PART", None, "51"), "commune", None, ["unknown-commune"]),
        (("Commune", "24351", "24351", "RIBÉRAC", "Ribagnac", "24"), "commune", "24352", ["code-of-another"]),
        (("Commune", "35184", "35184", "MONTAUBAN", "Montauban-de-Bretagne", "35"), "commune", "35184", []),
        (("Commune", "01033", "01033", "BELLEGARDE tvx 06/02", "x", "01"), "commune", "01033", ["name-differs"]),
        (("Commune", "2A004", "2A004", "AJACCIO", "Ajaccio", "20A"), "commune", "2A004", []),
        (("Commune", "01091", "01091", "CHATILLON EN MICHAILLE", "x", "01"), "commune", "01033", ["merged-commune"]),
        (("EPCI", "240100883", None, "CC", "CC", "01"), "epci", "240100883", []),
        (("epci", "200012060", None, "CC", "CC", "39"), "epci", "200090579", ["merged-epci"]),
        (("epci", "252326079", None, "CC", "CC", "23"), "epci", None, ["unknown-epci"]),
        (("Syndicat", "252326079", None, "EVOLIS 23", None, "23"), "syndicat", "252326079", []),
        (("Syndicat", "24170015200010", None, "SIVOM", None, "17"), "syndicat", "241700152", ["siret"]),
        (("Syndicat", "24200024", None, "SIVOM", None, "17"), "syndicat", None, ["code-damaged"]),
        (("Syndicat", "30198", None, "SIVOM", None, "30"), "syndicat", None, ["code-commune"]),
        (("Syndicat", None, None, "SIVOM", None, "30"), "syndicat", None, ["missing-code"]),
        (("Syndicat", "248300410", None, "Vallée du Gapeau", None, "83"), "epci", "248300410", ["level-differs"]),
        (("Syndicat", "200039758", None, "PETR Avallonnais", None, "89"), "syndicat", None, ["code-of-another"]),
        (("conseil_departemental", "20A", None, "Corse-du-Sud", None, "20A"), "departement", "2A", []),
        (("conseil_departemental", "XX", None, "?", None, "01"), "departement", None, ["bad-departement"]),
    ],
)  # fmt: skip
def test_recipients(declared, kind, code, notes):
    found = recipient(Declared(*declared))
    assert (found.kind, found.code) == (kind, code)
    assert [note.code for note in found.notes] == notes
