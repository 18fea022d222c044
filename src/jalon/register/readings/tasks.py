"""The jobs that run beside the server: small, repeatable, each written in one transaction."""

from typing import Final

from django_tasks import task

from jalon.register.models import Reading
from jalon.register.readings import settle

TRIAL: Final = "trial"
LEGIBLE: Final = ("read", "unmatched")


@task()
def read(token: str) -> str:
    """Read one given file; done already, it does nothing."""
    state = settle.settle(token)
    if state in LEGIBLE:
        index.enqueue(Reading.objects.get(pk=token).sha256)
    return state


@task(queue_name=TRIAL, priority=50)
def read_trial(token: str) -> str:
    state = settle.settle(token)
    if state in LEGIBLE:
        index_trial.enqueue(token)
    return state


@task(queue_name=TRIAL)
def index_trial(token: str) -> int:
    return settle.index_trial(token)


@task(priority=-10)
def index(sha256: str) -> int:
    """Keep the words of a document, so that it can be searched."""
    return settle.index(sha256)


@task(priority=20)
def publish(author: str) -> str:
    """Freeze the register and publish it; gives the edition's identifier."""
    return settle.publish(author)


def ask(reading: Reading) -> None:
    (read_trial if reading.trial else read).enqueue(reading.token)
