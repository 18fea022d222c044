"""Every command of Jalon, thin: one module a noun, each over an importable function."""

import errno
import sys

import typer
from rich.console import Console

from jalon.errors import DiskFull, JalonError, NotWritable

app = typer.Typer(
    name="jalon",
    help="Jalon : des conventions signées et des données ouvertes aux chiffres que l'on peut citer.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True)


def main() -> None:
    """Entry point: a domain error is one clear French line and exit code 1, never a traceback."""
    from jalon.cli import nouns

    nouns.attach(app)
    try:
        app()
    except JalonError as error:
        _stop(error)
    except OSError as error:
        known = from_os_error(error)
        if known is None:
            raise
        _stop(known)
    except KeyboardInterrupt:
        errors.print("Interrompu ; rien n'est perdu, relancez la même commande.")
        sys.exit(130)


def _stop(error: JalonError) -> None:
    errors.print(f"[bold red]Erreur[/] ({error.code}) : {error.user_message}", highlight=False, soft_wrap=True)
    if error.mend:
        errors.print(f"[bold]Que faire[/] : {error.mend}", highlight=False, soft_wrap=True)
    sys.exit(1)


def from_os_error(error: OSError) -> JalonError | None:
    """The error of the system told in the user's words: full disk, forbidden folder; None when unknown."""
    name = error.filename or "le dossier de données"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            str(error),
            user_message=f"plus de place sur le disque en écrivant {name}.",
            mend="libérez de la place (ou choisissez un autre dossier avec JALON_HOME), puis relancez : "
            "ce qui était publié n'a pas changé.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT, errno.EISDIR):
        return NotWritable(
            str(error),
            user_message=f"impossible d'écrire dans {name}.",
            mend="donnez-vous le droit d'y écrire, ou choisissez un autre dossier : JALON_HOME=/chemin make run",
        )
    return None
