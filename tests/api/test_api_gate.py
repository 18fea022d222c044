"""What surrounds the API: errors, headers, methods, hostile input."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalon.editions import Edition

ADDRESSES = [
    "/api/v1/programmes", "/api/v1/territories", "/api/v1/territories.geojson", "/api/v1/agreements", "/api/v1/actions",
    "/api/v1/figures", "/api/v1/territories.csv", "/api/v1/actions.csv", "/api/v1/figures/acv-conventions-signees",
    "/api/v1/figures/acv-conventions-signees/evidence", "/api/v1/figures/acv-conventions-signees/evidence.csv",
]  # fmt: skip
NAMES = [
    "q", "programme", "region", "departement", "territory", "theme", "year", "scheme", "kind", "signed", "smart_city",
    "population_class", "min_amount", "max_amount", "as_of", "sort", "limit", "offset", "foo",
]  # fmt: skip
LIKELY = [
    "acv", "84", "974", "43901", "connectivite", "2019", "DETR", "grant", "commune", "true", "0", "-1", "1e9", "NaN",
    "Infinity", "9" * 40, "2020-02-24", "2020-13-45", "0001-01-01", "9999-12-31", "' OR '1'='1", "$as_of", "{where}",
    '"; DROP TABLE actions; --', "%", "\x00", "é" * 200, "*" * 400, "NEAR(", "../..", "[1]", "名", "🚲", "-amount",
    "name", "code",
]  # fmt: skip


@pytest.fixture
def client(edition: Edition) -> Client:
    from jalon.web.caching import SHELF

    SHELF.clear()
    return Client()


def content(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from(ADDRESSES),
    query=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(LIKELY) | st.text(max_size=30)), max_size=5),
)
def test_no_query_breaks_it(client: Client, address: str, query: list[tuple[str, str]]) -> None:
    pairs = [(name, value.encode("utf-8", "replace").decode()) for name, value in query]
    answer = client.get(f"{address}?{urlencode(pairs)}")
    content(answer)
    assert answer.status_code in (200, 422), (pairs, content(answer))
    if answer.status_code == 422:
        body = answer.json()
        assert body["parameter"] in {name for name, _ in pairs}
        assert body["detail"]
        assert body["mend"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    noun=st.sampled_from(["programmes", "territories", "agreements", "actions", "figures"]), key=st.text(max_size=60)
)
def test_no_identifier_breaks_it(client: Client, noun: str, key: str) -> None:
    safe = quote(key.encode("utf-8", "replace").decode(), safe="")
    answer = client.get(f"/api/v1/{noun}/{safe}")
    assert answer.status_code in (200, 301, 302, 404)
    if answer.status_code == 404:
        assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "parameter", "says"),
    [
        ("/actions?limit=0", "limit", "au moins 1"),
        ("/actions?limit=1001", "limit", "au plus 1000"),
        ("/actions?offset=x", "offset", "nombre entier"),
        ("/actions?regionn=84", "regionn", "inconnu"),
        ("/actions?region=999", "region", "n’existe pas"),
        ("/actions?theme=zzz", "theme", "n’existe pas"),
        ("/actions?programme=zzz", "programme", "n’existe pas"),
        ("/actions?kind=x", "kind", "grant"),
        ("/actions?sort=x", "sort", "relevance"),
        ("/actions?min_amount=abc", "min_amount", "nombre"),
        ("/actions?min_amount=-1", "min_amount", "au moins 0"),
        ("/actions?min_amount=NaN", "min_amount", "fini"),
        ("/actions?min_amount=5&max_amount=1", "min_amount", "dépasse"),
        ("/actions?smart_city=peut-être", "smart_city", "true ou false"),
        ("/actions?limit=5&limit=6", "limit", "plusieurs fois"),
        ("/actions?territory=zz", "territory", "territoire"),
        ("/agreements?as_of=2020-13-01", "as_of", "AAAA-MM-JJ"),
        ("/agreements?as_of=1582588800", "as_of", "AAAA-MM-JJ"),
        ("/figures/acv-communes?territory=departement-99", "territory", "territoire"),
        ("/territories?population_class=x", "population_class", "n’existe pas"),
        ("/actions?q=" + "a" * 301, "q", "300"),
    ],
)
def test_a_wrong_parameter_is_named_in_french(client: Client, address: str, parameter: str, says: str) -> None:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 422
    body = answer.json()
    assert body["parameter"] == parameter
    assert says in body["detail"] + body["mend"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_open_to_any_site_and_only_reads(client: Client) -> None:
    assert client.get("/api/v1/programmes")["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/api/v1/actions")
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]
    for method in (client.post, client.put, client.patch, client.delete):
        refused = method("/api/v1/actions")
        assert refused.status_code == 405
        assert refused["Allow"] == "GET, HEAD, OPTIONS"
        assert refused.json()["detail"]


def test_head_is_get_without_its_body(client: Client) -> None:
    answer = client.head("/api/v1/actions?limit=1")
    assert answer.status_code == 200
    assert answer.content == b""


def test_etag(client: Client) -> None:
    for address in ("/api/v1/actions?limit=2", "/api/v1/actions.csv?limit=2", "/api/v1/territories.geojson"):
        first = client.get(address)
        content(first)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_an_unknown_address_is_json(client: Client) -> None:
    answer = client.get("/api/v1/nope/nope")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"


def test_without_an_edition_it_says_what_to_do(own_home) -> None:
    for address in ("/api/v1/actions", "/api/v1/actions.csv", "/api/v1/figures/x", "/api/v1/territories.geojson"):
        answer = Client().get(address)
        assert answer.status_code == 503
        assert "jalon edition build" in answer.json()["mend"]


def test_formulas_are_harmless_in_csv() -> None:
    from jalon.web.api.answers import _cell, _encoded

    assert _encoded([[_cell("=1+1"), _cell(None), _cell(["a", "b"]), _cell(True)]]) == b"'=1+1,,a|b,true\r\n"
