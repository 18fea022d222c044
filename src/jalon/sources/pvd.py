"""ANCT, Petites villes de demain: the list of communes, without the personal data it was published with."""

import re
from pathlib import Path

from jalon.sources.catalog import Source
from jalon.sources.codes import departement_code, siren
from jalon.sources.days import day
from jalon.sources.defects import Defects
from jalon.sources.fields import line
from jalon.sources.parts import Part
from jalon.sources.rows import ListingRow
from jalon.sources.tables import Cells, Columns, csv_table
from jalon.sources.towns import attempt, check_name, check_parent, name_of, place_of, town

COLUMNS = Columns(
    ("insee_com", "id_pvd", "lib_com", "insee_dep", "siren_epci", "date_signature"),
    ("nom_maire", "mel_mairie", "site_mairie", "lib_reg", "lib_dep", "lib_epci", "regroupement", "pop"),
)
GROUP = re.compile(r"pvd-\d{2}-(?:\d{2}|2[ab]|9\d{2})-\d{1,3}")


def read(source: Source, folder: Path) -> list[Part]:
    """One ListingRow a commune. Names of mayors, mails and sites are never read; what is not a commune is refused."""
    file = source.files[0]
    defects = Defects(source.id, file.file)
    rows: list[ListingRow] = []
    seen: dict[str, int] = {}
    read = 0
    for number, cells in csv_table(folder / file.file, COLUMNS, defects):
        read += 1
        row = _row(number, cells, defects)
        if row is None:
            continue
        first = seen.setdefault(row.territory_code or row.published_code, number)
        if first == number:
            rows.append(row)
        else:
            defects.row(number, "insee_com", row.published_code, "duplicate", f"commune déjà à la ligne {first}")
    return [Part(file, rows, defects, read)]


def _row(number: int, cells: Cells, defects: Defects) -> ListingRow | None:
    code, group, name, departement, epci, signed = cells
    found = town(code, defects, number, "insee_com")
    if found is None:
        return None
    published, today = found
    place = place_of(today)
    clean = name_of(name, defects, number, "lib_com")
    if today == published:
        check_name(clean, place, defects, number, "lib_com")
    if place:
        own = attempt(departement_code, departement, defects, number, "insee_dep", "ce n'est pas un département")
        check_parent(own, place.departement_code, defects, number, "insee_dep")
    attempt(siren, epci, defects, number, "siren_epci", "ce n'est pas un SIREN d'EPCI")
    dated = attempt(day, signed, defects, number, "date_signature", "ce n'est pas une date au jour près")
    return ListingRow(
        programme="pvd",
        row=number,
        published_code=published,
        territory_code=today,
        name=clean or published,
        group_id=_group(group, defects, number),
        status="signed" if dated else "unknown",
        signed_on=dated.day if dated else None,
    )


def _group(raw: str | None, defects: Defects, row: int) -> str | None:
    group = (line(raw) or "").lower()
    if group and not GROUP.fullmatch(group):
        defects.field(row, "id_pvd", raw, "bad-group", "ce n'est pas un identifiant PVD")
        return None
    return group or None
