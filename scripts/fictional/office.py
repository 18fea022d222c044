"""LibreOffice, with a profile of its own: two that share one refuse to run at the same time."""

import atexit
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _profile() -> str:
    folder = tempfile.mkdtemp(prefix="jalon-fictional-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder).as_uri()


def convert_to(kind: str, path: Path, *more: str) -> None:
    """Write `path` again beside itself as `kind`. Raises CalledProcessError or TimeoutExpired."""
    call = ["soffice", f"-env:UserInstallation={_profile()}", "--headless", *more]
    call += ["--convert-to", kind, "--outdir", str(path.parent), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
