"""Texts to folded words: no accents, no case, no little words; long texts to windows of a few sentences."""

import re
import unicodedata
from collections.abc import Iterable

LITTLE = "l d de du des le la les un une au aux en a ses son sa leur leurs ce cette c qu s n y"
LITTLE_WORDS = frozenset(LITTLE.split(" "))
WINDOW = 320
LONGEST = 200_000
_WORD = re.compile(r"@?[a-z0-9]+|@")
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý\d«•–-])|\s*[\n\r•]+\s*")
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


def windows(text: str) -> list[str]:
    """A short text is one window; a longer one is read by runs of sentences of about `WINDOW` characters.

    Runs overlap by one sentence, so that what two neighbouring sentences say together is seen.
    """
    text = text[:LONGEST]
    if len(text) <= WINDOW:
        return [text]
    return list(_runs([piece for piece in _SENTENCE_END.split(text) if piece and piece.strip()]))


def _runs(sentences: Iterable[str]) -> Iterable[str]:
    run: list[str] = []
    kept = 0
    for sentence in sentences:
        if len(run) > kept and sum(map(len, run)) + len(sentence) > WINDOW:
            yield " ".join(run)
            run = run[-1:] if len(run[-1]) + len(sentence) <= WINDOW else []
            kept = len(run)
        run.append(sentence)
    if run:
        yield " ".join(run)
