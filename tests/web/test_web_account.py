"""Signing in, the local link, and pages that stay closed."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db
SECRET = "un secret bien long"


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("boss", password=SECRET)


def test_a_stranger_is_asked_who_they_are_and_comes_back(client: Client, boss: User) -> None:
    sent = client.get("/espace/")
    assert (sent.status_code, sent.url) == (302, "/compte/connexion/?suite=%2Fespace%2F")
    assert "Qui êtes-vous" in client.get(sent.url).content.decode()
    entered = client.post(sent.url, {"username": "boss", "password": SECRET, "suite": "/espace/"})
    assert (entered.status_code, entered.url) == (302, "/espace/")
    assert "boss" in client.get("/espace/").content.decode()


def test_a_person_without_a_role_reads_why_not(client: Client) -> None:
    client.force_login(User.objects.create_user("passant"))
    refused = client.get("/espace/")
    assert refused.status_code == 403
    assert "consulter l’espace de travail" in refused.content.decode()


@pytest.mark.parametrize("after", ["https://ailleurs.test/", "//ailleurs.test", "javascript:alert(1)", ""])
def test_signing_in_never_leads_elsewhere(client: Client, boss: User, after: str) -> None:
    entered = client.post("/compte/connexion/", {"username": "boss", "password": SECRET, "suite": after})
    assert (entered.status_code, entered.url) == (302, "/espace/")


@pytest.mark.parametrize(("key", "asked", "status"), [("abc", "abc", 302), ("abc", "abd", 403), ("", "", 403)])
def test_the_link_of_the_terminal(client: Client, settings, key: str, asked: str, status: int) -> None:
    settings.JALON_LOCAL_KEY = key
    assert client.get("/compte/entrer/", {"cle": asked}).status_code == status
    assert client.get("/espace/").status_code == (200 if status == 302 else 302)


def test_private_pages_are_never_kept(client: Client, boss: User) -> None:
    client.force_login(boss)
    assert "no-store" in client.get("/espace/").headers["Cache-Control"]
    assert client.post("/compte/deconnexion/").url == "/compte/connexion/"
    assert client.get("/espace/").status_code == 302
