"""What a dossier holds: the text, each verdict with what a person decided, the figures, the edition."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from jalon.claims import LABELS, Check, Claim, Verdict, as_json
from jalon.claims.marks import SIGNS
from jalon.editions import Edition
from jalon.figures import format_day, format_moment, get
from jalon.figures.columns import evidence_column

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a claim: the machine's verdict accepted, or another with a reason."""

    claim: int
    accepted: bool
    verdict: Verdict
    reason: str
    author: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure that claims were held against, with all that is needed to compute it again."""

    label: str
    value: str
    as_of: str
    kind: str
    definition: str
    excludes: str
    permalink: str
    sql: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything a reader needs a year later. `decisions` holds the last one of each claim."""

    id: str
    title: str
    author: str
    frozen_at: datetime
    origin: str
    check: Check
    decisions: tuple[Decision, ...]
    figures: tuple[FigureShown, ...]

    @property
    def address(self) -> str:
        return f"{self.origin}/verifications/{self.id}"

    def decision(self, number: int) -> Decision | None:
        return next((one for one in self.decisions if one.claim == number), None)

    def record(self) -> bytes:
        """The dossier as JSON: the same content gives the same bytes."""
        kept: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "author": self.author,
            "frozen_at": self.frozen_at.isoformat(),
            "address": self.address,
            "check": as_json(self.check),
            "decisions": [asdict(one) for one in self.decisions],
            "figures": [asdict(one) for one in self.figures],
        }
        return (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n").encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.record()).hexdigest()


def dossier(
    check: Check,
    edition: Edition,
    decisions: tuple[Decision, ...],
    *,
    key: str,
    title: str,
    author: str,
    frozen_at: datetime,
    origin: str = "",
) -> Dossier:
    """The dossier of a check made on this edition. Raises UnknownFigure when the edition is another one."""
    last = {one.claim: one for one in decisions}
    return Dossier(
        key, title, author, frozen_at, origin, check, tuple(last[n] for n in sorted(last)), _figures(check, edition)
    )


def _figures(check: Check, edition: Edition) -> tuple[FigureShown, ...]:
    """Each figure once, in the order of the text."""
    found = {claim.figure.permalink: claim.figure for claim in check.claims if claim.figure}
    shown = []
    for permalink, reference in found.items():
        definition = get(reference.id, edition)
        kind = "déclaré par une publication citée" if definition.kind == "declared" else "calculé sur les données"
        shown.append(
            FigureShown(
                reference.label, reference.display, reference.as_of.isoformat(), kind, definition.definition,
                definition.excludes, permalink, definition.value.strip(),
            )
        )  # fmt: skip
    return tuple(shown)


def final(claim: Claim, decision: Decision | None) -> Verdict:
    """The verdict that stands: the machine's, or that of the person who set it aside."""
    return claim.verdict if decision is None or decision.accepted else decision.verdict


def sign(verdict: Verdict) -> str:
    return SIGNS[verdict]


def label(verdict: Verdict) -> str:
    return LABELS[verdict]


def on(day: str) -> str:
    """An ISO day as people say it."""
    return format_day(date.fromisoformat(day))


def proofs(claim: Claim) -> list[str]:
    """The evidence of a claim in lines: a row as labels and values, a publication with its address."""
    lines = []
    for proof in claim.evidence[:SHOWN]:
        fields = dict(proof.fields)
        if proof.kind == "fact":
            where = f"{fields['publisher']}, {format_moment(str(fields['date']))}, {fields['url']}"
            lines.append(f"{fields['statement']} {where}")
        else:
            lines.append(" · ".join(_told(name, value) for name, value in fields.items() if value is not None))
    return lines


def _told(name: str, value: Any) -> str:
    column = evidence_column(name)
    dated = column.format == "date" and isinstance(value, str)
    return f"{column.label} : {on(value) if dated else value}"
