"""From the register to a published edition."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from filelock import FileLock, Timeout

from jalon import editions
from jalon.editions import Edition
from jalon.editions.checks import check_day
from jalon.errors import EditionError
from jalon.figures import build_with_figures
from jalon.home import home

IMPORT_LOCK = "import.lock"
"""The file that `jalon.register.imports.alone` holds."""
PATIENCE = 300.0
"""Seconds that the building of an edition waits for an import to end."""


def build_edition(as_of: date, *, note: str = "", publish: bool) -> Edition:
    """Freeze the register as of a date, with the ledger and its values; publish it if asked.

    The register is read between two imports, never during one. Raises RegisterError, EditionError or OSError; until
    the last step what is published stays as it was.
    """
    from jalon.register import snapshot

    check_day(as_of, date.today())  # noqa: DTZ011 - the day where the user is
    with _between_imports():
        tables = snapshot.tables(as_of)
    made = build_with_figures(tables, home=home(), as_of=as_of, note=note)
    return editions.publish(home(), made.id) if publish else made


@contextmanager
def _between_imports() -> Iterator[None]:
    """Hold the lock of imports, once the one that runs is over: each of its sources is written apart."""
    home().root.mkdir(parents=True, exist_ok=True)
    try:
        held = FileLock(home().root / IMPORT_LOCK).acquire(timeout=PATIENCE)
    except Timeout as error:
        raise EditionError(
            "an import holds the lock",
            user_message=f"un import est en cours depuis plus de {PATIENCE / 60:.0f} minutes : "
            "une édition faite maintenant n’aurait qu’une partie des sources.",
            mend="attendez qu’il finisse, ou arrêtez-le, puis relancez.",
        ) from error
    with held:
        yield
