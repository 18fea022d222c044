"""Names are found however people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.geography import fold, geography, resolve


@pytest.mark.parametrize(
    ("written", "departement", "codes"),
    [
        ("Saint-Dié-des-Vosges", None, ["88413"]),
        ("SAINT DIE DES VOSGES", None, ["88413"]),
        ("St Dié des Vosges", None, ["88413"]),
        ("Ville de Vierzon", None, ["18279"]),
        ("Commune du Creusot", None, ["71153"]),
        ("Creusot", None, ["71153"]),
        ("Le Creusot", None, ["71153"]),
        ("L’Haÿ-les-Roses", None, ["94038"]),
        ("Cran-Gevrier", None, ["74010"]),
        ("Bourg-en-Bresse", "01", ["01053"]),
        ("Bourg-en-Bresse", "75", []),
        ("Nullepart-sur-Rien", None, []),
        ("", None, []),
    ],
)
def test_resolve(written: str, departement: str | None, codes: list[str]) -> None:
    assert [place.code for place in resolve(written, departement)] == codes


def test_homonyms_come_most_populous_first_and_a_departement_tells_them_apart() -> None:
    found = resolve("Saint-Denis")
    assert [place.code for place in found[:2]] == ["97411", "93066"]
    assert [place.code for place in resolve("Saint-Denis", "93")] == ["93066"]


@given(st.sampled_from(sorted(geography().communes)))
def test_every_commune_is_found_by_its_name(code: str) -> None:
    place = geography().communes[code]
    assert place in resolve(place.name)
    assert place in resolve(place.name.upper().replace("-", " "), place.departement_code)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
