"""Where a given file waits to be read, and where what was read of it is kept."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from jalon.home import Home, home
from jalon.register.importing import originals
from jalon.register.models import Reading

FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")
LONGEST = 150


def safe_name(given: str) -> str:
    """A file's name without folders, controls or signs that turn the order of reading, its suffix kept."""
    name = FORBIDDEN.sub("-", given.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .-") or "document"
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = name, ""
    room = LONGEST - len(suffix.encode()) - 1
    return stem.encode()[:room].decode(errors="ignore") + (f".{suffix}" if suffix else "")


def root_of(reading: Reading) -> Home:
    """The data folder of a reading: the whole one, or the trial's own, which goes with it."""
    return Home(home().trials / reading.token) if reading.trial else home()


def place(reading: Reading) -> Path:
    """Where its file waits."""
    return root_of(reading).uploads / reading.sha256[:2] / reading.sha256 / reading.name


def original(reading: Reading) -> Path:
    """Its file, kept by the register once it is read, else as it waits."""
    kept = originals.place(home(), reading.sha256)
    return kept if not reading.trial and kept.is_file() else place(reading)


def keep(reading: Reading, chunks: Iterable[bytes]) -> None:
    """Write beside and rename: stopped at any moment it leaves a whole file or none."""
    target = place(reading)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{reading.token}")
    try:
        with beside.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def let_go(reading: Reading) -> None:
    """Forget a file that needs waiting no more; of a trial, everything."""
    if reading.trial:
        shutil.rmtree(root_of(reading).root, ignore_errors=True)
    elif not Reading.objects.filter(sha256=reading.sha256, state="waiting").exclude(pk=reading.pk).exists():
        shutil.rmtree(place(reading).parent, ignore_errors=True)
