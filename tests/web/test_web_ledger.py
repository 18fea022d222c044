"""A figure outside its page: fixed for ever, cited, embedded, corrected."""

import json
from xml.etree import ElementTree

import pytest
from django.test import Client
from pages import tree
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, publish
from jalon.editions.shelf import forget
from jalon.figures import build_with_figures
from jalon.home import home
from jalon.web.caching import SHELF
from jalon.web.queries import figures as query
from jalon.web.security import HEADER

SMART = "/chiffres/acv-actions-ville-intelligente"


def test_parameters_have_one_canonical_address(site: Client, edition: Edition) -> None:
    asked = f"{SMART}?annee=2019&territoire=region:84&au=2020-02-24"
    page = tree(site.get(asked).content)
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith(f"{SMART}@{edition.id}?au=2020-02-24&territoire=region%3A84&annee=2019")
    assert "Auvergne-Rhône-Alpes, 2019" in page.text_content()
    older = site.get(f"{SMART}?as_of=2020-02-24&territory=region:84&year=2019&format=json").json()
    assert older["permalink"] == canonical


@pytest.mark.parametrize("form", ["", "json", "csv", "csl"])
def test_a_fixed_address_gives_the_same_bytes_for_ever(own_home, form: str) -> None:
    place = home()
    first = build_with_figures(tiny_tables(), home=place, as_of=AS_OF)
    publish(place, first.id)
    address = f"{SMART}@{first.id}?au=2020-02-24" + (f"&format={form}" if form else "")
    before = Client().get(address)
    assert before.status_code == 200
    publish(place, build_with_figures(tiny_tables(), home=place, as_of=AS_OF, note="une autre").id)
    for kept in (SHELF, query.value, query.proof, query.trend):
        getattr(kept, "clear", getattr(kept, "cache_clear", None))()
    forget()
    assert Client().get(address).content == before.content


def test_a_citation_for_reference_managers(site: Client, edition: Edition) -> None:
    (item,) = site.get(f"{SMART}?format=csl&au=2020-02-24").json()
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2020, 2, 24]]}
    assert item["URL"].endswith(f"{SMART}@{edition.id}?au=2020-02-24")


def test_a_card_may_be_framed_and_a_page_may_not(site: Client) -> None:
    card = site.get(f"{SMART}/carte?territoire=region:84")
    assert card.status_code == 200
    assert "frame-ancestors *" in card.headers[HEADER]
    assert "X-Frame-Options" not in card.headers
    page = site.get(SMART)
    assert "frame-ancestors 'none'" in page.headers[HEADER]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_oembed_is_found_from_the_page_and_leads_to_the_card(site: Client) -> None:
    page = tree(site.get(f"{SMART}?territoire=region:84").content)
    (link,) = page.xpath("//link[@type='application/json+oembed']/@href")
    told = site.get(link.removeprefix("http://testserver")).json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    (frame,) = tree(f"<html>{told['html']}</html>".encode()).xpath("//iframe/@src")
    assert site.get(frame.removeprefix("http://testserver")).status_code == 200
    assert site.get("/oembed?maxwidth=250&url=http://testserver/chiffres/acv-communes").json()["width"] == 250


@pytest.mark.parametrize(
    "url",
    ["", "http://ailleurs.fr/chiffres/acv-communes", "http://testserver/actions/", "http://testserver/chiffres/rien",
     "http://testserver/chiffres/acv-communes?au=hier", "http://[", "\x00"],
)  # fmt: skip
def test_oembed_knows_only_the_figures_of_this_site(site: Client, url: str) -> None:
    assert site.get("/oembed", {"url": url}).status_code == 404


def test_every_declared_fact_has_an_anchor(site: Client) -> None:
    listed = site.get("/api/v1/declared-facts").json()
    ids = set(tree(site.get("/declarations/").content).xpath("//@id"))
    assert listed["count"] == len(listed["items"]) > 0
    assert {fact["fact_id"] for fact in listed["items"]} <= ids


def test_corrections_are_told_on_a_page_in_a_feed_and_by_the_api(own_home) -> None:
    place = home()
    publish(place, build_with_figures(tiny_tables(), home=place, as_of=AS_OF).id)
    tables = tiny_tables()
    rows = tables["actions"].to_pylist()
    next(row for row in rows if row["smart_city"]).update(smart_city=False, decided_by="human")
    tables["actions"] = type(tables["actions"]).from_pylist(rows, schema=tables["actions"].schema)
    publish(place, build_with_figures(tables, home=place, as_of=AS_OF).id)
    client = Client()
    listed = client.get("/api/v1/corrections").json()["items"]
    smart = next(one for one in listed if one["figure"] == "acv-actions-ville-intelligente")
    assert smart["was"] == smart["now"] + 1
    assert smart["reason"] == "person"
    assert "une personne a corrigé" in client.get("/corrections/").content.decode()
    feed = ElementTree.fromstring(client.get("/corrections/atom.xml").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(listed)
    assert json.dumps(listed)
