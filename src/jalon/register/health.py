"""What can be wrong with the register's database, in the user's words; a damaged file is set aside, never deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, DataError, IntegrityError, connection

from jalon.errors import DiskFull, JalonError, NotWritable, RegisterError

DAMAGED = ("file is not a database", "database disk image is malformed", "malformed database schema")
FORBIDDEN = ("unable to open database file", "readonly database", "permission denied")
BUSY = "database is locked"
FULL = ("database or disk is full", "disk i/o error", "no space left")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn errors of the database into JalonErrors; a damaged SQLite file is set aside first."""
    try:
        yield
    except DatabaseError as error:
        raise _explained(error) from error


def _explained(error: DatabaseError) -> JalonError:
    said = str(error).lower()
    if isinstance(error, IntegrityError | DataError):
        return _refused(error)
    if any(words in said for words in DAMAGED):
        return _set_aside(error)
    if any(words in said for words in FULL):
        return _full(error)
    if any(words in said for words in FORBIDDEN):
        return _forbidden(error)
    return _busy(error) if BUSY in said else _unavailable(error)


def place() -> Path | None:
    """The file of an SQLite register; None for PostgreSQL or a database in memory."""
    name = str(connection.settings_dict["NAME"])
    return Path(name) if connection.vendor == "sqlite" and "memory" not in name else None


def _set_aside(error: DatabaseError) -> RegisterError:
    """Move the file and its journal beside; the next run makes a new register."""
    connection.close()
    file = place()
    if file is None:
        return _unavailable(error)
    aside = file.with_name(f"{file.name}.abime-{datetime.now():%Y%m%d-%H%M%S}")  # noqa: DTZ005
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return RegisterError(
        str(error),
        user_message=f"le registre {file} est abîmé ; il a été mis de côté, entier, sous {aside.name}.",
        mend=f"remettez une sauvegarde à la place de {file.name}, ou relancez pour repartir d’un registre neuf "
        "(les décisions humaines restent dans le fichier mis de côté) ; ce qui est publié n’a pas changé.",
    )


def _full(error: DatabaseError) -> DiskFull:
    return DiskFull(
        str(error),
        user_message=f"plus de place sur le disque pour le registre {place() or ''}.",
        mend="libérez de la place, puis relancez : rien n’a été écrit à moitié.",
    )


def _forbidden(error: DatabaseError) -> NotWritable:
    return NotWritable(
        str(error),
        user_message=f"impossible d’écrire dans le registre {place() or ''}.",
        mend="donnez-vous le droit d’écrire dans ce fichier et dans son dossier, ou choisissez un autre dossier : "
        "JALON_HOME=/chemin make run",
    )


def _refused(error: DatabaseError) -> RegisterError:
    return RegisterError(
        str(error),
        user_message=f"le registre refuse ces lignes : {' '.join(str(error).split())}.",
        mend="corrigez ces valeurs dans leur source ou leur programme, puis relancez : rien n’a été écrit.",
    )


def _busy(error: DatabaseError) -> RegisterError:
    return RegisterError(
        str(error),
        user_message=f"le registre {place() or ''} est occupé par un autre programme.",
        mend="attendez qu’il finisse, puis relancez : rien n’a été écrit à moitié.",
    )


def _unavailable(error: DatabaseError) -> RegisterError:
    return RegisterError(
        str(error),
        user_message=f"le registre ne répond pas : {' '.join(str(error).split())}.",
        mend="vérifiez que la base de données est démarrée et que DATABASE_URL la désigne, puis relancez.",
    )
