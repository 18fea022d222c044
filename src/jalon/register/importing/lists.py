"""Beneficiaries of a programme from the published lists, where the register has read every list its folder cites."""

from collections.abc import Iterable
from dataclasses import fields, replace

from jalon.home import home
from jalon.programmes import Beneficiary, Group, Programme
from jalon.register.importing import clean
from jalon.register.models import SourceFile
from jalon.sources import ListingRow, Reading, consolidate

KIND = "listing"


def as_listed(programme: Programme) -> Programme:
    """The programme with the groups that its lists give; as its folder says while one of them is missing or damaged."""
    cited = sorted({source for member in programme.beneficiaries for source in member.listed_in})
    readings = [reading for source in cited if (reading := _reading(source, programme.id))]
    if not cited or len(readings) < len(cited):
        return programme
    listed = consolidate(readings).beneficiaries
    if set(listed) == set(programme.beneficiaries):
        return programme
    return replace(programme, groups=_groups(listed, programme.groups))


def names_of(source_id: str) -> tuple[str, ...]:
    """The clean tables of a source that list beneficiaries."""
    listed = SourceFile.objects.filter(source_id=source_id).values_list("clean_tables", flat=True)
    return tuple(name for names in listed for name in names.split() if clean.kind_of(name) == KIND)


def _reading(source_id: str, programme: str) -> Reading | None:
    names = names_of(source_id)
    if not names or not clean.intact(home().clean, names):
        return None
    records = [record for name in names for record in clean.read(home().clean, name).to_pylist()]
    rows = tuple(_row(record) for record in records if record["programme"] == programme)
    return Reading(source_id, rows, (), len(rows), ()) if rows else None


def _row(record: dict) -> ListingRow:
    given = {field.name: record[field.name] for field in fields(ListingRow)}
    return ListingRow(**given | {"partners": tuple(given["partners"])})


def _groups(listed: Iterable[Beneficiary], known: Iterable[Group]) -> tuple[Group, ...]:
    """Groups by identifier; those that the folder names without a territory stay."""
    notes = {group.id: group.note for group in known}
    members: dict[str, list[Beneficiary]] = {}
    for one in listed:
        members.setdefault(one.group_id, []).append(one)
    bare = [group for group in known if not group.members and group.id not in members]
    return tuple(sorted([*bare, *(_group(g, m, notes.get(g)) for g, m in members.items())], key=lambda group: group.id))


def _group(group_id: str, members: list[Beneficiary], note: str | None) -> Group:
    signed = next((one for one in members if one.signed_on), members[0])
    return Group(
        id=group_id,
        name=members[0].group_name,
        members=tuple(members),
        signed_on=signed.signed_on,
        signed_on_source=signed.signed_on_source,
        planned_on=min((one.planned_on for one in members if one.planned_on), default=None),
        under_way=None,
        delivered=None,
        note=note,
    )
