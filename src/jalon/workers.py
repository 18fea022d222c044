"""Where the reading of documents runs: this process, local processes, or a Dask cluster, through one interface.

Each worker keeps one child process, in which files are parsed under limits of memory and processor time; the child is
replaced when it dies, when it is stopped, and after a number of files.
"""

import atexit
import hashlib
import json
import multiprocessing
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jalon.documents.limits import LIMITS, Limits
from jalon.errors import ConfigurationError
from jalon.home import Home

Status = Literal["read", "refused"]
FILES_A_CHILD = 200
AHEAD = 4
HEADER = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `actions` are JSON objects, one an action; `doubts` and `reason` are French."""

    name: str
    sha256: str
    status: Status
    pages: int = 0
    agreement: dict[str, Any] = field(default_factory=dict)
    actions: tuple[dict[str, Any], ...] = ()
    doubts: tuple[str, ...] = ()
    code: str = ""
    reason: str = ""
    mend: str = ""


class Child:
    """A child process that reads files one after the other; only JSON comes back from it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0

    def read(self, path: Path, name: str) -> dict[str, Any]:
        """The child's answer; a refusal when it dies, overruns its time or says too much."""
        process = self._ready()
        try:
            order = json.dumps({"path": str(path), "name": name}).encode()
            assert process.stdin is not None  # noqa: S101
            process.stdin.write(HEADER.pack(len(order)) + order)
            process.stdin.flush()
            answer = self._answer(process)
        except (BrokenPipeError, EOFError, TimeoutError, ValueError) as error:
            return _death(name, self._end(), error)
        return answer

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self._files >= FILES_A_CHILD:
            self._end()
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jalon.agreements.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
            self._files = 0
        self._files += 1
        return self._process

    def _answer(self, process: "subprocess.Popen[bytes]") -> dict[str, Any]:
        deadline = time.monotonic() + self._limits.wall_seconds
        (size,) = HEADER.unpack(self._take(process, HEADER.size, deadline))
        if size > self._limits.answer_bytes:
            raise ValueError(f"answer of {size} bytes")
        return json.loads(self._take(process, size, deadline))  # type: ignore[no-any-return]

    def _take(self, process: "subprocess.Popen[bytes]", size: int, deadline: float) -> bytes:
        assert process.stdout is not None  # noqa: S101
        handle, held = process.stdout.fileno(), bytearray()
        while len(held) < size:
            if not select.select([handle], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            chunk = os.read(handle, min(1 << 20, size - len(held)))
            if not chunk:
                raise EOFError
            held += chunk
        return bytes(held)

    def _end(self) -> int:
        """Stop the child and what it started; its exit code, negative for a signal."""
        process, self._process = self._process, None
        if process is None:
            return 0
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        return process.wait()

    def close(self) -> None:
        self._end()


def _death(name: str, code: int, error: Exception) -> dict[str, Any]:
    if isinstance(error, TimeoutError):
        reason = "sa lecture dure trop longtemps"
    elif isinstance(error, ValueError):
        reason = "sa lecture rend une réponse démesurée"
    elif code == -signal.SIGXCPU:
        reason = "sa lecture demande trop de calcul"
    else:
        reason = "il fait tomber le lecteur (fichier abîmé ou mémoire épuisée)"
    mend = "vérifiez d'où il vient ; s'il est sain, découpez-le ou enregistrez-le de nouveau."
    return {"status": "refused", "code": "document-crash", "reason": f"{name} est refusé : {reason}.", "mend": mend}


_child: Child | None = None


def _own_child(limits: Limits) -> Child:
    global _child
    if _child is None:
        _child = Child(limits)
        atexit.register(_child.close)
    return _child


def read_file(path: str, root: str, version: str, limits: Limits = LIMITS) -> Outcome:
    """Read one file in a bounded child, or take what an earlier reading of the same bytes kept.

    `root` is the data folder. Runs in a worker: arguments and result pickle.
    """
    name = Path(path).name
    try:
        if not Path(path).is_file():
            raise FileNotFoundError(path)
        sha256 = digest(Path(path))
    except OSError as error:
        reason = f"{name} ne s'ouvre pas : {error.strerror or 'fichier absent'}."
        return Outcome(name, "", "refused", code="document-unreachable", reason=reason)
    kept = kept_at(Home(Path(root)), sha256, version)
    answer = _kept(kept)
    if answer is None:
        answer = _own_child(limits).read(Path(path), name)
        if answer.get("code") not in ("document-tool", "document-crash"):
            _keep(kept, answer)
    return _outcome(name, sha256, answer)


def kept_at(home: Home, sha256: str, version: str) -> Path:
    """Where what this version of the reader reads in a file is kept, once it has."""
    return home.cache / "readings" / version / sha256[:2] / f"{sha256}.json"


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()


def _kept(path: Path) -> dict[str, Any] | None:
    try:
        return json.loads(path.read_text())  # type: ignore[no-any-return]
    except (OSError, ValueError):
        return None


def _keep(path: Path, answer: dict[str, Any]) -> None:
    """Write beside and rename: a reader stopped at any moment leaves a whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(answer, ensure_ascii=False))
    beside.replace(path)


def _outcome(name: str, sha256: str, answer: dict[str, Any]) -> Outcome:
    """The answer under this file's name: the same bytes may have been read under another."""
    if answer["status"] == "refused":
        said = answer.get("name", name)
        reason = answer["reason"].replace(said, name, 1)
        return Outcome(name, sha256, "refused", code=answer["code"], reason=reason, mend=answer["mend"])
    actions = tuple({**action, "document": name} for action in answer["actions"])
    agreement = {**answer["agreement"], "document": name}
    return Outcome(name, sha256, "read", answer["pages"], agreement, actions, tuple(answer["doubts"]))


@contextmanager
def executor(jobs: int = 1, scheduler: str | None = None) -> Iterator[Executor]:
    """Where readings run: one thread over one child, `jobs` local processes, or a Dask cluster.

    Raises ConfigurationError when dask.distributed is not installed or the scheduler does not answer.
    """
    if scheduler:
        with _cluster(scheduler) as pool:
            yield pool
    elif jobs > 1:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool
    else:
        with ThreadPoolExecutor(1) as pool:
            yield pool


@contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ConfigurationError(
            "distributed is missing",
            user_message="dask.distributed n'est pas installé.",
            mend="installez Jalon avec l'option cluster : pip install 'jalon[cluster]'.",
        ) from error
    connect: Any = Client
    try:
        client = connect(scheduler, timeout="15s")
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{scheduler}: {error}",
            user_message=f"le planificateur Dask {scheduler} ne répond pas.",
            mend="vérifiez son adresse, ou lisez ici avec --jobs 2.",
        ) from error
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()


def read_all(paths: Sequence[Path], home: Home, version: str, pool: Executor, *, ahead: int) -> Iterator[Outcome]:
    """Outcomes in the order of the paths, whatever the pool; never more than `ahead` readings are waited for."""
    waiting: list[Future[Outcome]] = []
    for path in paths:
        waiting.append(pool.submit(read_file, str(path), str(home.root), version))
        if len(waiting) >= ahead:
            yield waiting.pop(0).result()
    for one in waiting:
        yield one.result()
