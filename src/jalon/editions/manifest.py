"""The manifest of an edition: what it holds, from what, made by what. Written last; it seals the folder."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jalon.errors import EditionDamaged
from jalon.themes.artefact import in_use

FILE = "manifest.json"
FORMAT = 1
LIBRARIES = ("duckdb", "numpy", "pyarrow", "scipy", "snowballstemmer")
REBUILD = (
    "voyez les éditions saines avec « jalon edition list », publiez-en une avec « jalon edition publish ID », "
    "ou reconstruisez : « jalon edition build »."
)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the edition; `rows` is None for what is not a table."""

    sha256: str
    bytes: int
    rows: int | None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    source_id: str
    file: str
    vintage: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`identity` is the hash of the contents: tables, ledger of figures, code, libraries, as-of date.

    `seal` is the hash of the manifest itself, so that a changed manifest is seen without reading any table.
    """

    format: int
    id: str
    identity: str
    as_of: date
    created_at: datetime
    note: str
    code: str
    libraries: dict[str, str]
    attached: str
    files: dict[str, FileEntry]
    sources: tuple[SourceEntry, ...]
    warnings: tuple[str, ...]
    seal: str = ""

    def sealed(self) -> "Manifest":
        return replace(self, seal=_seal(self))

    def text(self) -> str:
        return json.dumps(_plain(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain(manifest: Manifest) -> dict[str, Any]:
    return asdict(manifest) | {"as_of": manifest.as_of.isoformat(), "created_at": manifest.created_at.isoformat()}


def _seal(manifest: Manifest) -> str:
    return digest(replace(manifest, seal="").text().encode())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def identity_of(tables: dict[str, str], *, as_of: date, attached: str, code: str, libraries: dict[str, str]) -> str:
    """Hash of what an edition is made of; `tables` maps each Parquet file to its SHA-256."""
    made_of = {"as_of": as_of.isoformat(), "attached": attached, "code": code, "libraries": libraries, "tables": tables}
    return digest(json.dumps(made_of, sort_keys=True).encode())


@cache
def code_version() -> str:
    """Version of Jalon and a hash of the code that turns tables into an edition."""
    package = Path(__file__).resolve().parents[1]
    code = hashlib.sha256()
    for path in sorted(
        path for folder in ("editions", "figures", "indicators") for path in package.glob(f"{folder}/*.py")
    ):
        code.update(path.name.encode() + path.read_bytes())
    return f"{version('jalon')}+{code.hexdigest()[:8]}"


def libraries() -> dict[str, str]:
    """Versions of what decides an edition's content, the classifier of themes among them."""
    return {name: version(name) for name in LIBRARIES} | {"jalon-themes": in_use()[:16]}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder. Raises EditionDamaged when it is absent, not readable or changed since its seal."""
    path = folder / FILE
    try:
        manifest = _parse(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(folder.name, FILE, f"illisible ({type(error).__name__})") from error
    if manifest.seal != _seal(manifest) or manifest.id != folder.name:
        raise damaged(folder.name, FILE, "modifié depuis la construction")
    return manifest


def _parse(given: dict[str, Any]) -> Manifest:
    return Manifest(
        **given
        | {
            "as_of": date.fromisoformat(given["as_of"]),
            "created_at": datetime.fromisoformat(given["created_at"]),
            "files": {name: FileEntry(**entry) for name, entry in given["files"].items()},
            "sources": tuple(SourceEntry(**entry) for entry in given["sources"]),
            "warnings": tuple(given["warnings"]),
        }
    )


def damaged(edition: str, file: str, what: str) -> EditionDamaged:
    return EditionDamaged(
        f"edition {edition}: {file}: {what}",
        user_message=f"l'édition {edition} est endommagée : le fichier {file} est {what}.",
        mend=REBUILD,
    )
