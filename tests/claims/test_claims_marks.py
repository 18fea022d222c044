"""A checked text cut into marks, and a check kept as JSON and read back."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jalon.claims import LABELS, as_json, check
from jalon.claims.marks import SIGNS, counts, marked
from jalon.claims.stored import from_json
from jalon.editions import Edition

TEXT = (
    "Le programme Action Cœur de Ville bénéficie à 6 communes.\n\nC’est un succès.  \n \n"
    "Au 31 décembre 2018, 1 convention-cadre Action Cœur de Ville était signée, et non 9 conventions-cadres."
)
PIECES = st.sampled_from(
    ["6 communes", "Action Cœur de Ville ", "toutes ", "signées", "conventions ", ". ", "\n\n", "\n", " 12 % ", "📎"]
)


def test_each_verdict_has_a_shape_of_its_own() -> None:
    assert set(SIGNS) == set(LABELS)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_marks_stand_on_the_words_of_their_claims(tiny: Edition) -> None:
    found = check(TEXT, tiny)
    pieces = [piece for paragraph in marked(found).paragraphs for piece in paragraph]
    for number, claim in enumerate(found.claims, 1):
        assert "".join(piece.text for piece in pieces if number in piece.numbers) == claim.text
        assert sum(number in piece.begins for piece in pieces) == 1
    assert marked(found).sentences == 3
    assert marked(found).silent == 1
    assert sum(counts(found).values()) == len(found.claims) > 1


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(PIECES, max_size=20).map("".join))
def test_pieces_are_the_whole_text_and_json_gives_the_check_back(tiny: Edition, text: str) -> None:
    found = check(text, tiny)
    again = "".join(piece.text for paragraph in marked(found).paragraphs for piece in paragraph)
    assert "".join(again.split()) == "".join(text.split())
    assert as_json(from_json(as_json(found))) == as_json(found)
