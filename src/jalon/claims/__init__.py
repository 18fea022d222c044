"""A text to its quantities, each held against the figures."""

from jalon.claims.check import check
from jalon.claims.claim import LABELS, Check, Claim, Proof, Reference, Verdict, as_json
from jalon.claims.limits import TextRefused

__all__ = ["LABELS", "Check", "Claim", "Proof", "Reference", "TextRefused", "Verdict", "as_json", "check"]
