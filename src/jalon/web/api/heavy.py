"""One heavy answer at a time in a worker process, so that many asked together do not add up in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from jalon.web.api.errors import Busy

PATIENCE = 5.0
"""Seconds a request waits for its turn."""
ANSWERS, FILES = Lock(), Lock()
"""The turns: answers made here; files that people give, read in a child."""


@contextmanager
def alone(turn: Lock = ANSWERS) -> Iterator[None]:
    """Raises Busy when the turn does not come in time."""
    if not turn.acquire(timeout=PATIENCE):
        raise Busy(
            "heavy answers",
            user_message="trop de réponses volumineuses sont demandées à la fois.",
            mend="attendez quelques secondes, ou demandez moins d’objets par page (limit).",
        )
    try:
        yield
    finally:
        turn.release()
