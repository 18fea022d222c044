"""The notions of municipal vocabulary and where a text says them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalon.themes.patterns import Elements, Pattern, corrected, one_fault_away, parse
from jalon.themes.schema import ConceptSpec

SHORTEST_FUZZY, LONGEST_FUZZY = 7, 30
REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Said:
    """One notion found in a text, with the folded words that say it."""

    concept: str
    words: str


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to say a notion, or one false friend of it."""

    concept: str
    pattern: Pattern
    hides: bool


class Lexicon:
    """Finds notions in folded words; remembers what each different word can begin."""

    def __init__(self, concepts: dict[str, ConceptSpec]) -> None:
        self.concepts = tuple(concepts)
        self._elements = Elements()
        self._by_first: dict[int, list[_Way]] = defaultdict(list)
        for name, spec in concepts.items():
            self._learn(name, spec.patterns, hides=False)
            self._learn(name, spec.false_friends, hides=True)
        self._near = one_fault_away([term for spec in concepts.values() for term in spec.fuzzy])
        self._words: dict[str, frozenset[int]] = {}

    def _learn(self, name: str, sources: Iterable[str], *, hides: bool) -> None:
        for source in sources:
            pattern = parse(source, self._elements)
            self._by_first[pattern.steps[0].element].append(_Way(name, pattern, hides))

    def elements(self, word: str) -> frozenset[int]:
        """What a word is for the patterns, one typing fault forgiven in long words that no long element names."""
        known = self._words.get(word)
        if known is None:
            known = self._elements.of(word)
            if SHORTEST_FUZZY <= len(word) <= LONGEST_FUZZY and self._elements.longest(word) < SHORTEST_FUZZY:
                known |= self._elements.of(corrected(word, self._near) or "")
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            self._words[word] = known
        return known

    def said(self, words: Sequence[str]) -> list[Said]:
        """The notions of one text, false friends taken away, in the order of the text."""
        elements = [self.elements(word) for word in words]
        if not any(elements):
            return []
        found, hidden = self._matches(elements)
        kept: dict[str, Said] = {}
        for concept, start, end in found:
            if concept not in kept and not _covered(start, end, hidden.get(concept, ())):
                kept[concept] = Said(concept, " ".join(words[start:end]))
        return list(kept.values())

    def _matches(
        self, elements: list[frozenset[int]]
    ) -> tuple[list[tuple[str, int, int]], dict[str, list[tuple[int, int]]]]:
        """Spans (notion, start, end) of words, and spans that false friends hide, by notion."""
        found: list[tuple[str, int, int]] = []
        hidden: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, here in enumerate(elements):
            for element in here:
                for way in self._by_first.get(element, ()):
                    end = way.pattern.end(elements, start)
                    if end < 0:
                        continue
                    if way.hides:
                        hidden[way.concept].append((start, end))
                    else:
                        found.append((way.concept, start, end))
        found.sort(key=lambda match: (match[1], -match[2], match[0]))
        return found, hidden


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)
