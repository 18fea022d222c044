"""CSV files of actions to label: any usual delimiter and encoding in, score.py's columns out."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jalon.themes.classifier import Labelling
from jalon.themes.errors import LabelsError
from jalon.themes.text import fold

ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = ";,\t|"
NAMES = {"id_projet": "id", "description": "text", "categorie": "category", "category": "category"}
REQUIRED = {"id": "id_projet", "text": "description"}
MOST_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """An action to label, as the file gives it; `line` is where it ends."""

    line: int
    id: str
    text: str
    category: str | None


def read(file: Path) -> list[Row]:
    """The actions of a CSV; raises `LabelsError` naming file, row, column and mend."""
    text = _text(file)
    header, _, _ = text.partition("\n")
    delimiter = max(DELIMITERS, key=header.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        places = _places(file, next(table, []))
        rows = list(_rows(file, ((table.line_num, cells) for cells in table), places))
    except csv.Error as error:
        raise _wrong(file, f"ligne {table.line_num} : {error}", "enregistrez le fichier en CSV UTF-8") from None
    _check_ids(file, rows)
    return rows


def write(file: Path, rows: Sequence[Row], labellings: Sequence[Labelling]) -> None:
    """id_projet, labels joined by `;`, probability of smart city: what score.py takes."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("id_projet", "labels", "probability"))
        for row, found in zip(rows, labellings, strict=True):
            labels = ";".join(sorted(score.theme for score in found.themes))
            table.writerow((row.id, labels, f"{found.probability:.4f}"))


def _text(file: Path) -> str:
    if not file.is_file():
        raise _wrong(file, "fichier introuvable", "vérifiez le chemin")
    if file.stat().st_size > MOST_BYTES:
        raise _wrong(file, "fichier de plus de 500 Mo", "découpez-le")
    data = file.read_bytes()
    if b"\x00" in data[:4096]:
        raise _wrong(file, "ce n'est pas un fichier texte", "exportez la feuille en CSV UTF-8")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _places(file: Path, header: Sequence[str]) -> dict[str, int]:
    if not any(cell.strip() for cell in header):
        raise _wrong(file, "fichier vide", "donnez un en-tête : id_projet, description, categorie")
    named = [NAMES.get(fold(cell).strip().strip('"'), "") for cell in header]
    for kind, name in REQUIRED.items():
        if named.count(kind) != 1:
            said = "manque" if kind not in named else "est là deux fois"
            raise _wrong(
                file,
                f"ligne 1 : la colonne {name} {said} (lu : {', '.join(header)[:120]})",
                "donnez un en-tête : id_projet, description, et si possible beneficiaire, categorie",
            )
    return {kind: i for i, kind in enumerate(named) if kind}


def _rows(file: Path, table: Iterable[tuple[int, list[str]]], places: dict[str, int]) -> Iterable[Row]:
    needed = max(places["id"], places["text"])
    for line, cells in table:
        if not any(cells):
            continue
        if len(cells) <= needed:
            raise _wrong(
                file,
                f"ligne {line} : {len(cells)} colonne(s) au lieu d'au moins {needed + 1}",
                "entourez de guillemets les textes qui contiennent le séparateur ou un retour à la ligne",
            )
        own = cells[places["id"]].strip()
        if not own:
            raise _wrong(file, f"ligne {line}, colonne id_projet : vide", "donnez un identifiant à chaque ligne")
        place = places.get("category", len(cells))
        yield Row(line, own, cells[places["text"]], cells[place] if place < len(cells) else None)


def _check_ids(file: Path, rows: Sequence[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise _wrong(
                file,
                f"ligne {row.line}, colonne id_projet : « {row.id} » déjà donné plus haut",
                "un identifiant par ligne",
            )
        seen.add(row.id)


def _wrong(file: Path, what: str, mend: str) -> LabelsError:
    return LabelsError(f"{file}: {what}", user_message=f"{file} : {what}.", mend=f"{mend}.")
