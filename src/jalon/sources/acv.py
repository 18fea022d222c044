"""Action cœur de ville, lists of 2024 (dates, counters) and 2025 (codes turned into numbers)."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jalon.geography import Place, geography
from jalon.geography.names import key
from jalon.sources.catalog import Source
from jalon.sources.codes import departement_code, region_code, siren
from jalon.sources.days import day
from jalon.sources.defects import Defects
from jalon.sources.features import features
from jalon.sources.fields import Raw, count, line
from jalon.sources.parts import Part
from jalon.sources.rows import ListingRow
from jalon.sources.tables import Columns
from jalon.sources.towns import attempt, check_name, check_parent, check_position, name_of, place_of, town

COMMON = ("insee_com", "id_acv", "lib_com", "insee_dep", "insee_reg", "lib_reg", "siren_epci")
COLUMNS_2024 = Columns((*COMMON, "lib_acv", "date_signature", "actions_en_cours", "actions_livrees"))
COLUMNS_2025 = Columns(COMMON, ("lib_com_carto", "iso_territoire_2", "pop"))
GROUP = re.compile(r"ACV-?(\d{3})")
FIRST_SIGNATURE = date(2018, 3, 27)


def read_2024(source: Source, folder: Path) -> list[Part]:
    """One ListingRow a commune, with its group, day of signature and counters as published."""
    return _read(source, folder, COLUMNS_2024)


def read_2025(source: Source, folder: Path) -> list[Part]:
    """One ListingRow a commune: this list holds neither dates nor counters."""
    return _read(source, folder, COLUMNS_2025)


def _read(source: Source, folder: Path, columns: Columns) -> list[Part]:
    file = source.files[0]
    defects = Defects(source.id, file.file)
    rows, number = [], 0
    for number, values, geometry in features(folder / file.file, columns, defects):
        row = _town(number, values[: len(COMMON)], geometry, defects)
        progress = values[len(COMMON) :]
        if row is not None:
            rows.append(_with_progress(row, progress, source.published_on, defects) if progress else row)
    return [Part(file, _single(rows, defects), defects, number)]


def _town(row: int, values: tuple[Raw, ...], geometry: Any, defects: Defects) -> ListingRow | None:
    """The commune and its group, everything else held against the official geography."""
    code, group, name, *parents = values
    found = town(code, defects, row, "insee_com")
    if found is None:
        return None
    published, today = found
    place = place_of(today)
    clean = name_of(name, defects, row, "lib_com")
    check_name(clean, place, defects, row, "lib_com")
    if place:
        _check_parents(row, tuple(parents), place, defects)
    check_position(geometry, place, defects, row)
    return ListingRow("acv", row, published, today, clean or published, _group(group, defects, row))


def _check_parents(row: int, values: tuple[Raw, ...], place: Place, defects: Defects) -> None:
    departement, region, region_name, epci = values
    parsed = (
        ("insee_dep", departement_code, departement, place.departement_code),
        ("insee_reg", region_code, region, place.region_code),
        ("siren_epci", siren, epci, place.epci_code),
    )
    for field, parse, raw, official in parsed:
        published = attempt(parse, raw, defects, row, field, "ce n'est pas un code lisible")
        check_parent(published, official, defects, row, field)
    _check_region_name(row, region_name, place.region_code, defects)


def _check_region_name(row: int, published: Raw, code: str | None, defects: Defects) -> None:
    official = geography().regions.get(code or "")
    name = line(published)
    if official and name and key(name) != key(official.name):
        reason = f"la commune est en région {official.name} : le code officiel décide"
        defects.repaired(row, "lib_reg", name, "parent-differs", reason)


def _group(raw: Raw, defects: Defects, row: int) -> str | None:
    """ "acv-001" and "ACV001" to ACV001; anything else is unknown."""
    found = GROUP.fullmatch(str(raw or "").strip().upper())
    if found is None:
        defects.field(row, "id_acv", raw, "bad-group", "ce n'est pas un identifiant ACV")
    return f"ACV{found[1]}" if found else None


def _with_progress(row: ListingRow, values: tuple[Raw, ...], published_on: date, defects: Defects) -> ListingRow:
    label, signed, under_way, delivered = values
    dated = _signed(row.row, signed, published_on, defects)
    reason = "ce n'est pas un nombre d'actions"
    open_actions = attempt(count, under_way, defects, row.row, "actions_en_cours", reason)
    done = attempt(count, delivered, defects, row.row, "actions_livrees", reason)
    if (open_actions is None) != (done is None):
        missing, value = ("actions_livrees", delivered) if done is None else ("actions_en_cours", under_way)
        defects.field(row.row, missing, value, "half-counted", "un seul des deux compteurs est renseigné")
    return replace(
        row,
        group_name=name_of(label, defects, row.row, "lib_acv"),
        status="signed" if dated else "unknown",
        signed_on=dated,
        under_way=open_actions,
        delivered=done,
    )


def _signed(row: int, raw: Raw, published_on: date, defects: Defects) -> date | None:
    moment = attempt(day, raw, defects, row, "date_signature", "ce n'est pas une date lisible")
    if moment and not FIRST_SIGNATURE <= moment.day <= published_on:
        reason = "date hors du programme (avant son lancement ou après la publication)"
        defects.field(row, "date_signature", raw, "impossible-date", reason)
        return None
    return moment.day if moment else None


def _single(rows: list[ListingRow], defects: Defects) -> list[ListingRow]:
    """Each commune once: a second row for the same commune of today is refused."""
    seen: dict[str, int] = {}
    kept = []
    for row in rows:
        first = seen.setdefault(row.territory_code or row.published_code, row.row)
        if first == row.row:
            kept.append(row)
        else:
            defects.row(row.row, "insee_com", row.published_code, "duplicate", f"commune déjà à la ligne {first}")
    return kept
