"""Run in a process of its own: as many processes as asked decide at once, each a commitment of 100 € on one envelope.

ledger_job.py ROOM PROCESSES    the envelope has room for ROOM of them; prints what each said, then what it holds
"""

import multiprocessing
import os
import sys
from multiprocessing.synchronize import Barrier

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connections  # noqa: E402
from ledger_rows import ENVELOPE, an_envelope, commitment  # noqa: E402

from jalon.errors import Overrun  # noqa: E402
from jalon.funding import Act  # noqa: E402
from jalon.register import ledger, migrate  # noqa: E402
from jalon.register.models import Envelope  # noqa: E402

CENTS = 10_000


def decide(number: int, together: Barrier) -> None:
    signed = ledger.Signed(User.objects.get(), "comité")
    together.wait(60)
    try:
        ledger.decide(commitment(f"D{number}"), Act.COMMIT, signed, CENTS)
        said = "accepted"
    except Overrun:
        said = "refused"
    os.write(1, f"{said}\n".encode())


room, processes = map(int, sys.argv[1:])
migrate.prepare()
an_envelope(room * CENTS, User.objects.create_user("claire"))
connections.close_all()
context = multiprocessing.get_context("fork")
together = context.Barrier(processes)
crowd = [context.Process(target=decide, args=(number, together)) for number in range(processes)]
for process in crowd:
    process.start()
for process in crowd:
    process.join(100)
held = Envelope.objects.get(pk=ENVELOPE)
print("failed", sum(process.exitcode != 0 for process in crowd))
print("held", held.announced_cents, held.committed_cents, held.commitments.count(), held.entries.count())
