"""The catalogue of sources: `catalog.toml`, held to strict models."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from jalon.errors import SourceError, SourceMissing

HERE = Path(__file__).resolve().parent
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
Reader = Literal[
    "acv2018", "acv2024", "acv2025", "dgcl2018", "dgcl2019", "arcep", "etalab", "ditp", "pvd", "outlines", "operators"
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFile(_Strict):
    """One published file. `file` is its path in a mirror and in the folder of fetched files.

    `personal` names columns that hold personal data: they are emptied before the file is stored, and `sha256` is then
    that of the emptied form.
    """

    file: Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$")]
    path_in_repository: str
    sha256: Sha256
    original_sha256: Sha256 | None = None
    bytes: Annotated[int, Field(gt=0)]
    rows: Annotated[int, Field(gt=0)]
    personal: tuple[str, ...] = ()

    @property
    def known_sums(self) -> frozenset[str]:
        return frozenset({self.sha256, self.original_sha256} - {None})  # type: ignore[arg-type]


class Source(_Strict):
    """A published data set at one vintage."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    producer: str
    licence: str
    licence_evidence: str
    homepage: str | None = None
    repository: Annotated[str, Field(pattern=r"^https://github\.com/[\w.-]+/[\w.-]+$")]
    commit: Commit
    vintage: str
    published_on: date
    reader: Reader
    tables: tuple[str, ...]
    yields: str
    note: str | None = None
    files: Annotated[tuple[SourceFile, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _files_in_own_folder(self) -> "Source":
        strays = [f.file for f in self.files if not f.file.startswith(f"{self.id}/")]
        if strays:
            raise ValueError(f"files outside the folder of {self.id}: {strays}")
        return self

    def url(self, file: SourceFile) -> str:
        """The raw address of a file at the pinned commit."""
        raw = self.repository.replace("https://github.com/", "https://raw.githubusercontent.com/")
        return f"{raw}/{self.commit}/{quote(file.path_in_repository)}"


class _Catalogue(_Strict):
    source: tuple[Source, ...]


def load(path: Path) -> dict[str, Source]:
    """Read a catalogue; SourceError names the entry and key that break the schema."""
    try:
        read = _Catalogue.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path}: {error}",
            user_message=f"le catalogue des sources {path.name} ne suit pas son schéma : {_first(error)}.",
            mend="corrigez cette clé ; docs/how-to/add-a-source.md décrit chacune.",
        ) from error
    doubled = [s.id for i, s in enumerate(read.source) if s.id in {t.id for t in read.source[:i]}]
    if doubled:
        raise SourceError(f"{path}: duplicate ids {doubled}", user_message=f"source en double : {', '.join(doubled)}.")
    return {source.id: source for source in read.source}


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))} : {first['msg']}"


@cache
def catalog() -> dict[str, Source]:
    """The sources Jalon knows, by identifier, in the order of the file."""
    return load(HERE / "catalog.toml")


def chosen(ids: list[str] | tuple[str, ...] | None = None) -> tuple[Source, ...]:
    """The sources named, all of them when none is; SourceMissing names an unknown one and lists those there are."""
    known = catalog()
    unknown = [i for i in ids or () if i not in known]
    if unknown:
        raise SourceMissing(
            f"unknown sources: {unknown}",
            user_message=f"source inconnue : {', '.join(unknown)}.",
            mend=f"choisissez parmi : {', '.join(known)}.",
        )
    return tuple(known[i] for i in ids or known)
