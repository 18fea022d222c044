"""The verdict on each quantity of a text, with what it rests on."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from jalon.figures.permalink import permalink

Verdict = Literal["confirmed", "compatible", "contradicted", "stale", "circular", "unverifiable", "inconsistent"]
LABELS: dict[Verdict, str] = {
    "confirmed": "confirmé",
    "compatible": "compatible",
    "contradicted": "contredit",
    "stale": "périmé",
    "circular": "circulaire",
    "unverifiable": "invérifiable",
    "inconsistent": "incohérent",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """The figure a claim is held against, as it can be cited."""

    id: str
    label: str
    params: tuple[tuple[str, str | int], ...]
    as_of: date
    edition: str
    display: str

    @property
    def permalink(self) -> str:
        return permalink(self.id, self.edition, self.as_of, self.params)


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: a row behind a computed figure, or a declared fact with where it was published."""

    kind: Literal["row", "fact"]
    fields: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One quantity of the text and its verdict. `start:end` are offsets in the text given; `text` is what stands there.

    `value` and `expected` are in `unit`: a number of things (`unit` is their noun), euros, per cent, years, a day.
    `reason` is one French sentence.
    """

    text: str
    start: int
    end: int
    value: float | str
    unit: str
    verdict: Verdict
    reason: str
    expected: float | str | None = None
    figure: Reference | None = None
    evidence: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A text checked on an edition, as of a day."""

    edition: str
    as_of: date
    dated_by: Literal["given", "text", "edition"]
    text: str
    claims: tuple[Claim, ...]


def as_json(check: Check) -> dict[str, Any]:
    """The check as JSON carries it; days are ISO. `text` is what the offsets point in: what was read of a file."""
    return {
        "edition": check.edition,
        "as_of": check.as_of.isoformat(),
        "dated_by": check.dated_by,
        "text": check.text,
        "claims": [_claim(claim) for claim in check.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    reference = claim.figure
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "value": claim.value,
        "unit": claim.unit,
        "verdict": claim.verdict,
        "expected": claim.expected,
        "figure": None
        if reference is None
        else {
            "id": reference.id,
            "label": reference.label,
            "params": dict(reference.params),
            "as_of": reference.as_of.isoformat(),
            "edition": reference.edition,
            "value": reference.display,
            "permalink": reference.permalink,
        },
        "reason": claim.reason,
        "evidence": [{"kind": proof.kind, **dict(proof.fields)} for proof in claim.evidence],
    }
