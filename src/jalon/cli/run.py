"""Prepare and serve: what `make run` calls."""

import os
import time
from typing import Annotated

import typer
from rich.console import Console

from jalon.errors import JalonError

console = Console(highlight=False, soft_wrap=True)
Host = Annotated[str, typer.Option(help="Adresse d’écoute.")]
Port = Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port d’écoute.")]
Queue = Annotated[str, typer.Option(help="File à traiter : default (dépôts, éditions) ou trial (essais).")]
Batch = Annotated[bool, typer.Option("--batch", help="S’arrêter quand il n’y a plus rien à faire.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processus qui servent les pages.")]


def attach(app: typer.Typer) -> None:
    for command in (run, prepare, serve, worker):
        app.command()(command)
    passed_on = {"allow_extra_args": True, "ignore_unknown_options": True}
    app.command(context_settings=passed_on, add_help_option=False)(manage)


def run(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2) -> None:
    """Préparer le registre et l’édition si besoin, puis servir le site."""
    from jalon import launch

    launch.check_port(host, port)
    prepare()
    launch.draw(console.print)
    serve(host, port, workers)


def prepare() -> None:
    """Importer les sources et publier une édition, sans servir le site."""
    import django

    django.setup()
    from jalon import launch

    started = time.monotonic()
    prepared = launch.prepare(console.print)
    for failure in prepared.failures:
        _warn(failure)
    state = "construite et publiée" if prepared.built else "déjà à jour"
    console.print(f"Édition [bold]{prepared.edition_id}[/] {state} ({time.monotonic() - started:.0f} s).")


def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2) -> None:
    """Servir l’édition publiée."""
    from jalon import launch

    launch.check_port(host, port)
    shown = f"[{host}]" if ":" in host else host
    console.print(f"Jalon répond sur [bold]http://{shown}:{port}[/] (Ctrl+C pour arrêter).")
    key = launch.local_key(host)
    if key:
        console.print(
            f"Pour déposer, corriger et décider sur ce poste : http://{shown}:{port}/compte/entrer/?cle={key}"
        )
    launch.serve(host, port, workers)


def worker(queue: Queue = "default", batch: Batch = False) -> None:
    """Lire ce qui a été déposé sur le site ; « serve » le fait déjà, sauf avec JALON_WORKER=off."""
    import django

    django.setup()
    from jalon.home import home
    from jalon.register.readings import worker as jobs

    if queue not in jobs.QUEUES:
        raise typer.BadParameter(f"files connues : {', '.join(jobs.QUEUES)}")
    if not jobs.run(home(), queue, batch=batch):
        console.print("Un autre processus lit déjà cette file.")
        raise typer.Exit(1)


def manage(context: typer.Context) -> None:
    """Commandes de Django (createsuperuser, migrate, shell…)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["jalon manage", *context.args])


def _warn(failure: JalonError) -> None:
    console.print(f"[yellow]Attention[/] ({failure.code}) : {failure.user_message}")
    if failure.mend:
        console.print(f"  {failure.mend}")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings")
