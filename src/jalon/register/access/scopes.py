"""Where a row of the register lies: what a perimeter is held against."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from jalon.register import models

Nothing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Codes that a row touches: programmes, régions, départements, territories (communes and EPCI), envelopes."""

    programme: frozenset[str] = Nothing
    region: frozenset[str] = Nothing
    departement: frozenset[str] = Nothing
    territory: frozenset[str] = Nothing
    envelope: frozenset[str] = Nothing

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(*(getattr(self, name) | getattr(other, name) for name in self.__slots__))

    def within(self, perimeter: str, code: str) -> bool:
        """Whether a perimeter covers the row; « tout le registre » covers all."""
        return perimeter == models.Perimeter.ALL or code in getattr(self, perimeter, Nothing)


NOWHERE = Scope()


def scope(subject: Any) -> Scope:
    """The scope of a row; of a kind that has no place, nowhere: only a perimeter over all covers it."""
    for kind, found in _SCOPES.items():
        if isinstance(subject, kind):
            return found(subject)
    return NOWHERE


def register_scope(kind: type, found: Callable[[Any], Scope]) -> None:
    """Say where rows of another kind lie: for the modules of the register that bring their own nouns."""
    _SCOPES[kind] = found


def of_territory(territory: models.Territory | None) -> Scope:
    if territory is None:
        return NOWHERE
    kind = territory.kind
    return Scope(
        region=_codes(territory.region_id, own=territory.code if kind == "region" else None),
        departement=_codes(territory.departement_id, own=territory.code if kind == "departement" else None),
        territory=_codes(territory.epci_id, own=territory.code if kind in ("commune", "epci") else None),
    )


def of_group(group: models.Group | None) -> Scope:
    if group is None:
        return NOWHERE
    towns = models.Territory.objects.filter(memberships__group=group)
    return _union(of_territory(town) for town in towns) | Scope(programme=frozenset({group.programme_id}))


def _of_action(action: models.Action) -> Scope:
    own = Scope(
        programme=_codes(None, own=action.programme_id),
        region=_codes(None, own=action.region_code or None),
        departement=_codes(None, own=action.departement_code or None),
    )
    return own | of_territory(action.territory) | (of_group(action.agreement.group) if action.agreement else NOWHERE)


def _of_document(document: models.Document) -> Scope:
    return of_group(document.agreement.group) if document.agreement else NOWHERE


def of_envelope(envelope: models.Envelope) -> Scope:
    return Scope(programme=frozenset({envelope.programme_id}), envelope=frozenset({envelope.pk}))


def of_delegation(delegation: models.Delegation) -> Scope:
    """The envelope's, and the territory that manages this part of it."""
    return of_envelope(delegation.envelope) | of_territory(delegation.territory)


def _of_commitment(commitment: models.Commitment) -> Scope:
    """That of the money, not of the town that receives it: a région decides of what was delegated to it."""
    return of_delegation(commitment.delegation) if commitment.delegation else of_envelope(commitment.envelope)


def _of_entry(entry: models.Entry) -> Scope:
    return of_delegation(entry.delegation) if entry.delegation else of_envelope(entry.envelope)


def _codes(key: str | None, own: str | None) -> frozenset[str]:
    """The code in a territory's key ("region:76"), and the row's own."""
    parent = {key.partition(":")[2]} if key else set()
    return frozenset(parent | ({own} if own else set()))


def _union(scopes: Iterable[Scope]) -> Scope:
    found = NOWHERE
    for each in scopes:
        found |= each
    return found


_SCOPES: dict[type, Callable[[Any], Scope]] = {
    models.Programme: lambda row: Scope(programme=frozenset({row.id})),
    models.Territory: of_territory,
    models.Group: of_group,
    models.Agreement: lambda row: of_group(row.group),
    models.Membership: lambda row: of_group(row.group),
    models.ActionCount: lambda row: of_group(row.agreement.group),
    models.Action: _of_action,
    models.FundingLine: lambda row: _of_action(row.action),
    models.ThemeLabel: lambda row: _of_action(row.action),
    models.Change: lambda row: _of_action(row.action),
    models.Document: _of_document,
    models.Envelope: of_envelope,
    models.Delegation: of_delegation,
    models.Commitment: _of_commitment,
    models.Entry: _of_entry,
    models.Investee: lambda row: of_territory(row.territory),
    models.CapitalOperation: lambda row: of_territory(row.investee.territory),
}
