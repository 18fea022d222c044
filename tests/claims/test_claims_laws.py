"""Laws of checking: it never raises, its offsets point at the quoted text, and spelling kinds change no verdict."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalon.claims import check
from jalon.editions import Edition

PIECES = st.sampled_from([
    "246 communes", "Action Cœur de Ville", "plus de ", "4 000 actions", "conventions-cadres", " signées", "80 %",
    "l’État", "en Occitanie", "En 2019, ", "fin 2022", "450 M€", " sur dix ans", "toutes", "aucune", "un record",
    "reconduit", ".", ", ", "entre 10 et 20", "deux cent", "vingt-deux", "et", "Territoires d’innovation", "projets",
    "subventionnés", "(", ")", "«", "\n\n", "de", "à", "la moitié", "une vingtaine", "-", "’", "12e", "n° 4", "1 2 3",
    "0", "9" * 15, "le 31/02/2020", "fibre", "lignes",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="0123456789 .,'%€-–àMkde\n", max_size=120),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
)
SENTENCES = (
    "Au 24 février 2020, plus de 1 convention-cadre d’Action Cœur de Ville était signée, soit 60 % des cas.",
    "L’enveloppe de Territoires d’innovation est de 450 millions d’euros : c’est-à-dire 45 millions par an.",
    "Les six villes d’Action Cœur de Ville ont toutes signé, à l’été 2018, leur convention-cadre.",
)
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(text=TEXTS)
def test_checking_never_raises_and_its_offsets_hold(tiny: Edition, text: str) -> None:
    for claim in check(text, tiny).claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end] == claim.text
        assert claim.reason.strip()


@relaxed
@given(
    sentence=st.sampled_from(SENTENCES),
    blank=st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "\t", "  ", " \n"]),
    apostrophe=st.sampled_from("'’‘ʼ′"),
    hyphen=st.sampled_from("-‐‑"),
)
def test_spelling_kinds_change_no_verdict(
    tiny: Edition, sentence: str, blank: str, apostrophe: str, hyphen: str
) -> None:
    other = sentence.replace(" ", blank).replace("’", apostrophe).replace("-", hyphen)
    assert _verdicts(other, tiny) == _verdicts(sentence, tiny)


def _verdicts(text: str, edition: Edition) -> list[tuple]:
    return [(claim.verdict, claim.value, claim.figure and claim.figure.id) for claim in check(text, edition).claims]


@pytest.mark.parametrize(
    "text",
    [
        "sur " * 40_000, "1 " * 1_000 + "a " * 50_000, "de la la la " * 20_000, "(" * 100_000, "depuis " * 30_000,
        "Action Cœur de Ville " * 12_000, "«" * 200_000, "plus de " * 30_000, "comme " * 40_000, "l'" * 100_000,
    ],
    ids=range(10),
)  # fmt: skip
def test_hostile_texts_end_with_offsets_that_hold(tiny: Edition, text: str) -> None:
    assert all(claim.text == text[claim.start : claim.end] for claim in check(text, tiny).claims)
