"""How sure a reading is: the share of readings like it that were right on the measured sets (docs/exactness.md)."""

from collections.abc import Sequence

from jalon.documents.lines import Line

DIGITAL: dict[str, float] = {
    "title": 0.99,
    "reference": 0.99,
    "axis": 0.985,
    "owner": 0.99,
    "budget": 0.985,
    "funding": 0.94,
    "calendar": 0.98,
    "description": 0.98,
    "partners": 0.975,
}
"""(right + 1) / (read + 2) of each field, over the third set as first read and the second one as DOCX, ODT and HTML."""
USUAL = 0.96


def of(name: str, lines: Sequence[Line], doubt: float = 1.0) -> float:
    """The confidence of a value read on these lines.

    A digital text is as sure as its field usually is; a guessed one is as sure as its least sure word allows.
    """
    base = DIGITAL.get(name, USUAL)
    guessed = [word.confidence for line in lines for word in line.words if word.confidence < 1.0]
    if guessed:
        least = min(guessed)
        base *= 0.55 + 0.45 * least if name != "description" else 0.9
    return round(max(0.01, min(base * doubt, 0.995)), 3)
