"""Drafting: numbers and places as French writes them, hedges that are true, and nothing that the check refuses."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from jalon.claims import check
from jalon.claims.draft import Asked, Draft, Typed, compose
from jalon.claims.draft_files import TYPED, as_text, write
from jalon.claims.draft_numbers import count, euros, hedge
from jalon.claims.draft_places import where
from jalon.claims.draft_wording import phrases, writable
from jalon.claims.reading import text_of_bytes
from jalon.claims.vocabulary import vocabulary
from jalon.editions import Edition, publish
from jalon.errors import ConfigurationError, FigureError
from jalon.figures import ledger
from jalon.geography import geography
from jalon.home import Home, home

DAY = date(2020, 2, 24)
GOOD = ("confirmed", "compatible")
FIGURES = sorted(set(phrases()) - {"themes"})
DATES = st.dates(date(2018, 1, 1), date(2026, 11, 22))
PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "territory": st.sampled_from(["region:84", "region:04", "departement:43", "departement:15", "commune:43901"]),
        "theme": st.sampled_from(["securite_numerique", "education_numerique", "connectivite"]),
        "year": st.sampled_from([2018, 2019]),
    },
)
relaxed = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (999, ""), (1_000, ""), (4_000, ""), (4_312, "plus de 4\u202f000"), (4_912, "près de 5\u202f000"),
        (4_712, "plus de 4\u202f700"), (4_768, "près de 4\u202f800"), (51_106, "plus de 50\u202f000"),
        (1_436, "plus de 1\u202f400"), (19_999, "près de 20\u202f000"),
        (4_812_345, "près de 5\u00a0millions de"),
    ],
)  # fmt: skip
def test_a_hedge_is_chosen_from_the_value(value: int, said: str) -> None:
    assert hedge(value) == said


@given(value=st.integers(0, 10**8))
def test_a_hedge_is_never_false_nor_far(value: int) -> None:
    said = hedge(value)
    if said:
        number = float(said.split(" de ", 1)[1].replace("\u202f", "").replace(",", ".").partition("\u00a0")[0])
        stated = number * (10**6 if "million" in said else 1)
        assert stated < value if said.startswith("plus") else stated > value
        assert abs(stated - value) <= 0.08 * value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3, "trois"),
        (12, "12"),
        (4_312, "4\u202f312"),
        (4_800_000, "4,8\u00a0millions de"),
        (1_000_000, "1\u00a0million de"),
    ],
)
def test_counts_are_written_as_french_writes_them(value: int, said: str) -> None:
    assert count(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (239_250, "239\u202f250\u00a0euros"), (1_500_000_000, "1,5\u00a0milliard d’euros"),
        (5e9, "5\u00a0milliards d’euros"), (12_400_000, "12,4\u00a0millions d’euros"),
    ],
)  # fmt: skip
def test_amounts_are_written_in_words(value: float, said: str) -> None:
    assert euros(value) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("region:76", " en Occitanie"), ("region:32", " dans les Hauts-de-France"), ("region:44", " dans le Grand Est"),
        ("region:52", " dans les Pays de la Loire"), ("region:04", " à La Réunion"),
        ("departement:43", " en Haute-Loire"), ("departement:15", " dans le Cantal"), ("departement:01", " dans l’Ain"),
        ("departement:62", " dans le Pas-de-Calais"), ("departement:80", " dans la Somme"),
        ("departement:88", " dans les Vosges"), ("departement:49", " en Maine-et-Loire"),
        ("commune:26362", " à Valence"), ("commune:43157", " au Puy-en-Velay"), ("pays:FR", ""),
    ],
)  # fmt: skip
def test_places_take_their_preposition(code: str, said: str) -> None:
    assert where(geography().place(*code.split(":"))) == said


def test_wordings_are_of_known_figures_and_themes(tiny: Edition) -> None:
    assert set(FIGURES) <= set(ledger())
    assert set(phrases()["themes"]) == set(vocabulary().theme)


@relaxed
@given(figures=st.lists(st.sampled_from(FIGURES), min_size=1, max_size=3, unique=True), params=PARAMS, day=DATES)
def test_checking_a_drafted_answer_confirms_everything_in_it(
    tiny: Edition, figures: list[str], params: dict, day: date
) -> None:
    known = ledger(tiny)
    asked = [
        Asked(one, tuple(sorted((k, v) for k, v in params.items() if k in known[one].parameters))) for one in figures
    ]
    made = compose("Où en est le programme ?", asked, tiny, as_of=day)
    assert len(made.sentences) + len(made.left_out) == len(figures)
    assert all(one.reason for one in made.left_out)
    found = check(as_text(made).split("\n\nNote 1")[0], tiny)
    assert found.as_of == day
    assert [claim for claim in found.claims if claim.verdict not in GOOD] == []
    assert len(found.claims) >= len(made.notes)


def test_most_figures_of_the_tiny_programme_can_be_written(tiny: Edition) -> None:
    made = compose("", [Asked(one) for one in FIGURES], tiny)
    assert len(made.notes) >= 25
    assert [note.number for note in made.notes] == list(range(1, len(made.notes) + 1))


def test_what_the_officer_types_is_kept_and_marked(tiny: Edition) -> None:
    made = compose("", [Typed("  Ma phrase. "), Asked("acv-communes"), Typed(" ")], tiny, as_of=DAY)
    assert [sentence.note is None for sentence in made.sentences] == [True, False]
    assert f"Ma phrase. {TYPED}" in as_text(made)


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_a_file_reads_back_as_the_answer_with_its_notes_apart(tiny: Edition, suffix: str) -> None:
    made = _made(tiny)
    data = write(made, suffix, origin="https://jalon.exemple.fr")
    read = text_of_bytes(f"r{suffix}", data)
    for sentence in made.sentences:
        assert sentence.text in read
    assert "https://" not in read
    found = check(read, tiny)
    assert found.as_of == DAY
    assert {claim.verdict for claim in found.claims} <= set(GOOD)


def test_a_template_of_the_user_takes_the_place_of_ours(tiny: Edition, tmp_path: Path) -> None:
    own = tmp_path / "m.docx"
    document = Document()
    document.add_paragraph("Cabinet : {{question}}")
    document.add_paragraph("{{réponse}}", style="List Bullet")
    document.save(str(own))
    folder = home().root / "templates"
    folder.mkdir()
    (folder / "answer.docx").write_bytes(own.read_bytes())
    for data in (write(_made(tiny), ".docx", template=own), write(_made(tiny), ".docx")):
        written = Document(BytesIO(data)).paragraphs
        assert written[0].text == "Cabinet : Combien ?"
        assert written[1].style.name == "List Bullet"


@pytest.mark.parametrize("words", ["rien", "avant {{réponse}} après"])
def test_a_template_without_a_place_is_refused(tiny: Edition, tmp_path: Path, words: str) -> None:
    document = Document()
    document.add_paragraph(words)
    document.save(str(tmp_path / "m.docx"))
    with pytest.raises(ConfigurationError) as refused:
        write(_made(tiny), ".docx", template=tmp_path / "m.docx")
    assert "{{réponse}}" in refused.value.mend
    (tmp_path / "x.docx").write_bytes(b"PK not")
    with pytest.raises(ConfigurationError):
        write(_made(tiny), ".docx", template=tmp_path / "x.docx")


def test_what_does_not_exist_is_an_error(tiny: Edition) -> None:
    for asked in (Asked("rien"), Asked("acv-communes", (("territory", "region:99"),))):
        with pytest.raises(FigureError):
            compose("", [asked], tiny)
    assert not writable("themes")


def test_the_command_writes_a_file_and_says_what_it_left_out(tiny: Edition, tmp_path: Path) -> None:
    import typer
    from tiny import AS_OF, tiny_tables

    from jalon.cli.draft import attach
    from jalon.figures import build_with_figures

    publish(home(), build_with_figures(tiny_tables(), home=Home(home().root), as_of=AS_OF).id)
    app = typer.Typer()
    attach(app)
    command = ["--question", "Où ?", "--figure", "acv-communes?territory=region:84", "--figure", "acv-actions-lues"]
    done = CliRunner().invoke(app, [*command, "--out", str(tmp_path / "r.docx"), "--as-of", "2020-02-24"])
    assert done.exit_code == 0, done.output
    assert "Non écrit : acv-actions-lues" in done.output
    assert "communes en Auvergne-Rhône-Alpes" in text_of_bytes("r.docx", (tmp_path / "r.docx").read_bytes())


def _made(edition: Edition) -> Draft:
    return compose("Combien ?", [Asked("acv-communes"), Asked("acv-conventions-signees")], edition, as_of=DAY)
