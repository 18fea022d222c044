"""Wide Arcep tables, the two barometers, the list of small towns and the two layers."""

from datetime import date

import pytest
from source_files import csv_of, geojson, place

from jalon.errors import SourceUnreadable
from jalon.geography import geography
from jalon.sources import CoverageRow, SeriesRow, catalog
from jalon.sources.reading import parse

TITLES = (["Réseaux en fibre", "", "", ""], ["Déploiement", "", "", ""], ["", "", "", ""], ["", "", "", ""])
DEPARTEMENTS = csv_of(
    *TITLES, ["Code département", "Champ", "T3 2017", "T1 2018"], ["1", "Locaux Raccordables", 10, 30],
    ["1", "Catégorie", 5, 10],
)  # fmt: skip
REGIONS = csv_of(
    *TITLES, ["Code région", "Champ", "T3 2017", "T1 2018"],
    ["84", "Au moins deux opérateurs au PM via la mutualisation passive", "21%", "20%"],
)  # fmt: skip
EPCIS = csv_of(*TITLES, ["Siren EPCI", "Champ", "T3 2017", "T1 2018"], ["240100883", "Locaux Raccordables", 1, 2])
DISTRICTS = csv_of(*TITLES, ["Code arrondissement", "Champ", "T3 2017", "T1 2018"], ["13201", "Catégorie", 25, 25])


def arcep(folder, *rows, header=("Code commune", "Champ", "T3 2017", "T1 2018")):
    communes = csv_of(*TITLES, header, *rows)
    source = place(folder, "arcep-ftth-2018t1", [communes, DEPARTEMENTS, REGIONS, EPCIS, DISTRICTS])
    return parse(source, folder)


def codes(part):
    return [refusal.code for refusal in part.defects.refusals]


def test_quarters_are_unpivoted_and_both_fields_joined(tmp_path):
    part, *_ = arcep(tmp_path, ["01004", "Locaux Raccordables", 1460, 2248], ["1004", "Catégorie", 10, 25])
    assert part.rows == [
        CoverageRow("commune", "01004", date(2017, 9, 30), 1460, None, None, 10, 6),
        CoverageRow("commune", "01004", date(2018, 3, 31), 2248, None, None, 25, 6),
    ]


def test_premises_of_merged_communes_add_up_and_classes_only_when_they_agree(tmp_path):
    bellegarde, chatillon, lancrans = "01033", "01091", "01205"
    part, *_ = arcep(
        tmp_path,
        [bellegarde, "Locaux Raccordables", 100, 200],
        [bellegarde, "Catégorie", 10, 25],
        [chatillon, "Locaux Raccordables", 10, "n.c."],
        [chatillon, "Catégorie", 10, 50],
        [lancrans, "Locaux Raccordables", 1, 2],
    )
    assert {geography().successor(code) for code in (chatillon, lancrans)} == {bellegarde}
    assert [(row.connectable, row.band) for row in part.rows] == [(111, 10), (None, None)]
    assert codes(part).count("merged-commune") == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["99999", "Locaux Raccordables", 1, 2], "unknown-commune"),
        (["01004", "Bidules", 1, 2], "unknown-field"),
        (["01004", "Catégorie", 1, 5], "bad-band"),
        (["01004", "Locaux Raccordables", "-4", 2], "bad-connectable"),
        (["01004", "Locaux Raccordables", 1], "ragged-row"),
    ],
)
def test_a_doubtful_line_is_told(tmp_path, row, code):
    part, *_ = arcep(tmp_path, row)
    assert code in codes(part)


def test_premises_of_a_vanished_epci_go_to_its_successor(tmp_path, monkeypatch):
    vanished, successor = "200012060", "200090579"
    assert geography().epci_successor(vanished) == successor
    header = ["Siren EPCI", "Champ", "T3 2017", "T1 2018"]
    rows = ([vanished, "Locaux Raccordables", 1, 2], [successor, "Locaux Raccordables", 10, 20])
    monkeypatch.setattr("test_source_series.EPCIS", csv_of(*TITLES, header, *rows, ["252326079", "Catégorie", 5, 5]))
    *_, part, _ = arcep(tmp_path)
    assert [(row.territory_code, row.connectable) for row in part.rows] == [(successor, 11), (successor, 22)]
    assert {"merged-epci", "unknown-epci"} <= set(codes(part))


def test_shares_of_regions_become_a_series_and_totals_are_compared(tmp_path):
    communes, _, regions, epcis, districts = arcep(tmp_path, ["01004", "Locaux Raccordables", 9, 29])
    assert [(row.series, row.value, row.unit) for row in regions.rows] == [
        ("ftth-operateurs-pm-2", 21.0, "%"),
        ("ftth-operateurs-pm-2", 20.0, "%"),
    ]
    assert "sum-differs" in codes(communes)
    assert "sum-differs" in codes(epcis)
    assert districts.rows[0].territory_kind == "arrondissement"


def test_other_quarters_and_columns_are_read_too(tmp_path):
    part, *_ = arcep(
        tmp_path,
        ["Ambérieu", "01004", "x", 5, 6, 7],
        header=("Nom commune", "Code commune", "Zonage", "T2 2021", "T3 2021", "T4 2021"),
    )
    assert [(row.quarter, row.connectable) for row in part.rows] == [
        (date(2021, 6, 30), 5),
        (date(2021, 9, 30), 6),
        (date(2021, 12, 31), 7),
    ]
    assert codes(part) == ["unknown-column", "sum-differs"]


def test_a_table_without_quarters_is_unreadable(tmp_path):
    with pytest.raises(SourceUnreadable, match="trimestres"):
        arcep(tmp_path, header=("Code commune", "Champ", "2017", "2018"))


DETAIL = ("mesure", "indicateur", "id_indicateur")
HOUSING = ("m", "Nombre accompagnés", "nb-logement-accompagnement")
RENOVATED = ("m", "Nombre rénovés", "nb-logement-accompagnement")
FIBRE = ("m", "Taux", "taux-deploiement-fibre")
TAIL = ("date", "valeur", "unite")


def etalab(folder, *rows, summary=()):
    departements = csv_of((*DETAIL, "code_departement", "libelle_departement", *TAIL), *rows)
    regions = csv_of((*DETAIL, "code_region", "libelle_region", *TAIL), (*FIBRE, "84", "x", "2018-03-31", "12.0", "%"))
    national = csv_of((*DETAIL, "maille_geographique", *TAIL), (*FIBRE, "national", "2018-03-31", "30.0", "%"))
    header = (
        *DETAIL, "code_departement", "libelle_departement", "valeur_actuelle", "date_valeur_actuelle",
        "valeur_initiale", "date_valeur_initiale", "progression", "pourcentage_progression", "cible",
        "pourcentage_cible", "date_cible", "unite",
    )  # fmt: skip
    source = place(
        folder, "barometre-services-publics-territoires", [departements, regions, national, csv_of(header, *summary)]
    )
    return parse(source, folder)


def test_a_doubled_series_counts_once_and_a_contradiction_is_told(tmp_path):
    part, *_ = etalab(
        tmp_path,
        (*HOUSING, "01", "Ain", "2021-01-31", "353.0", "logements"),
        (*RENOVATED, "01", "Ain", "2021-01-31", "353.0", "logements rénovés"),
        (*RENOVATED, "01", "Ain", "2021-01-31", "354.0", "logements rénovés"),
    )
    assert [(row.value, row.unit) for row in part.rows] == [(353.0, "logements")]
    assert codes(part) == ["doubled-series", "contradiction"]


def test_the_fibre_rate_is_a_share_at_the_end_of_its_quarter(tmp_path):
    departements, regions, national, _ = etalab(tmp_path, (*FIBRE, "1", "Ain", "2018-03-31", "37.0", "%"))
    assert departements.rows == [CoverageRow("departement", "01", date(2018, 3, 31), None, None, 0.37, None, 2)]
    assert codes(regions) == ["name-differs"]
    assert national.rows[0].territory_kind == "pays"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((*FIBRE, "99", "?", "2018-03-31", "37.0", "%"), "unknown-zone"),
        (("m", "x", "autre-indicateur", "01", "Ain", "2018-03-31", "37.0", "%"), "unknown-series"),
        ((*FIBRE, "01", "Ain", "mars 2018", "37.0", "%"), "bad-date"),
        ((*FIBRE, "01", "Ain", "2018-03-31", "", "%"), "bad-value"),
        ((*FIBRE, "01", "Ain", "2018-03-31", "370", "%"), "bad-rate"),
        ((*FIBRE, "01", "Ain", "2018-03-31"), "ragged-row"),
    ],
)
def test_what_is_no_value_is_refused_alone(tmp_path, row, code):
    part, *_ = etalab(tmp_path, row, (*FIBRE, "01", "Ain", "2018-06-30", "38.0", "%"))
    assert codes(part) == [code]
    assert len(part.rows) == 1


def test_targets_are_kept_apart_and_current_values_compared(tmp_path):
    goal = (*FIBRE, "01", "Ain", "40.0", "2018-03-31", "", "", "", "", "80.0", "", "2022-12-31", "%")
    none = (*HOUSING, "01", "Ain", "", "", "", "", "", "", "", "", "", "logements")
    *_, summary = etalab(tmp_path, (*FIBRE, "01", "Ain", "2018-03-31", "37.0", "%"), summary=(goal, goal))
    assert [(row.series, row.value, row.day) for row in summary.rows] == [
        ("taux-deploiement-fibre-cible", 80.0, date(2022, 12, 31))
    ]
    assert codes(summary) == ["contradiction", "contradiction"]
    *_, summary = etalab(tmp_path, summary=(none,))
    assert summary.rows == []


DITP = ("indic_id", "enforce_zone_id", "metric_enforce_date", "maille", "indic_vi", "indic_va", "indic_vc", "indic_ta")
META = csv_of(
    ("indic_id", "indic_parent_ch", "indic_nom", "indic_nom_baro", "indic_descr", "indic_descr_baro", "tendance",
     "indic_categorie_evolution"),
    ("IND-306", "", "", "Taux de la fibre", "", "", "", ""),
)  # fmt: skip


def ditp(folder, *rows):
    source = place(folder, "ditp-barometre-2024", [csv_of(DITP, *(("IND-306", *row) for row in rows)), META])
    return parse(source, folder)[0]


def test_the_first_of_the_last_month_is_the_end_of_the_quarter(tmp_path):
    part = ditp(
        tmp_path,
        ("D01", "2022-06-01", "DEPT", "56.3", "", "", ""),
        ("R84", "2022-09-01", "REG", "", "58.16", "", ""),
        ("FRANCE", "2026-12-01", "NAT", "", "", "100.0", ""),
    )
    assert part.rows == [
        CoverageRow("departement", "01", date(2022, 6, 30), None, None, 0.563, None, 2),
        CoverageRow("region", "84", date(2022, 9, 30), None, None, 0.5816, None, 3),
        SeriesRow(
            "taux-deploiement-fibre-cible", "Taux de la fibre (cible)", "pays", "FR", date(2026, 12, 31), 100.0, "%", 4
        ),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("D01", "2022-09-01", "REG", "", "58.16", "", ""), "unknown-zone"),
        (("R99", "2022-09-01", "REG", "", "58.16", "", ""), "unknown-zone"),
        (("D01", "2022-09-01", "PAYS", "", "58.16", "", ""), "unknown-zone"),
        (("D01", "2022-09-01", "DEPT", "1", "58.16", "", ""), "not-one-value"),
        (("D01", "2022-09-01", "DEPT", "", "", "", ""), "not-one-value"),
        (("D01", "2022-06-15", "DEPT", "", "58.16", "", ""), "duplicate"),
    ],
)
def test_zones_agree_with_their_level_and_hold_one_value(tmp_path, row, code):
    part = ditp(tmp_path, ("D01", "2022-06-01", "DEPT", "56.3", "", "", ""), row)
    assert codes(part) == [code]


PVD = (
    "id_pvd", "insee_com", "lib_com", "lib_reg", "insee_dep", "lib_dep", "nom_maire", "mel_mairie", "site_mairie",
    "regroupement", "pop", "date_signature", "siren_epci", "lib_epci",
)  # fmt: skip


def test_personal_data_and_test_rows_never_come_in(tmp_path):
    real = ("pvd-84-01-1", "01004", "Ambérieu-en-Bugey", "x", "01", "Ain", "Jeanne Secret", "j.secret@exemple.fr",
            "s.secret", "NA", "1", "", "240100883", "CC")  # fmt: skip
    test = ("", "999999", "Trifouilly", "Région", "99", "", "John Secret", "", "", "NA", "", "01/2021", "NA", "NA")
    source = place(tmp_path, "pvd-2021-01", [csv_of(PVD, real, test, real)])
    (part,) = parse(source, tmp_path)
    assert [(row.territory_code, row.group_id) for row in part.rows] == [("01004", "pvd-84-01-1")]
    assert codes(part) == ["bad-commune-code", "duplicate"]
    assert "ecret" not in repr((part.rows, part.defects.refusals))


def square(lon, lat):
    ring = [[lon, lat], [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_outlines_in_insets_are_marked(tmp_path):
    here = {"insee_dep": "01", "insee_reg": "84", "lib_dep": "Ain", "geometry": square(5.3, 46.1)}
    inset = {"insee_dep": "973", "insee_reg": "03", "lib_dep": "Guyane", "geometry": square(-2.3, 43.0)}
    none = {**here, "insee_dep": "02", "lib_dep": "Aisne", "geometry": None}
    region = {"insee_reg": "84", "lib_reg": "Auvergne-Rhône-Alpes", "geometry": square(4.8, 45.7)}
    source = place(tmp_path, "fonds-anct", [geojson(here, inset, none), geojson(region)])
    departements, regions = parse(source, tmp_path)
    assert [(row.territory_code, row.displaced) for row in departements.rows] == [("01", False), ("973", True)]
    assert codes(departements) == ["displaced-outline", "no-outline"]
    assert [row.territory_kind for row in regions.rows] == ["region"]


def operators(number, **more):
    wide = {
        f"{name}{rank}": None
        for rank in range(1, 8)
        for name in ("opérateur", "technologie", "site", "prise_encharge", "Logo")
    }
    return {"insee_dep": number, "insee_reg": "84", "dep": "Ain", "Code région": "ARA", **wide, **more}  # fmt: skip


def test_operators_are_unpivoted_and_the_doubled_layer_read_once(tmp_path):
    one = operators(
        "01", opérateur1="Nordnet", technologie1="4G", prise_encharge1="Oui", opérateur3="X", prise_encharge3="?"
    )
    none = operators("02", dep="Aisne", opérateur1="Le territoire ne possède pas d'offre.")
    source = place(tmp_path, "fthd-operateurs-2024", [geojson(one, none, one, {**none, "dep": "autre"})])
    (part,) = parse(source, tmp_path)
    assert [(row.rank, row.operator, row.subsidised) for row in part.rows] == [(1, "Nordnet", True), (3, "X", None)]
    assert codes(part) == ["unknown-value", "not-an-operator", "duplicate", "contradiction"]


def test_every_source_has_a_reader():
    from jalon.sources.reading import READERS

    assert {source.reader for source in catalog().values()} == set(READERS)
