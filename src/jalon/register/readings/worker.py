"""The process that runs jobs beside the server: one a queue and data folder, started when there is something to do.

Killed at any moment, the next one takes up what it held: a job that was running waits again, and each job finds by
itself what is already done. It ends with the process that started it.
"""

import os
import subprocess
import sys
import threading
import time
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from filelock import FileLock, Timeout

from jalon.home import Home
from jalon.register.models import OPEN, Reading

QUEUES = ("default", "trial")
ELSEWHERE = "JALON_WORKER"
"""Set to `off`, the site starts no process: whoever runs it keeps `jalon worker` running."""
EVERY = 0.4
SWEEP_EVERY = 600.0


def lock(place: Home, queue: str) -> FileLock:
    """Held by the one process that runs a queue of a data folder."""
    place.root.mkdir(parents=True, exist_ok=True)
    return FileLock(place.root / f"worker-{queue}.lock")


def wake(place: Home, queue: str) -> bool:
    """Start the process of a queue unless it runs; tells whether it had to."""
    if os.environ.get(ELSEWHERE) == "off":
        return False
    held = lock(place, queue)
    try:
        held.acquire(timeout=0)
    except Timeout:
        return False
    held.release()
    command = [sys.executable, "-m", "jalon.register.readings", queue, str(os.getpid())]
    env = {**os.environ, "JALON_HOME": str(place.root)}
    subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    return True


def run(place: Home, queue: str, *, parent: int | None = None, batch: bool = False) -> bool:
    """Run the jobs of a queue until stopped, or with `batch` until there are none; False where another process does."""
    held = lock(place, queue)
    try:
        held.acquire(timeout=0)
    except Timeout:
        return False
    with held:
        if parent is not None:
            threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        take_up(queue)
        _Jobs(queue, batch).run()
    return True


def take_up(queue: str) -> int:
    """Make the jobs that no process runs any more wait again, and ask for the readings that lost theirs."""
    from jalon.register.readings import tasks

    left = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, queue_name=queue)
    again: int = left.update(status=TaskResultStatus.READY, started_at=None)
    waiting = {
        row.args_kwargs["args"][0]
        for row in DBTaskResult.objects.filter(status=TaskResultStatus.READY, queue_name=queue)
        if row.args_kwargs["args"]
    }
    for reading in Reading.objects.filter(state__in=OPEN, trial=queue == "trial"):
        if reading.token not in waiting:
            tasks.ask(reading)
            again += 1
    return again


def _end_with(parent: int) -> None:
    """Stop at once when the process that started this one is gone: a job stopped is a job taken up."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


class _Jobs(Worker):
    """The worker of django-tasks, which also clears old trials and forgets what it has done."""

    def __init__(self, queue: str, batch: bool) -> None:
        super().__init__(
            queue_names=[queue], interval=EVERY, batch=batch, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=f"{queue}-{os.getpid()}", excluded_queue_names=[],
        )  # fmt: skip
        threading.Thread(target=self._sweep, daemon=True).start() if queue == "trial" and not batch else None

    def run_task(self, db_task_result: Any) -> None:
        super().run_task(db_task_result)
        done = DBTaskResult.objects.filter(pk=db_task_result.pk, status=TaskResultStatus.SUCCESSFUL)
        done.exclude(task_path__endswith=".publish").delete()

    def _sweep(self) -> None:
        from django.db import close_old_connections

        from jalon.register.readings import settle

        while True:
            settle.sweep()
            close_old_connections()
            time.sleep(SWEEP_EVERY)
