"""Laws of the classifier, whatever the text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.themes import VERSION, Classifier, scores, taxonomy

CLASSIFIER = Classifier.load()
TEXTS = [
    "Installation de caméras de vidéoprotection à l’école élémentaire",
    "Création d’un espace numérique et dématérialisation des démarches",
    "Télégestion de l’éclairage public de la cité",
    "Rénovation thermique de la mairie",
]


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        _folded,
        lambda text: _folded(text).upper(),
        lambda text: "  " + text.replace(" ", " \t ") + "\n",
        lambda text: text.replace("’", "'"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text + ".",
    ],
)
def test_case_accents_and_spaces_change_nothing(text, change) -> None:
    assert CLASSIFIER.label([change(text)])[0] == CLASSIFIER.label([text])[0]


@given(st.text(max_size=600), st.one_of(st.none(), st.text(max_size=30)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_labelled(text: str, category: str | None) -> None:
    found = CLASSIFIER.label([text], [category])[0]
    assert 0.0 <= found.probability <= 1.0
    assert bool(found.themes) == (found.probability > 0.5)
    assert all(0.5 <= score.probability <= 1.0 for score in found.themes)


@given(st.lists(st.sampled_from([*TEXTS, "", " ", "caméra"]), max_size=12))
@settings(deadline=None)
def test_a_batch_gives_what_each_text_gives(texts: list[str]) -> None:
    assert CLASSIFIER.label(texts) == [CLASSIFIER.label([text])[0] for text in texts]


@pytest.mark.parametrize("text", [None, "", "   ", "\n", "…", "de la"])
def test_a_text_without_words_says_so(text) -> None:
    found = CLASSIFIER.label([text])[0]
    assert (found.probability, found.themes, found.empty) == (0.0, (), True)


def test_an_unequal_list_of_categories_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        CLASSIFIER.label(["a", "b"], [None])


def test_long_text_keeps_the_theme_of_one_sentence() -> None:
    filler = "La commune entretient ses chemins et ses haies avec soin. " * 60
    found = CLASSIFIER.label([filler + "Elle installe huit caméras de vidéoprotection place Neuve. " + filler])[0]
    assert [score.theme for score in found.themes] == ["securite_numerique"]


def test_long_text_does_not_join_far_sentences() -> None:
    filler = "Les berges du canal seront plantées de saules et de frênes. " * 30
    text = "Les écoles seront repeintes. " + filler + "Le secrétariat de mairie recevra des ordinateurs."
    assert [score.theme for score in CLASSIFIER.label([text])[0].themes] == ["services_numeriques"]


def test_explanation_quotes_the_words_that_decided() -> None:
    found = CLASSIFIER.label(["Huit caméras de vidéoprotection et deux bornes de recharge"])[0]
    terms = {score.theme: [word for word, _ in score.terms] for score in found.themes}
    assert "bornes recharge" in terms["mobilite_intelligente"]
    assert {"cameras", "videoprotection"} & set(terms["securite_numerique"])
    assert all(weight > 0 for score in found.themes for _, weight in score.terms)


@pytest.mark.parametrize(
    "text", ["numerique " * 20_000, "borne " * 20_000, "a" * 150_000, "point " * 5_000 + "numerique"]
)
def test_hostile_text_ends_and_says_the_same_twice(text: str) -> None:
    assert [len(found.themes) for found in CLASSIFIER.label([text, text])] == [
        len(CLASSIFIER.label([text])[0].themes)
    ] * 2


def test_scores_are_published_for_known_themes() -> None:
    names = [score.theme for score in scores()]
    assert names[:2] == ["smart_city", "micro"]
    assert set(names[2:]) <= set(taxonomy().ids)
    for score in scores():
        assert 0 <= score.f1_low <= score.f1 <= score.f1_high <= 1
        assert 0 <= score.recall_low <= score.recall <= score.recall_high <= 1
        assert score.precision_low < 1, "no finite sample proves a perfect precision"
        assert score.tp + score.fn == score.positives > 0
    assert len(VERSION) == 64
