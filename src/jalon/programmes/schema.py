"""The strict shape of programme.toml: an unknown key or a value of another type is an error."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from jalon.programmes.model import Axis, Call, Envelope, Milestone, Partner, Reference, Target, Words

ID = r"^[a-z][a-z0-9-]{1,40}$"
URL = r"^https?://[^\s\"'<>]+$"
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(lambda text: _on_one_line(text))]
Id = Annotated[str, Field(pattern=ID)]
Euros = Annotated[Decimal, BeforeValidator(lambda value: _euros(value)), Field(ge=0)]


def _on_one_line(text: str) -> str:
    if text != text.strip() or any(ord(character) < 32 for character in text):
        raise ValueError("espace en trop ou retour à la ligne | écrivez le texte sur une ligne, sans espace au bord")
    return text


def _euros(value: object) -> object:
    """TOML integers and floats as exact decimals; anything else is left for the strict model to refuse."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AxisKeys(Strict):
    number: Annotated[int, Field(ge=1)]
    label: Text

    def made(self) -> Axis:
        return Axis(self.number, self.label)


class PartnerKeys(Strict):
    id: Id
    label: Text
    funds: bool = False
    signs: bool = True

    def made(self) -> Partner:
        return Partner(self.id, self.label, self.funds, self.signs)


class YearKeys(Strict):
    year: Annotated[int, Field(ge=1990, le=2200)]
    amount_eur: Euros


class EnvelopeKeys(Strict):
    id: Id
    label: Text
    amount_eur: Euros
    fact: Text
    partner: Id | None = None
    part_of: Id | None = None
    kind: Literal["grant", "advance", "loan", "guarantee", "equity", "quasi-equity"] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    profile: list[YearKeys] = []

    def made(self) -> Envelope:
        profile = tuple((each.year, each.amount_eur) for each in self.profile)
        return Envelope(
            self.id, self.label, self.amount_eur, self.fact, self.partner, self.part_of, self.kind, self.starts_on,
            self.ends_on, profile,
        )  # fmt: skip


class CallKeys(Strict):
    id: Id
    label: Text
    fact: Text
    opened_on: date | None = None
    decided_on: date | None = None
    follows: Id | None = None
    envelope: Id | None = None
    places: Annotated[int, Field(ge=1)] | None = None

    def made(self) -> Call:
        return Call(**self.model_dump())


class TargetKeys(Strict):
    id: Id
    label: Text
    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    unit: Text
    due_on: date
    fact: Text

    def made(self) -> Target:
        return Target(self.id, self.label, self.value, self.unit, self.due_on, self.fact)


class MilestoneKeys(Strict):
    on: date
    label: Text
    fact: Text | None = None
    planned_on: date | None = None
    call: Id | None = None
    group: Text | None = None

    def made(self) -> Milestone:
        return Milestone(**self.model_dump())


class ReferenceKeys(Strict):
    about: Annotated[list[Text], Field(min_length=1)]
    publisher: Text
    url: Annotated[str, Field(pattern=URL)]
    title: Text | None = None
    published: Text | None = None

    def made(self) -> Reference:
        return Reference(tuple(self.about), self.publisher, self.url, self.title, self.published)


class WordsKeys(Strict):
    beneficiary: Text
    beneficiaries: Text
    group: Text
    groups: Text
    agreement: Text
    agreements: Text

    def made(self) -> Words:
        return Words(**self.model_dump())


class ProgrammeKeys(Strict):
    """programme.toml, key by key."""

    id: Id
    name: Text
    short_name: Annotated[Text, Field(max_length=60)]
    description: Text
    launched_on: date
    ends_on: date | None = None
    home_figures: Annotated[list[Id], Field(max_length=6)] = []
    words: WordsKeys
    axes: list[AxisKeys] = []
    partners: list[PartnerKeys] = []
    envelopes: list[EnvelopeKeys] = []
    targets: list[TargetKeys] = []
    milestones: list[MilestoneKeys] = []
    calls: list[CallKeys] = []
    references: list[ReferenceKeys] = []


def repeated(values: Iterable[object]) -> list[int]:
    """Positions of the values already seen before."""
    seen: set[object] = set()
    found = []
    for position, value in enumerate(values):
        if value in seen:
            found.append(position)
        seen.add(value)
    return found
