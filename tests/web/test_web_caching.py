"""ETag, 304, what is kept and what is not."""

import gzip

import pytest
from django.test import Client

from jalon.editions import Edition, build, publish
from jalon.home import Home
from jalon.web import caching
from jalon.web.caching import Kept, Shelf


def test_the_same_page_is_not_sent_twice(site: Client) -> None:
    first = site.get("/actions/?q=école")
    again = site.get("/actions/?q=école", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_304_costs_no_work(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    etag = site.get("/methode/").headers["ETag"]
    caching.SHELF.clear()
    monkeypatch.setattr("jalon.web.pages.render", lambda *args, **kwargs: pytest.fail("rendered"))
    assert site.get("/methode/", headers={"If-None-Match": f'W/"other", {etag}'}).status_code == 304


def test_page_and_fragment_have_their_own_etag(site: Client) -> None:
    page = site.get("/actions/")
    part = site.get("/actions/", headers={"HX-Request": "true", "HX-Target": "resultats"})
    assert page.headers["ETag"] != part.headers["ETag"]
    assert "HX-Target" in part.headers["Vary"]
    assert len(part.content) < len(page.content)


def test_the_page_is_the_same_compressed_or_not_first_or_kept(site: Client) -> None:
    plain = site.get("/chiffres/").content
    packed = site.get("/chiffres/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert site.head("/chiffres/").content == b""


def test_publishing_another_edition_changes_the_pages(edition: Edition, tmp_path, monkeypatch) -> None:
    home = Home(tmp_path)
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    tables = {name: edition.table(name) for name in ("actions", "agreements")}
    every = {path.stem: edition.table(path.stem) for path in edition.folder.glob("*.parquet")}
    first = build(every | tables, home=home, as_of=edition.as_of, note="première")
    publish(home, first.id)
    before = Client().get("/edition/")
    second = build(every, home=home, as_of=edition.as_of.replace(year=edition.as_of.year - 1), note="seconde")
    publish(home, second.id)
    after = Client().get("/edition/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert second.id in after.content.decode()


def test_errors_are_not_kept(site: Client) -> None:
    missing = site.get("/actions/nulle-part")
    assert missing.status_code == 404
    assert "ETag" not in missing.headers


def test_the_shelf_stays_within_its_bytes() -> None:
    shelf = Shelf(limit=1_000)
    for number in range(20):
        shelf.put(str(number), Kept(bytes(100), False, ()))
    assert shelf.size == 1_000
    assert shelf.get("0") is None
    assert shelf.get("19") is not None
    shelf.put("19", Kept(bytes(10), False, ()))
    assert shelf.size == 910
