"""Every page of the site on the tiny edition: it answers, its links lead somewhere, its HTML is sound."""

import gzip
import itertools
import re

import pytest
from django.test import Client
from pages import links, text, tree, unbalanced

from jalon.web.security import HEADER

PAGES = (
    "/programmes/acv/", "/programmes/tiga/", "/programmes/thd/", "/programmes/acv/?indicateur=fibre",
    "/programmes/acv/territoires/", "/programmes/acv/territoires/?q=zzz", "/programmes/tiga/territoires/",
    "/programmes/thd/territoires/", "/territoires/43901/", "/territoires/97490/", "/territoires/43950/",
    "/territoires/200099002/", "/territoires/departement-43/", "/territoires/region-84/", "/actions/",
    "/actions/?q=vid%C3%A9o", "/actions/?q=zzzz&annee=2018", "/actions/di18_001", "/actions/di19_016", "/chiffres/",
    "/chiffres/acv-communes", "/chiffres/acv-conventions-declarees", "/chiffres/acv-ville-intelligente-par-theme",
    "/chiffres/acv-communes?au=2018-01-01", "/sources/", "/sources/dgcl-di-2018/", "/methode/", "/edition/",
    "/verifier/", "/verifier/?exemple=1", "/themes/", "/themes/securite_numerique?de=43901", "/matrice/", "/comparer/",
)  # fmt: skip
OURS = re.compile(r"[?!;:»]")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_with_sound_html(site: Client, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 200
    body = response.content.decode()
    page = tree(response.content)
    assert unbalanced(body) == []
    assert len(page.xpath("//h1")) == 1
    assert page.get("lang") == "fr"
    assert [page.xpath(f"count(//{name})") for name in ("main", "header", "footer")] == [1, 1, 1]
    ids = [str(one) for one in page.xpath("//@id")]
    assert len(ids) == len(set(ids))
    assert page.xpath("//img[not(@alt)]") == []
    assert "style=" not in body
    assert page.xpath("//script[not(@src)] | //style | //@onclick") == []
    assert "default-src 'none'" in response.headers[HEADER]


@pytest.mark.parametrize("path", PAGES)
def test_headings_follow_one_another_and_inputs_have_labels(site: Client, path: str) -> None:
    page = tree(site.get(path).content)
    levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    named = set(page.xpath("//label/@for"))
    assert {i.get("id") for i in page.xpath("//input[not(@type='hidden')] | //select")} <= named
    for name in ("aria-labelledby", "aria-describedby"):
        wanted = {part for value in page.xpath(f"//@{name}") for part in value.split()}
        assert wanted <= set(page.xpath("//@id"))


@pytest.mark.parametrize("path", PAGES)
def test_french_typography_holds_on_each_page(site: Client, path: str) -> None:
    shown = text(site.get(path).content)
    assert re.findall(r"\w[^\n]{0,20} [?!»](?=\s|$)", shown) == []
    assert re.findall(r".{0,20}« .{0,10}", shown) == []
    assert re.findall(r".{0,20}[a-zà-ÿ]'[a-zà-ÿ].{0,10}", shown) == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_light(site: Client, path: str) -> None:
    response = site.get(path, headers={"Accept-Encoding": "gzip"})
    assert len(gzip.decompress(response.content)) < 300_000
    assert len(response.content) < 60_000


def test_every_internal_link_leads_somewhere(site: Client) -> None:
    """The whole site, page by page: sort links, facets, pages, downloads, assets, charts."""
    todo, seen, broken = {"/"}, set(), []
    while todo:
        path = todo.pop()
        seen.add(path)
        response = site.get(path)
        if response.status_code in (301, 302):
            todo |= {response.headers["Location"]} - seen
            continue
        if response.status_code != 200:
            broken.append((path, response.status_code))
            continue
        if response.headers["Content-Type"].startswith("text/html") and not path.startswith("/api/"):
            found = {link for link in links(response.content, path) if not link.startswith("/static/")}
            todo |= {link for link in found if _worth(link, seen)} - seen
    assert broken == []
    assert len(seen) > 150


def _worth(link: str, seen: set[str]) -> bool:
    """One filter at a time: combinations of facets have no end."""
    return len(re.findall(r"[?&]", link)) < 3 and not link.startswith("/graphiques/vega")


def test_stylesheet_leads_to_files_that_exist(site: Client) -> None:
    from django.contrib.staticfiles import finders

    page = tree(site.get("/methode/").content)
    sheet = site.get(page.xpath("//link[@rel='stylesheet']/@href")[0])
    names = re.findall(r"url\(/static/([^)]+)\)", sheet.content.decode())
    assert len(names) > 5
    assert [name for name in names if finders.find(name) is None] == []
    assert "immutable" in sheet.headers["Cache-Control"]
    assert site.get(page.xpath("//script/@src")[0]).status_code == 200


def test_public_pages_never_open_the_register(site: Client, settings: object) -> None:
    """No `django_db` mark: a query would raise, and the page would not answer 200."""
    for path in ("/programmes/acv/", "/actions/?q=école", "/chiffres/acv-communes", "/territoires/43901/"):
        assert site.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_each_page_names_and_describes_itself_to_those_who_link_to_it(site: Client, path: str) -> None:
    page = tree(site.get(path).content)
    title = page.xpath("string(//title)")
    assert title.endswith(" — Jalon")
    assert len(page.xpath("string(//meta[@name='description']/@content)")) > 10
    assert [page.xpath(f"string(//meta[@property='og:{name}']/@content)") for name in ("title", "type")] == [
        title.removesuffix(" — Jalon"), "website"
    ]  # fmt: skip
    [canonical] = page.xpath("//link[@rel='canonical']/@href")
    assert canonical.startswith("http://testserver/")
    assert site.get(canonical).status_code == 200


def test_robots_lead_to_a_sitemap_whose_pages_exist(site: Client) -> None:
    robots = site.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    found = re.findall(r"<loc>(.*?)</loc>", site.get("/sitemap.xml").content.decode())
    assert len(found) == len(set(found)) > 30
    assert "http://testserver/territoires/43901/" in found
    assert {site.get(address).status_code for address in found} == {200}


@pytest.mark.parametrize("path", ["/programmes/acv/", "/methode/"])
def test_how_the_smart_city_is_decided_is_told_where_it_is_counted(site: Client, path: str) -> None:
    assert "c’est une borne haute" in text(site.get(path).content)
    assert "c’est une borne haute" not in text(site.get("/programmes/thd/").content)


def test_declared_figures_that_the_data_judge_come_first_and_the_others_are_folded(site: Client) -> None:
    page = tree(site.get("/programmes/acv/").content)
    [section] = page.xpath("//section[@aria-labelledby='h-declare']")
    [judged] = section.xpath("./div[contains(@class, 'jalon-table-box')]")
    assert len(judged.xpath(".//tbody/tr")) == len(judged.xpath(".//*[contains(@class, 'jalon-state--')]")) > 0
    [folded] = section.xpath("./details[not(@open)]")
    assert folded.xpath(".//tbody/tr")
    assert folded.xpath(".//*[contains(@class, 'jalon-state')]") == []
