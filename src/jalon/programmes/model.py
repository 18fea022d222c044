"""What a programme is made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Axis:
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Partner:
    """`funds`: one of the financing partners. `signs`: signs each agreement unless the agreement says otherwise."""

    id: str
    label: str
    funds: bool
    signs: bool


@dataclass(frozen=True, slots=True)
class Envelope:
    """Money announced. `fact` is the declared fact that states it; `part_of` names the envelope that contains it.

    `kind` is None where the publication does not say one nature; `profile` holds the yearly amounts it announces.
    """

    id: str
    label: str
    amount_eur: Decimal
    fact: str
    partner: str | None
    part_of: str | None
    kind: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    profile: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached by `due_on`, as the declared fact `fact` states it."""

    id: str
    label: str
    value: float
    unit: str
    due_on: date
    fact: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event of the programme, stated by the declared fact `fact`, or by the reference of the same key.

    `planned_on`: the day once announced for it; `group`: the laureate whose milestone it is.
    """

    on: date
    label: str
    fact: str | None
    planned_on: date | None = None
    call: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call for projects; `follows` names the one it renews. Each date is stated by the fact beside it."""

    id: str
    label: str
    fact: str
    opened_on: date | None
    decided_on: date | None
    follows: str | None
    envelope: str | None
    places: int | None


@dataclass(frozen=True, slots=True)
class Laureate:
    """A project chosen by a call: the group of its territories, its leader, and the publications that name it."""

    group_id: str
    call: str
    project: str
    leader: str
    leader_kind: str
    partners: str | None
    theme: str
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """The publication behind keys of programme.toml that no declared fact states."""

    about: tuple[str, ...]
    publisher: str
    url: str
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """How the pages name a beneficiary, a group and its agreement, singular and plural."""

    beneficiary: str
    beneficiaries: str
    group: str
    groups: str
    agreement: str
    agreements: str


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """A territory that benefits. A planned date is never a signature; unknown counts are None, never 0.

    `counts_shared`: `under_way` and `delivered` are the group's, repeated on each of its territories.
    """

    territory_kind: str
    territory_code: str
    group_id: str
    group_name: str
    signed_on: date | None
    signed_on_source: str | None
    planned_on: date | None
    under_way: int | None
    delivered: int | None
    counted_on: date | None
    counts_shared: bool
    listed_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The territories that share one agreement, and its counts added up once.

    `members` is empty for a group named by its source without a territory of its own.
    """

    id: str
    name: str
    members: tuple[Beneficiary, ...]
    signed_on: date | None
    signed_on_source: str | None
    planned_on: date | None
    under_way: int | None
    delivered: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DeclaredFact:
    """What a cited publication states; the columns of the table `declared_facts`."""

    fact_id: str
    programme: str
    statement: str
    value: float
    unit: str
    hedge: str
    as_of: str
    published: str | None
    publisher: str
    title: str | None
    url: str
    independent: bool
    agrees: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money that a publication attributes to a group. Natures differ: amounts are never added up."""

    group_id: str
    amount_eur: Decimal
    nature: str
    url: str
    note: str | None


@dataclass(frozen=True)
class Programme:
    id: str
    name: str
    short_name: str
    description: str
    launched_on: date
    ends_on: date | None
    words: Words
    axes: tuple[Axis, ...]
    partners: tuple[Partner, ...]
    envelopes: tuple[Envelope, ...]
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    references: tuple[Reference, ...]
    home_figures: tuple[str, ...]
    groups: tuple[Group, ...]
    declared: tuple[DeclaredFact, ...]
    amounts: tuple[Amount, ...]
    calls: tuple[Call, ...] = ()
    laureates: tuple[Laureate, ...] = ()

    @cached_property
    def beneficiaries(self) -> tuple[Beneficiary, ...]:
        """Every territory, by kind and code."""
        members = (member for group in self.groups for member in group.members)
        return tuple(sorted(members, key=lambda member: (member.territory_kind, member.territory_code)))

    def signed_groups(self, as_of: date) -> tuple[Group, ...]:
        """Groups whose agreement was signed on that day or before."""
        return tuple(group for group in self.groups if group.signed_on is not None and group.signed_on <= as_of)
