"""Eligibility: each rule of the files decided on each side of its bound; what is missing named; best first."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jalon.errors import InstrumentError
from jalon.funding.candidate import Candidate, Funding, Maturity
from jalon.funding.eligibility import Opening, answer, for_candidate, for_instrument, instruments, load
from jalon.funding.rules import Outcome

DAY = date(2024, 5, 1)
HEAD = """
id = "essai"
label = "Essai"
short = "Essai"
funder = "Région"
kind = "grant"
publisher = "Région"
url = "https://exemple.fr/regle"
read_on = 2024-01-01
"""
TOWN = Candidate(
    "a", "Éclairage", "commune", 9_000, programmes=frozenset({"acv"}), themes=frozenset({"eclairage_intelligent"}),
    maturity=Maturity.STUDY, cost_cents=100_000_00, asked_cents=40_000_00,
    funding=(Funding("État", "DETR", 30_000_00),),
)  # fmt: skip


def with_(**changes: Any) -> Candidate:
    return Candidate(**{name: getattr(TOWN, name) for name in TOWN.__slots__} | changes)


def outcome(tmp_path: Path, rule: str, candidate: Candidate) -> Outcome:
    file = tmp_path / "essai.toml"
    file.write_text(f'{HEAD}[[rules]]\narticle = "art. 1"\n{rule}')
    return answer(load(file), candidate, DAY).lines[0].outcome


@pytest.mark.parametrize(
    ("rule", "met", "not_met", "unknown"),
    [
        ('kind = "beneficiaries"\nany_of = ["commune"]', TOWN, with_(kind="epci"), with_(kind=None)),
        ('kind = "population"\nof = "commune"\nat_most = 9000', TOWN, with_(population=9_001), with_(population=None)),
        (
            'kind = "population"\nof = "commune"\nat_most = 9000\nat_most_overseas = 12000',
            with_(population=12_000, overseas=True), with_(population=12_000), with_(population=None),
        ),
        ('kind = "programmes"\nany_of = ["acv"]', TOWN, with_(programmes=frozenset()), None),
        (
            'kind = "themes"\nany_of = ["eclairage_intelligent"]\nwhole = true',
            TOWN, with_(themes=frozenset({"connectivite"})), with_(themes=frozenset()),
        ),
        (
            'kind = "themes"\nany_of = ["eclairage_intelligent"]\nwhole = false',
            TOWN, None, with_(themes=frozenset({"connectivite"})),
        ),
        ('kind = "maturity"\nat_most = "ready"', TOWN, with_(maturity=Maturity.STARTED), with_(maturity=None)),
        ('kind = "maturity"\nat_least = "study"', TOWN, with_(maturity=Maturity.IDEA), with_(maturity=None)),
        ('kind = "cost"\nat_least_eur = 100000', TOWN, with_(cost_cents=99_999_99), with_(cost_cents=None)),
        ('kind = "amount"\nat_most_eur = 40000', TOWN, with_(asked_cents=40_000_01), with_(asked_cents=None)),
        ('kind = "share"\nat_most = 0.4', TOWN, with_(asked_cents=40_000_01), with_(cost_cents=None)),
        (
            'kind = "cumulation"\npublic_at_most = 0.7',
            TOWN, with_(asked_cents=40_000_01), with_(funding=(Funding("État", "DETR", None),)),
        ),
        ('kind = "not-with"\nschemes = ["DSIL"]', TOWN, with_(funding=(Funding("État", "DSIL", 1),)), None),
        ('kind = "stated"\nsays = "accord du préfet"', None, None, TOWN),
    ],
)  # fmt: skip
def test_each_rule_on_each_side_of_its_bound(
    tmp_path: Path, rule: str, met: Candidate | None, not_met: Candidate | None, unknown: Candidate | None
) -> None:
    for candidate, expected in ((met, Outcome.MET), (not_met, Outcome.NOT_MET), (unknown, Outcome.UNKNOWN)):
        assert candidate is None or outcome(tmp_path, rule, candidate) == expected


@pytest.mark.parametrize(("opens", "closes", "open_"), [(1, 1, True), (2, 3, False), (None, 1, True), (1, None, True)])
def test_dates_are_included(tmp_path: Path, opens: int | None, closes: int | None, open_: bool) -> None:
    rule = 'kind = "dates"\n' + "".join(
        f"{key} = 2024-05-{day:02}\n" for key, day in (("opens_on", opens), ("closes_on", closes)) if day
    )
    assert (outcome(tmp_path, rule, TOWN) == Outcome.MET) is open_


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + '[[rules]]\nkind = "sharee"\narticle = "a"', "rules"),
        (HEAD + '[[rules]]\nkind = "share"\nat_most = 1.2\narticle = "a"', "at_most"),
        (HEAD + '[[rules]]\nkind = "share"\nat_most = 0.5', "article"),
        (HEAD + 'colour = 1\n[[rules]]\nkind = "stated"\nsays = "x"\narticle = "a"', "colour"),
        (HEAD, "rules"),
        (HEAD.replace('"grant"', '"gift"') + '[[rules]]\nkind = "stated"\nsays = "x"\narticle = "a"', "kind"),
        (HEAD.replace('"essai"', '"autre"') + '[[rules]]\nkind = "stated"\nsays = "x"\narticle = "a"', "autre"),
        ("id = [[[", "TOML"),
    ],
)
def test_a_defective_file_is_told_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "essai.toml"
    file.write_text(text)
    with pytest.raises(InstrumentError) as refused:
        load(file)
    assert said in refused.value.user_message
    assert "essai.toml" in refused.value.user_message
    assert refused.value.mend


def test_what_jalon_carries_is_sound_and_explains_itself() -> None:
    for given in for_candidate(TOWN, instruments().values(), DAY):
        assert given.lines
        assert all(line.rule and line.found and line.article for line in given.lines)
    answers = {given.instrument.id: given for given in for_candidate(TOWN, instruments().values(), DAY)}
    assert answers["dsil"].opening == Opening.OPEN
    assert answers["dsid"].opening == Opening.CLOSED
    assert answers["detr"].missing == ("une vérification par une personne",)


def test_the_best_candidates_come_first() -> None:
    known, unpaid = with_(id="b"), with_(id="c", funding=())
    unknown, paid = with_(id="d", maturity=None), with_(id="e", funding=(Funding("Ville", "", 100_000_00),))
    found = for_instrument(instruments()["dsil"], [unknown, known, paid, unpaid], DAY)
    assert [given.candidate.id for given in found] == ["c", "b", "d"]
