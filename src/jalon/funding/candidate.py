"""What asks for money, as far as it is known: an action or a town, seen by the rules of eligibility."""

from dataclasses import dataclass
from enum import StrEnum


class Maturity(StrEnum):
    """How far a project is, in order."""

    IDEA = "idea"
    STUDY = "study"
    READY = "ready"
    STARTED = "started"
    DONE = "done"


MATURITY_LABELS = {
    Maturity.IDEA: "idée",
    Maturity.STUDY: "à l’étude",
    Maturity.READY: "prêt à démarrer",
    Maturity.STARTED: "commencé",
    Maturity.DONE: "achevé",
}
ORDER = tuple(Maturity)


@dataclass(frozen=True, slots=True)
class Funding:
    """Money already obtained: who gives it, by which scheme or instrument, how much (None: not known)."""

    funder: str
    scheme: str
    cents: int | None
    public: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """`kind`: commune, epci, departement, region, syndicat or autre. Unknown is None, never zero.

    `themes`: those found in its text; an empty set says that none was found, not that it has none.
    """

    id: str
    label: str
    kind: str | None = None
    population: int | None = None
    overseas: bool = False
    programmes: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    maturity: Maturity | None = None
    cost_cents: int | None = None
    asked_cents: int | None = None
    funding: tuple[Funding, ...] = ()

    @property
    def obtained_cents(self) -> int | None:
        """What is already obtained; None when one amount is not known."""
        known = [each.cents for each in self.funding]
        return None if None in known else sum(cents or 0 for cents in known)

    @property
    def gap_cents(self) -> int | None:
        """What nobody pays yet."""
        obtained = self.obtained_cents
        return None if self.cost_cents is None or obtained is None else max(0, self.cost_cents - obtained)
