"""From labels and published texts to the weights of the model, and to predictions on texts not learned from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jalon.themes.folds import folds, groups
from jalon.themes.labels import Example, Text, handmade, joined, labels
from jalon.themes.learning import Lesson, Settings, calibrated, learn
from jalon.themes.model import Floats, Weights, design, log_odds
from jalon.themes.reading import Read, reader
from jalon.themes.schema import shipped, taxonomy

FOLDS = 5
BACKGROUND = 4_000
NO_WORD = -10.0


@dataclass(frozen=True)
class Course:
    """All there is to learn from: published labelled texts, ours, and unlabelled ones taken as negative.

    The last `reviewed` of the examples were read on this site, the only ones read with the operator's themes in mind.
    """

    examples: tuple[Example, ...]
    own: tuple[Example, ...]
    background: tuple[Text, ...]
    reviewed: int = 0

    @cached_property
    def truth(self) -> Floats:
        """Labels of the published examples (examples x themes, 0 or 1)."""
        return self.labels[: len(self.examples)]

    @cached_property
    def mass(self) -> Floats:
        """Sample weights of the published examples."""
        return np.array([example.label.weight for example in self.examples])

    @cached_property
    def asked(self) -> Floats | None:
        """Whether each text was read with each theme in mind; None where all were."""
        ours = {theme.id for theme in shipped().taxonomy.themes}
        added = np.array([theme not in ours for theme in taxonomy().ids])
        if not added.any():
            return None
        asked = np.ones((len(self.reads), len(added)))
        asked[np.ix_(np.r_[: len(self.examples) - self.reviewed], added)] = 0
        asked[np.ix_(np.r_[len(self.examples) : len(self.examples) + len(self.own)], added)] = 0
        return asked

    @cached_property
    def reads(self) -> list[list[Read]]:
        """The published examples, ours, then the background, as the model sees them."""
        texts = [example.text for example in (*self.examples, *self.own)] + list(self.background)
        return [reader().read(text.text, text.category) for text in texts]

    @cached_property
    def labels(self) -> Floats:
        """Labels of the published examples, ours, then the background (texts x themes, 0 or 1)."""
        known = [[theme in e.label.themes for theme in taxonomy().ids] for e in (*self.examples, *self.own)]
        silent = np.zeros((len(self.background), len(taxonomy().ids)))
        return np.vstack([np.array(known, float).reshape(-1, silent.shape[1]), silent])


def course(texts: Mapping[str, Text], reviewed: Sequence[Example] = ()) -> Course:
    """What the package's labels and these texts teach, and what people of this site read, which wins over our labels.

    With `reviewed`, labels whose text is not at hand are left out.
    """
    mine = {example.text.action_id for example in reviewed}
    known = (each for each in labels() if each.action_id not in mine and (not reviewed or each.action_id in texts))
    examples = (*joined(known, texts), *reviewed)
    background = _background(texts, {example.text.action_id for example in examples})
    return Course(examples, handmade(), background, len(reviewed))


def _background(texts: Mapping[str, Text], labelled: set[str]) -> tuple[Text, ...]:
    """Unlabelled texts where no rule applies, evenly taken; the random sample says such texts are negative."""
    look = reader()
    names = sorted(name for name in texts if name not in labelled)
    step = max(1, len(names) // (2 * BACKGROUND))
    reads = {name: look.read(texts[name].text, texts[name].category) for name in names[::step]}
    silent = [
        texts[name]
        for name, windows in reads.items()
        if windows and not any(window.verdict.fired for window in windows)
    ]
    return tuple(silent[:BACKGROUND])


def train(given: Course, settings: Settings) -> Weights:
    """The weights learned from everything, their calibration taken from texts not learned from."""
    weights = taught(given, np.arange(len(given.examples)), settings)
    unseen = out_of_fold(given, settings, fold_numbers(given.examples, FOLDS))
    return calibrated(weights, unseen, given.truth, given.mass)


def out_of_fold(given: Course, settings: Settings, fold: Sequence[int]) -> Floats:
    """Log-odds (examples x themes) of each published example by a model that saw neither its territory nor its text.

    Rows of fold -1 are neither learned from nor scored: their log-odds stay 0.
    """
    numbers = np.array(fold)
    found = np.zeros(given.truth.shape)
    for k in sorted(set(fold) - {-1}):
        weights = taught(given, np.flatnonzero((numbers != k) & (numbers >= 0)), settings)
        rows = np.flatnonzero(numbers == k)
        found[rows] = predict(given, weights, rows)
    return found


def taught(given: Course, chosen: Floats, settings: Settings) -> Weights:
    """The weights that the chosen published examples, all of ours and the background teach."""
    others = np.arange(len(given.examples), len(given.reads))
    mass = np.concatenate([given.mass, np.ones(len(given.own)), np.full(len(given.background), settings.background)])
    rows = np.array([i for i in (*chosen, *others) if given.reads[i]], int)
    asked = None if given.asked is None else given.asked[rows]
    lesson = Lesson([given.reads[i] for i in rows], given.labels[rows], mass[rows], asked)
    return learn(reader(), taxonomy().ids, lesson, settings)


def predict(given: Course, weights: Weights, rows: Floats) -> Floats:
    """Log-odds of each theme for these examples; a text without words has `NO_WORD`."""
    full = [i for i, row in enumerate(rows) if given.reads[row]]
    names = {name: i for i, name in enumerate(weights.features)}
    numbers = design(reader(), [given.reads[rows[i]] for i in full], names)
    found = np.full((len(rows), len(weights.themes)), NO_WORD)
    if full:
        found[full] = numbers.texts(log_odds(weights, numbers))
    return found


def fold_numbers(examples: Sequence[Example], count: int, salt: str = "") -> list[int]:
    """Folds by territory and text."""
    texts = [example.text for example in examples]
    group = groups([text.territory for text in texts], [text.text for text in texts])
    return folds(group, [text.action_id for text in texts], count, salt)
