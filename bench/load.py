"""Ask a server for pages as fast as it answers: wrk, one thread, eight connections."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 8
SCRIPT = """
local paths = {%s}
local next_path = 0
request = function()
  next_path = next_path %% #paths + 1
  return wrk.format("GET", paths[next_path])
end
done = function(summary, latency)
  io.write(string.format('{"requests": %%d, "microseconds": %%d, "p50": %%d, "p95": %%d, "status": %%d, "bytes": %%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), summary.errors.status, summary.bytes))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second, and the 50th and 95th percentiles of latency in milliseconds."""

    per_second: float
    p50_ms: float
    p95_ms: float
    failed: int
    kilobytes: float


def load(origin: str, paths: Sequence[str]) -> Load:
    """Ask for the paths in turn for a few seconds. Raises RuntimeError where wrk is missing."""
    if not shutil.which("wrk"):
        raise RuntimeError("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "paths.lua"
        script.write_text(SCRIPT % ", ".join(json.dumps(path) for path in paths))
        command = [
            "wrk",
            "-t1",
            "-c8",
            f"-d{SECONDS}s",
            "--timeout",
            "30s",
            "-H",
            "Accept-Encoding: gzip",
            "-s",
            str(script),
            origin,
        ]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said = json.loads(printed.strip().splitlines()[-1])
    requests = said["requests"]
    return Load(
        requests / (said["microseconds"] / 1e6),
        said["p50"] / 1e3,
        said["p95"] / 1e3,
        said["status"],
        said["bytes"] / requests / 1e3 if requests else 0,
    )
