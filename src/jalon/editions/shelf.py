"""The editions of a home: which there are, which one is served."""

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from jalon.editions.edition import Edition
from jalon.editions.manifest import FILE, REBUILD, Manifest, read_manifest
from jalon.editions.verify import Problem, check_files, refuse_damaged
from jalon.errors import EditionDamaged, NoEdition, UnknownEdition
from jalon.home import Home

BUILDING = ".building-"
POINTER = "current"
PUBLICATIONS = "published.jsonl"
_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{6,64}")


def folders(home: Home) -> list[Path]:
    """Folders of sealed editions, by as-of date then id."""
    if not home.editions.is_dir():
        return []
    return sorted(p for p in home.editions.iterdir() if _ID.fullmatch(p.name) and (p / FILE).is_file())


def listing(home: Home) -> tuple[Manifest, ...]:
    """Manifests of the editions that can be read, oldest construction first; damaged ones are left out."""
    return tuple(sorted(_readable(home), key=lambda manifest: (manifest.created_at, manifest.id)))


def _readable(home: Home) -> Iterator[Manifest]:
    for folder in folders(home):
        try:
            yield read_manifest(folder)
        except EditionDamaged:
            continue


def current_id(home: Home) -> str | None:
    """Identifier of the published edition, or None. Raises EditionDamaged when the pointer cannot be read."""
    try:
        return (home.editions / POINTER).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError as error:
        raise _is_a_folder(home.editions / POINTER) from error
    except (OSError, ValueError) as error:
        raise EditionDamaged(
            f"pointer unreadable: {error}",
            user_message=f"le fichier {home.editions / POINTER} est illisible.",
            mend="« jalon edition publish ID » le récrit.",
        ) from error


def _is_a_folder(path: Path) -> EditionDamaged:
    return EditionDamaged(
        f"{path} is a folder",
        user_message=f"{path} est un dossier, là où il faut un fichier.",
        mend="retirez ce dossier, puis « jalon edition publish ID » récrit le fichier.",
    )


def current(home: Home) -> Edition:
    """The published edition. Raises NoEdition when nothing is published, EditionDamaged when it cannot be read."""
    return open_edition(home, "current")


def open_edition(home: Home, edition: str = "current") -> Edition:
    """The edition of that id, opened once a process. Raises NoEdition, UnknownEdition or EditionDamaged.

    Only the manifest is read; damage to a table is told by the first `connect()`.
    """
    wanted = current_id(home) if edition == "current" else edition
    if wanted is None:
        raise NoEdition(
            "no published edition",
            user_message="aucune édition n'est publiée.",
            mend="construisez-en une : « jalon edition build » (ou « make run », qui le fait).",
        )
    folder = home.editions / wanted
    if not _ID.fullmatch(wanted) or not folder.is_dir():
        raise _unknown(home, wanted, published=edition == "current")
    return open_folder(folder)


def open_folder(folder: Path) -> Edition:
    """The edition of a folder, kept open as long as its manifest does not change."""
    try:
        stamp = (folder / FILE).stat().st_mtime_ns
    except OSError:
        stamp = 0
    return _opened(folder, stamp)


@lru_cache(maxsize=8)
def _opened(folder: Path, stamp: int) -> Edition:
    return Edition(folder, read_manifest(folder))


def forget() -> None:
    """Close what this process keeps open: an edition was replaced."""
    _opened.cache_clear()


def verify(edition: Edition) -> tuple[Problem, ...]:
    """Every file of the edition hashed again; empty when all is as sealed."""
    return check_files(edition.folder, edition.manifest)


def publish(home: Home, edition: str) -> Edition:
    """Serve that edition from now on, in one atomic step, once it is verified. Raises EditionDamaged otherwise.

    What is published is told in `published.jsonl` too, one line a publication: the edition and the time.
    """
    opened = open_edition(home, edition)
    refuse_damaged(opened.folder, opened.manifest, hashes=True)
    _replace(home, POINTER, f"{opened.id}\n")
    told = publications(home)
    if not told or told[-1][0] != opened.id:
        told = (*told, (opened.id, datetime.now(UTC).isoformat(timespec="seconds")))
        _replace(home, PUBLICATIONS, "".join(f"{json.dumps({'id': one, 'at': at})}\n" for one, at in told))
    return opened


def _replace(home: Home, name: str, text: str) -> None:
    """Write a file of the shelf in one atomic step."""
    path = home.editions / name
    beside = path.with_name(f".{name}-{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except IsADirectoryError as error:
        raise _is_a_folder(path) from error
    finally:
        beside.unlink(missing_ok=True)


def publications(home: Home) -> tuple[tuple[str, str], ...]:
    """What was published here, oldest first: the edition and the time, UTC. Lines that cannot be read are left out."""
    try:
        lines = (home.editions / PUBLICATIONS).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(told for line in lines if (told := _publication(line)))


def _publication(line: str) -> tuple[str, str] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    match told:
        case {"id": str(one), "at": str(at)} if _ID.fullmatch(one):
            return one, at
    return None


def published_before(home: Home, edition: str) -> tuple[str, ...]:
    """The editions published here before the last publication of that one, the latest first; () if it never was."""
    told = [one for one, _ in publications(home)]
    if edition not in told:
        return ()
    last = len(told) - 1 - told[::-1].index(edition)
    return tuple(dict.fromkeys(one for one in told[:last][::-1] if one != edition))


def _unknown(home: Home, wanted: str, *, published: bool) -> UnknownEdition:
    known = ", ".join(folder.name for folder in folders(home)) or "aucune"
    what = "l'édition publiée, absente du disque" if published else "une édition inconnue"
    return UnknownEdition(
        f"unknown edition {wanted!r}",
        user_message=f"« {wanted[:80]} » est {what}. Éditions présentes : {known}.",
        mend=REBUILD,
    )
