"""Hostile or unlucky: addresses that move, damage beside, formulas, refused forms, turned titles, guessed passwords."""

import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from pages import text
from tiny import AS_OF, tiny_tables

from jalon import settings as settings_module
from jalon.editions import Edition, publish
from jalon.figures import build_with_figures
from jalon.home import Home
from jalon.web.api import heavy
from jalon.web.caching import SHELF
from jalon.web.queries import figures
from jalon.web.tables import plain
from jalon.web.typography import in_order


@pytest.fixture
def own(own_home: Path) -> Edition:
    """An edition published in the test's own home, which it may damage."""
    SHELF.clear()
    edition = build_with_figures(tiny_tables(), home=Home(own_home), as_of=AS_OF)
    publish(Home(own_home), edition.id)
    return edition


@pytest.mark.parametrize(
    ("asked", "lasting"),
    [
        ("/edition/current/actions.parquet", "/edition/{id}/actions.parquet"),
        ("/chiffres/acv-communes@current?au=2020-02-24", "/chiffres/acv-communes@{id}?au=2020-02-24"),
    ],
)
def test_what_changes_at_each_publication_is_never_kept(
    site: Client, edition: Edition, asked: str, lasting: str
) -> None:
    response = site.get(asked)
    assert response.status_code == 302
    assert response.headers["Location"] == lasting.format(id=edition.id)
    assert response.headers["Cache-Control"] == "no-store"
    assert site.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("damage", [None, b"{}", b"\xff"])
def test_a_damaged_older_edition_leaves_the_pages_of_the_good_one(own: Edition, damage: bytes | None) -> None:
    old = build_with_figures(tiny_tables(), home=Home(own.folder.parents[1]), as_of=date(2021, 3, 4))
    kept = old.folder / "figures.json"
    old.folder.chmod(0o755)
    kept.chmod(0o644)
    kept.unlink() if damage is None else kept.write_bytes(damage)
    assert [past.edition for past in figures.history("acv-communes")] == [own.id]
    assert Client().get("/chiffres/acv-communes").status_code == 200


def test_the_trend_of_an_edition_of_the_first_years_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[date] = []

    def value(edition: object, figure: str, day: date) -> SimpleNamespace:
        asked.append(day)
        return SimpleNamespace(value=len(asked))

    monkeypatch.setattr(figures, "value", value)
    assert len(figures.trend.__wrapped__(SimpleNamespace(as_of=date(3, 1, 1)), "x")) == 3
    assert asked[0] == date(1, 12, 31)


@pytest.mark.parametrize(
    "path", ["/", "/actions/", "/chiffres/acv-communes", "/api/v1/programmes", "/graphiques/carte.json"]
)
def test_a_published_edition_that_is_gone_is_503_everywhere(own: Edition, path: str) -> None:
    (own.folder.parent / "current").write_text("2020-01-01-aaaaaaaaaaaa\n")
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == 503
    assert "absente du disque" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("damage", ["removed", "truncated"])
def test_a_file_that_is_not_what_was_sealed_is_not_sent(own: Edition, damage: str) -> None:
    file = own.folder / "actions.parquet"
    own.folder.chmod(0o755)
    file.chmod(0o644)
    file.unlink() if damage == "removed" else file.write_bytes(b"PAR1")
    response = Client(raise_request_exception=False).get(f"/edition/{own.id}/actions.parquet")
    assert response.status_code == 503
    assert "Que faire" in text(response.content)


@pytest.mark.parametrize(
    "start",
    [
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "\tx",
        "\u200b=",
        "\uff1d",
        "\u2060\uff0b",
        " \u00a0=",
        "\ufe63",
        "\x00=",
        "\ufeff@",
    ],
)
def test_no_text_starts_a_formula(start: str) -> None:
    assert plain(f"{start}1+1") == f"'{start}1+1"
    assert plain([f"{start}1+1", "b"]).startswith("'")


@pytest.mark.parametrize("value", ["Hôtel = mairie", "", "\u200b", "1-2", -3, -2.5])
def test_a_value_that_starts_no_formula_is_left(value: str | float) -> None:
    assert plain(value) == str(value)


def test_a_form_without_its_token_is_refused_in_french(site: Client) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Ce formulaire n’a pas été accepté" in text(response.content)


def test_an_unknown_host_is_refused_in_french(site: Client) -> None:
    response = Client(raise_request_exception=False, headers={"host": "ailleurs.example"}).get("/methode/")
    assert response.status_code == 400
    assert "Cette demande ne peut pas être comprise" in text(response.content)


def test_a_title_cannot_turn_what_follows_it(own_home: Path) -> None:
    SHELF.clear()
    tables = tiny_tables()
    column = tables["actions"].schema.get_field_index("title")
    titles = [f"a\u202e{title}\u2066" for title in tables["actions"]["title"].to_pylist()]
    tables["actions"] = tables["actions"].set_column(column, tables["actions"].schema.field(column), [titles])
    edition = build_with_figures(tables, home=Home(own_home), as_of=AS_OF)
    publish(Home(own_home), edition.id)
    action = tables["actions"]["action_id"][0].as_py()
    for path in ("/actions/", f"/actions/{action}"):
        shown = Client().get(path).content.decode()
        assert "\u202e" not in shown
        assert "\u2066" not in shown
    assert in_order("\u202eabc\u2069 é") == "abc é"


def test_a_heavy_answer_waits_its_turn_then_says_when_to_come_back(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heavy, "PATIENCE", 0.01)
    with heavy.alone():
        busy = site.get("/api/v1/territories.geojson?limit=5000")
    assert busy.status_code == 503
    assert busy.headers["Retry-After"] == "10"
    assert "volumineuses" in busy.json()["detail"]
    assert site.get("/api/v1/territories.geojson?limit=5000").status_code == 200
    assert site.get("/api/v1/territories.geojson?limit=5001").status_code == 422


@pytest.mark.django_db
def test_guessing_a_password_is_slowed(site: Client, settings, tmp_path: Path, django_user_model) -> None:
    held = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path, "TIMEOUT": 900}
    settings.CACHES = settings.CACHES | {"sign-in": held}
    django_user_model.objects.create_superuser("claire", password="juste")

    def sign_in(name: str, password: str, address: str = "192.0.2.1") -> object:
        return Client().post("/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=address)

    for _ in range(4):
        sign_in("claire", "faux")
    assert sign_in("claire", "juste").status_code == 302
    for _ in range(5):
        assert "Trop d’essais" not in text(sign_in("Claire ", "faux").content)
    refused = sign_in("claire", "juste")
    assert refused.status_code == 200
    assert "Trop d’essais" in text(refused.content)
    assert sign_in("claire", "juste", "192.0.2.2").status_code == 302


@pytest.mark.parametrize(
    ("origins", "secure"), [("", False), ("http://a.example", False), ("http://a.example,https://b.example", True)]
)
def test_cookies_are_secure_behind_https(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, origins: str, secure: bool
) -> None:
    monkeypatch.setenv("JALON_ORIGINS", origins)
    read = runpy.run_path(settings_module.__file__)
    assert (read["SESSION_COOKIE_SECURE"], read["CSRF_COOKIE_SECURE"]) == (secure, secure)
