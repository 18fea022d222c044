"""The pages of review: as a plain form, then by keyboard in a real browser."""

import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from jalon.register import linking, reviewing
from jalon.register.models import Action, Origin, ProjectLink, Territory, ThemeLabel, ThemeReview

SAFE = "securite_numerique"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def told() -> None:
    """Two unsure texts, the first said twice, and an action of an agreement with its grant."""
    town = Territory.objects.create(kind="commune", code="01004", name="Ambérieu-en-Bugey")
    shared = {"territory": town, "territory_kind": "commune", "known_on": date(2019, 12, 31)}
    for own, kind, title, chance in (
        ("a", "grant", "Visiophone de l’école n° 1", 0.8),
        ("b", "grant", "Visiophone de l’école n° 2", 0.8),
        ("c", "grant", "Contrôle d’accès du gymnase", 0.6),
        ("e", "agreement", "Contrôle d’accès du gymnase", 0.95),
    ):
        Action.objects.create(
            action_id=own, kind=kind, title=title, probability=chance, cost_cents=900, year=2019, **shared
        )
        ThemeLabel.objects.create(
            action_id=own, theme=SAFE, origin=Origin.MACHINE, probability=chance, terms=[["accès", 1.5]]
        )


@pytest.fixture
def boss(client: Client, db: None) -> User:
    boss = User.objects.create_superuser("boss")
    client.force_login(boss)
    told()
    return boss


def test_a_stranger_reads_nothing(client: Client, db: None) -> None:
    for path in ("themes/", "themes/seconde/", "themes/accord/", "themes/action/a", "liens/"):
        assert client.get(f"/espace/revue/{path}").status_code == 302
    assert client.post("/espace/revue/themes/decider", {"action": "a"}).status_code == 302


def test_a_form_decides_with_its_twins_and_is_undone(client: Client, boss: User) -> None:
    page = client.get("/espace/revue/themes/").content.decode()
    assert "Visiophone de l’école n° 1" in page
    assert "« accès » (+1,5)" in page
    assert "1 autre action dit la même chose" in page.replace("\u202f", " ").replace("\xa0", " ")
    given = {"action": "a", "with": ["b", "c"], "theme": ["connectivite"], "role": "first"}
    after = client.post("/espace/revue/themes/decider", given, follow=True).content.decode()
    assert "Contrôle d’accès du gymnase" in after
    assert set(ThemeReview.objects.values_list("action_id", flat=True)) == {"a", "b"}, "c says something else"
    client.post("/espace/revue/themes/annuler")
    assert [one.actions for one in reviewing.queue()] == [("a", "b"), ("c",)]


def test_second_reading_shows_neither_the_machine_nor_the_first(client: Client, boss: User) -> None:
    reviewing.record([Action.objects.get(pk="a")], [SAFE], User.objects.create_user("claire"), reason="gâche vidéo")
    page = client.get("/espace/revue/themes/seconde/").content.decode()
    assert "Visiophone de l’école n° 1" in page
    assert not any(hint in page for hint in ("claire", "machine :", "à cause de", "gâche", " checked"))
    client.post("/espace/revue/themes/decider", {"action": "a", "role": "second"})
    apart = client.get("/espace/revue/themes/accord/").content.decode()
    assert "claire" in apart
    assert "aucun thème" in apart
    assert "Qui a raison" in client.get("/espace/revue/themes/action/a").content.decode()


@pytest.mark.parametrize("given", [{"action": "zz"}, {"action": "a", "theme": ["lune"]}, {"action": "a", "role": "x"}])
def test_hostile_forms_change_nothing_or_decide_plainly(client: Client, boss: User, given: dict[str, Any]) -> None:
    assert client.post("/espace/revue/themes/decider", given).status_code in (302, 404)
    assert not ThemeLabel.objects.filter(theme="lune").exists()
    assert client.get("/espace/revue/themes/", {"rang": "9" * 30}).status_code == 200
    assert client.get("/espace/revue/themes/", {"rang": "-1"}).status_code == 200


def test_a_pair_is_decided_with_a_reason_and_taken_back(client: Client, boss: User) -> None:
    linking.refresh()
    pair = ProjectLink.objects.get(across=True)
    assert "Contrôle d’accès du gymnase" in client.get("/espace/revue/liens/").content.decode()
    client.post("/espace/revue/liens/decider", {"link": pair.pk, "verdict": "same", "reason": " "})
    pair.refresh_from_db()
    assert pair.verdict == ""
    client.post("/espace/revue/liens/decider", {"link": pair.pk, "verdict": "same", "reason": "même gymnase"})
    assert "même gymnase" in client.get("/espace/revue/liens/").content.decode()
    client.post("/espace/revue/liens/decider", {"link": pair.pk, "verdict": "", "reason": "annulé"})
    pair.refresh_from_db()
    assert (pair.verdict, pair.author) == ("", None)
    assert client.post("/espace/revue/liens/chercher", follow=True).status_code == 200


@pytest.fixture
def keyboard(live_server: Any, edition: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser signed in, on the queue of a live server."""
    if CHROMIUM is None:
        pytest.skip("chromium is not on this machine")
    sync_api = pytest.importorskip("playwright.sync_api")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    client = Client()
    client.force_login(User.objects.create_superuser("boss"))
    told()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context()
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        shown = context.new_page()
        shown.goto(f"{live_server.url}/espace/revue/themes/")
        yield shown
        browser.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.django_db(transaction=True)
def test_reading_by_keyboard(keyboard: Any) -> None:
    quote = keyboard.locator(".jalon-judge__quote")
    assert "Visiophone" in quote.inner_text()
    keyboard.keyboard.press("ArrowRight")
    keyboard.wait_for_url("**rang=1")
    assert "gymnase" in quote.inner_text()
    keyboard.keyboard.press("ArrowLeft")
    keyboard.wait_for_url("**rang=0")
    keyboard.keyboard.press("n")
    keyboard.keyboard.press("1")
    assert keyboard.locator("[name=theme]:checked").evaluate_all("all => all.map(one => one.value)") == ["connectivite"]
    keyboard.keyboard.press("Enter")
    keyboard.get_by_text("Décision enregistrée").wait_for()
    assert "gymnase" in quote.inner_text()
    read = ThemeReview.objects.values_list("action_id", "themes")
    assert sorted(read) == [("a", ["connectivite"]), ("b", ["connectivite"])]
    keyboard.keyboard.press("u")
    keyboard.get_by_text("Décision annulée").wait_for()
    assert "Visiophone" in quote.inner_text()
