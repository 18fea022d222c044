"""Time allowed to a query: one thread for all of them, which interrupts those that last too long."""

import atexit
import math
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Thread
from time import monotonic

import duckdb

AGAIN = 0.5
"""Seconds before a query that did not stop is interrupted once more."""


class _Run:
    """A query on its way."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, seconds: float) -> None:
        self.cursor = cursor
        self.deadline = monotonic() + seconds
        self.late = False


class _Watchdog:
    """Sleeps until the first deadline, so that a query costs two entries in a set and wakes nobody."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._runs: set[_Run] = set()
        self._wakes_at = math.inf
        self._thread: Thread | None = None
        self._closed = False

    def add(self, run: _Run) -> None:
        with self._changed:
            self._runs.add(run)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._watch, name="jalon-watchdog", daemon=True)
                self._thread.start()
            if run.deadline < self._wakes_at:
                self._changed.notify()

    def remove(self, run: _Run) -> None:
        with self._changed:
            self._runs.discard(run)

    def close(self) -> None:
        """End the thread: DuckDB's binding complains on screen of one that outlives the interpreter."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(AGAIN)

    def _watch(self) -> None:
        with self._changed:
            while not self._closed:
                now = monotonic()
                self._wakes_at = self._interrupt_late(now)
                self._changed.wait(None if self._wakes_at == math.inf else self._wakes_at - now)

    def _interrupt_late(self, now: float) -> float:
        """The next deadline; infinity when nothing runs."""
        for run in self._runs:
            if run.deadline <= now:
                run.late, run.deadline = True, now + AGAIN
                run.cursor.interrupt()
        return min((run.deadline for run in self._runs), default=math.inf)


_WATCHDOG = _Watchdog()
atexit.register(_WATCHDOG.close)


@contextmanager
def at_most(seconds: float, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run and fetch a query of that cursor inside. Raises TimeoutError when it had to be interrupted."""
    run = _Run(cursor, seconds)
    _WATCHDOG.add(run)
    try:
        yield
    except duckdb.InterruptException as error:
        if not run.late:
            raise
        raise TimeoutError(f"interrupted after {seconds:g} s") from error
    finally:
        _WATCHDOG.remove(run)
