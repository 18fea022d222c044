"""`make bench`: Jalon beside a peer, in the same run, on this machine; writes bench/results.md.

The published files come from JALON_MIRROR. Without it the whole job is not compared, and the pages are those of the
facts that Jalon carries; both are said in the results.
"""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import answers
import readings
import themes
from load import Load
from measure import Run
from network import network_table
from pages import datasette_database, free_port, ours, peer
from whole_job import JALON, compare

HERE = Path(__file__).parent


def main() -> None:
    mirror = os.environ.get("JALON_MIRROR")
    parts = [heading(), network_table()]
    if mirror:
        parts.append(job_table(compare(Path(mirror))))
    else:
        parts.append("## The whole job\n\nNot measured: JALON_MIRROR names no folder of published files.\n")
    if mirror:
        parts.append(themes.section())
    parts.append(readings.section())
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        env = {**os.environ, "JALON_HOME": str(home)}
        subprocess.run([JALON, "prepare"], env=env, check=True, stdout=subprocess.DEVNULL)
        edition = home / "editions" / (home / "editions" / "current").read_text().strip()
        parts.append(answers.section(env, Path(folder)))
        database = Path(folder) / "bench.db"
        datasette_database(edition, database)
        parts.append(load_table([*ours(env, free_port(), "acv-conventions-signees"), *peer(database, free_port())]))
    (HERE / "results.md").write_text("\n".join(parts), encoding="utf-8")
    print("\n".join(parts))


def heading() -> str:
    cores = os.cpu_count()
    return (
        "# Measured beside peers\n\n"
        f"`make bench`, {date.today().isoformat()}, Python {platform.python_version()}, {cores} cores, {platform.machine()}. "
        "Each contender runs once, in turn, on the same machine.\n"
    )


def job_table(runs: Iterable[tuple[str, Run]]) -> str:
    rows = "".join(f"| {name} | {run.seconds:.1f} | {run.peak_mb:.0f} |\n" for name, run in runs)
    return (
        "## The whole job, cold\n\n"
        "Jalon checks every row, keeps 51,106 projects in its register, labels their texts, indexes them and seals an edition "
        "with its ledger of figures. The pandas script (`bench/pandas_job.py`) loads the same files, matches one regular "
        "expression and computes ten figures, without a register, refusals, evidence or search.\n\n"
        "| | seconds | peak memory, MB |\n| --- | ---: | ---: |\n" + rows
    )


def load_table(loads: Iterable[tuple[str, Load, float]]) -> str:
    rows = "".join(
        f"| {name} | {one.per_second:.0f} | {one.p50_ms:.1f} | {one.p95_ms:.1f} | {one.kilobytes:.0f} | {memory:.0f} |"
        f"{f' {one.failed} failed' if one.failed else ''}\n"
        for name, one, memory in loads
    )
    return (
        "## Pages under load\n\n"
        "wrk, one thread, eight connections, gzip, on the same two cores as the server. Datasette serves the same table of actions, "
        "full text and facets (year, scheme, category, région). Jalon keeps rendered pages of an immutable edition: "
        "« each different » asks for pages never asked before.\n\n"
        "| | requests/s | p50, ms | p95, ms | kB a response | server memory, MB |\n| --- | ---: | ---: | ---: | ---: | ---: |\n"
        + rows
    )


if __name__ == "__main__":
    sys.exit(main())
