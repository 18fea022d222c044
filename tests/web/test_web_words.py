"""Words on pages: what the programme names, what is not known, what a reader can pass."""

from django.test import Client
from pages import text, tree

from jalon.editions import Edition
from jalon.figures import ledger


def test_the_list_counts_what_the_programme_names(site: Client) -> None:
    shown = text(site.get("/programmes/acv/territoires/").content).replace("\u00a0", " ")
    assert "6 villes, 5 conventions-cadres dont 3 signées, " in shown
    assert "couvertes par une convention signée 4" in shown


def test_evidence_never_shows_the_code_of_a_theme_nor_two_like_headings(site: Client, edition: Edition) -> None:
    for name in ledger(edition):
        page = tree(site.get(f"/chiffres/{name}").content)
        tables = page.xpath("//section[@aria-labelledby='h-preuve']//table")
        heads = [[th.text_content().strip() for th in table.xpath(".//th")] for table in tables]
        assert all(len(one) == len(set(one)) for one in heads), name
        cells = page.xpath("//section[@aria-labelledby='h-preuve']//td[@data-label='Thème']")
        assert not [cell.text for cell in cells if "_" in (cell.text or "")], name


def test_a_town_without_rate_says_so(site: Client) -> None:
    shown = text(site.get("/territoires/43901/").content)
    assert "Le taux de la commune n’est pas publié" in shown
    assert "Le taux" not in text(site.get("/territoires/departement-43/").content)


def test_actions_say_that_no_axis_is_published(site: Client) -> None:
    assert "Axe\u202f: non publié pour ces projets" in text(site.get("/actions/").content)


def test_the_map_can_be_passed(site: Client) -> None:
    page = tree(site.get("/programmes/acv/").content)
    target = page.xpath("//a[text()='Passer la carte']/@href")[0]
    assert page.xpath(f"//*[@id='{target.removeprefix('#')}']")
