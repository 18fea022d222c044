"""The language of the lexicon's patterns, and a matcher whose time grows with the words of the text only.

A pattern is elements separated by spaces: `word`, `start*`, `*end`, `*middle*`, alternatives with `|`, and
`~3` for a gap of up to three other words. There is no backtracking regular expression anywhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property


class PatternError(ValueError):
    """The pattern is not one of the language."""


@dataclass(frozen=True, slots=True)
class Step:
    """One element: its number in the lexicon, and how many other words may stand before it."""

    element: int
    gap: int


@dataclass(frozen=True, slots=True)
class Pattern:
    steps: tuple[Step, ...]

    def end(self, elements: Sequence[frozenset[int]], start: int) -> int:
        """The position after the match that begins at word `start`, or -1."""
        ends = [start]
        if self.steps[0].element not in elements[start]:
            return -1
        for step in self.steps[1:]:
            ends = _next(elements, ends, step)
            if not ends:
                return -1
        return ends[0] + 1


def _next(elements: Sequence[frozenset[int]], ends: list[int], step: Step) -> list[int]:
    found = {
        position
        for end in ends
        for position in range(end + 1, min(end + 2 + step.gap, len(elements)))
        if step.element in elements[position]
    }
    return sorted(found)


class Elements:
    """All different elements of a lexicon: a word to the numbers of the elements it satisfies."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._exact: dict[str, set[int]] = {}
        self._prefix: dict[str, set[int]] = {}
        self._suffix: dict[str, set[int]] = {}
        self._infix: dict[str, set[int]] = {}

    def number(self, element: str) -> int:
        """The number of an element, new or known; raises `PatternError`."""
        if element not in self._numbers:
            self._numbers[element] = len(self._numbers)
            for glob in element.split("|"):
                self._add(glob, self._numbers[element])
        return self._numbers[element]

    def _add(self, glob: str, number: int) -> None:
        stem = glob.strip("*")
        if not stem or "*" in stem or not all(c.isalnum() or c == "@" for c in stem) or not stem.isascii():
            raise PatternError(glob)
        table = {
            (False, False): self._exact,
            (False, True): self._prefix,
            (True, False): self._suffix,
            (True, True): self._infix,
        }[(glob.startswith("*"), glob.endswith("*"))]
        table.setdefault(stem, set()).add(number)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._prefix), default=0)

    def of(self, word: str) -> frozenset[int]:
        """The elements one folded word satisfies."""
        return frozenset().union(*(numbers for _, numbers in self._met(word)))

    def longest(self, word: str) -> int:
        """How many letters of the word its longest element names; 0 when it satisfies none."""
        return max((len(stem) for stem, _ in self._met(word)), default=0)

    def _met(self, word: str) -> Iterator[tuple[str, set[int]]]:
        """The stems the word satisfies, with the elements they belong to."""
        if word in self._exact:
            yield word, self._exact[word]
        for size in range(1, min(len(word), self._longest) + 1):
            if word[:size] in self._prefix:
                yield word[:size], self._prefix[word[:size]]
        for stem, numbers in self._suffix.items():
            if word.endswith(stem):
                yield stem, numbers
        for stem, numbers in self._infix.items():
            if stem in word:
                yield stem, numbers


def parse(source: str, elements: Elements) -> Pattern:
    """One line of the lexicon to a `Pattern`; raises `PatternError` with what is wrong, in French."""
    steps: list[Step] = []
    gap = 0
    for part in source.split():
        if part.startswith("~"):
            if not part[1:].isdigit() or not steps or gap or not 0 < int(part[1:]) < 10:
                raise PatternError(f"intervalle mal placé ou mal écrit : {part}")
            gap = int(part[1:])
            continue
        steps.append(Step(elements.number(part), gap))
        gap = 0
    if not steps or gap:
        raise PatternError("motif vide ou terminé par un intervalle")
    return Pattern(tuple(steps))


def one_fault_away(terms: Iterable[str]) -> dict[str, str]:
    """Every deletion of one letter of each term, to find words one fault away from a term."""
    return {term[:i] + term[i + 1 :]: term for term in terms for i in range(1, len(term))} | {t: t for t in terms}


def corrected(word: str, near: dict[str, str]) -> str | None:
    """The term that `word` writes with one fault (letter lost, added, changed or two swapped), or None."""
    if word in near:
        return near[word]
    for i in range(1, len(word)):
        term = near.get(word[:i] + word[i + 1 :])
        if term is not None and _one_fault(word, term):
            return term
    return None


def _one_fault(word: str, term: str) -> bool:
    start = 0
    while start < min(len(word), len(term)) and word[start] == term[start]:
        start += 1
    a, b = word[start:], term[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
