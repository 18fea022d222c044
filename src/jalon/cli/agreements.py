"""`jalon import agreements`: agreements into the register, each action with its page and quote."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from jalon.cli.read import SHOWN, Given, Jobs, Scheduler, bar, console, files

if TYPE_CHECKING:
    from jalon.register.agreements import DocumentReport

Programme = Annotated[str, typer.Option("--programme", help="Programme dont ce sont les conventions.")]


def attach(app: typer.Typer) -> None:
    app.add_typer(_noun(), name="import", help="Faire entrer des conventions dans le registre.")


def _noun() -> typer.Typer:
    noun = typer.Typer(no_args_is_help=True)
    noun.callback()(lambda: None)
    noun.command("agreements")(agreements)
    return noun


def agreements(given: Given, programme: Programme = "acv", jobs: Jobs = 1, scheduler: Scheduler = None) -> None:
    """Lire des conventions et enregistrer leurs actions. Relancer reprend où l'on en était."""
    import django

    django.setup()
    from jalon import workers
    from jalon.register import migrate
    from jalon.register.agreements import import_agreements

    migrate.prepare()
    paths = files(given)
    ahead = workers.AHEAD * max(jobs, 8 if scheduler else 1)
    with workers.executor(jobs, scheduler) as pool, bar(len(paths)) as advance:
        reports = import_agreements(paths, programme, pool, ahead=ahead, progress=advance)
    _tell(reports)
    if paths and not any(report.status == "read" for report in reports):
        raise typer.Exit(1)


def _tell(reports: "Sequence[DocumentReport]") -> None:
    read = [report for report in reports if report.status == "read"]
    latest = {report.agreement: report.actions for report in read}
    unmatched = [report for report in reports if report.status == "unmatched"]
    refused = [report for report in reports if report.status == "refused"]
    doubts = [(report.name, doubt) for report in read for doubt in report.doubts]
    console.print(
        f"{len(reports)} documents : {len(read)} lus ({sum(report.pages for report in read)} pages, "
        f"{len(latest)} conventions, {sum(latest.values())} actions), {len(unmatched)} sans convention, "
        f"{len(refused)} refusés"
    )
    changed, withdrawn = (sum(getattr(report, name) for report in read) for name in ("changed", "withdrawn"))
    console.print(f"registre : {changed} actions écrites, {withdrawn} retirées")
    _list("refusé", [f"{one.reason} Que faire : {one.mend}" for one in refused])
    _list("sans convention", [f"{one.name} : {one.reason}. Que faire : {one.mend}" for one in unmatched])
    if doubts:
        console.print(f"{len(doubts)} points à vérifier")
    _list("à vérifier", [f"{name} : {doubt}" for name, doubt in doubts])


def _list(what: str, lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        console.print(f"  {what} : {line}")
    if len(lines) > SHOWN:
        console.print(f"  et {len(lines) - SHOWN} autres")
