"""A text, with its category, to what the model sees of it: notions, rules, word stems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jalon.themes import own
from jalon.themes.lexicon import Lexicon, Said
from jalon.themes.rules import Fired, RuleBook, Verdict
from jalon.themes.schema import vocabulary
from jalon.themes.text import fold, sentences, windows, words

STEM = 7
CATEGORIES = {
    "education": "education",
    "sante": "health",
    "economie": "economy",
    "environnement": "environment",
    "services": "services",
    "normes": "compliance",
    "construction": "building",
    "ruralite": "rural",
}
NUMBERS = {
    str(i): name
    for i, name in enumerate(
        ("health", "economy", "environment", "education", "services", "compliance", "building", "rural"), 1
    )
}


@dataclass(frozen=True, slots=True)
class Read:
    """One window of a text: what it says, what the rules make of it, and its features by name."""

    said: tuple[Said, ...]
    verdict: Verdict
    features: tuple[str, ...]


class Reader:
    """Reads texts with the taxonomy and the lexicon as they stand when it is made."""

    def __init__(self) -> None:
        known = vocabulary()
        self.lexicon = Lexicon(known.lexicon.concepts)
        self.rules = RuleBook(known.taxonomy)

    def read(self, text: str | None, category: str | None = None) -> list[Read]:
        """The windows of a text that hold a word; an empty text has none."""
        if not text or not text.strip():
            return []
        kind = category_name(category)
        read = [(piece, found) for piece in sentences(text) if (found := words(piece))]
        runs = windows([piece for piece, _ in read])
        return [self._window([found for _, found in read[first:after]], kind) for first, after in runs if after]

    def _window(self, found: Sequence[Sequence[str]], category: str | None) -> Read:
        """What a run of sentences says: a pattern never spans two of them, a rule may."""
        said = {one.concept: one for sentence in reversed(found) for one in reversed(self.lexicon.said(sentence))}
        names = set(said)
        if category and said:
            names.add(f"category:{category}")
        verdict = self.rules.verdict(frozenset(names))
        return Read(tuple(said.values()), verdict, tuple(_features(found, names, verdict.fired)))


def _features(found: Sequence[Sequence[str]], names: Iterable[str], fired: Sequence[Fired]) -> list[str]:
    stems = sorted({f"w:{word[:STEM]}" for sentence in found for word in sentence if len(word) > 1})
    return [*stems, *(f"c:{name}" for name in sorted(names)), *(f"r:{rule.rule}" for rule in fired)]


def category_name(category: str | None) -> str | None:
    """Our name of a published category ("4 - Education", "Éducation", "4"), or None when it is none we know.

    Words come before the number, because the numbering changed between 2018 and 2019; a number alone is of 2019.
    """
    if not category:
        return None
    said = fold(category)
    named = next((name for word, name in CATEGORIES.items() if word in said), None)
    return named or NUMBERS.get(said.strip(" -"))


def reader() -> Reader:
    """The reader of the taxonomy as it stands, made once."""
    return _reader(own.stamp())


@lru_cache(maxsize=2)
def _reader(stamp: own.Stamp) -> Reader:
    return Reader()
