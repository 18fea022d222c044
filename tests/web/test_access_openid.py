"""Signing in through a real OpenID provider on this machine."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import User as Account
from oidc_provider_mock import run_server_in_thread

from jalon.register.access import Verb, can, mandates
from jalon.register.models import Identity, Programme

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
CLAIMS = {"email": "anne@exemple.fr", "given_name": "Anne", "usual_name": "Martin"}
ASKED = "openid email profile"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    accounts = [Account(sub="anne-1", claims=CLAIMS), Account(sub="jean-2", claims={"email": "jean@exemple.fr"})]
    with run_server_in_thread(user_claims=accounts) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def site(provider: str, settings) -> str:
    settings.JALON_OIDC_ISSUER = provider
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = "jalon", "secret"
    settings.OIDC_RP_SCOPES = ASKED
    cache.clear()
    return provider


def there_and_back(client: Client, subject: str) -> str:
    """From our button, through the provider's form, to the address it sends back to."""
    start = client.get("/compte/openid/", {"suite": "/compte/"})
    assert parse_qs(urlsplit(start["Location"]).query)["code_challenge_method"] == ["S256"]
    back = httpx.post(start["Location"], data={"sub": subject}, follow_redirects=False)
    sent = urlsplit(back.headers["Location"])
    return f"{sent.path}?{sent.query}"


def test_a_person_comes_back_to_the_same_account(client: Client, site: str) -> None:
    assert "ProConnect" in client.get("/compte/connexion/").content.decode()
    back = client.get(there_and_back(client, "anne-1"))
    assert (back.status_code, back["Location"]) == (302, "/compte/")
    user = User.objects.get()
    assert (user.email, user.get_full_name()) == ("anne@exemple.fr", "Anne Martin")
    assert not user.has_usable_password()
    assert not any(can(user, verb) for verb in Verb)
    again = Client()
    again.get(there_and_back(again, "anne-1"))
    assert [identity.user for identity in Identity.objects.all()] == [user]


def test_an_account_of_the_same_mail_is_not_taken_over(client: Client, site: str) -> None:
    boss = User.objects.create_superuser("boss", email="jean@exemple.fr")
    client.get(there_and_back(client, "jean-2"))
    assert client.session["_auth_user_id"] != str(boss.pk)


def test_an_invitation_is_accepted_that_way(client: Client, site: str) -> None:
    Programme.objects.create(id="acv", name="Action", short_name="ACV", launched_on="2018-01-01")
    boss = User.objects.create_superuser("boss")
    _, secret = mandates.invite("anne@exemple.fr", "manager", "programme", "acv", boss, "pilote")
    client.get(f"/compte/invitation/{secret}/")
    back = client.get(there_and_back(client, "anne-1"))
    assert back["Location"] == f"/compte/invitation/{secret}/"
    client.post(back["Location"])
    assert can(User.objects.get(email="anne@exemple.fr"), Verb.PUBLISH, Programme.objects.get())


@pytest.mark.parametrize("change", ["state", "code"])
def test_a_forged_return_signs_nobody_in(client: Client, site: str, change: str) -> None:
    address = there_and_back(client, "anne-1")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    client.raise_request_exception = False
    client.get("/compte/openid/retour/", {**query, change: "a" * 64})
    assert "_auth_user_id" not in client.session


def test_a_token_for_another_client_signs_nobody_in(client: Client, site: str, settings) -> None:
    address = there_and_back(client, "anne-1")
    settings.OIDC_RP_CLIENT_ID = "autre"
    client.raise_request_exception = False
    client.get(address)
    assert "_auth_user_id" not in client.session


def test_a_provider_that_does_not_answer_says_so(client: Client, settings) -> None:
    settings.JALON_OIDC_ISSUER = "http://127.0.0.1:9"
    cache.clear()
    answer = client.get("/compte/openid/")
    assert answer.status_code == 500
    assert "ne répond pas" in answer.content.decode()


def test_without_a_provider_there_is_no_button(client: Client) -> None:
    assert "ProConnect" not in client.get("/compte/connexion/").content.decode()
    assert client.get("/compte/openid/").status_code == 404
