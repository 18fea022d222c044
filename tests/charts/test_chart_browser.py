"""Charts in a real browser, under the policy of the site."""

import threading
from collections.abc import Iterator
from shutil import which
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

from jalon.editions import Edition

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE = "/programmes/acv/"


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def address(edition: Edition) -> Iterator[str]:
    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", 0, application, _Threads, _Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        try:
            opened = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        except playwright.Error as error:
            pytest.skip(f"no Chromium: {str(error)[:80]}")
        yield opened
        opened.close()


def test_live_under_the_policy_and_back(address: str, browser) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + PAGE)
    button = page.locator(".jalon-live__foot button:visible").first
    button.click()
    page.locator(".jalon-live svg").first.wait_for(timeout=20_000)
    assert button.text_content() == "Revenir à l’image"
    assert page.locator(".jalon-live svg path, .jalon-live svg circle").count() > 5
    button.click()
    assert page.locator("svg.jalon-picture:visible").first.is_visible()
    assert said == []


def test_arrows_walk_the_map(address: str, browser) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(address + PAGE)
    page.locator(".jalon-live__foot button").first.wait_for(state="attached")
    stops = page.locator("svg.jalon-picture:visible a[tabindex='0']")
    assert stops.count() == 1
    stops.first.focus()
    seen = set()
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert len(seen) > 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/**")


def test_without_script_the_picture_its_links_and_its_names_are_there(address: str, browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + PAGE)
    assert page.locator("svg.jalon-picture:visible a[aria-label]").count() == 6
    width = page.locator("svg.jalon-picture:visible").first.bounding_box()["width"]
    assert 250 < width <= 360
