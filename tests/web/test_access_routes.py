"""Every address x every role, from access_routes.csv: a new address fails here until the table says who may open it."""

import csv
import json
import re
from pathlib import Path

import pytest
from access_routes import filled, operations, pages
from django.contrib.auth.models import User
from django.test import Client

from jalon.register.access import Verb, tokens
from jalon.register.access.verbs import ALLOWED
from jalon.register.models import Mandate, Role

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
PUBLIC, SIGNED_IN, API = "public", "signed-in", "API "
with (HERE / "access_routes.csv").open(encoding="utf-8") as _file:
    TABLE = {row["address"]: row["verb"] for row in csv.DictReader(_file)}
CLOSED = {address: verb for address, verb in TABLE.items() if verb != PUBLIC and not address.startswith(API)}
CLOSED_API = {address: verb for address, verb in TABLE.items() if verb != PUBLIC and address.startswith(API)}
WHO = ("stranger", "nobody", *Role.values)
EVERY_VERB = frozenset(Verb)
BODIES = {
    "/proposals/new": {"subject": "group", "subject_id": "x", "field": "name", "value": "v", "reason": "r"},
    "/proposals/{id}/decision": {"accepted": True, "reason": "r"},
}


def person(who: str) -> User | None:
    if who == "stranger":
        return None
    user = User.objects.create_user(who)
    if who != "nobody":
        Mandate.objects.create(user=user, role=who, reason="essai")
    return user


def may(who: str, verb: str) -> bool:
    if who == "stranger":
        return False
    return verb == SIGNED_IN or (who != "nobody" and Verb(verb) in ALLOWED[Role(who)])


def test_the_table_holds_every_address_and_no_other() -> None:
    declared = {address: getattr(view, "jalon_verb", PUBLIC) for address, view in pages()}
    asked = {f"{API}{method} {path}" for method, path in operations()}
    assert {a: v for a, v in TABLE.items() if not a.startswith(API)} == declared
    assert {address for address in TABLE if address.startswith(API)} == asked


def test_the_working_space_is_closed_to_strangers() -> None:
    private = ("espace/", "compte/jetons", "compte/sessions", "compte/second")
    assert [address for address, verb in TABLE.items() if address.startswith(private) and verb == PUBLIC] == []


@pytest.mark.parametrize("who", WHO)
def test_who_may_open_what(client: Client, who: str) -> None:
    """GET and POST with nothing in them: let in or not; what is inside may still be absent, or refuse an empty form."""
    user = person(who)
    if user:
        client.force_login(user)
    wrong = []
    for address, verb in CLOSED.items():
        for ask in (client.get, client.post):
            answer = ask(filled(address))
            turned_away = answer.status_code == 403 or answer.headers.get("Location", "").startswith(
                "/compte/connexion/"
            )
            if turned_away == may(who, verb):
                wrong.append((address, verb, ask.__name__, answer.status_code))
            if user:
                client.force_login(user)
    assert wrong == []


@pytest.mark.parametrize("who", WHO)
def test_whose_token_opens_what(client: Client, who: str) -> None:
    user = person(who)
    verbs = EVERY_VERB if who in Role.values else frozenset()
    held = [verb for verb in verbs if user and verb in ALLOWED[Role(who)]]
    secret = tokens.issue(user, "essai", held, 1)[1] if user and held else "rien"
    wrong = []
    for address, verb in CLOSED_API.items():
        method, path = address.removeprefix(API).split(" ", 1)
        sent = client.generic(
            method, f"/api/v1{re.sub(r'{[^}]*}', '1', path)}", json.dumps(BODIES.get(path)), "application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )  # fmt: skip
        if (sent.status_code in (401, 403)) == (bool(held) and may(who, verb)):
            wrong.append((address, verb, sent.status_code))
    assert wrong == []
