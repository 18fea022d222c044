"""One heavy answer at a time in a worker process, so that many asked together do not add up in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from jalon.web.api.errors import Busy

PATIENCE = 5.0
"""Seconds a request waits for its turn."""
_ONE = Lock()


@contextmanager
def alone() -> Iterator[None]:
    """Raises Busy when the turn does not come in time."""
    if not _ONE.acquire(timeout=PATIENCE):
        raise Busy(
            "heavy answers",
            user_message="trop de réponses volumineuses sont demandées à la fois.",
            mend="attendez quelques secondes, ou demandez moins d’objets par page (limit).",
        )
    try:
        yield
    finally:
        _ONE.release()
