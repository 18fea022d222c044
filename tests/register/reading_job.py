"""Run in a process of its own: deposit agreements in the register of JALON_HOME, or read what was deposited.

reading_job.py deposit FILE…    prepare the register, keep the files, ask for their reading
reading_job.py die:STAGE        read, and die by SIGKILL at the first call of a stage
reading_job.py work             read until there is nothing left
"""

import os
import signal
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings")
django.setup()

import register_world  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from jalon.home import home  # noqa: E402
from jalon.register.importing import agreements  # noqa: E402
from jalon.register.imports import import_programmes  # noqa: E402
from jalon.register.migrate import prepare  # noqa: E402
from jalon.register.models import Action, Reading  # noqa: E402
from jalon.register.readings import receive, settle, worker  # noqa: E402

STAGES = {
    "half-written": (agreements, "_write_parts"),
    "written": (settle, "_done"),
}


def deposit(paths: list[str]) -> None:
    prepare()
    import_programmes({"acv": register_world.programme()})
    boss = User.objects.create_superuser("boss")
    receive.deposit([SimpleUploadedFile(Path(p).name, Path(p).read_bytes()) for p in paths], "acv", boss)


def die_at(stage: str) -> None:
    where, name = STAGES[stage]
    real = getattr(where, name)

    def stand_in(*args: object, **named: object) -> None:
        if stage == "written":
            real(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(where, name, stand_in)


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    if verb == "deposit":
        deposit(rest)
    else:
        if verb.startswith("die:"):
            die_at(verb[4:])
        worker.run(home(), "default", batch=True)
        for row in Reading.objects.order_by("name"):
            print(row.name, row.state, row.actions, row.changed, row.attempts)
        print(sorted(Action.objects.filter(kind="agreement").values_list("pk", "standing")))
