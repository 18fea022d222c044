"""The documentation says what the API does."""

import pytest
from django.test import Client

from jalon.editions import Edition
from jalon.home import CHECKOUT
from jalon.web.api import reference


def test_the_page_of_docs_is_the_one_the_schema_gives() -> None:
    kept = (CHECKOUT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    assert kept == reference.markdown(), "run: python -m jalon.web.api.write_reference"


def test_every_address_and_parameter_is_explained() -> None:
    for noun in reference.reference().nouns:
        assert noun.addresses
        for address in noun.addresses:
            assert address.says.endswith(".")
            assert all(p.says for p in address.parameters if p.name != "id"), address.path


def test_every_field_of_an_item_is_explained() -> None:
    for noun in reference.reference().nouns:
        for address in noun.addresses:
            assert all(field.says for field in address.fields), address.path


def test_the_page_works_without_script(edition: Edition) -> None:
    answer = Client().get("/api/v1/docs")
    assert answer.status_code == 200
    text = answer.content.decode()
    for noun in reference.reference().nouns:
        for address in noun.addresses:
            assert address.path in text
    assert " style=" not in text
    assert "<script>" not in text


@pytest.mark.parametrize("address", sorted(f"{path}{query}" for path, query in reference.EXAMPLES.items()))
def test_every_example_answers(edition: Edition, address: str) -> None:
    address = address.replace("{id}", "acv-conventions-signees").replace("region=53", "region=84")
    assert Client().get(address).status_code == 200


def test_openapi_names_every_path_and_error(edition: Edition) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    for path, methods in document["paths"].items():
        assert list(methods) in (["get"], ["post"])
        if not path.endswith((".csv", ".geojson")):
            assert {"200", "404", "422", "503"} <= set(next(iter(methods.values()))["responses"])
