"""Freeze tables into an edition: written beside, sealed by its manifest, then renamed into place."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from jalon.editions import checks, derived, manifest, search
from jalon.editions.edition import Edition
from jalon.editions.manifest import FileEntry, Manifest, SourceEntry, digest_file
from jalon.editions.shelf import BUILDING, current_id, forget, open_folder
from jalon.editions.verify import check_files
from jalon.errors import EditionDamaged, EditionError
from jalon.home import Home

PATIENCE = 900.0
"""Seconds to wait for another build of the same home."""


class Attachment(Protocol):
    """Files to lay in the edition beside its tables, made from them: the ledger of figures and its values."""

    @property
    def fingerprint(self) -> str:
        """Hash of what the files depend on besides the tables."""

    def files(self, draft: Edition) -> Mapping[str, bytes]:
        """The files, by name, from a draft whose tables can be read."""


@dataclass(frozen=True, slots=True)
class _Sealing:
    """What the manifest says besides the files."""

    as_of: date
    note: str
    attached: str
    warnings: tuple[str, ...]
    sources: tuple[SourceEntry, ...]


def build(
    tables: Mapping[str, pa.Table],
    *,
    home: Home,
    as_of: date,
    note: str = "",
    attach: Attachment | None = None,
    derive: bool = False,
) -> Edition:
    """Make the edition of these tables, or return the one that already holds the same content.

    `tables` maps each name of `TABLES` to its rows, in any order; those of `DERIVED` are
    computed here with `derive`, empty without. Nothing is published; a crash or a full disk leaves
    no half edition. Raises EditionError when the tables do not hold together, OSError when the disk refuses.
    """
    sound = checks.conform(derived.emptied(tables))
    checks.check(sound)
    if derive:
        sound = checks.conform(derived.complete(sound))
    home.editions.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        _sweep(home)
        draft = home.editions / f"{BUILDING}{os.getpid()}-{as_of.isoformat()}"
        draft.mkdir()
        try:
            sealed = _write(draft, sound, _sealing(home, sound, as_of, note, attach), attach)
            return _settle(home, draft, sealed)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One build at a time in a home; the system frees the lock of a process that dies."""
    try:
        with FileLock(home.editions / ".lock", timeout=PATIENCE):
            yield
    except Timeout as error:
        raise EditionError(
            "another build holds the lock",
            user_message="une autre construction d'édition est en cours dans ce dossier depuis un quart d'heure.",
            mend="attendez qu'elle finisse ou arrêtez-la, puis relancez.",
        ) from error


def _sweep(home: Home) -> None:
    """Remove what dead builds left: whoever holds the lock is the only live one."""
    for left in home.editions.glob(f"{BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _sealing(home: Home, tables: Mapping[str, pa.Table], as_of: date, note: str, attach: Attachment | None) -> _Sealing:
    read = tables["sources"].select(["source_id", "file", "vintage", "sha256"]).to_pylist()
    return _Sealing(
        as_of=as_of,
        note=note,
        attached=attach.fingerprint if attach else "",
        warnings=checks.shrinkage(tables, _rows_before(home, as_of)),
        sources=tuple(SourceEntry(**row) for row in read),
    )


def _rows_before(home: Home, as_of: date) -> dict[str, int]:
    """Rows of each table in the published edition; empty when it is damaged, absent, or of a later day."""
    try:
        published = current_id(home)
        before = manifest.read_manifest(home.editions / published) if published else None
    except EditionDamaged:
        return {}
    if before is None or before.as_of > as_of:
        return {}
    return {name.removesuffix(".parquet"): entry.rows for name, entry in before.files.items() if entry.rows is not None}


def _write(folder: Path, tables: dict[str, pa.Table], sealing: _Sealing, attach: Attachment | None) -> Manifest:
    for name, table in tables.items():
        write_table(table, folder / f"{name}.parquet")
    search.write_index(folder / search.FILE, tables)
    rows = {f"{name}.parquet": table.num_rows for name, table in tables.items()}
    made = _manifest(folder, rows, sealing)
    if attach:
        for name, content in attach.files(Edition(folder, made)).items():
            (folder / name).write_bytes(content)
        made = _manifest(folder, rows, sealing)
    for path in folder.iterdir():
        _to_disk(path)
        path.chmod(0o444)
    return made


def write_table(table: pa.Table, path: Path) -> None:
    """Parquet of a conform table; the same rows give the same bytes with the same libraries."""
    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd", compression_level=3, row_group_size=122_880, version="2.6")


def _manifest(folder: Path, rows: Mapping[str, int], sealing: _Sealing) -> Manifest:
    files = {
        path.name: FileEntry(digest_file(path), path.stat().st_size, rows.get(path.name))
        for path in sorted(folder.iterdir())
    }
    code, libraries = manifest.code_version(), manifest.libraries()
    identity = manifest.identity_of(
        {name: files[name].sha256 for name in rows},
        as_of=sealing.as_of, attached=sealing.attached, code=code, libraries=libraries,
    )  # fmt: skip
    return Manifest(
        format=manifest.FORMAT,
        id=_free_id(folder.parent, sealing.as_of, identity),
        identity=identity,
        as_of=sealing.as_of,
        created_at=datetime.now(UTC),
        note=sealing.note,
        code=code,
        libraries=libraries,
        attached=sealing.attached,
        files=files,
        sources=sealing.sources,
        warnings=sealing.warnings,
    ).sealed()


def _free_id(shelf: Path, as_of: date, identity: str) -> str:
    """The as-of day and the shortest beginning of the identity that no other sound edition has."""
    names = [f"{as_of.isoformat()}-{identity[:length]}" for length in (6, 12, 64)]
    return next((name for name in names if _identity_at(shelf / name) in (None, identity)), names[-1])


def _identity_at(folder: Path) -> str | None:
    try:
        return manifest.read_manifest(folder).identity
    except EditionDamaged:
        return None


def _settle(home: Home, draft: Path, made: Manifest) -> Edition:
    """Rename the draft into place, unless the same edition is there already and sound."""
    final = home.editions / made.id
    if final.exists() and _same_and_sound(final, made):
        return open_folder(final)
    (draft / manifest.FILE).write_text(made.text(), encoding="utf-8")
    _to_disk(draft / manifest.FILE)
    _to_disk(draft)
    if final.exists():
        final.rename(home.editions / f"{BUILDING}replaced-{os.getpid()}-{made.id}")
        forget()
    draft.rename(final)
    _to_disk(home.editions)
    _sweep(home)
    return open_folder(final)


def _same_and_sound(final: Path, made: Manifest) -> bool:
    return _identity_at(final) == made.identity and not check_files(final, manifest.read_manifest(final))


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
