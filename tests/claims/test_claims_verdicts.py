"""Verdicts on the tiny programme, counted by hand."""

from datetime import date

import pytest

from jalon.claims import Claim, as_json, check
from jalon.editions import Edition


def one(text: str, edition: Edition, as_of: str = "2026-11-22") -> Claim:
    (claim,) = check(text, edition, as_of=date.fromisoformat(as_of)).claims
    return claim


@pytest.mark.parametrize(
    ("text", "as_of", "verdict", "expected"),
    [
        ("Le programme Action Cœur de Ville bénéficie à 6 communes.", "2026-11-22", "confirmed", 6),
        ("Le programme Action Cœur de Ville bénéficie à 7 communes.", "2026-11-22", "contradicted", 6),
        ("Le programme Action Cœur de Ville bénéficie à deux communes de La Réunion.", "2026-11-22", "confirmed", 2),
        ("3 conventions-cadres Action Cœur de Ville ont été signées.", "2026-11-22", "confirmed", 3),
        ("2 conventions-cadres Action Cœur de Ville ont été signées.", "2026-11-22", "stale", 3),
        ("Fin 2019, 2 conventions-cadres Action Cœur de Ville étaient signées.", "2026-11-22", "confirmed", 2),
        ("Plus de 2 conventions-cadres Action Cœur de Ville ont été signées.", "2026-11-22", "compatible", 3),
        ("Plus de 3 conventions-cadres Action Cœur de Ville ont été signées.", "2026-11-22", "contradicted", 3),
        ("En 2019, 1 convention-cadre Action Cœur de Ville a été signée.", "2026-11-22", "confirmed", 1),
        ("Toutes les conventions-cadres Action Cœur de Ville ont été signées.", "2026-11-22", "contradicted", 60),
        ("3 avenants aux conventions-cadres Action Cœur de Ville ont été signés.", "2026-11-22", "unverifiable", None),
        ("3 conventions-cadres Action Cœur de Ville ont été dénoncées.", "2026-11-22", "unverifiable", None),
        ("3 conventions-cadres Action Cœur de Ville n’ont pas été signées.", "2026-11-22", "unverifiable", None),
        ("3 conventions-cadres Petites villes de demain ont été signées.", "2026-11-22", "unverifiable", None),
        ("6 communes ont été retenues.", "2026-11-22", "unverifiable", None),
        ("Les conventions Action Cœur de Ville comportent plus de 4 000 actions.", "2020-02-24", "circular", 4000),
        ("Le Gouvernement a engagé 4 300 policiers.", "2020-02-24", "unverifiable", None),
        ("4,8 millions de lignes de fibre ont été déployées en 2019.", "2026-11-22", "confirmed", 4_800_000),
        ("L’objectif est de 80 % de Français éligibles à la fibre en 2022.", "2020-02-24", "inconsistent", 80),
    ],
)  # fmt: skip
def test_verdicts(tiny: Edition, text: str, as_of: str, verdict: str, expected: float | None) -> None:
    claim = one(text, tiny, as_of)
    assert (claim.verdict, claim.expected) == (verdict, expected)
    assert claim.reason.endswith(".")
    assert (claim.figure is None) == (expected is None)


def test_parts_that_do_not_add_up(tiny: Edition) -> None:
    text = "Le plan a financé 120 piscines en 2018 et 80 piscines en 2019, soit 210 piscines au total."
    assert [claim.verdict for claim in check(text, tiny).claims] == ["unverifiable", "unverifiable", "inconsistent"]


def test_a_share_that_is_not_one(tiny: Edition) -> None:
    claims = check("Sur 50 piscines, 10 sont couvertes, soit 40 %.", tiny).claims
    assert [claim.verdict for claim in claims][-1] == "inconsistent"


def test_two_sentences_that_disagree(tiny: Edition) -> None:
    text = "Il existe 12 piscines olympiques.\n\nIl existe 15 piscines olympiques."
    assert {claim.verdict for claim in check(text, tiny).claims} == {"inconsistent"}


def test_a_stale_number_says_when_it_was_right(tiny: Edition) -> None:
    claim = one("2 conventions-cadres Action Cœur de Ville ont été signées.", tiny)
    assert "24\u00a0septembre 2019" in claim.reason
    assert "1er\u00a0mai 2023" in claim.reason


def test_the_json_has_every_key(tiny: Edition) -> None:
    whole = as_json(check("Le programme Action Cœur de Ville bénéficie à 6 communes.", tiny))
    (claim,) = whole["claims"]
    assert set(claim) == {
        "text", "start", "end", "value", "unit", "verdict", "expected", "figure", "reason", "evidence",
    }  # fmt: skip
    assert claim["figure"]["permalink"].startswith(f"/chiffres/acv-communes@{tiny.id}?")
    assert claim["evidence"][0]["code"] == "15901"


def test_the_text_dates_itself(tiny: Edition) -> None:
    checked = check("Publié le 24/02/2020\n\n2 conventions-cadres Action Cœur de Ville ont été signées.", tiny)
    assert (checked.as_of, checked.dated_by) == (date(2020, 2, 24), "text")
    assert [claim.verdict for claim in checked.claims] == ["confirmed"]


def test_the_seed_text(carried: Edition, shared) -> None:
    """Worked out by hand in docs/verification-of-the-answer.md."""
    text = (shared / "seed" / "reponse-ministerielle-2020-02-24.txt").read_text(encoding="utf-8")
    checked = check(text, carried)
    assert checked.as_of == date(2020, 2, 24)
    found = [
        (" ".join(claim.text.split())[:12], claim.verdict, claim.figure and claim.figure.id) for claim in checked.claims
    ]
    assert found == [
        ("222 villes", "contradicted", "acv-communes-signees"),
        ("toutes", "contradicted", "acv-part-communes-signees"),
        ("2018", "confirmed", "programme-lancement"),
        ("trois parten", "confirmed", "acv-financeurs"),
        ("plus de 4 00", "circular", "acv-actions-declarees"),
        ("50 millions ", "confirmed", "acv-innovation-fonds"),
        ("24 « territo", "confirmed", "tiga-preselectionnes-declares"),
        ("450 millions", "confirmed", "tiga-enveloppe-declaree"),
        ("dix ans", "confirmed", "tiga-duree-declaree"),
        ("reconduit en", "contradicted", "tiga-ingenierie-2018-declaree"),
        ("24 Territoir", "confirmed", "tiga-laureats-declares"),
        ("10 ans", "confirmed", "tiga-duree-declaree"),
        ("plus de 4 mi", "compatible", "thd-lignes-annee-declarees"),
        ("un record", "confirmed", "thd-lignes-annee-declarees"),
        ("80 % de fran", "inconsistent", "thd-objectif-2022"),
    ]
    assert all(claim.evidence for claim in checked.claims)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Le programme Action Cœur de Ville touche La Réunion. Deux communes en bénéficient.", "confirmed"),
        ("Le programme Action Cœur de Ville touche La Réunion. Six communes sont bénéficiaires.", "unverifiable"),
        ("Le programme Action Cœur de Ville touche La Réunion. Parmi elles, 5 communes bénéficiaires.", "contradicted"),
        ("Les 6 communes Action Cœur de Ville préfèrent la mer.", "unverifiable"),
        ("Les 7 communes Action Cœur de Ville préfèrent la mer.", "contradicted"),
        ("Lancé en mars 2018, Action Cœur de Ville réunit désormais 6 communes.", "confirmed"),
        ("Neuf territoires sur dix d’Action Cœur de Ville ont signé leur convention-cadre.", "contradicted"),
    ],
)  # fmt: skip
def test_what_a_sentence_takes_from_the_words_around(tiny: Edition, text: str, verdict: str) -> None:
    assert check(text, tiny, as_of=date(2026, 11, 22)).claims[-1].verdict == verdict


def test_a_date_is_that_of_the_event_beside_it(tiny: Edition) -> None:
    text = "Annoncé le 14 décembre 2017, le programme Action Cœur de Ville a été lancé le 27 mars 2018."
    assert [(claim.text, claim.verdict) for claim in check(text, tiny).claims] == [("27 mars 2018", "confirmed")]
