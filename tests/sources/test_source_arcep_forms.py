"""Arcep's tables in the other forms they are published in: workbooks, one line a territory, zones, delimiters."""

from datetime import date

import pytest
from xlsxwriter import Workbook

from jalon.sources.arcep_headers import zone
from jalon.sources.catalog import Source, SourceFile, catalog
from jalon.sources.reading import parse

HEADER = (
    *("Code région", "Nom région", "Code département", "Siren EPCI", "Code commune", "Nom commune"),
    *("Zone", "Opérateur d’infrastructure", "Meilleure estimation des locaux", "T3 2019", "T4 2019"),
)
AMBERIEU = ("84", "Auvergne-Rhône-Alpes", "01", "240100883", "01004", "Ambérieu", "ZMD privée (AMII)", "Orange", 8000)
BASTIA = ("94", "Corse", "2B", "242000354", "2B033", "Bastia", "Réseau d’initiative publique", "", 0)


def one_file(name: str) -> Source:
    """The Arcep source with a single file."""
    source = catalog()["arcep-ftth-2018t1"]
    file = SourceFile(**source.files[0].model_dump() | {"file": f"{source.id}/{name}"})
    return source.model_copy(update={"files": (file,)})


def read(folder, name, write):
    source = one_file(name)
    path = folder / source.files[0].file
    path.parent.mkdir(parents=True)
    write(path)
    (part,) = parse(source, folder)
    return part


def workbook(sheets):
    def write(path):
        with Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)

    return write


def test_a_workbook_of_several_levels(tmp_path):
    communes = [["Déploiements FttH"], [], HEADER, [*AMBERIEU, 2000, 2500], [*BASTIA, 10, 20]]
    departements = [["Titre"], ["Code département", "Nom département", "T3 2019", "T4 2019"], ["01", "Ain", 2000, 2600]]
    part = read(tmp_path, "deploiements.xlsx", workbook({"Lisez-moi": [["bonjour"]], "C": communes, "D": departements}))
    rows = {(row.territory_code, row.quarter): row for row in part.rows}
    last = rows["01004", date(2019, 12, 31)]
    assert (last.territory_kind, last.connectable, last.premises, last.zone, last.operator) == (
        *("commune", 2500, 8000, "private", "Orange"),
    )
    assert rows["01004", date(2019, 9, 30)].premises is None
    assert (rows["2B033", date(2019, 12, 31)].premises, rows["2B033", date(2019, 12, 31)].zone) == (0, "public")
    assert rows["01", date(2019, 12, 31)].connectable == 2600
    assert {refusal.code for refusal in part.defects.refusals} == {"no-table", "sum-differs"}


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        (("CODGEO", "Locaux raccordables T4 2019", "Nombre de locaux T4 2019"), ("01004", 5, 9), (5, 9, None)),
        (("Code INSEE", "Nombre de locaux raccordables FttH au T4 2019"), ("1004", "1 250"), (1250, None, None)),
        (("Code commune", "Taux de couverture T4 2019"), ("01004", "58,2%"), (None, None, 0.582)),
        (("Code commune", "Taux de couverture 2019T4"), ("01004", "101%"), (None, None, None)),
        (("Code commune", "4e trimestre 2019"), ("97105", 12), (12, None, None)),
    ],
)
def test_the_words_beside_a_quarter_say_what_it_counts(tmp_path, header, cells, expected):
    text = "\n".join(";".join(map(str, row)) for row in (("Titre",), header, cells))
    part = read(tmp_path, "f.csv", lambda path: path.write_text(text, encoding="cp1252"))
    (row,) = part.rows
    assert (row.connectable, row.premises, row.rate) == expected
    assert row.quarter == date(2019, 12, 31)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("Zone très dense", "very_dense"),
        ("ZTD", "very_dense"),
        ("ZMD - zone d'initiative privée", "private"),
        ("AMEL", "private"),
        ("Zone d’initiative publique (RIP)", "public"),
        ("autre", None),
    ],
)
def test_zones(published, expected):
    assert zone(published) == expected


def test_the_catalogued_form_is_unchanged(tmp_path):
    text = "T,,\nCode commune,Champ,T4 2019\n01004,Locaux Raccordables,5\n01004,Catégorie,10\n"
    part = read(tmp_path, "f.csv", lambda path: path.write_text(text, encoding="utf-8"))
    assert [(row.connectable, row.band) for row in part.rows] == [(5, 10)]
