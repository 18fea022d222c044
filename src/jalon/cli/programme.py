"""`jalon programme`: list, check and add programmes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from jalon.programmes import Report

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, markup=False, soft_wrap=True)


@app.command("list")
def list_() -> None:
    """Les programmes suivis, et ce que chacun contient."""
    from jalon.programmes import folders, programmes

    where = folders()
    for programme in programmes().values():
        words = programme.words
        console.print(f"{programme.id} : {programme.name}, depuis le {programme.launched_on:%d/%m/%Y}")
        console.print(
            f"  {words.groups} : {len(programme.groups)}, {words.beneficiaries} : {len(programme.beneficiaries)}"
        )
        console.print(f"  faits déclarés : {len(programme.declared)}, montants : {len(programme.amounts)}")
        console.print(f"  {where[programme.id]}")


@app.command("check")
def check(
    path: Annotated[Path | None, typer.Argument(help="Dossier d'un programme ; tous les programmes sans lui.")] = None,
) -> None:
    """Vérifier un dossier : chaque défaut avec son fichier, sa clé ou sa ligne, et comment le corriger."""
    from jalon.programmes import check as check_folder
    from jalon.programmes import folders

    reports = [check_folder(folder) for folder in ([path] if path else folders().values())]
    for report in reports:
        _show(report.folder, report)
    if any(report.programme is None for report in reports):
        raise typer.Exit(1)


@app.command("add")
def add(
    path: Annotated[Path, typer.Argument(help="Dossier qui contient programme.toml et ses tables.")],
    replace: Annotated[bool, typer.Option("--replace", help="Remplacer le programme de même identifiant.")] = False,
) -> None:
    """Vérifier un dossier, puis le copier parmi les programmes suivis."""
    from jalon.programmes import add as add_folder
    from jalon.programmes import check as check_folder

    report = check_folder(path)
    if report.programme is None:
        _show(path, report)
        console.print("Rien n'a été ajouté.")
        raise typer.Exit(1)
    programme = add_folder(path, replace=replace)
    _show(path, report)
    console.print(f"Programme « {programme.name} » ajouté. Pour le publier : jalon run.")


def _show(path: Path, report: "Report") -> None:
    """Rows read and refused of each table, then every issue with its mend."""
    state = f"programme {report.programme.id}" if report.programme else f"{len(report.issues)} défaut(s)"
    console.print(f"{path} : {state}")
    for count in report.counts:
        if count.read:
            console.print(f"  {count.file} : {count.read} ligne(s) lue(s), {count.refused} refusée(s)")
    for issue in report.issues:
        console.print(f"  - {issue}")
        console.print(f"    Que faire : {issue.mend}.")
