"""An operator's own themes and the model learned on a site, in `JALON_HOME/themes`.

`*.toml` there add themes and notions to those of the product. `models/<hash>.model` and `.json` keep every model
learned on this site with its scores; the file `current` names the one in use.
"""

import hashlib
import os
from pathlib import Path

from jalon.home import home

FOLDER, MODELS, CURRENT = "themes", "models", "current"
Stamp = tuple[tuple[str, int, int], ...]


def folder() -> Path:
    return home().root / FOLDER


def files() -> tuple[Path, ...]:
    """The operator's files of themes, by name."""
    own = folder()
    return tuple(sorted(own.glob("*.toml"))) if own.is_dir() else ()


def stamp() -> Stamp:
    """Tells these files as they are now: a changed one is read again."""
    return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files())


def hashes() -> dict[str, str]:
    """SHA-256 of each of the operator's files, as a model records them."""
    return {f"own/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files()}


def model() -> Path | None:
    """The model in use that was learned on this site, if any."""
    named = folder() / CURRENT
    if not named.is_file():
        return None
    found = folder() / MODELS / f"{named.read_text(encoding='ascii').strip()}.model"
    return found if found.is_file() else None


def keep(data: bytes, scores: str) -> Path:
    """Write a model with its scores under its hash, then put it in use; earlier ones stay."""
    name = hashlib.sha256(data).hexdigest()
    kept = folder() / MODELS
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{name}.json").write_text(scores, encoding="utf-8")
    (kept / f"{name}.model").write_bytes(data)
    beside = folder() / f".{CURRENT}-{os.getpid()}"
    beside.write_text(name + "\n", encoding="ascii")
    beside.replace(folder() / CURRENT)
    return kept / f"{name}.model"
