"""The language of the lexicon."""

import pytest

from jalon.themes.lexicon import Lexicon
from jalon.themes.patterns import Elements, PatternError, corrected, one_fault_away, parse
from jalon.themes.reading import reader
from jalon.themes.schema import ConceptSpec, vocabulary
from jalon.themes.text import fold, sentences, windows, words


def _matches(pattern: str, text: str) -> bool:
    lexicon = Lexicon({"it": ConceptSpec(label="it", patterns=(pattern,))})
    return bool(lexicon.said(words(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        ("camera*", "pose de caméras", True),
        ("camera*", "une autocamera", False),
        ("*camera", "une autocamera", True),
        ("*came*", "autocameras", True),
        ("wi fi", "le Wi-Fi", True),
        ("wi fi", "fi wi", False),
        ("borne* ~2 recharge*", "borne rapide de recharge", True),
        ("borne* ~2 recharge*", "borne fixe rouge neuve recharge", False),
        ("borne* ~2 recharge*", "borne un deux très recharge", True),
        ("tiers lieu|lieux", "des tiers-lieux", True),
        ("a b ~1 c", "x", False),
        ("point numeriq*", "point point numérique", True),
    ],
)
def test_pattern(pattern: str, text: str, wanted: bool) -> None:
    assert _matches(pattern, text) is wanted


@pytest.mark.parametrize(
    "pattern", ["", "~2 a", "a ~2", "a ~x b", "a ~0 b", "a ~12 b", "a ~2 ~2 b", "*", "a|", "é", "a**b", "x*y"]
)
def test_wrong_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        parse(pattern, Elements())


def test_false_friend_hides_only_what_it_covers() -> None:
    spec = ConceptSpec(label="it", patterns=("camera*",), false_friends=("camera* ~1 inspection",))
    lexicon = Lexicon({"it": spec})
    assert not lexicon.said(words("caméra d'inspection"))
    assert lexicon.said(words("caméra d'inspection et caméra de rue"))


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("numerique", "numerique"),
        ("numerque", "numerique"),
        ("nummerique", "numerique"),
        ("numerioue", "numerique"),
        ("nuemrique", "numerique"),
        ("nuemriqeu", None),
        ("generique", None),
        ("x", None),
    ],
)
def test_one_fault(word: str, wanted: str | None) -> None:
    assert corrected(word, one_fault_away(["numerique"])) == wanted


def test_adversarial_gaps_end() -> None:
    lexicon = Lexicon({"it": ConceptSpec(label="it", patterns=("a ~9 a ~9 a ~9 a ~9 a ~9 zzz",))})
    assert not lexicon.said(["a"] * 5_000)


def test_every_shipped_pattern_can_match() -> None:
    """A word built from each element in turn satisfies its own pattern."""
    for name, spec in vocabulary().lexicon.concepts.items():
        for pattern in spec.patterns:
            sample = " ".join(
                part.split("|")[0].replace("*", "") for part in pattern.split() if not part.startswith("~")
            )
            lexicon = Lexicon({name: ConceptSpec(label=name, patterns=(pattern,))})
            assert lexicon.said(sample.split()), (name, pattern)


def test_fold_opens_ligatures_and_drops_accents() -> None:
    assert fold("Œuvre À L’ÉTÉ Ça") == "oeuvre a l'ete ca"
    assert words("L’accès à l’@ctes de la Mairie") == ["acces", "@ctes", "mairie"]


def test_windows_cover_the_text_and_stay_short() -> None:
    text = " ".join(f"Phrase numéro {i} sur les chemins de la commune." for i in range(100))
    pieces = sentences(text)
    found = [" ".join(pieces[first:after]) for first, after in windows(pieces)]
    assert len(found) > 5
    assert all(len(window) < 700 for window in found)
    assert all(any(f"numéro {i} " in window for window in found) for i in range(100))
    assert windows(sentences("court")) == [(0, 1)]


def test_a_pattern_does_not_span_two_sentences() -> None:
    said = reader().read("Pose d'une borne fontaine. Recharge de la nappe par infiltration.")
    assert "recharge" not in {one.concept for window in said for one in window.said}
    assert sentences("gestion tech. centralisée") == ["gestion tech. centralisée"]
