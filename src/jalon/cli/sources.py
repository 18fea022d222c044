"""`jalon sources`: list, fetch, check and import open data."""

import csv
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from jalon.errors import JalonError
    from jalon.sources import Reading

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, markup=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
Ids = Annotated[list[str] | None, typer.Argument(help="Identifiants des sources ; toutes sans eux.")]
STATES = {"mirror": "miroir", "producer": "téléchargée", "carried": "faits embarqués", None: "absente"}
EFFECTS = {"row": "ligne écartée", "field": "valeur inconnue", "repaired": "réparée"}


@app.command("list")
def list_() -> None:
    """Les sources : producteur, millésime, licence, et où chacune est sur cette machine."""
    from jalon.sources import catalog, locate

    for source in catalog().values():
        located = locate(source)
        console.print(f"{source.id} : {source.title}")
        console.print(f"  {source.producer} ; {source.vintage} ; licence : {source.licence}")
        console.print(f"  {STATES[located.origin if located else None]} ; {source.yields}")


@app.command("fetch")
def fetch(ids: Ids = None) -> None:
    """Télécharger les fichiers chez leurs producteurs (reprise, empreinte), ou vérifier ceux de JALON_MIRROR."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from jalon.errors import JalonError
    from jalon.sources import chosen
    from jalon.sources.fetch import fetch as fetch_source

    failures: list[JalonError] = []
    words = {"mirror": "vérifié dans le miroir", "kept": "déjà là", "downloaded": "téléchargé"}
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        for source in chosen(ids):
            task = bar.add_task(source.id, total=sum(file.bytes for file in source.files))
            done = dict.fromkeys((file.file for file in source.files), 0)
            try:
                taken = fetch_source(source, partial(_advance, bar, task, done))
            except JalonError as error:
                failures.append(error)
                continue
            bar.update(task, completed=sum(file.bytes for file in source.files))
            for one in taken:
                console.print(f"{one.file.file} : {words[one.how]}")
    _report(failures)


def _advance(bar: "Progress", task: "TaskID", sizes: dict[str, int], file: str, done: int, total: int) -> None:
    sizes[file] = done
    bar.update(task, completed=sum(sizes.values()))


@app.command("check")
def check(
    ids: Ids = None,
    refusals: Annotated[bool, typer.Option("--refusals", help="Montrer chaque défaut.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Écrire chaque défaut en CSV sur la sortie.")] = False,
) -> None:
    """Lire sans rien enregistrer : lignes lues, gardées, écartées, défauts par nature."""
    from jalon.errors import JalonError
    from jalon.sources import chosen, read, require

    failures: list[JalonError] = []
    readings: list[Reading] = []
    for source in chosen(ids):
        try:
            located = require(source)
            readings.append(read(source, located))
        except JalonError as error:
            failures.append(error)
            continue
        if not as_csv:
            console.print(f"{source.id} ({STATES[located.origin]})")
            _summary(readings[-1], whole=refusals)
    if as_csv:
        _write_csv(readings)
    _report(failures)


@app.command("import")
def import_(ids: Ids = None) -> None:
    """Lire les sources et les enregistrer ; deux fois de suite donnent le même registre."""
    import django

    django.setup()
    from jalon.register import migrate
    from jalon.register.imports import import_sources

    migrate.prepare()
    steps = {"reading": "lecture de {}…", "failed": "{} : échec"}
    say: Callable[[str, str], None] = lambda source, step: (  # noqa: E731
        console.print(steps[step].format(source)) if step in steps else None
    )
    reports = import_sources(ids, progress=say)
    for report in (report for report in reports if report.failure is None):
        console.print(
            f"{report.source_id} ({STATES.get(report.origin, report.origin)}) : {report.rows_read} lignes lues, "
            f"{report.rows_refused} écartées, {report.repaired} valeurs réparées ; {report.rows_kept} faits ; "
            f"registre : {report.changed} changées, {report.unchanged} inchangées, {report.withdrawn} retirées"
        )
    if not reports:
        console.print("Aucune source sur cette machine : jalon sources fetch, ou JALON_MIRROR=/chemin.")
    _report([report.failure for report in reports if report.failure])


def _summary(reading: "Reading", *, whole: bool) -> None:
    left_out = sum(file.rows_refused for file in reading.files)
    effects = Counter(refusal.effect for refusal in reading.refusals)
    console.print(
        f"  {reading.rows_read} lignes lues, {reading.rows_read - left_out} gardées, {left_out} écartées ; "
        f"{effects['field']} valeurs inconnues, {effects['repaired']} réparées ; {len(reading.rows)} faits"
    )
    if whole:
        for refusal in reading.refusals:
            where = f"{refusal.file}, ligne {refusal.row}" if refusal.row else refusal.file
            console.print(f"    {where}, {refusal.field} = {refusal.value!r} : {refusal.reason} ({refusal.code})")
        return
    kinds = Counter((refusal.code, refusal.effect) for refusal in reading.refusals)
    for (code, effect), times in kinds.most_common():
        example = next(refusal for refusal in reading.refusals if (refusal.code, refusal.effect) == (code, effect))
        console.print(f"    {times:>6} {code} ({EFFECTS[effect]}), ainsi : {example.reason}")


def _write_csv(readings: "list[Reading]") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("source", "file", "row", "field", "value", "code", "reason", "effect"))
    for reading in readings:
        writer.writerows(astuple(refusal) for refusal in reading.refusals)


def _report(failures: "list[JalonError]") -> None:
    """Each error with its next step, on the error stream; exit code 1 when there is any."""
    for error in failures:
        stderr.print(f"Erreur ({error.code}) : {error.user_message}")
        stderr.print(f"  Que faire : {error.mend}")
    if failures:
        raise typer.Exit(1)
