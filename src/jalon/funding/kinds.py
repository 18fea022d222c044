"""Kinds of money, never added together without a stated rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from jalon.errors import KindsMixed


class Kind(StrEnum):
    GRANT = "grant"
    ADVANCE = "advance"
    LOAN = "loan"
    GUARANTEE = "guarantee"
    EQUITY = "equity"
    QUASI_EQUITY = "quasi-equity"


KIND_LABELS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.GRANT: "subvention",
        Kind.ADVANCE: "avance remboursable",
        Kind.LOAN: "prêt",
        Kind.GUARANTEE: "garantie",
        Kind.EQUITY: "fonds propres",
        Kind.QUASI_EQUITY: "quasi-fonds propres",
    }
)


@dataclass(frozen=True, slots=True)
class SumRule:
    """What makes a sum of several kinds meaningful: the kinds it may add, and the sentence shown beside the sum."""

    kinds: frozenset[Kind]
    says: str


FACE_VALUE = SumRule(
    frozenset(Kind) - {Kind.GUARANTEE},
    "montants nominaux : une subvention est donnée, un prêt ou une avance se rembourse, des fonds propres se "
    "revendent ; les garanties, qui ne se versent pas, n’y sont pas",
)
"""Adds what is paid out, at its face value."""


def by_kind(amounts: Iterable[tuple[Kind, int]]) -> dict[Kind, int]:
    """Sums of cents, kind by kind, in the order of `Kind`."""
    found: dict[Kind, int] = {}
    for kind, cents in amounts:
        found[kind] = found.get(kind, 0) + cents
    return {kind: found[kind] for kind in Kind if kind in found}


def total(amounts: Iterable[tuple[Kind, int]], rule: SumRule | None = None) -> int:
    """The sum of cents. Raises KindsMixed when kinds differ and no rule, or not this rule, allows adding them."""
    sums = by_kind(amounts)
    allowed = rule.kinds if rule else frozenset(list(sums)[:1])
    others = [KIND_LABELS[kind] for kind in sums if kind not in allowed]
    if others:
        raise KindsMixed(
            f"kinds {sorted(sums)} under rule {rule}",
            user_message=f"ces montants ne s’additionnent pas : {', '.join(KIND_LABELS[kind] for kind in sums)}.",
            mend="donnez un total par nature, ou dites la règle qui permet de les additionner.",
        )
    return sum(sums.values())
