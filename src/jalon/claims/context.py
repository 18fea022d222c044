"""What surrounds each quantity: its sentence, its noun, when and where it is said of, and which programme."""

from dataclasses import dataclass

from jalon.claims.periods import Moment
from jalon.claims.places import Named
from jalon.claims.quantity import Quantity
from jalon.claims.text import Plain

TIGHT = 140


@dataclass(frozen=True)
class Reading:
    """A text read once: its sentences, and every quantity with its context."""

    plain: Plain
    loose: str
    contexts: tuple["Context", ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One quantity where it stands; every pair is bounds in the plain text.

    `wide` is the sentence, with the one before when it points back to it. `noun` is what is counted; empty bounds when
    no known noun is. `elliptic` when the noun was not said again after the number. `hinted` is the place of the
    sentence before, when this one names none and may still be about it.
    """

    quantity: Quantity
    sentence: tuple[int, int]
    wide: tuple[int, int]
    before: tuple[int, int]
    after: tuple[int, int]
    clause_end: int
    noun: tuple[int, int]
    elliptic: bool
    unknown_noun: str
    moment: Moment | None
    place: Named | None
    programmes: tuple[str, ...]
    named: tuple[str, ...]
    themes: tuple[str, ...]
    negative: bool
    stands_in: str
    is_total: bool
    located: tuple[tuple[int, int], ...]
    hinted: Named | None

    @property
    def tight(self) -> tuple[int, int]:
        """Nearer bounds: what may tell the number apart from another."""
        return max(self.before[0], self.quantity.start - TIGHT), self.clause_end

    @property
    def beside(self) -> tuple[int, int]:
        """Where terms that must be beside the number may stand: the whole sentence for the total of its parts."""
        return self.sentence if self.is_total else self.near

    @property
    def near(self) -> tuple[int, int]:
        return self.before[0], self.after[1]


@dataclass(frozen=True, slots=True)
class Frame:
    """One sentence while its quantities are read; `hinted` as in Context."""

    plain: Plain
    text: str
    sentence: tuple[int, int]
    wide: tuple[int, int]
    moments: tuple[Moment, ...]
    places: tuple[Named, ...]
    named: tuple[str, ...]
    programme: str
    hinted: Named | None
