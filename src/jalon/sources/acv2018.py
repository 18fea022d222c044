"""Action cœur de ville, list of October 2018: attributes pasted on the wrong rows, planned dates, dates in letters."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from jalon.geography.names import key
from jalon.sources.catalog import Source
from jalon.sources.days import Day, day
from jalon.sources.defects import Defects
from jalon.sources.features import features
from jalon.sources.fields import Raw, count, line
from jalon.sources.parts import Part
from jalon.sources.rows import ListingRow
from jalon.sources.tables import Columns
from jalon.sources.towns import attempt, check_name, check_position, name_of, place_of, town

COLUMNS = Columns(
    ("codgeo", "libgeo", "JUMELAGE", "NOM_COM", "AV_PUBLIC", "DATE_SIGN", "ACTION", "categorie"),
    ("dep", "reg2016", "libgeo_m", "pop", "NOM_REGION", "PROJET", "INTERNET"),
)
STATES = {
    "Convention signée": ("signed", "sig"),
    "Convention signée avant le 30 septembre": ("planned", "non"),
    "indefini": ("unknown", "ind"),
}
TWINNED = {"OUI": True, "NON": False}
SAME_SPELLING = 88


class Attributes(NamedTuple):
    """The columns from NOM_COM on: pasted in another order than the columns before them."""

    named: str
    state: Raw
    signed: Raw
    actions: Raw
    row: int


@dataclass(frozen=True, slots=True)
class Town:
    """The columns before NOM_COM, which belong to the code."""

    row: int
    published: str
    code: str | None
    name: str
    twinned: Raw
    geometry: Any

    @property
    def names(self) -> frozenset[str]:
        """The keys of the name published and of the official one."""
        place = place_of(self.code)
        return frozenset({key(self.name)} | ({key(place.name)} if place else set()))


def parts(name: str) -> tuple[str, ...]:
    """ "Pointe-à-Pitre + Les Abymes" to its two names."""
    return tuple(part.strip() for part in name.split("+") if part.strip())


def _alike(name: str, town: Town) -> bool:
    """One slip of spelling apart ("Nogent-le-Routrou")."""
    return any(fuzz.ratio(key(name), own) > SAME_SPELLING for own in town.names)


def read(source: Source, folder: Path) -> list[Part]:
    """One ListingRow a commune, its attributes given back to it by name."""
    file = source.files[0]
    defects = Defects(source.id, file.file)
    towns, attributes, read_rows = _halves(folder / file.file, defects)
    given = _give_back(towns, attributes, defects)
    rows = [_row(town, given.get(town.row), source.published_on, defects) for town in towns]
    return [Part(file, rows, defects, read_rows)]


def _halves(path: Path, defects: Defects) -> tuple[list[Town], list[Attributes], int]:
    """Each row cut where its columns stop belonging together."""
    towns, attributes, number = [], [], 0
    for number, values, geometry in features(path, COLUMNS, defects):
        code, name, twinned, named, state, signed, actions, group = values
        found = town(code, defects, number, "codgeo")
        if found is None:
            continue
        published, today = found
        towns.append(Town(number, published, today, name_of(name, defects, number, "libgeo") or "", twinned, geometry))
        attributes.append(Attributes(name_of(named, defects, number, "NOM_COM") or "", state, signed, actions, number))
        _check_state(state, group, defects, number)
    return towns, attributes, number


def _check_state(state: Raw, group: Raw, defects: Defects, row: int) -> None:
    if state in STATES and STATES[str(state)][1] != group:
        reason = "contredit AV_PUBLIC, qui est retenu"
        defects.repaired(row, "categorie", group, "state-disagrees", reason)


def _give_back(towns: list[Town], attributes: list[Attributes], defects: Defects) -> dict[int, Attributes]:
    """Attributes by the row of the town that NOM_COM names, which may not be the town of their own row."""
    given: dict[int, Attributes] = {}
    for own, carried in zip(towns, attributes, strict=True):
        owner = _owner(own, carried, towns)
        if owner is None or owner.row in given:
            reason = f"nomme une autre commune que {own.name}, introuvable ou ambiguë dans la liste : attributs écartés"
            defects.field(carried.row, "NOM_COM", carried.named, "stray-attributes", reason)
            continue
        given[owner.row] = carried
        if owner is not own:
            reason = f"ligne permutée : attributs de {owner.name}, à qui ils sont rendus, et non de {own.name}"
            defects.repaired(carried.row, "NOM_COM", carried.named, "permuted-row", reason)
    return given


def _owner(own: Town, carried: Attributes, towns: list[Town]) -> Town | None:
    """The row's own town if named, else the one town of the list that is, else the row's own if misspelt."""
    wanted = {key(part) for part in parts(carried.named)}
    if wanted & own.names:
        return own
    others = [town for town in towns if wanted & town.names]
    if others:
        return others[0] if len(others) == 1 else None
    return own if any(_alike(part, own) for part in parts(carried.named)) else None


def _row(own: Town, carried: Attributes | None, published_on: date, defects: Defects) -> ListingRow:
    check_name(own.name, place_of(own.code), defects, own.row, "libgeo")
    check_position(own.geometry, place_of(own.code), defects, own.row)
    others = _partners(own, carried)
    _check_twinning(own, others, defects)
    status, signed, planned, actions = _agreement(carried, published_on, defects)
    return ListingRow(
        programme="acv",
        row=own.row,
        published_code=own.published,
        territory_code=own.code,
        name=own.name,
        group_name=carried.named if carried else None,
        status=status,
        signed_on=signed,
        planned_on=planned,
        actions=actions,
        partners=others,
    )


def _partners(own: Town, carried: Attributes | None) -> tuple[str, ...]:
    names = parts(carried.named) if carried and "+" in carried.named else ()
    return tuple(name for name in names if not _alike(name, own))


def _check_twinning(own: Town, others: tuple[str, ...], defects: Defects) -> None:
    if own.twinned not in TWINNED:
        defects.field(own.row, "JUMELAGE", own.twinned, "unknown-value", "ni OUI ni NON")
    elif TWINNED[str(own.twinned)] != bool(others):
        reason = f"contredit NOM_COM, qui nomme {' et '.join(others) or 'une seule commune'} : NOM_COM retenu"
        defects.repaired(own.row, "JUMELAGE", own.twinned, "twinning-disagrees", reason)


def _agreement(
    carried: Attributes | None, published_on: date, defects: Defects
) -> tuple[str, date | None, date | None, int | None]:
    """(status, day signed, day planned, count of actions); a planned day is never a signature."""
    if carried is None:
        return "unknown", None, None, None
    status = _status(carried, defects)
    dated = _day(carried, published_on, defects)
    actions = attempt(count, carried.actions, defects, carried.row, "ACTION", "ce n'est pas un nombre d'actions")
    if status == "signed" and dated is None and line(carried.signed) is None:
        defects.field(carried.row, "DATE_SIGN", carried.signed, "signed-undated", "convention dite signée, sans date")
    if status == "signed" and dated and (dated.before or dated.day > published_on):
        reason = "date à venir pour une convention dite signée : tenue pour prévue"
        defects.repaired(carried.row, "DATE_SIGN", carried.signed, "planned-date", reason)
        status = "planned"
    if status == "planned" and dated:
        reason = "date prévue, annoncée avant la signature : ce n'est pas une date de signature"
        defects.repaired(carried.row, "DATE_SIGN", carried.signed, "planned-date", reason)
    moment = dated.day if dated else None
    return status, moment if status == "signed" else None, moment if status == "planned" else None, actions


def _status(carried: Attributes, defects: Defects) -> str:
    if carried.state in STATES:
        return STATES[str(carried.state)][0]
    reason = "état de convention inconnu"
    defects.field(carried.row, "AV_PUBLIC", carried.state, "unknown-value", reason)
    return "unknown"


def _day(carried: Attributes, published_on: date, defects: Defects) -> Day | None:
    parse = partial(day, year=published_on.year)
    dated = attempt(parse, carried.signed, defects, carried.row, "DATE_SIGN", "ce n'est pas une date lisible")
    if dated and not dated.year_given:
        reason = f"date sans année : {published_on.year}, l'année de la publication"
        defects.repaired(carried.row, "DATE_SIGN", carried.signed, "no-year", reason)
    return dated
