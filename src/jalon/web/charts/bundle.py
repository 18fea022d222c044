"""The Vega scripts for interactive charts, built once from vl-convert's own copy and kept in the cache."""

import subprocess
import sys
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jalon.home import home

SNIPPET = "window.jalonVega = vegaEmbed;"
PATIENCE = 60


@lru_cache(maxsize=1)
def script() -> bytes:
    """The bundle: Vega, Vega-Lite and Vega-Embed; vega-embed's `ast: true` evaluates expressions without `eval`.

    Built in a process of its own (a second of work that would hold this one). Raises OSError when it cannot be built.
    """
    path = home().cache / f"vega-{digest()}.js"
    if path.exists():
        return path.read_bytes()
    made = subprocess.run([sys.executable, __file__], capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    if made.returncode or len(made.stdout) < 100_000:
        raise OSError(f"Vega bundle not built: {made.stderr.decode(errors='replace')[-300:]}")
    _keep(path, made.stdout)
    return made.stdout


def _keep(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        return


def digest() -> str:
    """Short hash of what makes the bundle, for an address that can be cached for ever; known before it is built."""
    return sha256(f"{version('vl-convert-python')} {SNIPPET}".encode()).hexdigest()[:12]


def url() -> str:
    return f"/graphiques/vega.{digest()}.js"


if __name__ == "__main__":
    import vl_convert

    sys.stdout.write(vl_convert.javascript_bundle(SNIPPET, "6.4"))
