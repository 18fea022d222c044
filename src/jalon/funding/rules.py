"""Rules of eligibility, as files state them: each says, of a candidate, met, not met, or what must be known first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from jalon.funding.candidate import MATURITY_LABELS, ORDER, Candidate, Maturity
from jalon.funding.wording import euros
from jalon.programmes.schema import Euros, Id, Strict, Text

CENTS = 100


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule applied: the rule in words, what the candidate shows, and where the rule is written.

    `missing` names what must be known to decide; empty when the rule is decided.
    """

    outcome: Outcome
    rule: str
    found: str
    article: str
    missing: str = ""


class Rule(Strict):
    """`article` is where the rule is written; `says` replaces the sentence made from its values."""

    article: Text
    says: Text | None = None

    def _line(self, held: bool | None, rule: str, found: str, missing: str = "") -> Line:
        outcome = Outcome.UNKNOWN if held is None else Outcome.MET if held else Outcome.NOT_MET
        return Line(outcome, self.says or rule, found, self.article, missing if held is None else "")


class Beneficiaries(Rule):
    kind: Literal["beneficiaries"]
    any_of: Annotated[
        list[Literal["commune", "epci", "departement", "region", "syndicat", "autre"]], Field(min_length=1)
    ]

    def check(self, candidate: Candidate, day: date) -> Line:
        held = None if candidate.kind is None else candidate.kind in self.any_of
        names = ", ".join(BENEFICIARIES[kind] for kind in self.any_of)
        found = BENEFICIARIES.get(candidate.kind or "", "bénéficiaire inconnu")
        return self._line(held, f"ouvert à : {names}", found, "la nature du bénéficiaire")


class Population(Rule):
    """Bounds of inhabitants, included, for one kind of beneficiary; others pass."""

    kind: Literal["population"]
    of: Literal["commune", "epci"]
    at_least: int | None = None
    at_most: int | None = None
    at_most_overseas: int | None = None

    def check(self, candidate: Candidate, day: date) -> Line:
        most = self.at_most_overseas if candidate.overseas and self.at_most_overseas is not None else self.at_most
        rule = f"{BENEFICIARIES[self.of]} : {_bounds(self.at_least, most, 'habitants')}"
        if candidate.kind != self.of:
            return self._line(True, rule, "ne concerne pas ce bénéficiaire")
        held = _within(candidate.population, self.at_least, most)
        return self._line(held, rule, _count(candidate.population, "habitants"), "la population")


class Programmes(Rule):
    kind: Literal["programmes"]
    any_of: Annotated[list[Id], Field(min_length=1)]

    def check(self, candidate: Candidate, day: date) -> Line:
        held = bool(candidate.programmes & set(self.any_of))
        found = ", ".join(sorted(candidate.programmes)) or "aucun programme suivi"
        return self._line(held, f"territoire d’un de ces programmes : {', '.join(self.any_of)}", found)


class Themes(Rule):
    """`whole`: these themes are all that the instrument funds; else others may be eligible, which a person judges."""

    kind: Literal["themes"]
    any_of: Annotated[list[Text], Field(min_length=1)]
    whole: bool

    def check(self, candidate: Candidate, day: date) -> Line:
        shared = candidate.themes & set(self.any_of)
        held = True if shared else False if self.whole and candidate.themes else None
        found = ", ".join(sorted(shared or candidate.themes)) or "aucun thème trouvé dans le texte"
        return self._line(held, f"thèmes : {', '.join(self.any_of)}", found, "le lien du projet avec ces thèmes")


class AtMaturity(Rule):
    kind: Literal["maturity"]
    at_least: Maturity | None = Field(None, strict=False)
    at_most: Maturity | None = Field(None, strict=False)

    def check(self, candidate: Candidate, day: date) -> Line:
        low = ORDER.index(self.at_least) if self.at_least else 0
        high = ORDER.index(self.at_most) if self.at_most else len(ORDER) - 1
        labels = [MATURITY_LABELS[stage] for stage in ORDER[low : high + 1]]
        held = None if candidate.maturity is None else low <= ORDER.index(candidate.maturity) <= high
        found = MATURITY_LABELS[candidate.maturity] if candidate.maturity else "avancement inconnu"
        return self._line(held, f"projet {', '.join(labels)}", found, "l’avancement du projet")


class Cost(Rule):
    kind: Literal["cost"]
    at_least_eur: Euros | None = None
    at_most_eur: Euros | None = None

    def check(self, candidate: Candidate, day: date) -> Line:
        held = _within(candidate.cost_cents, _cents(self.at_least_eur), _cents(self.at_most_eur))
        rule = f"coût {_amounts(self.at_least_eur, self.at_most_eur)}"
        return self._line(held, rule, _money(candidate.cost_cents), "le coût du projet")


class Amount(Rule):
    kind: Literal["amount"]
    at_least_eur: Euros | None = None
    at_most_eur: Euros | None = None

    def check(self, candidate: Candidate, day: date) -> Line:
        held = _within(candidate.asked_cents, _cents(self.at_least_eur), _cents(self.at_most_eur))
        rule = f"montant demandé {_amounts(self.at_least_eur, self.at_most_eur)}"
        return self._line(held, rule, _money(candidate.asked_cents), "le montant demandé")


class Share(Rule):
    """The amount asked, as a share of the cost."""

    kind: Literal["share"]
    at_most: Annotated[Decimal, Field(gt=0, le=1, strict=False)]

    def check(self, candidate: Candidate, day: date) -> Line:
        rule = f"au plus {_percent(self.at_most)} du coût"
        if not candidate.cost_cents or candidate.asked_cents is None:
            return self._line(None, rule, "part inconnue", "le coût et le montant demandé")
        share = Decimal(candidate.asked_cents) / candidate.cost_cents
        return self._line(share <= self.at_most, rule, f"{_percent(share)} demandés")


class Cumulation(Rule):
    """All public money together, what is asked included, as a share of the cost."""

    kind: Literal["cumulation"]
    public_at_most: Annotated[Decimal, Field(gt=0, le=1, strict=False)]

    def check(self, candidate: Candidate, day: date) -> Line:
        rule = f"aides publiques : au plus {_percent(self.public_at_most)} du coût en tout"
        public = [each.cents for each in candidate.funding if each.public]
        if not candidate.cost_cents or None in public:
            return self._line(None, rule, "part inconnue", "le coût et les aides déjà obtenues")
        whole = sum(cents or 0 for cents in public) + (candidate.asked_cents or 0)
        share = Decimal(whole) / candidate.cost_cents
        held = share < self.public_at_most if candidate.asked_cents is None else share <= self.public_at_most
        return self._line(held, rule, f"{_percent(share)} d’aides publiques")


class NotWith(Rule):
    kind: Literal["not-with"]
    schemes: Annotated[list[Text], Field(min_length=1)]

    def check(self, candidate: Candidate, day: date) -> Line:
        both = sorted({each.scheme for each in candidate.funding} & set(self.schemes))
        found = f"déjà aidé par : {', '.join(both)}" if both else "aucune de ces aides"
        return self._line(not both, f"ne se cumule pas avec : {', '.join(self.schemes)}", found)


class Dates(Rule):
    kind: Literal["dates"]
    opens_on: date | None = None
    closes_on: date | None = None

    def check(self, candidate: Candidate, day: date) -> Line:
        held = (self.opens_on is None or self.opens_on <= day) and (self.closes_on is None or day <= self.closes_on)
        since = f"du {self.opens_on:%d/%m/%Y}" if self.opens_on else ""
        until = f"au {self.closes_on:%d/%m/%Y}" if self.closes_on else "sans date de fin"
        return self._line(held, f"ouvert {since} {until}".replace("  ", " "), f"au {day:%d/%m/%Y}")


class Stated(Rule):
    """A condition that no data of Jalon decides: a person must."""

    kind: Literal["stated"]
    says: Text

    def check(self, candidate: Candidate, day: date) -> Line:
        return self._line(None, "", "Jalon n’a pas de donnée qui en décide", "une vérification par une personne")


AnyRule = Annotated[
    Beneficiaries | Population | Programmes | Themes | AtMaturity | Cost | Amount | Share | Cumulation | NotWith | Dates
    | Stated,
    Field(discriminator="kind"),
]  # fmt: skip
BENEFICIARIES = {
    "commune": "communes",
    "epci": "intercommunalités",
    "departement": "départements",
    "region": "régions",
    "syndicat": "syndicats",
    "autre": "autres bénéficiaires",
}


def _within(value: int | None, low: int | None, high: int | None) -> bool | None:
    return None if value is None else (low is None or value >= low) and (high is None or value <= high)


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * CENTS)


def _amounts(low: Decimal | None, high: Decimal | None) -> str:
    parts: Sequence[str] = [
        *([f"d’au moins {euros(_cents(low) or 0)}"] if low is not None else []),
        *([f"d’au plus {euros(_cents(high) or 0)}"] if high is not None else []),
    ]
    return " et ".join(parts) or "libre"


def _bounds(low: int | None, high: int | None, what: str) -> str:
    least = f"au moins {_count(low, what)}" if low is not None else ""
    most = f"au plus {_count(high, what)}" if high is not None else ""
    return ", ".join(part for part in (least, most) if part) or "toute taille"


def _count(value: int | None, what: str) -> str:
    return f"{what} : non connu" if value is None else f"{value:,} {what}".replace(",", "\u202f")


def _money(cents: int | None) -> str:
    return "montant non connu" if cents is None else euros(cents)


def _percent(share: Decimal) -> str:
    shown = f"{share * 100:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{shown}\u202f%"
