"""`jalon read`: agreements in, one JSON line an action out."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from jalon.workers import Outcome

console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
SUFFIXES = {
    ".pdf", ".docx", ".odt", ".html", ".htm", ".doc", ".rtf", ".png", ".jpg", ".jpeg", ".tif", ".tiff",
}  # fmt: skip
SHOWN = 20
Given = Annotated[list[Path], typer.Argument(help="Fichiers ou dossiers de conventions (PDF, DOCX, ODT, HTML, scans).")]
Out = Annotated[Path | None, typer.Option("--out", help="Fichier JSONL à écrire ; la sortie standard sans lui.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=256, help="Nombre de processus sur cette machine.")]
Scheduler = Annotated[str | None, typer.Option("--scheduler", help="Planificateur Dask, comme tcp://hote:8786.")]


def attach(app: typer.Typer) -> None:
    app.command("read")(read)


def read(given: Given, jobs: Jobs = 1, scheduler: Scheduler = None, out: Out = None) -> None:
    """Lire des conventions : chaque action avec sa page et sa citation. Ce qui a déjà été lu n'est pas relu."""
    from jalon import workers
    from jalon.agreements import VERSION
    from jalon.home import home

    paths = files(given)
    tally = Tally()
    with _writing(out) as target, workers.executor(jobs, scheduler) as pool, bar(len(paths)) as advance:
        for outcome in workers.read_all(
            paths, home(), VERSION, pool, ahead=workers.AHEAD * max(jobs, 8 if scheduler else 1)
        ):
            for action in outcome.actions:
                target.write(json.dumps(action, ensure_ascii=False) + "\n")
            tally.add(outcome)
            advance(outcome.name)
    tally.tell(len(paths))
    if paths and not tally.read:
        raise typer.Exit(1)


def files(given: list[Path]) -> list[Path]:
    """The files named, and those of the folders named that may be documents, in the order of their names."""
    from jalon.errors import SourceMissing

    out: list[Path] = []
    for path in given:
        if path.is_dir():
            out += sorted(p for p in path.rglob("*") if p.is_file() and _may_be_read(p))
        elif path.exists():
            out.append(path)
        else:
            raise SourceMissing(
                str(path), user_message=f"{path} n'existe pas.", mend="vérifiez le nom du fichier ou du dossier."
            )
    return out


def _may_be_read(path: Path) -> bool:
    return not path.name.startswith((".", "~$")) and (path.suffix.lower() in SUFFIXES or not path.suffix)


class Tally:
    """What was read, refused and doubtful."""

    def __init__(self) -> None:
        self.read = self.pages = self.actions = 0
        self.refused: list[Outcome] = []
        self.doubtful: list[tuple[str, str]] = []

    def add(self, outcome: "Outcome") -> None:
        if outcome.status == "refused":
            self.refused.append(outcome)
            return
        self.read += 1
        self.pages += outcome.pages
        self.actions += len(outcome.actions)
        self.doubtful += [(outcome.name, doubt) for doubt in outcome.doubts]

    def tell(self, total: int) -> None:
        read = f"{self.read} lus ({self.pages} pages, {self.actions} actions)"
        console.print(f"{total} fichiers : {read}, {len(self.refused)} refusés")
        for outcome in self.refused[:SHOWN]:
            console.print(f"  refusé : {outcome.reason} Que faire : {outcome.mend}")
        if self.doubtful:
            console.print(f"{len(self.doubtful)} points à vérifier")
        for name, doubt in self.doubtful[:SHOWN]:
            console.print(f"  {name} : {doubt}")
        more = len(self.doubtful) - SHOWN
        if more > 0:
            console.print(f"  et {more} autres")


@contextmanager
def _writing(out: Path | None) -> Iterator[IO[str]]:
    """The standard output, or a file written beside and renamed once whole."""
    if out is None:
        yield sys.stdout
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as target:
            yield target
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def bar(total: int) -> Iterator:  # type: ignore[type-arg]
    """A progress bar on a terminal, silence elsewhere; yields what to call after each file."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        task = shown.add_task("lecture", total=total)
        yield lambda name: shown.update(task, advance=1, description=name[:40])
