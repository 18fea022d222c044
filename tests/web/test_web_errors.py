"""No edition, a damaged one, an unexpected failure: a page that says what to do."""

from pathlib import Path

import pytest
from django.test import Client
from pages import text
from tiny import AS_OF, tiny_tables

from jalon.editions import build, publish
from jalon.home import Home
from jalon.web.charts import NothingToDraw

PATHS = (
    "/",
    "/programmes/acv/",
    "/actions/",
    "/chiffres/",
    "/sources/",
    "/methode/",
    "/edition/",
    "/territoires/43901/",
)


@pytest.mark.parametrize("path", PATHS)
def test_without_an_edition_each_page_says_how_to_make_one(own_home: Path, path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 503
    shown = text(response.content)
    assert "Aucune édition n’est encore publiée" in shown
    assert "jalon edition build" in shown
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("damage", ["truncate", "remove", "manifest", "pointer"])
def test_a_damaged_edition_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    edition = build(tiny_tables(), home=Home(tmp_path), as_of=AS_OF)
    publish(Home(tmp_path), edition.id)
    file = edition.folder / ("manifest.json" if damage == "manifest" else "actions.parquet")
    file.chmod(0o644)
    if damage == "remove":
        file.unlink()
    elif damage == "pointer":
        (Home(tmp_path).editions / "current").write_bytes(b"\xff\xfe")
    else:
        file.write_bytes(file.read_bytes()[:100])
    response = Client(raise_request_exception=False).get("/actions/")
    assert response.status_code == 503
    assert "Que faire" in text(response.content)
    assert "Traceback" not in response.content.decode()


def test_an_unexpected_failure_is_a_page_too(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.web.views.sources.scores", lambda edition: 1 / 0)
    response = Client(raise_request_exception=False).get("/methode/")
    assert response.status_code == 500
    assert "Une erreur inattendue" in text(response.content)
    assert "ETag" not in response.headers


def test_only_reading_is_allowed(site: Client) -> None:
    assert site.post("/actions/").status_code in (403, 405)


def test_a_chart_with_nothing_to_draw_is_a_stated_404(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def empty(*_: object, **__: object) -> None:
        raise NothingToDraw("empty", user_message="l’édition ne connaît aucun territoire.", mend="voyez ailleurs.")

    monkeypatch.setattr("jalon.web.views.sources.scores", empty)
    response = Client(raise_request_exception=False).get("/methode/")
    assert response.status_code == 404
    assert "n’a rien à montrer" in text(response.content)
