"""The programmes followed: those that Jalon carries, and those added to its data folder."""

import os
import shutil
from functools import lru_cache
from pathlib import Path

from jalon.errors import ProgrammeError
from jalon.home import home
from jalon.programmes.folder import FILES, load
from jalon.programmes.model import Programme

BUNDLED = Path(__file__).resolve().parent
ASIDE = "~"
"""Ends the name of a folder being replaced: it stands in for the new one until that one is in place."""


def programmes() -> dict[str, Programme]:
    """Every programme by id. Raises ProgrammeError for a folder that does not follow its schema."""
    return {name: _load(folder, _stamps(folder)) for name, folder in folders().items()}


def folders() -> dict[str, Path]:
    """The folder of each programme; one added under the same name replaces the bundled one."""
    return dict(sorted({**_inside(BUNDLED), **_inside(added())}.items()))


def added() -> Path:
    """Where added programmes are kept."""
    return home().root / "programmes"


def add(folder: Path, *, replace: bool = False) -> Programme:
    """Check the folder, then copy its files into the data folder, written beside and renamed into place.

    Raises ProgrammeError when the folder has an issue, or when its id is taken and `replace` is not set.
    """
    programme = load(folder)
    if programme.id in folders() and not replace:
        raise ProgrammeError(
            f"programme {programme.id} exists",
            user_message=f"le programme « {programme.id} » existe déjà.",
            mend="changez la clé id de programme.toml, ou ajoutez --replace pour le remplacer.",
        )
    target = added() / programme.id
    beside = added() / f".{programme.id}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        for name in FILES:
            if (folder / name).exists():
                shutil.copyfile(folder / name, beside / name)
        load(beside)
        _swap(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return programme


def _swap(beside: Path, target: Path) -> None:
    """Put `beside` at `target`; killed at any moment, the old folder or the new one is there."""
    aside = target.with_name(target.name + ASIDE)
    if target.exists():
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
    beside.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _inside(root: Path) -> dict[str, Path]:
    found = [path for path in root.iterdir() if (path / FILES[0]).is_file()] if root.is_dir() else []
    aside = {path.name.removesuffix(ASIDE): path for path in found if path.name.endswith(ASIDE)}
    return aside | {
        path.name: path for path in found if not path.name.startswith(".") and not path.name.endswith(ASIDE)
    }


def _stamps(folder: Path) -> tuple[tuple[int, int], ...]:
    """What changes when a file of the folder does."""
    stats = [(folder / name).stat() for name in FILES if (folder / name).exists()]
    return tuple((stat.st_mtime_ns, stat.st_size) for stat in stats)


@lru_cache(maxsize=64)
def _load(folder: Path, stamps: tuple[tuple[int, int], ...]) -> Programme:
    programme = load(folder)
    if programme.id != folder.name.removesuffix(ASIDE):
        raise ProgrammeError(
            f"{folder}: id is {programme.id}",
            user_message=f"le dossier {folder} porte un autre nom que son programme, « {programme.id} ».",
            mend=f"renommez le dossier en {programme.id}, ou corrigez la clé id de programme.toml.",
        )
    return programme
