"""Run a function on untrusted input in a child process with limits of memory, processor and time.

The child is a fresh interpreter (`python -m jalon.bounded`): it inherits no thread, lock or open database, and its end,
whatever it is, is told here as an error.
"""

import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, TypeVar

from jalon.errors import JalonError, SourceUnreadable

T = TypeVar("T")
MEND = "vérifiez d'où vient ce fichier ; s'il est sain, reprenez-le chez son producteur ou allégez-le."
CRASHES = {
    signal.SIGXCPU: "demande trop de calcul",
    signal.SIGKILL: "demande trop de calcul ou de mémoire",
}


def run_bounded(
    function: Callable[..., T],
    *args: Any,
    what: str = "le fichier",
    memory_mb: int = 1_500,
    cpu_seconds: int = 60,
    wall_seconds: float = 120.0,
) -> T:
    """`function(*args)` computed in a child; both must pickle, and the function be importable by its name.

    `what` names the input in French for the user; `memory_mb` is what the child may take beyond its imports. A
    JalonError of the function is raised here as it was; anything else that stops the child (limit, crash, another
    exception) is SourceUnreadable.
    """
    order = pickle.dumps((sys.path, memory_mb, cpu_seconds)) + pickle.dumps((function, args))
    code, answer, noise, late = _converse(order, wall_seconds)
    if late:
        raise _failure(what, f"n'est pas lu en {wall_seconds:g} secondes", "wall clock")
    if code != 0 or not answer:
        reason = CRASHES.get(-code, "fait tomber le lecteur") if code < 0 else "est illisible"  # type: ignore[call-overload]
        raise _failure(what, reason, f"exit {code}: {noise[-500:].decode(errors='replace')}")
    kind, value = pickle.loads(answer)  # noqa: S301  (made by our own child)
    if kind == "value":
        return value  # type: ignore[no-any-return]
    if isinstance(value, JalonError):
        raise value
    raise _failure(what, "demande trop de mémoire" if kind == "memory" else "est illisible", str(value))


def _failure(what: str, reason: str, detail: str) -> SourceUnreadable:
    return SourceUnreadable(f"{what}: {detail}", user_message=f"{what} {reason} : lecture arrêtée.", mend=MEND)


def _converse(order: bytes, wall_seconds: float) -> tuple[int, bytes, bytes, bool]:
    """(exit code, answer, last words, whether time ran out) of a child given its orders; none survives this call."""
    child = subprocess.Popen(
        [sys.executable, "-m", "jalon.bounded"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        answer, noise = child.communicate(order, timeout=wall_seconds)
        return child.returncode, answer, noise, False
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL, b"", b"", True
    finally:
        _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child and what it started, and reap it."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


def _serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """The child's whole life: import what is asked, take on the limits, compute, answer."""
    path, memory_mb, cpu_seconds = pickle.load(orders)  # noqa: S301
    sys.path[:] = path
    function, args = pickle.load(orders)  # noqa: S301
    _limit(memory_mb, cpu_seconds)
    try:
        answer = ("value", function(*args))
    except MemoryError:
        answer = ("memory", "out of memory")
    except JalonError as error:
        answer = ("error", error)
    except BaseException as error:  # a native reader may raise what is not an Exception
        answer = ("error", f"{type(error).__name__}: {error}")
    _send(answers, answer)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    """Limits beyond what the imports took. Where the system has no address-space limit, time still bounds the rest."""
    with suppress(OSError, ValueError):
        with open("/proc/self/statm") as statm:
            taken = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory_mb * 2**20,) * 2)
    spent = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2])) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_seconds, spent + cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(answers: BinaryIO, answer: tuple[str, Any]) -> None:
    try:
        payload = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        payload = pickle.dumps(("memory", "out of memory"))
    answers.write(payload)
    answers.flush()


if __name__ == "__main__":
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a reader prints must not mix with the answer
    threading.stack_size(2**20)
    _serve(sys.stdin.buffer, out)
