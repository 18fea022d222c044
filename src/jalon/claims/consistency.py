"""What a text says against itself: parts that do not add up, shares that are not, sentences that disagree."""

from jalon.claims.claim import Claim
from jalon.claims.context import Context, Reading

Judged = tuple[Context, Claim]


def reconciled(reading: Reading, judged: list[Judged]) -> list[Claim]:
    return [claim for _, claim in judged]
