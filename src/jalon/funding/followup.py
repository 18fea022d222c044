"""Follow-up spreadsheets: a file to a table of text, columns to fields, rows to what they decide or a refusal."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import fastexcel

from jalon.errors import Refusal, SourceUnreadable
from jalon.sources.fields import decimal

MOST_ROWS, MOST_COLUMNS, MOST_BYTES, MOST_UNPACKED = 50_000, 200, 20_000_000, 300_000_000
MEND = "enregistrez le suivi en XLSX, ODS ou CSV, une ligne par engagement, les titres en première ligne."
FIELDS: Mapping[str, tuple[str, ...]] = {
    "reference": ("reference", "ref", "numero", "n°", "dossier", "numero de dossier", "decision"),
    "label": ("objet", "intitule", "libelle", "operation", "projet", "nom du projet"),
    "territory": ("code insee", "insee", "code", "siren", "commune", "code commune", "territoire"),
    "asked": ("montant demande", "demande", "montant sollicite"),
    "committed": ("montant engage", "engage", "engagement", "montant accorde", "subvention", "montant"),
    "decided_on": ("date de decision", "date d'engagement", "decide le", "date", "date de notification"),
    "paid": ("montant paye", "paye", "mandate", "verse", "montant verse", "paiement"),
    "paid_on": ("date de paiement", "paye le", "date de versement"),
}
"""What a row may say, and the titles by which it is recognised; only `reference` must be there."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Titles and rows as text, each row with its number in the file."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One row understood: amounts in cents, unknown ones None."""

    row: int
    reference: str
    label: str
    territory: str
    asked: int | None
    committed: int | None
    decided_on: date | None
    paid: int | None
    paid_on: date | None


def read_sheet(data: bytes, name: str) -> Sheet:
    """The first sheet of a workbook, or a CSV. Raises SourceUnreadable; to be run in a bounded child."""
    if not data or len(data) > MOST_BYTES:
        raise _unreadable(name, "le fichier est vide" if not data else "le fichier dépasse 20 Mo")
    lines = _workbook(data, name) if data.startswith(b"PK") else _text(data, name)
    if not lines:
        raise _unreadable(name, "aucune ligne n’est remplie")
    if len(lines) > MOST_ROWS or len(lines[0][1]) > MOST_COLUMNS:
        raise _unreadable(name, f"plus de {MOST_ROWS} lignes ou de {MOST_COLUMNS} colonnes")
    (_, titles), *rows = lines
    width = len(titles)
    return Sheet(tuple(titles), tuple((number, (*cells, *[""] * width)[:width]) for number, cells in rows))


def guessed(titles: Sequence[str]) -> dict[str, str]:
    """For each field, the column whose title says it; the first that does."""
    plain = {_plain(title): title for title in reversed(titles) if title}
    found = {field: next((plain[name] for name in names if name in plain), "") for field, names in FIELDS.items()}
    return {field: title for field, title in found.items() if title}


def understood(sheet: Sheet, mapping: Mapping[str, str], file: str) -> tuple[list[FollowUp], list[Refusal]]:
    """Rows in order of decision, and those refused with their reason. Raises SourceUnreadable for a bad mapping."""
    missing = [title for title in mapping.values() if title not in sheet.titles]
    if missing or "reference" not in mapping:
        what = f"la colonne « {missing[0]} » n’y est pas" if missing else "aucune colonne ne donne la référence"
        raise _unreadable(file, what, f"choisissez parmi : {', '.join(sheet.titles)[:500]}.")
    places = {field: sheet.titles.index(title) for field, title in mapping.items()}
    kept: list[FollowUp] = []
    refused: list[Refusal] = []
    seen: dict[str, int] = {}
    for number, cells in sheet.rows:
        given = {field: cells[place].strip() for field, place in places.items()}
        try:
            row = _row(number, given)
            if row.reference in seen:
                raise _Bad("reference", row.reference, f"référence déjà à la ligne {seen[row.reference]}")
        except _Bad as bad:
            refused.append(Refusal("suivi", file, number, bad.field, bad.value[:200], "follow-up", bad.reason, "row"))
        else:
            seen[row.reference] = number
            kept.append(row)
    return sorted(kept, key=lambda row: (row.decided_on or date.max, row.row)), refused


class _Bad(Exception):
    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


def _row(number: int, given: Mapping[str, str]) -> FollowUp:
    reference = given.get("reference", "")
    if not reference or len(reference) > 80:
        raise _Bad("reference", reference, "référence absente ou trop longue")
    amounts = {field: _cents(field, given.get(field, "")) for field in ("asked", "committed", "paid")}
    if amounts["asked"] is None and amounts["committed"] is None:
        raise _Bad("committed", "", "ni montant demandé ni montant engagé")
    if (amounts["paid"] or 0) > (amounts["committed"] or 0):
        raise _Bad("paid", given.get("paid", ""), "plus payé qu’engagé")
    days = {field: _day(field, given.get(field, "")) for field in ("decided_on", "paid_on")}
    label = given.get("label", "") or reference
    return FollowUp(
        number, reference, label[:500], given.get("territory", ""), amounts["asked"], amounts["committed"],
        days["decided_on"], amounts["paid"], days["paid_on"],
    )  # fmt: skip


def _cents(field: str, text: str) -> int | None:
    cleaned = text.replace("€", "").strip()
    if not cleaned:
        return None
    try:
        value = decimal(cleaned)
    except ValueError:
        raise _Bad(field, text, "ce n’est pas un montant") from None
    if value is None:
        return None
    cents = value * 100
    if value < 0 or value > Decimal(10) ** 11 or cents != int(cents):
        raise _Bad(field, text, "montant négatif, démesuré, ou plus fin que le centime")
    return int(cents)


def _day(field: str, text: str) -> date | None:
    if not text:
        return None
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise _Bad(field, text, "ce n’est pas une date (jour/mois/année)")


def _workbook(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise _unreadable(name, "le classeur se déplierait au-delà du raisonnable")
        sheet = fastexcel.read_excel(data).load_sheet(0, header_row=None, dtypes="string")
        table = sheet.to_arrow().to_pylist()
    except (SourceUnreadable, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is not an Exception
        raise _unreadable(name, "le classeur ne s’ouvre pas") from error
    rows = [(number, [str(cell or "") for cell in row.values()]) for number, row in enumerate(table, start=1)]
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def _text(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise _unreadable(name, "ce n’est ni un classeur ni un texte")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1))
    except csv.Error as error:
        raise _unreadable(name, f"texte illisible comme CSV ({error})") from error
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def _plain(title: str) -> str:
    bare = unicodedata.normalize("NFKD", title.replace("’", "'").strip().lower())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).replace("_", " ").split())


def _unreadable(name: str, why: str, mend: str = MEND) -> SourceUnreadable:
    return SourceUnreadable(f"{name}: {why}", user_message=f"{name} : {why}.", mend=mend)
