"""Texts to folded words: no accents, no case, no little words; long texts to windows of a few sentences."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

LITTLE = "l d de du des le la les un une au aux en a ses son sa leur leurs ce cette c qu s n y"
LITTLE_WORDS = frozenset(LITTLE.split(" "))
WINDOW = 320
LONGEST = 200_000
_WORD = re.compile(r"@?[a-z0-9]+|@")
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý\d«•–-])|[\n\r•]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})
_ASCII = {ord(c): None for c in map(chr, range(0x300, 0x370))}


def fold(text: str) -> str:
    """Lower case, ligatures opened, accents dropped."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return unicodedata.normalize("NFKD", lowered.translate(_LIGATURES)).translate(_ASCII)


def words(text: str) -> list[str]:
    """Folded words in order, without the articles and prepositions that patterns ignore."""
    return [word for word in _WORD.findall(fold(text)) if word not in LITTLE_WORDS]


def sentences(text: str) -> list[str]:
    """The sentences of a text, blank ones left out; what an abbreviation ends is not cut before a small letter."""
    return [piece for piece in _SENTENCE_END.split(text[:LONGEST]) if piece and not piece.isspace()]


def windows(pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of sentences of about `WINDOW` characters, as (first, after the last); a short text is one run.

    Runs overlap by one sentence, so that what two neighbouring sentences say together is seen; and the first sentence
    of a longer text, most often its title, is also read alone.
    """
    sizes = [len(piece) for piece in pieces]
    return [(0, len(sizes))] if sum(sizes) <= WINDOW else list(dict.fromkeys([(0, 1), *_runs(sizes)]))


def _runs(sizes: Sequence[int]) -> Iterable[tuple[int, int]]:
    first = fresh = 0
    for here, size in enumerate(sizes):
        if here > fresh and sum(sizes[first:here]) + size > WINDOW:
            yield first, here
            first = here - 1 if sizes[here - 1] + size <= WINDOW else here
            fresh = here
    if sizes:
        yield first, len(sizes)
