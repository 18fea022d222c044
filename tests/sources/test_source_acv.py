"""The three lists of towns: attributes on the wrong rows, planned dates, codes, counters, displaced points."""

from datetime import date

import pytest
from source_files import ACV_2018, ACV_2024, ACV_2025, geojson, place

from jalon.errors import SourceUnreadable
from jalon.sources import Reading, consolidate
from jalon.sources.reading import parse


def read(folder, source_id, *features, **more):
    source = place(folder, source_id, [geojson(*features, **more)])
    (part,) = parse(source, folder)
    return {row.published_code: row for row in part.rows}, part.defects.refusals


def codes(refusals):
    return [refusal.code for refusal in refusals]


def town(code, name, named=None, **more):
    return {**ACV_2018, "codgeo": code, "libgeo": name, "NOM_COM": named or name, **more}


def test_attributes_go_back_to_the_town_they_name(tmp_path):
    rows, refusals = read(
        tmp_path,
        "acv-2018-10",
        town("33243", "Libourne", "Les Mureaux", DATE_SIGN="3 juillet 2018", ACTION="3"),
        town("62510", "Liévin", "Libourne", DATE_SIGN="4 juillet 2018", ACTION="29"),
        town("78440", "Les Mureaux", "Lens + Liévin", DATE_SIGN="5 juillet 2018", ACTION="22", JUMELAGE="OUI"),
    )
    assert {code: (row.signed_on.day, row.actions) for code, row in rows.items()} == {
        "33243": (4, 29),
        "62510": (5, 22),
        "78440": (3, 3),
    }
    assert rows["62510"].partners == ("Lens",)
    assert codes(refusals).count("permuted-row") == 3


@pytest.mark.parametrize(
    ("code", "name", "named"),
    [
        ("28280", "Nogent-le-Rotrou", "Nogent-le-Routrou"),
        ("50129", "Cherbourg-Octeville", "Cherbourg-en-Cotentin"),
        ("97105", "Basse-Terre", "Basse-terre"),
    ],
)
def test_a_slip_of_spelling_or_a_new_name_is_no_permutation(tmp_path, code, name, named):
    rows, refusals = read(tmp_path, "acv-2018-10", town(code, name, named))
    assert rows[code].signed_on == date(2018, 7, 13)
    assert "permuted-row" not in codes(refusals)


def test_a_name_close_to_its_own_row_but_exactly_another_town_goes_there(tmp_path):
    rows, _ = read(
        tmp_path,
        "acv-2018-10",
        town("35288", "Saint-Malo", "Saint-Lô", DATE_SIGN="1er juillet 2018"),
        town("50502", "Saint-Lô", "Saint-Malo", DATE_SIGN="2 juillet 2018"),
    )
    assert rows["35288"].signed_on.day == 2
    assert rows["50502"].signed_on.day == 1


def test_attributes_that_name_nobody_are_given_to_nobody(tmp_path):
    rows, refusals = read(tmp_path, "acv-2018-10", town("01004", "Ambérieu-en-Bugey", "Marseille"))
    assert rows["01004"].status == "unknown"
    assert rows["01004"].signed_on is None
    assert "stray-attributes" in codes(refusals)


@pytest.mark.parametrize(
    ("state", "group", "when", "status", "signed", "planned"),
    [
        ("Convention signée", "sig", "1er septembre 2018", "signed", date(2018, 9, 1), None),
        ("Convention signée", "sig", "5 juillet", "signed", date(2018, 7, 5), None),
        ("Convention signée", "sig", "indefini", "signed", None, None),
        ("Convention signée", "sig", "30 décembre 2018", "planned", None, date(2018, 12, 30)),
        ("Convention signée avant le 30 septembre", "non", "15 septembre 2018", "planned", None, date(2018, 9, 15)),
        ("Convention signée avant le 30 septembre", "non", "indefini", "planned", None, None),
        ("indefini", "ind", "indefini", "unknown", None, None),
        ("Convention en cours", "sig", "1er mai 2018", "unknown", None, None),
    ],
)
def test_a_planned_date_is_never_a_signature(tmp_path, state, group, when, status, signed, planned):
    feature = town("01004", "Ambérieu-en-Bugey", AV_PUBLIC=state, categorie=group, DATE_SIGN=when)
    rows, _ = read(tmp_path, "acv-2018-10", feature)
    row = rows["01004"]
    assert (row.status, row.signed_on, row.planned_on) == (status, signed, planned)


def test_counters_say_na_and_only_one_of_them_may(tmp_path):
    rows, refusals = read(tmp_path, "acv-2024-09", {**ACV_2024, "actions_en_cours": "NA"})
    assert (rows["01004"].under_way, rows["01004"].delivered) == (None, 16)
    assert codes(refusals) == ["half-counted"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lib_acv": "AlenÃ§on"}, "mojibake"),
        ({"lib_reg": "Hauts-de-France"}, "parent-differs"),
        ({"insee_dep": "02"}, "parent-differs"),
        ({"siren_epci": "123456789"}, "bad-siren-epci"),
        ({"id_acv": "pvd-1"}, "bad-group"),
        ({"date_signature": "24 septembre"}, "bad-date-signature"),
        ({"date_signature": "24/09/2029"}, "impossible-date"),
        ({"actions_livrees": "beaucoup"}, "bad-actions-livrees"),
        ({"insee_com": "99999"}, "unknown-commune"),
        ({"insee_com": "cent"}, "bad-commune-code"),
        ({"lib_com": "Lyon"}, "name-differs"),
        ({"maire": "X"}, "unknown-column"),
        ({"lib_com": ["a"]}, "bad-property"),
    ],
)
def test_each_defect_is_signalled(tmp_path, change, code):
    _, refusals = read(tmp_path, "acv-2024-09", {**ACV_2024, **change})
    assert code in codes(refusals)


def test_a_displaced_overseas_point_is_never_a_position(tmp_path):
    overseas = {**ACV_2024, "insee_com": "97302", "lib_com": "Cayenne"}
    _, refusals = read(tmp_path, "acv-2024-09", overseas, at=[-2.34, 42.99])
    (found,) = [refusal for refusal in refusals if refusal.code == "displaced-point"]
    assert found.effect == "field"
    assert "Cayenne" in found.reason


def test_numbers_get_their_zeros_back_and_corsica_stays_text(tmp_path):
    rows, refusals = read(
        tmp_path, "acv-2025-04", ACV_2025, {**ACV_2025, "insee_com": "2A004", "insee_dep": "2A", "insee_reg": "94"}
    )
    assert set(rows) == {"01004", "2A004"}
    assert codes(refusals).count("lost-zero") == 1


def test_a_commune_listed_twice_counts_once(tmp_path):
    rows, refusals = read(tmp_path, "acv-2025-04", ACV_2025, ACV_2025)
    assert len(rows) == 1
    assert [r.code for r in refusals if r.effect == "row"] == ["duplicate"]


@pytest.mark.parametrize("wrapper", ["var JS_coeurdeville = {};\n", "\ufeffvar X={};", "const a.b = {}", "{}"])
def test_the_wrapped_javascript_reads_like_the_bare_json(tmp_path, wrapper):
    source = place(tmp_path, "acv-2024-09", [wrapper.replace("{}", geojson(ACV_2024))])
    (part,) = parse(source, tmp_path)
    assert [row.published_code for row in part.rows] == ["01004"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"features": []}',
        '{"features": [1]}',
        '{"features": [{"properties": null}]}',
        "[" * 99999,
    ],
)
def test_what_is_no_collection_is_told_as_such(tmp_path, content):
    source = place(tmp_path, "acv-2024-09", [content])
    with pytest.raises(SourceUnreadable) as caught:
        parse(source, tmp_path)
    assert "acv-2024-09/coeurdeville.geojson" in caught.value.user_message
    assert caught.value.mend


def reading(folder, source_id, *features):
    source = place(folder, source_id, [geojson(*features)])
    (part,) = parse(source, folder)
    return Reading(source_id, tuple(part.rows), tuple(part.defects.refusals), part.rows_read, ())


def test_lists_are_joined_and_shared_counters_told(tmp_path):
    aurillac = {**ACV_2024, "insee_com": "15014", "lib_com": "Aurillac", "id_acv": "acv-017"}
    arpajon = {**aurillac, "insee_com": "15012", "lib_com": "Arpajon-sur-Cère"}
    apart = {**aurillac, "insee_com": "01004", "id_acv": "acv-114", "actions_livrees": 1}
    again = {**apart, "insee_com": "01053", "actions_livrees": 2}
    done = consolidate(
        [
            reading(tmp_path, "acv-2025-04", {**ACV_2025, "insee_com": 15014, "id_acv": "ACV999"}),
            reading(tmp_path, "acv-2024-09", aurillac, arpajon, apart, again),
            reading(tmp_path, "acv-2018-10", town("15014", "Aurillac"), town("78517", "Rambouillet")),
        ]
    )
    by_code = {one.territory_code: one for one in done.beneficiaries}
    assert by_code["15014"].listed_in == ("acv-2018-10", "acv-2024-09", "acv-2025-04")
    assert by_code["15012"].group_name == by_code["15014"].group_name == "Aurillac et Arpajon-sur-Cère"
    assert by_code["15014"].group_id == "ACV017"
    assert by_code["15014"].counts_shared
    assert by_code["15012"].counts_shared
    assert not by_code["01004"].counts_shared
    assert by_code["15014"].signed_on == date(2019, 9, 24)
    assert by_code["78517"].group_id == "ACV2018-78517"
    assert {refusal.code for refusal in done.refusals} == {"signature-differs", "group-differs"}
