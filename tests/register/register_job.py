"""Run in a process of its own: bring the small world into the register of JALON_HOME, and say what it holds.

register_job.py FOLDER VERB…

prepare         prepare the register, and say whether it was migrated
load            import everything
kill:STAGE:N    die by SIGKILL at the N-th call of a stage of writing
dump            print the register and the hash of each table of its snapshot
"""

import hashlib
import os
import signal
import sys
from pathlib import Path

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings")
django.setup()

import register_world  # noqa: E402

from jalon.errors import JalonError  # noqa: E402
from jalon.register.importing import writing  # noqa: E402
from jalon.register.imports import import_programmes  # noqa: E402
from jalon.register.migrate import prepare  # noqa: E402
from jalon.register.snapshot import tables  # noqa: E402


def die_at(stage: str, nth: int) -> None:
    real = getattr(writing, stage)
    calls = iter(range(1, 100))

    def stand_in(*args: object) -> None:
        if next(calls) == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        real(*args)

    setattr(writing, stage, stand_in)


def digest(table) -> str:
    return hashlib.sha256(repr(table.to_pydict()).encode()).hexdigest()


def load() -> None:
    import_programmes({"acv": register_world.programme()})
    WORLD.load()


def dump() -> None:
    for name, rows in register_world.dump().items():
        print(name, len(rows), rows)
    for name, table in tables().items():
        print(name, table.num_rows, digest(table))


WORLD = register_world.world(Path(sys.argv[1]), pytest.MonkeyPatch())
VERBS = {"prepare": lambda: print("migrated" if prepare() else "up to date"), "load": load, "dump": dump}


def main(verbs: list[str]) -> None:
    for verb in verbs:
        name, _, rest = verb.partition(":")
        if name == "kill":
            stage, _, nth = rest.partition(":")
            die_at(stage, int(nth))
        else:
            VERBS[name]()


if __name__ == "__main__":
    try:
        main(sys.argv[2:])
    except JalonError as error:
        print(f"{error.code}: {error.user_message} | {error.mend}", file=sys.stderr)
        sys.exit(1)
