"""The pages of accounts: inviting, second factor, tokens, sessions, proposals."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from jalon.register.access import Verb, can, tokens
from jalon.register.models import ApiToken, Group, Mandate, OpenSession, Programme, Proposal

pytestmark = pytest.mark.django_db
SECRET = "un secret bien long"


@pytest.fixture
def boss(client: Client) -> User:
    boss = User.objects.create_superuser("boss", password=SECRET)
    client.force_login(boss)
    return boss


@pytest.fixture
def group() -> Group:
    Programme.objects.create(id="acv", name="Action", short_name="ACV", launched_on="2018-01-01")
    return Group.objects.create(programme_id="acv", group_id="ACV001", name="Ville-Essai")


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_from_an_invitation_to_an_account(client: Client, boss: User, group: Group) -> None:
    asked = {
        "email": "a@exemple.fr", "role": "reviewer", "perimeter": "programme", "code": "acv", "reason": "relit",
    }  # fmt: skip
    link = re.search(r"/compte/invitation/[\w-]+/", text(client.post("/espace/comptes/", asked)))
    assert link
    assert "a@exemple.fr" in text(client.get("/espace/comptes/"))
    guest = Client()
    assert "relecteur (programme acv)" in text(guest.get(link[0]))
    account = {
        "first_name": "Anne", "last_name": "Martin", "username": "anne", "password1": SECRET, "password2": SECRET,
    }  # fmt: skip
    assert guest.post(link[0], {**account, "password2": "autre"}).status_code == 200
    assert guest.post(link[0], account).status_code == 302
    assert can(User.objects.get(username="anne"), Verb.REVIEW, group)
    assert "Anne Martin" in text(guest.get("/espace/"))
    assert Client().get(link[0]).status_code == 403


def test_a_mandate_ends_with_a_reason(client: Client, boss: User, group: Group) -> None:
    user = User.objects.create_user("claire")
    given = {"role": "manager", "perimeter": "programme", "code": "acv", "reason": "pilote"}
    assert client.post(f"/espace/comptes/{user.pk}/", given).status_code == 302
    mandate = Mandate.objects.get()
    client.post(f"/espace/comptes/mandats/{mandate.pk}/terminer", {"reason": ""})
    assert can(User.objects.get(pk=user.pk), Verb.PUBLISH, group)
    client.post(f"/espace/comptes/mandats/{mandate.pk}/terminer", {"reason": "départ"})
    assert not can(User.objects.get(pk=user.pk), Verb.PUBLISH, group)
    page = text(client.get(f"/espace/comptes/{user.pk}/"))
    assert "pilote" in page
    assert "départ" in page
    refused = client.post(f"/espace/comptes/{user.pk}/", {**given, "code": "nulle-part"})
    assert "inconnu du registre" in text(refused)


def test_closing_an_account_ends_its_sessions(client: Client, boss: User) -> None:
    user = User.objects.create_user("claire", password=SECRET)
    there = Client()
    there.post("/compte/connexion/", {"username": "claire", "password": SECRET})
    assert there.get("/compte/").status_code == 200
    client.post(f"/espace/comptes/{user.pk}/fermer")
    assert there.get("/compte/").status_code == 302
    client.post(f"/espace/comptes/{boss.pk}/fermer")
    assert User.objects.get(pk=boss.pk).is_active


def test_the_second_factor_is_asked_once_set_up_and_a_code_serves_once(client: Client, boss: User) -> None:
    assert "svg" in text(client.get("/compte/second-facteur/"))
    device = TOTPDevice.objects.get(user=boss)

    def code(steps: int = 0) -> str:
        return f"{totp(device.bin_key, t0=-30 * steps):06}"

    wrong = f"{(int(code()) + 1) % 1_000_000:06}"
    client.post("/compte/second-facteur/", {"token": wrong})
    assert not TOTPDevice.objects.get().confirmed
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/compte/second-facteur/", {"token": code()}).status_code == 302
    fresh, who = Client(), {"username": "boss", "password": SECRET}
    assert "second facteur" in text(fresh.post("/compte/connexion/", who))
    assert fresh.post("/compte/connexion/", {**who, "code": code()}).status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert fresh.post("/compte/connexion/", {**who, "code": code(1)}).status_code == 302


def test_sessions_are_listed_and_ended_from_elsewhere(client: Client, boss: User) -> None:
    there = Client(headers={"user-agent": "Navigateur d’essai"})
    there.post("/compte/connexion/", {"username": "boss", "password": SECRET})
    assert "Navigateur d’essai" in text(client.get("/compte/"))
    other = OpenSession.objects.get(browser="Navigateur d’essai")
    assert client.post(f"/compte/sessions/{other.pk}/fermer").status_code == 302
    assert there.get("/compte/").status_code == 302
    stranger = Client()
    stranger.force_login(User.objects.create_user("claire"))
    mine = OpenSession.objects.filter(user=boss).first()
    assert mine
    assert stranger.post(f"/compte/sessions/{mine.pk}/fermer").status_code == 404


def test_a_token_says_who_calls_until_it_is_revoked(client: Client, boss: User) -> None:
    made = text(client.post("/compte/", {"name": "script", "days": "30", "verbs": ["review"]}))
    secret = re.search(r"<code data-jalon-copy>([\w-]+)</code>", made)
    assert secret
    asked = {"Authorization": f"Bearer {secret[1]}"}
    assert Client().get("/api/v1/me", headers=asked).json()["verbs"] == ["review"]
    assert secret[1] not in text(client.get("/compte/"))
    client.post(f"/compte/jetons/{ApiToken.objects.get().pk}/revoquer")
    refused = Client().get("/api/v1/me", headers=asked)
    assert (refused.status_code, refused.json()["code"]) == (401, "token")


def test_from_a_proposal_to_a_correction(client: Client, boss: User, group: Group) -> None:
    chef = User.objects.create_user("chef")
    Mandate.objects.create(user=chef, role="contributor", perimeter="programme", code="acv", reason="r")
    there = Client()
    there.force_login(chef)
    page = "/espace/proposer/group/acv:ACV001/"
    assert "Ville-Essai" in text(there.get(page))
    assert there.post(page, {"field": "name", "value": "Ville-Nouvelle", "reason": "nom d’usage"}).status_code == 302
    assert "Ville-Nouvelle" in text(client.get("/espace/propositions/"))
    made = Proposal.objects.get()
    assert there.post(f"/espace/propositions/{made.pk}/trancher", {"decision": "accept"}).status_code == 403
    client.post(f"/espace/propositions/{made.pk}/trancher", {"decision": "accept", "reason": "exact"})
    group.refresh_from_db()
    assert group.name == "Ville-Nouvelle"
    assert "acceptée par boss" in text(there.get("/espace/propositions/"))
    assert there.get("/espace/proposer/user/1/").status_code == 404


def test_a_proposal_and_its_decision_through_the_api(client: Client, boss: User, group: Group) -> None:
    chef, reader = User.objects.create_user("chef"), User.objects.create_user("relecteur")
    Mandate.objects.create(user=chef, role="contributor", perimeter="programme", code="acv", reason="r")
    Mandate.objects.create(user=reader, role="reviewer", perimeter="region", code="11", reason="r")
    bearer = {who: {"Authorization": f"Bearer {tokens.issue(who, 'x', ['propose'], 1)[1]}"} for who in (chef, reader)}
    asked = {"subject": "group", "subject_id": "acv:ACV001", "field": "name", "value": "Nouvelle", "reason": "usage"}

    def post(path: str, body: dict, headers: dict) -> dict:
        return Client().post(f"/api/v1/proposals/{path}", body, "application/json", headers=headers).json()

    assert post("new", asked, bearer[reader])["code"] == "forbidden"
    made = post("new", asked, bearer[chef])
    assert (made["state"], made["before"], made["after"]) == ("pending", "Ville-Essai", "Nouvelle")
    assert Client().get("/api/v1/proposals", headers=bearer[chef]).json()["count"] == 1
    assert Client().get("/api/v1/proposals", headers=bearer[reader]).json()["count"] == 0
    full = {"Authorization": f"Bearer {tokens.issue(boss, 'x', ['review'], 1)[1]}"}
    decided = post(f"{made['id']}/decision", {"accepted": True, "reason": "exact"}, full)
    assert (decided["state"], decided["decided_by"]) == ("accepted", "boss")
    group.refresh_from_db()
    assert group.name == "Nouvelle"
