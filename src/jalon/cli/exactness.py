"""`jalon exactness`: the measured parts of docs/exactness.md, each written by the package that it measures."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from jalon.cli.read import console
from jalon.errors import SourceMissing

MAKER = Path("scripts/make_agreement_sets.py")
Page = Annotated[Path, typer.Option("--page", help="Page à récrire, entre ses marques.")]
Labelled = Annotated[
    list[Path] | None, typer.Option("--labelled", help="Autre jeu de conventions étiquetées (documents/ et truth/).")
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help="Nombre de processus.")]
Only = Annotated[list[str] | None, typer.Option("--only", help="Seulement ces parties.")]


def attach(app: typer.Typer) -> None:
    app.command("exactness")(exactness)


def exactness(
    page: Page = Path("docs/exactness.md"), labelled: Labelled = None, jobs: Jobs = 1, only: Only = None
) -> None:
    """Mesurer l’exactitude et récrire les parties mesurées de docs/exactness.md."""
    if not page.is_file():
        raise SourceMissing(
            str(page), user_message=f"{page} n’existe pas.", mend="lancez la commande à la racine du dépôt."
        )
    for name, section in SECTIONS.items():
        if only and name not in only:
            continue
        console.print(f"mesure : {name}")
        text = section(labelled or [], jobs)
        page.write_text(placed(page.read_text(encoding="utf-8"), name, text), encoding="utf-8")
        console.print(f"{page} : partie « {name} » récrite")


def placed(page: str, name: str, text: str) -> str:
    """The page with a section between its two marks. Raises SourceMissing when it has none."""
    marks = re.compile(rf"(<!-- measured: {name} -->\n).*?(<!-- end: {name} -->)", re.DOTALL)
    if not marks.search(page):
        raise SourceMissing(name, user_message=f"la page n’a pas de marques « measured: {name} ».", mend="ajoutez-les.")
    return marks.sub(lambda found: f"{found.group(1)}\n{text}\n\n{found.group(2)}", page)


def agreements(labelled: Sequence[Path], jobs: int) -> str:
    """Readings of our fictional sets, made by script where they are not yet, and of the labelled ones given."""
    from jalon.agreements.exactness import section
    from jalon.home import home

    made = home().cache / "exactness"
    if MAKER.is_file():
        subprocess.run([sys.executable, str(MAKER), str(made)], check=True)  # noqa: S603
    own = [(folder.name, folder) for folder in sorted(made.iterdir())] if made.is_dir() else []
    return section([*((path.name, path) for path in labelled), *own], lambda paths: _read(paths, jobs))


def _read(paths: Sequence[Path], jobs: int) -> Iterator[Sequence[dict[str, Any]]]:
    from jalon import workers
    from jalon.agreements import VERSION
    from jalon.home import home

    with workers.executor(jobs) as pool:
        for outcome in workers.read_all(paths, home(), VERSION, pool, ahead=workers.AHEAD * jobs):
            yield outcome.actions


def network(labelled: Sequence[Path], jobs: int) -> str:
    """The fibre's projection, on the past of the published edition's départements."""
    from jalon.editions import open_edition
    from jalon.home import home
    from jalon.network.coverage import read_coverage
    from jalon.network.exactness import section

    return section(read_coverage(open_edition(home(), "current").table("coverage"), "departement").panel)


def themes(labelled: Sequence[Path], jobs: int) -> str:
    """The themes, as they were measured when the model in use was learned."""
    from jalon.themes.exactness import section

    return section()


SECTIONS: dict[str, Callable[[Sequence[Path], int], str]] = {
    "agreements": agreements,
    "network": network,
    "themes": themes,
}
"""One a measured part: its name in the marks of the page, and what writes it."""
