"""Bring the register's tables up to date, at once when they already are."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from jalon.errors import RegisterError
from jalon.register import guards
from jalon.register.health import DAMAGED, place, told_plainly


def prepare() -> bool:
    """Run the migrations that are missing; tell whether there were any.

    Raises NotWritable or OSError when the file or its folder cannot be written, RegisterError when the file is damaged
    (it is set aside, whole), when a later Jalon made it, or when PostgreSQL does not answer.
    """
    file = place()
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    with told_plainly():
        if file is not None and file.exists():
            _check_whole(file)
            _check_writable(file)
        missing = _missing()
        if missing:
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        guards.install()
    return bool(missing)


def _missing() -> Sequence[object]:
    executor = MigrationExecutor(connection)
    _refuse_later(executor)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _refuse_later(executor: MigrationExecutor) -> None:
    applied, known = executor.loader.applied_migrations, executor.loader.disk_migrations
    ahead = sorted(name for app, name in applied if app == "register" and (app, name) not in known)
    if ahead:
        raise RegisterError(
            f"unknown migrations: {ahead}",
            user_message=f"ce registre a été fait par une version plus récente de Jalon ({ahead[-1]}).",
            mend="mettez Jalon à jour, ou choisissez un autre dossier : JALON_HOME=/chemin make run",
        )


def _check_whole(file: Path) -> None:
    """See a truncated register before any write: its header states more pages than the file holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        stated = cursor.fetchone()[0]
    journal = file.with_name(f"{file.name}-wal")
    if stated > file.stat().st_size + (journal.stat().st_size if journal.exists() else 0):
        raise DatabaseError(f"{DAMAGED[1]}: shorter than its header says")


def _check_writable(file: Path) -> None:
    """Ask the system, without taking the lock that a running import may hold."""
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        raise PermissionError(errno.EACCES, "not writable", str(file))
