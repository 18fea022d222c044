"""A CSV file to typed rows: every defect is an issue with its row and column, and the other rows still come."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from jalon.programmes.issues import Issue, from_pydantic
from jalon.programmes.rows import Row

LARGEST_BYTES = 50_000_000
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Numbered(Generic[R]):
    """`line` is the 1-based line of the file, its header being line 1."""

    line: int
    row: R


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    rows: tuple[Numbered[R], ...]
    issues: tuple[Issue, ...]
    read: int


def read_table(path: Path, model: type[R]) -> Table[R]:
    """Rows of the file, each checked alone. A file that cannot be read as a table gives no row and one issue."""
    text = read_text(path)
    if isinstance(text, Issue):
        return Table((), (text,), 0)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return Table((), (Issue(path.name, "", f"CSV illisible ({error})", "enregistrez-le de nouveau en CSV"),), 0)
    header = lines[0] if lines else []
    wrong = _header_issue(path.name, header, model)
    if wrong:
        return Table((), (wrong,), 0)
    rows: list[Numbered[R]] = []
    issues: list[Issue] = []
    for number, cells in enumerate(lines[1:], start=2):
        for found in _row(path.name, number, header, cells, model):
            issues.append(found) if isinstance(found, Issue) else rows.append(found)
    return Table(tuple(rows), tuple(issues), len(lines) - 1)


def read_text(path: Path) -> str | Issue:
    """The file as text, or the issue that forbids it: absent, too large, not UTF-8."""
    if not path.is_file():
        return Issue(path.name, "", "fichier absent", f"créez {path.name} dans le dossier du programme")
    if path.stat().st_size > LARGEST_BYTES:
        return Issue(path.name, "", "fichier de plus de 50 Mo", "gardez une ligne par territoire")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Issue(path.name, f"ligne {line}", "octets qui ne sont pas de l'UTF-8", "enregistrez le fichier en UTF-8")
    if "\0" in text:
        return Issue(path.name, "", "caractère nul", "ce n'est pas un fichier de texte : enregistrez-le de nouveau")
    return text


def _header_issue(file: str, header: list[str], model: type[Row]) -> Issue | None:
    known = model.model_fields
    if len(header) <= 1 and ";" in "".join(header):
        return Issue(file, "ligne 1", "colonnes séparées par des points-virgules", "séparez-les par des virgules")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        return Issue(file, "ligne 1", f"colonne en double : {twice[0]}", "gardez-en une")
    unknown = [name for name in header if name not in known]
    if unknown:
        return Issue(
            file, "ligne 1", f"colonne inconnue : {unknown[0][:60]!r}", f"colonnes admises : {', '.join(known)}"
        )
    missing = [name for name, field in known.items() if field.is_required() and name not in header]
    if missing:
        return Issue(file, "ligne 1", f"colonne absente : {missing[0]}", "ajoutez-la à la première ligne")
    return None


def _row(file: str, line: int, header: list[str], cells: list[str], model: type[R]) -> Iterator[Numbered[R] | Issue]:
    if not any(cells):
        yield Issue(file, f"ligne {line}", "ligne vide", "retirez-la")
    elif len(cells) != len(header):
        problem = f"{len(cells)} cellules au lieu de {len(header)}"
        yield Issue(file, f"ligne {line}", problem, "mettez entre guillemets les textes qui contiennent une virgule")
    else:
        try:
            given = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            yield Numbered(line, model.model_validate({n: c for n, c in given.items() if c or _takes_empty(model, n)}))
        except ValidationError as error:
            yield from from_pydantic(file, error.errors(), prefix=f"ligne {line}, colonne ")


def _takes_empty(model: type[Row], name: str) -> bool:
    """An empty cell of an optional column means its default; in a required one it is read, or refused."""
    return model.model_fields[name].is_required()
