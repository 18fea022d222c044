"""A checked text cut where its marks begin and end, for a page or a dossier."""

import re
from dataclasses import dataclass
from itertools import pairwise

from jalon.claims.claim import LABELS, Check, Verdict
from jalon.claims.text import plain

SIGNS: dict[Verdict, str] = {
    "confirmed": "✓",
    "compatible": "≈",
    "contradicted": "×",
    "stale": "←",
    "circular": "∞",
    "unverifiable": "?",
    "inconsistent": "≠",
}
"""One shape a verdict, so that neither colour nor a screen is needed to tell them apart."""
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: bare when `numbers` is empty, else those of the claims of these numbers, which count from 1.

    `begins` are the claims whose first words these are.
    """

    text: str
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """The text in paragraphs of pieces; joined again they are the text without its blank lines."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    sentences: int
    silent: int
    """Sentences that state no quantity."""


def marked(check: Check) -> Marked:
    """The text of a check with the places of its claims."""
    bounds = _bounds(check.text)
    paragraphs = tuple(_pieces(check, start, end) for start, end in bounds)
    whole = plain(check.text)
    sentences = [whole.offsets(start, end) for start, end in whole.sentences]
    silent = sum(not any(start <= claim.start < end for claim in check.claims) for start, end in sentences)
    return Marked(paragraphs, len(sentences), silent)


def counts(check: Check) -> dict[Verdict, int]:
    """How many claims have each verdict, in the order of the legend; those that none has are left out."""
    found = {verdict: sum(claim.verdict == verdict for claim in check.claims) for verdict in LABELS}
    return {verdict: count for verdict, count in found.items() if count}


def _bounds(text: str) -> list[tuple[int, int]]:
    """Where paragraphs start and end, blank ones left out."""
    cuts = [0, *(place for match in _PARAGRAPHS.finditer(text) for place in match.span()), len(text)]
    return [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if text[start:end].strip()]


def _pieces(check: Check, start: int, end: int) -> tuple[Piece, ...]:
    here = [(n, c) for n, c in enumerate(check.claims, 1) if c.start < end and c.end > start]
    cuts = sorted({start, end, *(min(max(at, start), end) for _, c in here for at in (c.start, c.end))})
    return tuple(
        Piece(
            check.text[low:high],
            tuple(n for n, claim in here if claim.start <= low and high <= claim.end),
            tuple(n for n, claim in here if claim.start == low),
        )
        for low, high in pairwise(cuts)
    )
