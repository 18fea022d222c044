"""An operator adds a theme, people read some actions, the site learns, and the labels follow."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User

import jalon.themes
from jalon.editions.manifest import libraries
from jalon.register import reviewed, reviewing
from jalon.register.models import Action, Origin, ThemeLabel
from jalon.themes import Classifier, artefact, own, quality, taxonomy
from jalon.themes.building import build_site
from jalon.themes.errors import TaxonomyError

pytestmark = pytest.mark.django_db
GARDENS = """
[[themes]]
id = "agriculture_urbaine"
rank = 14
label = "Agriculture urbaine connectée"
definition = "Cultiver en ville avec des capteurs."
dimensions = ["environment"]
examples = ["Serre connectée du quartier"]
rules = [{ when = ["serre"], says = "doubt" }]

[concepts.serre]
label = "serre"
patterns = ["serre*"]
"""
TEXTS = {
    "Serre municipale suivie par capteurs": {"agriculture_urbaine"},
    "Potager suivi par capteurs rue Haute": {"agriculture_urbaine"},
    "Potager suivi par capteurs place Basse": {"agriculture_urbaine"},
    "Potager de l’école suivi par capteurs": {"agriculture_urbaine"},
    "Reprise des serres en verre du parc": set(),
    "Toiture des serres en verre": set(),
    "Peinture des serres en verre du château": set(),
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "jardins.toml").write_text(GARDENS, encoding="utf-8")
    return tmp_path


def given(text: str) -> set[str]:
    return {score.theme for score in Classifier.load().label([text])[0].themes}


def test_a_theme_works_before_anything_is_learned(house: Path) -> None:
    assert taxonomy().ids[-1] == "agriculture_urbaine"
    assert given("Serre du lycée") == {"agriculture_urbaine"}
    assert given("Caméras de vidéoprotection") == {"securite_numerique"}
    alone = jalon.themes.VERSION
    (house / "themes" / "jardins.toml").unlink()
    assert "agriculture_urbaine" not in taxonomy().ids
    assert alone != jalon.themes.VERSION, "labels are made again when the themes change"


def test_add_review_learn_label(house: Path, claire: User) -> None:
    for number, (title, themes) in enumerate(TEXTS.items()):
        action = Action.objects.create(
            action_id=f"site{number}", kind="grant", title=title, territory_kind="commune", known_on=date(2019, 1, 1),
            published_code=str(number), beneficiary=f"Ville {number}",
        )  # fmt: skip
        if "serre" in title.lower():
            ThemeLabel.objects.create(
                action=action, theme="agriculture_urbaine", origin=Origin.MACHINE, probability=0.8
            )
        reviewing.record([action], themes, claire)
    examples = reviewed.examples()
    assert {e.text.text: set(e.label.themes) for e in examples} == TEXTS
    assert given("Potager suivi par capteurs du foyer") == set()
    assert given("Peinture des serres en verre") == {"agriculture_urbaine"}
    before = libraries()["jalon-themes"]
    build_site(reviewed.texts(), examples)
    assert given("Peinture des serres en verre") == set(), "what people refused is learned"
    assert given("Caméras de vidéoprotection") == {"securite_numerique"}, "what the product knew is kept"
    assert artefact.active() == own.model() != artefact.MODEL_FILE
    assert libraries()["jalon-themes"] == jalon.themes.VERSION[:16] != before
    told = {score.theme: score for score in quality.scores()}
    assert told["agriculture_urbaine"].positives == 4
    assert told["smart_city"].positives > 500


def test_a_model_that_no_longer_fits_steps_back(house: Path, claire: User) -> None:
    action = Action.objects.create(
        action_id="a", kind="grant", title="Serre", territory_kind="commune", known_on=date(2019, 1, 1)
    )
    reviewing.record([action], ["agriculture_urbaine"], claire)
    build_site(reviewed.texts(), reviewed.examples())
    assert artefact.active() != artefact.MODEL_FILE
    (house / "themes" / "jardins.toml").write_text(GARDENS.replace("serre*", 'serre*", "verger*'), encoding="utf-8")
    assert artefact.active() == artefact.MODEL_FILE
    assert given("Verger du parc") == {"agriculture_urbaine"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("rank = 14", "rank = 3"), "rang 3"),
        (("[concepts.serre]", "[concepts.fibre]"), "fibre"),
        (('when = ["serre"]', 'when = ["inconnue"]'), "inconnue"),
        (("label =", "etiquette ="), "label"),
    ],
)
def test_wrong_files_are_refused(house: Path, change: tuple[str, str], said: str) -> None:
    (house / "themes" / "jardins.toml").write_text(GARDENS.replace(*change, 1), encoding="utf-8")
    with pytest.raises(TaxonomyError) as refused:
        taxonomy()
    assert "jardins.toml" in refused.value.user_message
    assert said in refused.value.user_message
    assert refused.value.mend
