"""Checking a text through the API: the contract of the JSON, and what it refuses."""

import json

import pytest
from django.test import Client

from jalon.editions import Edition

SAID = "Le programme Action Cœur de Ville bénéficie à 6 communes. Action Cœur de Ville concerne 7 villes moyennes."
KEYS = {"text", "start", "end", "value", "unit", "verdict", "expected", "figure", "reason", "evidence"}


def ask(body: object, **headers: str):
    return Client().post("/api/v1/check", json.dumps(body), content_type="application/json", headers=headers)


def test_each_claim_has_the_fields_of_the_contract(edition: Edition) -> None:
    answer = ask({"text": SAID, "as_of": "2020-02-24"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["as_of"] == "2020-02-24"
    assert [claim["verdict"] for claim in told["claims"]] == ["confirmed", "contradicted"]
    for claim in told["claims"]:
        assert set(claim) == KEYS
        assert SAID[claim["start"] : claim["end"]] == claim["text"]
        assert claim["figure"]["permalink"].startswith("/chiffres/acv-communes@")
        assert claim["expected"] == 6
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({}, 422, "text"),
        ({"text": "x" * 300_001}, 422, "text"),
        ({"text": "12 communes, " * 4_000}, 422, "nombres"),
        ({"text": "x" * 3_000_000}, 422, "caractères"),
        ({"text": "x", "as_of": "2020-13-01"}, 422, "as_of"),
        ({"text": "x", "as_of": 1582588800}, 422, "as_of"),
        (["x"], 422, ""),
    ],
    ids=["empty", "long", "numbers", "huge", "day", "number", "list"],
)
def test_what_it_refuses_is_said_in_french(edition: Edition, body: object, status: int, says: str) -> None:
    answer = ask(body)
    assert answer.status_code == status
    assert says in answer.json()["detail"]


def test_a_broken_body_is_not_a_failure(edition: Edition) -> None:
    answer = Client().post("/api/v1/check", b"{not json", content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


def test_other_methods_are_told_what_to_do(edition: Edition) -> None:
    answer = Client().get("/api/v1/check")
    assert answer.status_code == 405
    assert answer.json()["mend"] == "employez POST."
    asked = Client().options("/api/v1/check")
    assert asked.headers["Access-Control-Allow-Methods"] == "POST, OPTIONS"
