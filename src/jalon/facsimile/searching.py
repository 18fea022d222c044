"""Search inside a document: words that follow each other, whatever their accents and capitals."""

import re
from collections.abc import Iterator, Sequence

from jalon.documents import Box
from jalon.facsimile.model import Hit, Spot
from jalon.geography.names import fold

AROUND = 8
MOST = 200


def search(pages: Sequence[Sequence[Spot]], asked: str) -> tuple[Hit, ...]:
    """Where the words asked stand next to each other; the last may be the beginning of a word."""
    wanted = fold(asked).split()
    if not wanted:
        return ()
    found: list[Hit] = []
    for number, spots in enumerate(pages, 1):
        found += _on_page(number, spots, wanted)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _on_page(number: int, spots: Sequence[Spot], wanted: Sequence[str]) -> Iterator[Hit]:
    parts = [(part, rank) for rank, spot in enumerate(spots) for part in fold(spot.text).split()]
    for start in range(len(parts) - len(wanted) + 1):
        if all(parts[start + i][0] == word for i, word in enumerate(wanted[:-1])) and parts[start + len(wanted) - 1][
            0
        ].startswith(wanted[-1]):
            yield _hit(number, spots, parts[start][1], parts[start + len(wanted) - 1][1])


def _hit(number: int, spots: Sequence[Spot], first: int, last: int) -> Hit:
    def told(chosen: Sequence[Spot]) -> str:
        return re.sub(r"\s+", " ", " ".join(spot.text for spot in chosen))

    return Hit(
        number,
        tuple(Box(*spot[1:]) for spot in spots[first : last + 1]),
        told(spots[max(0, first - AROUND) : first]),
        told(spots[first : last + 1]),
        told(spots[last + 1 : last + 1 + AROUND]),
    )
