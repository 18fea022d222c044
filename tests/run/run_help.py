"""How the tests of `jalon run` start it: as a user would, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Jalon = Callable[..., subprocess.CompletedProcess[str]]


def environment(home: Path, **more: str) -> dict[str, str]:
    """This process's variables without those that would send Jalon elsewhere."""
    kept = {k: v for k, v in os.environ.items() if k not in ("JALON_MIRROR", "DATABASE_URL", "PORT")}
    return {**kept, "JALON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "jalon.settings", **more}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "jalon", *words]
