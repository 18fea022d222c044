"""Drafting on the site: add, order, preview, take away, without JavaScript; typed words only in the working space."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pages import text, tree

from jalon.claims.reading import text_of_bytes

BASE = "/rediger/?au=2020-02-24&question=O%C3%B9+en+est-on"


def items(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("item", [])


def test_a_button_changes_the_address_and_nothing_else(site: Client) -> None:
    added = site.get(f"{BASE}&ajoute=acv-communes&lieu=region:84&theme=connectivite").headers["Location"]
    assert items(added) == ["f:acv-communes?territory=region%3A84"]
    both = site.get(f"{added}&ajoute=acv-conventions-signees").headers["Location"]
    assert items(site.get(f"{both}&monte=1").headers["Location"])[0] == "f:acv-conventions-signees"
    assert items(site.get(f"{both}&ote=0").headers["Location"]) == ["f:acv-conventions-signees"]
    assert items(site.get(f"{both}&ote=9999999").headers.get("Location", both)) == items(both)


def test_the_preview_says_each_sentence_with_its_note(site: Client) -> None:
    answer = site.get(f"{BASE}&item=f:acv-communes%3Fterritory%3Dregion:84&item=f:acv-actions-declarees")
    shown = text(answer.content).replace("\u00a0", " ")
    assert "bénéficie à quatre communes en Auvergne-Rhône-Alpes." in shown
    assert "1 phrase confirmée par la vérification, 1 chiffre sans phrase." in shown
    assert tree(answer.content).xpath("//li[@id='n1']//a[starts-with(@href, '/chiffres/acv-communes@')]")


@pytest.mark.parametrize("form", ["docx", "odt", "txt"])
def test_a_draft_is_taken_away(site: Client, form: str) -> None:
    page = tree(site.get(f"{BASE}&item=f:acv-communes").content)
    href = next(one for one in page.xpath("//a[@download]/@href") if one.endswith(form))
    answer = site.get(href)
    assert f"reponse.{form}" in answer.headers["Content-Disposition"]
    assert "six communes" in text_of_bytes(f"r.{form}", answer.content)


def test_words_are_typed_in_the_working_space_only(site: Client, db: None) -> None:
    address = "?item=t:&texte=Je+m%E2%80%99en+r%C3%A9jouis.&item=f:acv-communes"
    assert "réjouis" not in text(site.get(f"/rediger/{address}").content)
    assert site.get(f"/espace/reponses/{address}").status_code == 302
    site.force_login(User.objects.create_superuser("claire"))
    shown = text(site.get(f"/espace/reponses/{address}").content)
    assert "Je m’en réjouis. Rédigé par l’auteur, sans chiffre vérifié." in shown


@pytest.mark.parametrize("query", ["item=f:rien", "item=f:acv-communes%3Fterritory%3Dx", "ajoute=rien", "item=f:"])
def test_what_does_not_exist_is_a_page_not_a_failure(site: Client, query: str) -> None:
    assert site.get(f"/rediger/?{query}").status_code == 404


def test_figures_are_searched(site: Client) -> None:
    page = tree(site.get("/rediger/?q=convention").content)
    offered = page.xpath("//button[@name='ajoute']/@value")
    assert "acv-conventions-signees" in offered
    assert "thd-taux-national" not in offered
    assert re.search(r"Aucun chiffre ne répond", text(site.get("/rediger/?q=zzzz").content))
