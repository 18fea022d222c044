"""The documents of one agreement folded into its actions: conventions first, then amendments in order of date.

No database here: the same documents give the same actions, whatever the order in which they were given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.agreements.merge import likeness
from jalon.agreements.references import key
from jalon.geography.names import fold
from jalon.register.importing.grants import digest, storable

ALIKE = 78
"""Titles less alike than this, in two conventions, are two actions even under one reference."""
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Given:
    """What was read in one document; `actions` in the shape of `jalon.agreements.record`."""

    sha256: str
    name: str
    amends: bool
    known_on: date
    actions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A place of a document that says a field."""

    document: str
    field: str
    rank: int
    page: int | None
    box: str
    quote: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What an amendment does to an action."""

    document: str
    kind: str
    amendment: str
    before: str
    after: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Folded:
    """One action as its documents leave it; `funding` is (funder, instrument, cents)."""

    action_id: str
    reference: str
    title: str
    axis: int | None
    owner: str
    partners: str
    description: str
    schedule: str
    starts_on: date | None
    ends_on: date | None
    cost_cents: int | None
    withdrawn: bool
    known_on: date
    funding: tuple[tuple[str, str, int], ...]
    proofs: tuple[Proof, ...]
    changes: tuple[Changed, ...]


def fold_all(agreement: str, documents: Iterable[Given]) -> tuple[Folded, ...]:
    """The actions of an agreement, in the order in which its documents name them."""
    held: dict[str, Folded] = {}
    for given in sorted(documents, key=lambda one: (one.amends, one.known_on, one.name, one.sha256)):
        seen: set[str] = set()
        for action in given.actions:
            own = identifier(agreement, action, held, seen, amends=given.amends)
            if own in seen:
                continue
            seen.add(own)
            read = _folded(own, action, given)
            held[own] = _together(held[own], read, given) if own in held else _first(read, given)
    return tuple(held.values())


def identifier(
    agreement: str, action: Mapping[str, Any], held: Mapping[str, Folded], seen: set[str], *, amends: bool
) -> str:
    """The agreement with the reference of the action, else with its folded title.

    The title also serves where the reference is already that of another action.
    """
    title = fold(action["title"])
    named = _fitting(agreement, f"{title[:40].replace(' ', '-')}-{digest(title)[:8]}")
    own = key(action["reference"])
    if not own:
        return named
    numbered = _fitting(agreement, own.replace(" ", "-"))
    other = held.get(numbered)
    taken = numbered in seen or (other and not amends and likeness(other.title, action["title"]) < ALIKE)
    return named if taken else numbered


def _fitting(agreement: str, name: str) -> str:
    whole = f"{agreement}:{name}"
    return whole if len(whole) <= LONGEST else f"{whole[:67]}-{digest(whole)[:12]}"


def _folded(own: str, action: Mapping[str, Any], given: Given) -> Folded:
    return Folded(
        action_id=own,
        reference=storable(action["reference"]),
        title=storable(action["title"]),
        axis=action["axis"] or None,
        owner=storable(action["owner"]),
        partners=" ; ".join(filter(None, map(storable, action["partners"]))),
        description=storable(action["description"]),
        schedule=_quoted(action, "calendar"),
        starts_on=_day(action["start"]),
        ends_on=_day(action["end"]),
        cost_cents=_cents(action["budget_eur"]),
        withdrawn=action["state"] == "withdrawn",
        known_on=given.known_on,
        funding=tuple(
            (storable(line["funder"])[:200], line["instrument"], cents)
            for line in action["funding"]
            if line["funder"] and (cents := _cents(line["amount_eur"])) is not None
        ),
        proofs=proofs(given.sha256, action["evidence"], action["confidence"]),
        changes=tuple(_change(given.sha256, change) for change in action["changes"]),
    )


def _quoted(action: Mapping[str, Any], name: str) -> str:
    """The words of a field as its first place has them, on one line."""
    place: Mapping[str, Any] = next(iter(action["evidence"].get(name, ())), {"quote": ""})
    return " ".join(storable(place["quote"]).split())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def proofs(document: str, evidence: Mapping[str, Sequence[Any]], confidence: Mapping[str, float]) -> tuple[Proof, ...]:
    """One a place: the first that a field cites has rank 0."""
    return tuple(
        Proof(
            document,
            name,
            rank,
            each["page"] or None,
            " ".join(f"{side:g}" for side in each["box"]),
            storable(each["quote"]),
            confidence.get(name),
        )
        for name, places in evidence.items()
        for rank, each in enumerate(places)
    )


def _change(document: str, change: Mapping[str, Any]) -> Changed:
    place: Mapping[str, Any] = next(iter(change["evidence"]), {"page": None, "quote": ""})
    before, after = storable(change["before"]), storable(change["after"])
    return Changed(
        document, change["kind"], change["amendment"][:40], before, after, place["page"], storable(place["quote"])
    )


def _cents(euros: float | None) -> int | None:
    return None if euros is None else int(Decimal(str(euros)) * 100)


def _first(read: Folded, given: Given) -> Folded:
    """An action that no earlier document names; in an amendment, it is an addition."""
    return (
        replace(read, changes=(*read.changes, _stated(given, read, "added", "", read.title))) if given.amends else read
    )


def _together(held: Folded, read: Folded, given: Given) -> Folded:
    """An amendment speaks over what came before, a further convention only fills what was not said."""
    over, under = (read, held) if given.amends else (held, read)
    new = _differences(given, held, read) if given.amends else ()
    timed = over if over.schedule else under
    return Folded(
        action_id=held.action_id,
        reference=over.reference or under.reference,
        title=over.title or under.title,
        axis=over.axis or under.axis,
        owner=over.owner or under.owner,
        partners=over.partners or under.partners,
        description=over.description or under.description,
        schedule=timed.schedule,
        starts_on=timed.starts_on,
        ends_on=timed.ends_on,
        cost_cents=under.cost_cents if over.cost_cents is None else over.cost_cents,
        withdrawn=over.withdrawn if given.amends else held.withdrawn or read.withdrawn,
        known_on=held.known_on,
        funding=over.funding or under.funding,
        proofs=held.proofs + read.proofs,
        changes=(*held.changes, *read.changes, *new),
    )


def _differences(given: Given, held: Folded, read: Folded) -> tuple[Changed, ...]:
    """What a fiche of an amendment changes without saying so in a clause."""
    said = {change.kind for change in read.changes}
    found = []
    if read.cost_cents not in (None, held.cost_cents) and "budget" not in said:
        found.append(_stated(given, read, "budget", _euros(held.cost_cents), _euros(read.cost_cents)))
    if read.owner and fold(read.owner) != fold(held.owner) and "owner" not in said:
        found.append(_stated(given, read, "owner", held.owner, read.owner))
    dated = (read.starts_on, read.ends_on) != (held.starts_on, held.ends_on)
    if read.schedule and dated and "calendar" not in said:
        found.append(_stated(given, read, "calendar", held.schedule, read.schedule))
    if read.withdrawn and not held.withdrawn and "withdrawn" not in said:
        found.append(_stated(given, read, "withdrawn", "", "abandonnée"))
    return tuple(found)


def _stated(given: Given, read: Folded, kind: str, before: str, after: str) -> Changed:
    field = kind if kind in ("budget", "owner", "calendar") else "title"
    proof = next((one for one in read.proofs if one.field == field), read.proofs[0] if read.proofs else None)
    page, quote = (proof.page, proof.quote) if proof else (None, "")
    return Changed(given.sha256, kind, "", before, after, page, quote)


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{Decimal(cents) / 100:f} €"
