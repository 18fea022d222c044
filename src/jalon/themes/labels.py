"""The labelled sets: ids and labels of ours, joined to the published texts when these are on the machine."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jalon.themes.artefact import LABELS
from jalon.themes.errors import LabelsError
from jalon.themes.schema import taxonomy

PUBLISHED = ("dev_2018.csv", "dev_2019.csv")
HANDMADE = "handmade.csv"


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader decided of one action: its themes, whether another might decide otherwise, its sample weight."""

    action_id: str
    themes: frozenset[str]
    doubt: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text to learn from, and the territory it comes from."""

    action_id: str
    text: str | None
    category: str | None
    territory: str


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text."""

    text: Text
    label: Label


def labels(folder: Path = LABELS, names: Sequence[str] = PUBLISHED) -> tuple[Label, ...]:
    """The labels of published actions, by file then id; raises `LabelsError` naming file, line and column."""
    return tuple(label for name in names for label in _read(folder / name))


def handmade(folder: Path = LABELS) -> tuple[Example, ...]:
    """Texts written by us for what published actions seldom say."""
    return tuple(_handmade(folder / HANDMADE))


def joined(found: Iterable[Label], texts: Mapping[str, Text]) -> tuple[Example, ...]:
    """Labels with their text; raises `LabelsError` when a labelled action is not among the texts."""
    found = tuple(found)
    missing = [label.action_id for label in found if label.action_id not in texts]
    if missing:
        raise LabelsError(
            f"{len(missing)} labelled actions without text",
            user_message=f"{len(missing)} actions étiquetées sont absentes des sources (la première : {missing[0]}).",
            mend="vérifiez les sources dgcl-di-2018 et dgcl-di-2019 : jalon sources check.",
        )
    return tuple(Example(texts[label.action_id], label) for label in found)


def _read(file: Path) -> Iterable[Label]:
    for line, row in enumerate(_rows(file, ("action_id", "labels", "doubt", "weight")), 2):
        try:
            weight = float(row["weight"])
        except ValueError:
            raise _wrong(file, line, "weight", row["weight"], "un nombre") from None
        yield Label(row["action_id"], _themes(file, line, row["labels"]), row["doubt"] == "1", weight)


def _handmade(file: Path) -> Iterable[Example]:
    for line, row in enumerate(_rows(file, ("text", "category", "labels")), 2):
        own = "own_" + hashlib.sha256(row["text"].encode()).hexdigest()[:12]
        label = Label(own, _themes(file, line, row["labels"]), False, 1.0)
        yield Example(Text(own, row["text"], row["category"], own), label)


def _rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) != columns:
                raise _wrong(file, 1, "en-tête", ",".join(reader.fieldnames or ()), ",".join(columns))
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LabelsError(
            f"{file}: {error}",
            user_message=f"{file.name} : fichier d'étiquettes illisible ({error}).",
            mend="rétablissez le fichier livré avec Jalon.",
        ) from None


def _themes(file: Path, line: int, cell: str) -> frozenset[str]:
    found = frozenset(part for part in cell.split(";") if part)
    unknown = sorted(found - set(taxonomy().ids))
    if unknown:
        raise _wrong(file, line, "labels", unknown[0], "un thème de taxonomy.toml")
    return found


def _wrong(file: Path, line: int, column: str, value: str, wanted: str) -> LabelsError:
    return LabelsError(
        f"{file}:{line}: {column}: {value!r}",
        user_message=f"{file.name}, ligne {line}, colonne {column} : « {value} » au lieu de {wanted}.",
        mend=f"corrigez cette ligne dans {file}.",
    )
