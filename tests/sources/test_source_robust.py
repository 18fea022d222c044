"""Damaged and hostile files end in one clear error that names the file and the next step; the rest still reads."""

import zipfile

import pytest
from source_files import ACV_2024, csv_of, geojson, place, xlsx

from jalon.errors import JalonError, Refusal, SourceCorrupted, SourceError, SourceMissing, SourceUnreadable
from jalon.sources import catalog, chosen, demand_whole, locate, read, require
from jalon.sources.catalog import load
from jalon.sources.dgcl import LAYOUT_2019
from jalon.sources.reading import parse

PVD = "pvd-2021-01"


def unreadable(folder, source_id, content):
    source = place(folder, source_id, [content])
    with pytest.raises(SourceUnreadable) as caught:
        parse(source, folder)
    assert source.files[0].file in caught.value.user_message
    assert caught.value.mend
    return caught.value.user_message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "vide"),
        (b"<!DOCTYPE html><html>404", "page web"),
        (b"\xef\xbb\xbf  <html>", "page web"),
        ("é".encode("cp1252"), "UTF-8"),
        ("a,b\n1,2".encode("utf-16"), "UTF-8"),
        (b"a,b\n1,2\n", "manque la colonne"),
        (b"insee_com," * 200_000, "colonnes"),
        (b'"' + b"a" * 300_000, "CSV"),
        (b"insee_com,insee_com,id_pvd,lib_com,insee_dep,siren_epci,date_signature\n", "deux fois"),
        (b"\0" * 5000, "manque la colonne"),
    ],
)
def test_what_is_no_table_says_why(tmp_path, content, says):
    assert says in unreadable(tmp_path, PVD, content)


@pytest.mark.parametrize("source_id", ["dgcl-di-2018", "dgcl-di-2019"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", b"<html>", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_says_so(tmp_path, source_id, content):
    unreadable(tmp_path, source_id, content)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_says_so(tmp_path, keep):
    source = catalog()["dgcl-di-2019"]
    rows = [["x" * 50] * 14 for _ in range(200)]
    path = xlsx(tmp_path / source.files[0].file, {LAYOUT_2019.sheet: rows})
    unreadable(tmp_path, source.id, path.read_bytes()[: int(path.stat().st_size * keep)])


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path, monkeypatch):
    monkeypatch.setattr("jalon.sources.sheets.LARGEST_UNPACKED", 1_000_000)
    source = catalog()["dgcl-di-2019"]
    path = tmp_path / source.files[0].file
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 1_000_001)
    assert "déplierait" in unreadable(tmp_path, source.id, path.read_bytes())


def test_an_unlisted_file_is_read_in_a_child_and_noted(tmp_path):
    source = place(tmp_path, "acv-2024-09", [geojson(ACV_2024)])
    reading = read(source, tmp_path)
    assert [row.territory_code for row in reading.rows] == ["01004"]
    assert {"unlisted-file", "fewer-rows"} <= {refusal.code for refusal in reading.refusals}
    assert reading.files[0].rows_read == 1


def test_an_unlisted_file_that_is_no_data_raises_the_reader_s_own_error(tmp_path):
    source = place(tmp_path, "acv-2024-09", ["<html>"])
    with pytest.raises(SourceUnreadable, match="page web"):
        read(source, tmp_path)


def test_an_absent_file_is_missing(tmp_path):
    with pytest.raises(SourceMissing, match="absent"):
        read(catalog()[PVD], tmp_path)


def test_the_mirror_comes_first_then_what_was_fetched_then_what_is_carried(tmp_path, monkeypatch, own_home):
    source = catalog()[PVD]
    assert locate(source) is None
    with pytest.raises(SourceMissing) as caught:
        require(source)
    assert "fetch" in caught.value.mend
    assert locate(catalog()["dgcl-di-2018"]).origin == "carried"
    place(own_home / "sources", PVD, [csv_of(["x"])])
    assert locate(source).origin == "producer"
    monkeypatch.setenv("JALON_MIRROR", str(tmp_path))
    assert locate(source).origin == "producer"
    place(tmp_path, PVD, [csv_of(["x"])])
    assert locate(source).origin == "mirror"


def test_a_part_is_never_taken_for_the_file(own_home):
    source = catalog()[PVD]
    path = own_home / "sources" / source.files[0].file
    path.parent.mkdir(parents=True)
    path.with_name(f"{path.name}.part").write_bytes(b"x")
    assert locate(source) is None


def test_an_unknown_source_lists_those_there_are():
    with pytest.raises(SourceMissing) as caught:
        chosen(["acv-2018-10", "acv-2030"])
    assert "acv-2030" in caught.value.user_message
    assert PVD in caught.value.mend
    assert len(chosen()) == len(catalog())


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("licence =", "license ="), "licence"),
        (('sha256 = "458f', 'sha256 = "zz8f'), "sha256"),
        (("bytes = 104584", "bytes = -1"), "bytes"),
        (('reader = "acv2018"', 'reader = "acv2030"'), "reader"),
        (("published_on = 2018-10-01", 'published_on = "hier"'), "published_on"),
        (('file = "acv-2018-10/', 'file = "../'), "file"),
        (('file = "acv-2018-10/', 'file = "acv-2024-09/'), "outside"),
        (('id = "acv-2018-10"', 'id = "acv-2024-09"'), ""),
        (("[[source]]", "[[source"), ""),
    ],
)
def test_a_slip_in_the_catalogue_names_the_key(tmp_path, change, key):
    from jalon.sources.catalog import HERE

    path = tmp_path / "catalog.toml"
    path.write_text((HERE / "catalog.toml").read_text().replace(*change, 1))
    with pytest.raises(SourceError) as caught:
        load(path)
    assert key in caught.value.user_message


def test_addresses_are_raw_and_pinned():
    for source in catalog().values():
        for file in source.files:
            url = source.url(file)
            assert url.startswith("https://raw.githubusercontent.com/")
            assert f"/{source.commit}/" in url
            assert " " not in url


def test_the_tables_a_source_yields_exist():
    from jalon.editions.tables import TABLES

    assert {table for source in catalog().values() for table in source.tables} <= set(TABLES)


def test_errors_travel_between_processes():
    import pickle

    for kind in (SourceMissing, SourceCorrupted, SourceUnreadable):
        error = pickle.loads(pickle.dumps(kind("a", user_message="b", mend="c")))
        assert isinstance(error, JalonError)
        assert (str(error), error.user_message, error.mend) == ("a", "b", "c")


def test_a_refusal_keeps_a_bounded_value(tmp_path):
    source = place(tmp_path, "acv-2024-09", [geojson({**ACV_2024, "actions_en_cours": "x" * 5000})])
    (part,) = parse(source, tmp_path)
    (found,) = [refusal for refusal in part.defects.refusals if refusal.code == "bad-actions-en-cours"]
    assert isinstance(found, Refusal)
    assert len(found.value) == 200


def test_a_file_cut_short_is_not_for_publishing(tmp_path):
    source = place(tmp_path, "acv-2024-09", [geojson(ACV_2024)])
    reading = read(source, tmp_path)
    with pytest.raises(SourceCorrupted) as raised:
        demand_whole(source, reading)
    assert "1 lignes sur 245" in raised.value.user_message
