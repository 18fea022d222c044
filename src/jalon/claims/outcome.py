"""What holding a quantity against one figure gives."""

from dataclasses import dataclass

from jalon.claims.claim import Proof, Reference, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one match gives; `verdict` is None when nothing can be said by this figure, `reason` then says why."""

    verdict: Verdict | None
    reason: str
    expected: float | str | None = None
    figure: Reference | None = None
    evidence: tuple[Proof, ...] = ()
