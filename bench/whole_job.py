"""The whole job, cold: every published file in, a dated edition out, beside a straightforward pandas script."""

import os
import sys
import tempfile
from pathlib import Path

from measure import Run, run

HERE = Path(__file__).parent
JALON = str(Path(sys.executable).with_name("jalon"))


def jalon_job(home: Path, mirror: Path) -> Run:
    """`jalon prepare` in an empty home: import all sources, build and publish an edition."""
    return run([JALON, "prepare"], {**os.environ, "JALON_HOME": str(home), "JALON_MIRROR": str(mirror)})


def pandas_job(mirror: Path, *engine: str) -> Run:
    return run([sys.executable, "-W", "ignore", str(HERE / "pandas_job.py"), str(mirror), *engine], os.environ)


def compare(mirror: Path) -> list[tuple[str, Run]]:
    """Each contender once, in turn, on the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        ours = jalon_job(Path(folder) / "home", mirror)
    return [
        ("Jalon: sources, register, themes of 51,106 texts, edition, figures", ours),
        ("pandas, default readers (odfpy, openpyxl), ten figures", pandas_job(mirror)),
        ("pandas, calamine readers, ten figures", pandas_job(mirror, "calamine")),
    ]
