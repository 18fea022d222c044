"""Taxonomy, lexicon, labels and model agree with one another; wrong ones are refused with a mend."""

from pathlib import Path

import pytest

from jalon.themes import Classifier, artefact, taxonomy
from jalon.themes.errors import ArtefactError, LabelsError, TaxonomyError
from jalon.themes.labels import handmade, labels
from jalon.themes.schema import DIMENSIONS, LEXICON_FILE, TAXONOMY_FILE, read_vocabulary, vocabulary


def test_thirteen_themes_cover_the_six_dimensions() -> None:
    themes = taxonomy().themes
    assert [theme.rank for theme in themes] == list(range(1, 14))
    assert {dimension for theme in themes for dimension in theme.dimensions} == set(DIMENSIONS)


def test_every_notion_serves() -> None:
    cited = {
        part
        for theme in taxonomy().themes
        for rule in theme.rules
        for item in (*rule.when, *rule.unless)
        for part in item.split("|")
    }
    assert set(vocabulary().lexicon.concepts) <= cited


@pytest.mark.parametrize(
    ("file", "change", "key"),
    [
        ("taxonomy.toml", ('label = "Connectivité"', 'labell = "Connectivité"'), "label"),
        ("taxonomy.toml", ('dimensions = ["environment"]', 'dimensions = ["lune"]'), "dimensions"),
        ("taxonomy.toml", ('says = "sure"', 'says = "certain"'), "says"),
        ("taxonomy.toml", ('when = ["fibre"]', 'when = ["inconnue"]'), "inconnue"),
        ("taxonomy.toml", ("rank = 2", "rank = 1"), "themes"),
        ("taxonomy.toml", ("version = 1", "version = "), "illisible"),
        ("lexicon.toml", ('"wlan"', '"~3 wlan"'), "~3"),
        ("lexicon.toml", ("\nfalse_friends", "\nfaux_amis"), "faux_amis"),
    ],
)
def test_wrong_vocabulary_is_refused(tmp_path: Path, file: str, change: tuple[str, str], key: str) -> None:
    for source in (TAXONOMY_FILE, LEXICON_FILE):
        text = source.read_text(encoding="utf-8")
        (tmp_path / source.name).write_text(text.replace(*change, 1) if source.name == file else text, "utf-8")
    with pytest.raises(TaxonomyError) as refused:
        read_vocabulary(tmp_path / "taxonomy.toml", tmp_path / "lexicon.toml")
    assert file in refused.value.user_message
    assert key in refused.value.user_message
    assert refused.value.mend


def test_labels_are_many_and_name_known_themes() -> None:
    found = labels()
    assert len({label.action_id for label in found}) == len(found) == 1432
    assert all(label.weight > 0 for label in found)
    assert {theme for label in found for theme in label.themes} <= set(taxonomy().ids)


def test_handmade_examples_teach_every_theme() -> None:
    found = handmade()
    assert {theme for example in found for theme in example.label.themes} == set(taxonomy().ids)
    assert len({example.text.text for example in found}) == len(found)
    assert any(not example.label.themes for example in found)


@pytest.mark.parametrize(
    ("line", "said"),
    [("di19_com1,lune,0,1", "lune"), ("di19_com1,,0,lourd", "lourd"), ("a,b", "labels")],
)
def test_wrong_labels_are_refused(tmp_path: Path, line: str, said: str) -> None:
    header = "action_id,labels,doubt,weight" if "," in line and line != "a,b" else "x,y"
    (tmp_path / "dev_2018.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    with pytest.raises(LabelsError) as refused:
        labels(tmp_path)
    assert "dev_2018.csv" in refused.value.user_message
    assert said in refused.value.user_message


def test_model_was_made_from_what_is_shipped() -> None:
    made = artefact.read()
    assert made.made_from == artefact.inputs(), "jalon themes train"
    assert made.weights.themes == taxonomy().ids


def test_model_is_small_and_survives_a_round_trip() -> None:
    data = artefact.MODEL_FILE.read_bytes()
    assert len(data) < 5_000_000
    assert artefact.dump(artefact.load(data)) == data


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-10],
        lambda data: b"PK" + data[2:],
        lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
    ],
)
def test_damaged_model_is_refused(damage) -> None:
    with pytest.raises(ArtefactError) as refused:
        artefact.load(damage(artefact.MODEL_FILE.read_bytes()))
    assert "jalon themes train" in refused.value.mend


def test_absent_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError):
        artefact.read(tmp_path / "none")


def test_model_of_another_taxonomy_is_refused(tmp_path: Path) -> None:
    made = artefact.read()
    other = artefact.Artefact(made.weights, {**made.made_from, "taxonomy.toml": "0" * 64})
    (tmp_path / "model").write_bytes(artefact.dump(other))
    with pytest.raises(ArtefactError):
        Classifier.load(tmp_path / "model")
