"""Deposits, readings, review and trials as pages: without a script first, then in Chromium."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jalon import samples
from jalon.agreements import VERSION
from jalon.home import home
from jalon.register.models import Document, Point, Programme, Reading
from jalon.register.readings import settle
from jalon.web.uploads import FORM
from jalon.workers import kept_at

pytestmark = pytest.mark.django_db
SAMPLE = samples.SAMPLES[0]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def boss(client: Client) -> User:
    boss = User.objects.create_superuser("boss")
    Programme.objects.create(id="acv", name="Action", short_name="ACV", launched_on="2018-03-27")
    client.force_login(boss)
    return boss


def read_all() -> None:
    for reading in Reading.objects.filter(state="waiting"):
        settle.settle(reading.pk)


@pytest.mark.parametrize(
    "path",
    ["", "a-revoir", f"{'a' * 64}/", f"{'a' * 64}/original", f"{'a' * 64}/pages/1.webp", "publier", "a-revoir/decider"],
)
def test_strangers_are_asked_to_sign_in(client: Client, path: str) -> None:
    for answer in (client.get(f"/espace/lectures/{path}"), client.post(f"/espace/lectures/{path}")):
        assert answer.status_code == 302
        assert answer.url.startswith("/compte/connexion/")


def test_a_deposit_is_followed_then_read(client: Client, boss: User) -> None:
    files = [SimpleUploadedFile(SAMPLE.file, SAMPLE.path.read_bytes()), SimpleUploadedFile("x.pdf", b"rien")]
    sent = client.post("/espace/lectures/", {"programme": "acv", "fichiers": files})
    assert (sent.status_code, sent.url) == (302, "/espace/lectures/")
    waiting = client.get("/espace/lectures/").content.decode()
    assert "every 2s" in waiting
    assert "0 sur 2 fichiers" in waiting
    read_all()
    done = client.get("/espace/lectures/").content.decode()
    assert "every 2s" not in done
    assert "lu, sans convention" in done
    assert "refusé" in done
    assert Point.objects.get().kind == "unmatched"
    fragment = client.get("/espace/lectures/", headers={"HX-Target": "lectures"}).content.decode()
    assert _inner(fragment) == _inner(done)
    sha256 = Document.objects.get(pages__isnull=False).pk
    page = client.get(f"/espace/lectures/{sha256}/", {"champ": "0-budget"}).content.decode()
    assert page.count("jalon-mark--on") == 1
    assert 'id="0-budget"' in page
    image = client.get(f"/espace/lectures/{sha256}/pages/3.webp")
    assert (image["Content-Type"], image.content[:4]) == ("image/webp", b"RIFF")
    assert client.get(f"/espace/lectures/{sha256}/pages/99.webp").status_code == 404
    original = client.get(f"/espace/lectures/{sha256}/original")
    assert original["Content-Disposition"].startswith("attachment")
    assert "sandbox" in original["Content-Security-Policy"]


def _inner(page: str) -> str:
    """The list that the page and its fragment share, without the tokens of forms."""
    found = re.search(r'<div id="lectures".*?</section>\s*</div>', page, re.DOTALL)
    assert found
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", found[0])


def test_points_are_decided_with_a_reason_and_taken_back(client: Client, boss: User) -> None:
    point = Point.objects.create(kind="unmatched", subject_id="a" * 64, title="c.pdf")
    refused = client.post("/espace/lectures/a-revoir/decider", {"point": point.pk, "decision": "ecarter"}, follow=True)
    assert "pas de motif" in refused.content.decode()
    client.post("/espace/lectures/a-revoir/decider", {"point": point.pk, "decision": "ecarter", "motif": "autre"})
    point.refresh_from_db()
    assert (point.verdict, point.author, point.reason) == ("dismissed", boss, "autre")
    assert "autre" in client.get("/espace/lectures/a-revoir?etat=decides").content.decode()
    client.post("/espace/lectures/a-revoir/reprendre", {"point": point.pk, "retour": "https://ailleurs.test"})
    point.refresh_from_db()
    assert (point.verdict, point.author) == ("open", None)


def test_a_trial_is_private_to_its_session(client: Client) -> None:
    sent = client.post("/essayer/lecture/", {"exemple": SAMPLE.slug})
    assert sent.status_code == 302
    assert "Lecture en cours" in client.get(sent.url).content.decode()
    assert client.get(f"{sent.url}etat").status_code == 204
    read_all()
    assert client.get(f"{sent.url}etat")["HX-Redirect"] == sent.url
    page = client.get(sent.url)
    assert "Document fictif" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    stranger = Client()
    for path in ("", "etat", "pages/1.webp", "original"):
        assert stranger.get(f"{sent.url}{path}").status_code == 404
    client.post(f"{sent.url}effacer")
    assert not Reading.objects.exists()
    assert client.get(sent.url).status_code == 404


def test_a_document_that_is_not_published_is_shown_to_nobody(site: Client) -> None:
    for path in ("", "pages/1.webp", "original"):
        assert site.get(f"/documents/{'a' * 64}/{path}").status_code == 404


def test_too_heavy_a_request_is_refused_unread(client: Client) -> None:
    heavy = client.generic("POST", "/essayer/lecture/", b"x", CONTENT_LENGTH=str(10**12))
    assert heavy.status_code == 413
    assert client.generic("POST", "/compte/connexion/", b"x", CONTENT_LENGTH=str(FORM + 1)).status_code == 413


@pytest.fixture
def address(own_home: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "JALON_HOME": str(own_home), "JALON_WORKER": "", "DJANGO_SETTINGS_MODULE": "jalon.settings"}
    subprocess.run([sys.executable, "-c", PREPARE], env=env, check=True)
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
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                urlopen(f"http://127.0.0.1:{port}/essayer/lecture/", timeout=10).close()
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


PREPARE = "import django; django.setup(); from jalon.register.migrate import prepare; prepare()"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.xdist_group("browser")
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_newcomer_reads_a_fictional_agreement_and_finds_each_field_on_its_page(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(90_000)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/essayer/lecture/")
        page.click(f"button[value={SAMPLE.slug}]")
        page.locator(".jalon-reading").wait_for()
        field = page.locator("[data-jalon-field='0-budget']")
        field.locator("a").click()
        mark = page.locator(".jalon-mark--on")
        assert mark.get_attribute("data-jalon-champ") == "0-budget"
        paper, box = page.locator(".jalon-sheet__image").bounding_box(), mark.locator("rect").bounding_box()
        assert paper
        assert box
        assert paper["x"] < box["x"] < box["x"] + box["width"] < paper["x"] + paper["width"]
        assert paper["y"] < box["y"] < box["y"] + box["height"] < paper["y"] + paper["height"]
        assert "champ=0-budget" in page.url
        page.locator("[data-jalon-champ='0-owner']").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.dataset.jalonField") == "0-owner"
        drawn = "image => image.decode().then(() => image.naturalWidth)"
        assert page.locator(".jalon-sheet__image").evaluate(drawn) > 800
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        browser.close()
    assert [text for text in complaints if "favicon" not in text] == []


def test_a_document_read_by_an_older_reader_is_read_again(client: Client, boss: User) -> None:
    files = [SimpleUploadedFile(SAMPLE.file, SAMPLE.path.read_bytes())]
    client.post("/espace/lectures/", {"programme": "acv", "fichiers": files})
    read_all()
    sha256 = Document.objects.get().pk
    kept_at(home(), sha256, VERSION).unlink()
    for _ in range(2):
        assert "ce document se relit" in client.get(f"/espace/lectures/{sha256}/").content.decode()
    assert Reading.objects.filter(state="waiting").count() == 1
    read_all()
    assert "jalon-mark" in client.get(f"/espace/lectures/{sha256}/").content.decode()
