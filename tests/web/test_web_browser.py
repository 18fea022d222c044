"""The site in Chromium: no overflow, keyboard, search as you type, without JavaScript, no error of the policy."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATHS = (
    "/programmes/acv/", "/programmes/acv/territoires/", "/territoires/43901/", "/actions/", "/actions/di18_001",
    "/chiffres/", "/chiffres/acv-actions-ville-intelligente", "/chiffres/acv-communes", "/sources/",
    "/sources/dgcl-di-2018/", "/methode/", "/edition/", "/nulle-part", "/verifier/", "/verifier/?exemple=1",
    "/themes/", "/themes/securite_numerique?de=43901", "/matrice/", "/comparer/",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(web_home: Path) -> Iterator[str]:
    """A real server on a free port, over the tiny edition."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "jalon.web.wsgi:application",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(
        command, env={**os.environ, "JALON_HOME": str(web_home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/methode/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait(url: str) -> None:
    for _ in range(120):
        try:
            urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("the server did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser, address) -> Iterator:
    """`open_page(path, width, **options)`; the test fails on any error of the console or of the content policy."""
    contexts, complaints = [], []

    def visit(path: str, width: int = 1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert [text for text in complaints if "404 (Not Found)" not in text] == []


@pytest.mark.parametrize("width", [1280, 768, 360])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_overflows(open_page, path: str, width: int) -> None:
    page = open_page(path, width)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    overlap = """() => {
      const table = document.querySelector('.jalon-results__main .jalon-table')?.getBoundingClientRect();
      const aside = document.querySelector('.jalon-facets')?.getBoundingClientRect();
      return innerWidth >= 992 && table && aside && table.right > aside.left;
    }"""
    assert not page.evaluate(overlap)


def test_search_as_you_type_updates_count_results_and_address(open_page) -> None:
    page = open_page("/actions/")
    before = page.text_content("#compte")
    page.focus("#q")
    page.keyboard.insert_text("piscine")
    page.wait_for_url("**/actions/?q=piscine")
    page.locator("#resultats tbody").get_by_text("Piscine intercommunale").wait_for()
    assert page.locator("#resultats tbody tr").count() == 1
    assert page.text_content("#compte") != before
    assert page.get_attribute("#compte", "role") == "status"
    assert page.evaluate("document.activeElement.id") == "q"
    page.go_back()
    page.locator("#resultats tbody tr").nth(1).wait_for()


def test_facets_keep_the_text_and_the_next_search_keeps_the_facets(open_page) -> None:
    page = open_page("/actions/?q=video")
    page.click("#annee-2018")
    page.wait_for_url("**/actions/?q=video&annee=2018")
    page.fill("#q", "videosurveillance")
    page.wait_for_url("**/actions/?q=videosurveillance&annee=2018")
    page.select_option("#tri", "montant")
    page.wait_for_url("**tri=montant")
    page.click(".jalon-chips a")
    page.wait_for_url(lambda url: "annee" not in url)


def test_the_keyboard_skips_to_the_content_and_reaches_the_search(open_page) -> None:
    page = open_page("/actions/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#contenu"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("gymnase")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/?q=gymnase")


def test_the_keyboard_goes_from_the_map_to_a_town(open_page) -> None:
    page = open_page("/programmes/acv/")
    page.focus("#indicateur")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('svg a') !== null"):
            break
    assert page.evaluate("document.activeElement.closest('svg a') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/**")


def test_the_map_is_coloured_by_the_chosen_indicator(open_page) -> None:
    page = open_page("/programmes/acv/")
    page.select_option("#indicateur", "fibre")
    page.wait_for_url("**/programmes/acv/?indicateur=fibre**")
    assert page.input_value("#indicateur") == "fibre"


def test_reading_needs_no_javascript(open_page) -> None:
    page = open_page("/actions/", java_script_enabled=False)
    page.fill("#q", "école")
    page.click("#recherche button")
    assert page.locator("#resultats tbody tr").count() == 7
    page.click("#annee-2019")
    assert "q=%C3%A9cole&annee=2019" in page.url
    assert 0 < page.locator("#resultats tbody tr").count() < 7
    page.goto(page.url.partition("/actions")[0] + "/programmes/acv/")
    page.select_option("#indicateur", "population")
    page.click("form.jalon-choose button")
    assert "indicateur=population" in page.url
    page.click("summary >> nth=0")
    assert page.locator(".jalon-chart table").first.is_visible()


def test_focus_is_seen(open_page) -> None:
    page = open_page("/chiffres/")
    page.focus("main a")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_a_mark_and_its_card_lead_to_each_other(open_page) -> None:
    page = open_page("/verifier/?exemple=1")
    page.locator("#m1").click()
    assert page.evaluate("document.activeElement.id") == "c1"
    assert page.locator("[data-jalon-chosen]").count() >= 2
    page.locator("#c5 .jalon-card__back").click()
    assert page.evaluate("document.activeElement.id") == "m5"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "m6"
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == "m4"
    page.locator("#texte").focus()
    page.keyboard.press("n")
    assert page.locator("#texte").input_value() == "n"
