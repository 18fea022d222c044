"""Several published lists of one programme to its beneficiaries, each fact from the list that decides it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jalon.errors import Refusal
from jalon.geography import geography
from jalon.programmes import Beneficiary
from jalon.sources.catalog import catalog
from jalon.sources.rows import ListingRow, Reading


@dataclass(frozen=True, slots=True)
class Consolidated:
    """Beneficiaries by code, and the disagreements between the lists."""

    beneficiaries: tuple[Beneficiary, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A commune in one list."""

    source_id: str
    file: str
    published_on: date
    row: ListingRow


def consolidate(readings: Iterable[Reading]) -> Consolidated:
    """The union of lists of one programme, in the order they were published.

    The group is that of the first list that names one (dates and counters were published for it). Of dates and
    counters, the latest list that gives one decides; a planned date never stands for a signature. Counters that the
    towns of a group repeat are the group's.
    """
    towns: dict[str, list[Listed]] = {}
    for listed in sorted(_listings(readings), key=lambda one: one.published_on):
        if listed.row.territory_code:
            towns.setdefault(listed.row.territory_code, []).append(listed)
    refusals = [refusal for found in towns.values() for refusal in _disagreements(found)]
    alone = {code: _beneficiary(code, found) for code, found in sorted(towns.items())}
    groups: dict[str, list[Beneficiary]] = {}
    for one in alone.values():
        groups.setdefault(one.group_id, []).append(one)
    whole = {one.territory_code: one for members in groups.values() for one in _together(members)}
    return Consolidated(tuple(whole[code] for code in alone), tuple(refusals))


def _listings(readings: Iterable[Reading]) -> Iterable[Listed]:
    for reading in readings:
        source = catalog()[reading.source_id]
        for row in reading.rows:
            if isinstance(row, ListingRow):
                yield Listed(source.id, source.files[0].file, source.published_on, row)


def _beneficiary(code: str, found: Sequence[Listed]) -> Beneficiary:
    signed = _latest(found, lambda row: row.signed_on)
    planned = _latest(found, lambda row: row.planned_on)
    counted = _latest(found, lambda row: (row.under_way, row.delivered) != (None, None))
    return Beneficiary(
        territory_kind="commune",
        territory_code=code,
        group_id=_group(code, found),
        group_name=geography().communes[code].name,
        signed_on=signed.row.signed_on if signed else None,
        signed_on_source=signed.source_id if signed else None,
        planned_on=planned.row.planned_on if planned else None,
        under_way=counted.row.under_way if counted else None,
        delivered=counted.row.delivered if counted else None,
        counted_on=counted.published_on if counted else None,
        counts_shared=False,
        listed_in=tuple(one.source_id for one in found),
    )


def _latest(found: Sequence[Listed], fact: Callable[[ListingRow], object]) -> Listed | None:
    return next((one for one in reversed(found) if fact(one.row)), None)


def _group(code: str, found: Sequence[Listed]) -> str:
    """The first identifier published, else one of ours from the first list that names the town."""
    published = next((one.row.group_id for one in found if one.row.group_id), None)
    return published or f"{found[0].row.programme.upper()}{found[0].published_on.year}-{code}"


def _together(members: list[Beneficiary]) -> list[Beneficiary]:
    """The members under one name, the largest town first, their counters told shared or not."""
    communes = geography().communes
    ordered = sorted(members, key=lambda one: (-(communes[one.territory_code].population or 0), one.territory_code))
    name = " et ".join(one.group_name for one in ordered)
    counts = {(one.under_way, one.delivered) for one in members}
    shared = len(members) > 1 and len(counts) == 1 and counts != {(None, None)}
    return [replace(one, group_name=name, counts_shared=shared) for one in members]


def _disagreements(found: Sequence[Listed]) -> Iterable[Refusal]:
    """What an older or newer list says against the one that decides."""
    signed = _latest(found, lambda row: row.signed_on)
    group = next((one for one in found if one.row.group_id), None)
    for one in found:
        if signed and one is not signed:
            said = one.row.signed_on or one.row.planned_on
            if said and said != signed.row.signed_on:
                code = "signature-differs" if one.row.signed_on else "planned-differs"
                what = "signature" if one.row.signed_on else "date prévue"
                reason = f"{what} ; {signed.source_id} donne {signed.row.signed_on:%d/%m/%Y}, retenu"
                yield _refusal(one, "signed_on", f"{said:%d/%m/%Y}", code, reason)
        if group and one.row.group_id and one.row.group_id != group.row.group_id:
            reason = f"groupe différent ; {group.source_id} donne {group.row.group_id}, retenu"
            yield _refusal(one, "group_id", one.row.group_id, "group-differs", reason)


def _refusal(one: Listed, field: str, value: str, code: str, reason: str) -> Refusal:
    return Refusal(one.source_id, one.file, one.row.row, field, value, code, f"{one.row.name} : {reason}", "repaired")
