"""Measure a command: wall time and the peak memory of its whole process tree."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds` of wall time, `peak_mb` of unique memory summed over the process tree, sampled each 50 ms."""

    seconds: float
    peak_mb: float
    output: str


def run(command: Sequence[str], env: Mapping[str, str]) -> Run:
    """Run a command to its end. Raises RuntimeError with its output when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, tree_memory_mb(process.pid))
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}\n{output}")
    return Run(seconds, peak, output)


def tree_memory_mb(pid: int) -> float:
    """Unique memory (USS) of a process and its descendants, in MB; 0 when it is gone."""
    try:
        root = psutil.Process(pid)
        return sum(_uss(process) for process in [root, *root.children(recursive=True)]) / 1e6
    except psutil.Error:
        return 0.0


def _uss(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().uss
    except psutil.Error:
        return 0.0
