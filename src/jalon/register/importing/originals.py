"""Documents as they were given, each kept once under its content hash."""

import os
import shutil
from pathlib import Path

from jalon.home import Home


def place(home: Home, sha256: str) -> Path:
    """Where the document of this hash is kept."""
    return home.documents / sha256[:2] / sha256


def keep(home: Home, given: Path, sha256: str) -> Path:
    """Copy a document beside and rename: stopped at any moment it leaves a whole file or none."""
    kept = place(home, sha256)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        try:
            shutil.copyfile(given, beside)
            beside.replace(kept)
        finally:
            beside.unlink(missing_ok=True)
    return kept
