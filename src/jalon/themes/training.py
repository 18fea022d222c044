"""From labels and published texts to the shipped model, and its honest score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jalon.themes.folds import folds, groups
from jalon.themes.labels import Example, Text, handmade, joined, labels
from jalon.themes.learning import Lesson, Settings, calibrated, learn
from jalon.themes.model import Floats, Weights, design, log_odds
from jalon.themes.reading import Reader, reader
from jalon.themes.schema import taxonomy

FOLDS = 5
BACKGROUND = 4_000


@dataclass(frozen=True, slots=True)
class Course:
    """All there is to learn from: published labelled texts, ours, and unlabelled ones taken as negative."""

    examples: tuple[Example, ...]
    own: tuple[Example, ...]
    background: tuple[Text, ...]

    @property
    def truth(self) -> Floats:
        """Labels of the published examples (examples x themes, 0 or 1)."""
        return _truth(self.examples)

    @property
    def mass(self) -> Floats:
        return np.array([example.label.weight for example in self.examples])


def course(texts: Mapping[str, Text]) -> Course:
    """What the package's labels and these texts teach."""
    examples = joined(labels(), texts)
    return Course(examples, handmade(), _background(texts, {e.text.action_id for e in examples}))


def _background(texts: Mapping[str, Text], labelled: set[str]) -> tuple[Text, ...]:
    """Unlabelled texts where no rule applies, evenly taken; the random sample says such texts are negative."""
    look = reader()
    names = sorted(name for name in texts if name not in labelled)
    step = max(1, len(names) // (2 * BACKGROUND))
    silent = [
        texts[name]
        for name in names[::step]
        if (windows := look.read(texts[name].text, texts[name].category)) and not any(w.fired for w in windows)
    ]
    return tuple(silent[:BACKGROUND])


def train(given: Course, settings: Settings) -> Weights:
    """The weights learned from everything, their calibration taken from texts not learned from."""
    look = reader()
    weights = learn(look, taxonomy().ids, lesson(look, given, range(len(given.examples)), settings), settings)
    unseen = out_of_fold(given, settings, fold_numbers(given.examples, FOLDS))
    return calibrated(weights, unseen, given.truth, given.mass)


def out_of_fold(given: Course, settings: Settings, fold: Sequence[int]) -> Floats:
    """Log-odds (examples x themes) of each published example by a model that saw neither its territory nor its text.

    Rows of fold -1 are neither learned from nor scored: their log-odds stay 0.
    """
    look = reader()
    numbers = np.array(fold)
    found = np.zeros((len(given.examples), len(taxonomy().ids)))
    for k in sorted(set(fold) - {-1}):
        learned_from = np.flatnonzero((numbers != k) & (numbers >= 0))
        weights = learn(look, taxonomy().ids, lesson(look, given, learned_from, settings), settings)
        found[numbers == k] = predict(look, weights, [given.examples[i].text for i in np.flatnonzero(numbers == k)])
    return found


def predict(look: Reader, weights: Weights, texts: Sequence[Text]) -> Floats:
    """Log-odds of each theme for each text; an empty text has those of silence."""
    reads = [look.read(text.text, text.category) for text in texts]
    full = [i for i, windows in enumerate(reads) if windows]
    numbers = design(look, [reads[i] for i in full], {name: i for i, name in enumerate(weights.features)})
    found = np.full((len(texts), len(weights.themes)), -10.0)
    if full:
        found[full] = numbers.texts(log_odds(weights, numbers))
    return found


def fold_numbers(examples: Sequence[Example], count: int, salt: str = "") -> list[int]:
    """Folds by territory and text."""
    texts = [example.text for example in examples]
    group = groups([text.territory for text in texts], [text.text for text in texts])
    return folds(group, [text.action_id for text in texts], count, salt)


def lesson(look: Reader, given: Course, chosen: Sequence[int] | np.ndarray, settings: Settings) -> Lesson:
    """The chosen published examples, ours, and the silent background, read and ready to learn from."""
    examples = [given.examples[i] for i in chosen] + list(given.own)
    texts = [example.text for example in examples] + list(given.background)
    reads = [look.read(text.text, text.category) for text in texts]
    full = [i for i, windows in enumerate(reads) if windows]
    truth = np.vstack([_truth(examples), np.zeros((len(given.background), len(taxonomy().ids)))])
    mass = np.array([e.label.weight for e in examples] + [settings.background] * len(given.background))
    return Lesson([reads[i] for i in full], truth[full], mass[full])


def _truth(examples: Sequence[Example]) -> Floats:
    themes = taxonomy().ids
    return np.array([[theme in example.label.themes for theme in themes] for example in examples], float)
