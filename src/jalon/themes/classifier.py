"""The classifier people call: texts to themes, with probabilities and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from jalon.themes import artefact
from jalon.themes.errors import ArtefactError
from jalon.themes.model import Weights, design, log_odds, sigmoid, smart_probability
from jalon.themes.reading import Read, Reader, reader
from jalon.themes.rules import SILENT
from jalon.themes.schema import taxonomy

MOST_TERMS = 4
SMALLEST = 0.25
DOUBTFUL = (0.1, 0.9)
CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """A theme the text carries, its probability, and the words that decided with their weight in log-odds."""

    theme: str
    probability: float
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Labelling:
    """What the machine says of one text.

    `probability`: of any theme. `themes`: those accepted, most probable first; none means not smart city. A text
    that is empty or holds no word has probability 0, no theme, and `empty` set.
    """

    probability: float
    themes: tuple[ThemeScore, ...] = ()
    empty: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether a person should look: a probability, of any theme or of an accepted one, within `DOUBTFUL`."""
        low, high = DOUBTFUL
        return low < self.probability < high or any(score.probability < high for score in self.themes)


EMPTY = Labelling(0.0, empty=True)


@dataclass(frozen=True)
class Classifier:
    """Gives themes to short French action texts, and to longer ones read by windows."""

    weights: Weights
    version: str
    _reader: Reader = field(default_factory=reader)

    @classmethod
    def load(cls, file: Path | None = None) -> "Classifier":
        """The model in use, learned on this site or shipped; raises `ArtefactError` for an absent or damaged one.

        A theme of the operator that no model has learned rests on its rules alone.
        """
        file = file or artefact.active()
        made = artefact.read(file)
        if not artefact.fits(made):
            raise ArtefactError(
                "made from another taxonomy",
                user_message="le modèle des thèmes a été appris avec une autre taxonomie ou un autre lexique.",
                mend=artefact.MEND,
            )
        return cls(artefact.widened(made.weights, taxonomy().ids), artefact.version(file))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.weights.features)}

    def label(self, texts: Sequence[str | None], categories: Sequence[str | None] | None = None) -> list[Labelling]:
        """One labelling a text, in order; `categories` are as published ("4 - Education") or None."""
        given = categories if categories is not None else [None] * len(texts)
        pairs = list(zip(texts, given, strict=True))
        different = list(dict.fromkeys(pairs))
        known: dict[tuple[str | None, str | None], Labelling] = {}
        for start in range(0, len(different), CHUNK):
            chunk = different[start : start + CHUNK]
            known.update(zip(chunk, self._label(chunk), strict=True))
        return [known[pair] for pair in pairs]

    def _label(self, pairs: Sequence[tuple[str | None, str | None]]) -> list[Labelling]:
        reads = [self._reader.read(text, category) for text, category in pairs]
        full = [i for i, windows in enumerate(reads) if windows]
        found = [EMPTY] * len(pairs)
        if not full:
            return found
        numbers = design(self._reader, [reads[i] for i in full], self._numbers)
        by_window = log_odds(self.weights, numbers)
        by_text = numbers.texts(by_window)
        smart = smart_probability(self.weights, by_text)
        for row, i in enumerate(full):
            themes = tuple(
                self._score(reads[i], int(k), float(by_text[row, k])) for k in np.flatnonzero(by_text[row] > 0)
            )
            found[i] = Labelling(round(float(smart[row]), 4), tuple(sorted(themes, key=lambda s: -s.probability)))
        return found

    def _score(self, windows: Sequence[Read], theme: int, value: float) -> ThemeScore:
        probability = round(float(sigmoid(np.array(value))), 4)
        terms: dict[str, float] = {}
        for window in windows:
            for word, weight in self._terms(window, theme).items():
                terms[word] = max(terms.get(word, weight), weight)
        first = sorted(terms.items(), key=lambda term: (-term[1], term[0]))[:MOST_TERMS]
        return ThemeScore(self.weights.themes[theme], probability, tuple((w, round(v, 2)) for w, v in first))

    def _terms(self, window: Read, theme: int) -> dict[str, float]:
        """Words of one window with their part of the log-odds: of the strongest rule, and of what was learned."""
        terms: dict[str, float] = {}
        said = {one.concept: one.words for one in window.said}
        rules = [rule for rule in window.verdict.fired if rule.theme == theme and rule.says != "against"]
        prior = self._reader.rules.prior(rules)[theme] - SILENT
        decisive = [said[c] for c in rules[0].concepts if c in said] if rules else []
        for words in decisive:
            terms[words] = terms.get(words, 0.0) + prior / len(decisive)
        for name in window.features:
            weight = float(self.weights.table[self._numbers[name], theme]) if name in self._numbers else 0.0
            words = said.get(name[2:], "") if name.startswith("c:") else name[2:] if name.startswith("w:") else ""
            if words and abs(weight) >= SMALLEST:
                terms[words] = terms.get(words, 0.0) + weight
        return {words: weight for words, weight in terms.items() if weight >= SMALLEST}
