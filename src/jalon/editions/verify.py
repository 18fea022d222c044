"""Whether an edition still is what was sealed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jalon.editions.manifest import FILE, Manifest, damaged, digest_file, identity_of

State = Literal["missing", "altered", "extra", "identity"]
_WORDS: dict[State, str] = {
    "missing": "absent",
    "altered": "altéré",
    "extra": "étranger à l'édition",
    "identity": "en désaccord avec l'identité de l'édition",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference between the folder and its manifest."""

    file: str
    state: State

    @property
    def says(self) -> str:
        return f"{self.file} : {_WORDS[self.state]}"


def check_files(folder: Path, manifest: Manifest, *, hashes: bool = True) -> tuple[Problem, ...]:
    """Every file hashed again (or only measured) and compared with the manifest; strange files are told too."""
    states = {name: _state(folder, manifest, name, hashes) for name in sorted(manifest.files)}
    found = [Problem(name, state) for name, state in states.items() if state]
    known = {FILE, *manifest.files}
    found += [Problem(path.name, "extra") for path in sorted(folder.iterdir()) if path.name not in known]
    return (*found, *_identity(manifest))


def _state(folder: Path, manifest: Manifest, name: str, hashes: bool) -> State | None:
    path, entry = folder / name, manifest.files[name]
    if not path.is_file():
        return "missing"
    if path.stat().st_size != entry.bytes or (hashes and digest_file(path) != entry.sha256):
        return "altered"
    return None


def _identity(manifest: Manifest) -> list[Problem]:
    tables = {name: entry.sha256 for name, entry in manifest.files.items() if name.endswith(".parquet")}
    identity = identity_of(
        tables,
        as_of=manifest.as_of,
        attached=manifest.attached,
        code=manifest.code,
        libraries=manifest.libraries,
    )
    ends = manifest.id.rpartition("-")[2]
    same = identity == manifest.identity and bool(ends) and identity.startswith(ends)
    return [] if same else [Problem(FILE, "identity")]


def refuse_damaged(folder: Path, manifest: Manifest, *, hashes: bool) -> None:
    """Raises EditionDamaged for the first missing or altered file."""
    for problem in check_files(folder, manifest, hashes=hashes):
        if problem.state != "extra":
            raise damaged(manifest.id, problem.file, _WORDS[problem.state])
