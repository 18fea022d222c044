"""A source in a folder to its rows: files as catalogued here, any other file in a bounded child process."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from jalon.bounded import run_bounded
from jalon.errors import SourceCorrupted, SourceMissing, SourceUnreadable
from jalon.sources import acv, acv2018, arcep, carried, dgcl, ditp, etalab, operators, outlines, pvd
from jalon.sources.catalog import Source, SourceFile
from jalon.sources.defects import Defects
from jalon.sources.locate import CARRIED, Located
from jalon.sources.parts import Part
from jalon.sources.rows import FileRead, Reading

READERS: dict[str, Callable[[Source, Path], list[Part]]] = {
    "acv2018": acv2018.read,
    "acv2024": acv.read_2024,
    "acv2025": acv.read_2025,
    "dgcl2018": dgcl.read_2018,
    "dgcl2019": dgcl.read_2019,
    "arcep": arcep.read,
    "etalab": etalab.read,
    "ditp": ditp.read,
    "pvd": pvd.read,
    "outlines": outlines.read,
    "operators": operators.read,
}

KEPT = 0.8
"""Share of the catalogued rows under which a file of some size is taken for a truncated one."""
SOME_SIZE = 100


def read(source: Source, where: Path | Located) -> Reading:
    """Every row of a source, its defects and what was read of each file.

    `where` is a folder that holds the files at their catalogued paths, or the folder of carried facts. A file whose
    checksum is not in the catalogue (an operator's newer one, a damaged one) is read all the same, in a child process
    with limits, and noted. Raises SourceMissing for an absent file, SourceUnreadable for one that cannot be read.
    """
    folder = where.folder if isinstance(where, Located) else where
    if folder == CARRIED:
        return carried.read(source)
    sums = {file.file: _sum(folder / file.file) for file in source.files}
    strangers = [file for file in source.files if sums[file.file] not in file.known_sums]
    if strangers:
        what = f"la source {source.id} ({', '.join(file.file for file in strangers)})"
        parts = run_bounded(parse, source, folder, what=what)
        for part in parts:
            if part.file in strangers:
                _note_stranger(part, sums[part.file.file])
    else:
        parts = parse(source, folder)
    return _reading(source, parts, {file.file: folder / file.file for file in source.files}, sums)


def parse(source: Source, folder: Path) -> list[Part]:
    """The parts of a source by the reader that the catalogue names."""
    return READERS[source.reader](source, folder)


def _sum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise SourceMissing(
            f"{path} is absent",
            user_message=f"le fichier {path} est absent.",
            mend="téléchargez-le (jalon sources fetch) ou donnez le dossier qui le contient : JALON_MIRROR=/chemin.",
        ) from error
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> SourceUnreadable:
    return SourceUnreadable(
        f"{path}: {error}",
        user_message=f"le fichier {path} ne se laisse pas ouvrir ({error.strerror}).",
        mend="donnez-vous le droit de le lire, puis relancez.",
    )


def _note_stranger(part: Part, digest: str) -> None:
    reason = "empreinte absente du catalogue : fichier plus récent, modifié ou abîmé, lu dans un processus borné"
    part.defects.repaired(0, "sha256", digest, "unlisted-file", reason)
    if part.rows_read < part.file.rows:
        reason = f"{part.rows_read} lignes, {part.file.rows} au catalogue : fichier plus court, peut-être tronqué"
        part.defects.repaired(0, "rows", part.rows_read, "fewer-rows", reason)


def _reading(source: Source, parts: list[Part], paths: dict[str, Path], sums: dict[str, str]) -> Reading:
    files = tuple(_file_read(part.file, part.defects, part.rows_read, paths, sums) for part in parts)
    return Reading(
        source_id=source.id,
        rows=tuple(row for part in parts for row in part.rows),
        refusals=tuple(refusal for part in parts for refusal in part.defects.refusals),
        rows_read=sum(part.rows_read for part in parts),
        files=files,
    )


def _file_read(
    file: SourceFile, defects: Defects, rows_read: int, paths: dict[str, Path], sums: dict[str, str]
) -> FileRead:
    size = paths[file.file].stat().st_size
    return FileRead(file.file, sums[file.file], size, rows_read, len(defects.refused_rows))


def demand_whole(source: Source, reading: Reading) -> None:
    """Raise SourceCorrupted when a file of a source lost a fifth of its catalogued rows: a download cut short.

    Reading such a file shows what it holds; publishing it would tell false figures.
    """
    expected = {file.file: file.rows for file in source.files}
    for read_file in reading.files:
        rows = expected.get(read_file.file, 0)
        if rows >= SOME_SIZE and read_file.rows_read < KEPT * rows:
            raise SourceCorrupted(
                f"{read_file.file}: {read_file.rows_read} rows instead of {rows}",
                user_message=f"le fichier {read_file.file} n’a que {read_file.rows_read} lignes sur {rows} : il est "
                "sans doute tronqué, et n’est pas importé.",
                mend="téléchargez-le de nouveau (jalon sources fetch) ; s’il a vraiment rétréci, corrigez « rows » "
                "dans src/jalon/sources/catalog.toml.",
            )
