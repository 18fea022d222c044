"""`jalon themes`: the taxonomy, the classifier's training and scores, and labelling of files and sentences."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from jalon.themes.labels import Example

app = typer.Typer(no_args_is_help=True)
out = Console()


@app.command("list")
def list_themes() -> None:
    """Lister les thèmes, leurs définitions et leurs dimensions."""
    from jalon.themes import DIMENSIONS, taxonomy

    table = Table("Thème", "Identifiant", "Définition", "Dimensions")
    for theme in taxonomy().themes:
        dimensions = ", ".join(DIMENSIONS[dimension] for dimension in theme.dimensions)
        table.add_row(theme.label, theme.id, theme.definition, dimensions)
    out.print(table)


@app.command()
def train(
    shipped: Annotated[
        bool, typer.Option("--livre", help="Reconstruire le modèle livré, même si ce site a ses propres lectures.")
    ] = False,
) -> None:
    """Apprendre des lectures de ce site ; sans elles ni thème propre, refaire le modèle livré, octet pour octet."""
    from jalon.themes import own
    from jalon.themes.building import build, build_site
    from jalon.themes.published import texts

    reviewed = () if shipped else _reviewed()
    with out.status("lecture des textes") as status:
        if not reviewed and (shipped or not own.files()):
            measured = build(texts(), say=status.update)
        else:
            import django

            django.setup()
            from jalon.register.reviewed import texts as of_register

            measured = build_site(of_register(), reviewed, say=status.update)
    _show(measured)
    if not shipped and own.model():
        out.print(f"{len(reviewed)} actions lues sur ce site ; modèle en service : {own.model()}", highlight=False)


def _reviewed() -> "tuple[Example, ...]":
    """What people of this site read; nothing when it has no register."""
    import os

    from jalon.home import home

    if not (home().register.exists() or os.environ.get("DATABASE_URL")):
        return ()
    import django

    django.setup()
    from jalon.register import migrate
    from jalon.register.reviewed import examples

    migrate.prepare()
    return examples()


@app.command()
def score(
    shipped: Annotated[bool, typer.Option("--livre", help="Montrer les scores livrés, sans recalculer.")] = False,
) -> None:
    """Mesurer par validation croisée groupée par territoire et par texte."""
    from jalon.themes.building import SETTINGS, measure
    from jalon.themes.published import texts
    from jalon.themes.quality import shipped as kept
    from jalon.themes.training import course

    if shipped:
        _show(kept())
        return
    with out.status("lecture des textes publiés") as status:
        measured = measure(course(texts()), SETTINGS, say=status.update)
    _show(measured)


@app.command()
def label(
    file: Annotated[Path, typer.Argument(metavar="IN.csv", help="id_projet, description, et si possible categorie")],
    to: Annotated[Path, typer.Option("--out", metavar="OUT.csv", help="id_projet, labels, probability")],
) -> None:
    """Donner ses thèmes à chaque action d'un fichier CSV."""
    from jalon.themes import Classifier
    from jalon.themes.tabular import read, write

    rows = read(file)
    found = Classifier.load().label([row.text for row in rows], [row.category for row in rows])
    write(to, rows, found)
    smart, doubtful = sum(bool(one.themes) for one in found), sum(one.doubtful for one in found)
    out.print(f"{len(rows)} actions, {smart} de ville intelligente, {doubtful} à relire : {to}", highlight=False)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="Le texte d'une action, entre guillemets.")],
    category: Annotated[str | None, typer.Option("--categorie", help="Par exemple « 4 - Education ».")] = None,
) -> None:
    """Dire les thèmes d'un texte et les mots qui ont décidé."""
    from jalon.themes import Classifier, taxonomy

    found = Classifier.load().label([text], [category])[0]
    doubtful = ", à relire" if found.doubtful else ""
    out.print(f"Ville intelligente : {found.probability:.1%}{doubtful}", highlight=False)
    for one in found.themes:
        terms = ", ".join(f"{word} ({weight:+.1f})" for word, weight in one.terms)
        name = taxonomy().theme(one.theme).label
        out.print(f"- {name} : {one.probability:.1%} [dim]({terms})[/]", highlight=False)
    if not found.themes:
        out.print("Aucun thème : texte vide." if found.empty else "Aucun thème.")


def _show(measured: dict[str, Any]) -> None:
    """The scores as tables, one a labelled set, and the calibration error."""
    for name in ("published", "2018", "untouched_2019", "untouched_2018", "site"):
        if not measured.get(name):
            continue
        table = Table("Thème", "Précision", "Rappel", "F1", "Intervalle à 95 %", "Positifs", title=name)
        for one in measured[name]:
            rates = (f"{one[key]:.3f}" for key in ("precision", "recall", "f1"))
            table.add_row(one["theme"], *rates, f"{one['f1_low']:.3f} à {one['f1_high']:.3f}", str(one["positives"]))
        out.print(table)
        out.print(measured[name][0]["method"], highlight=False)
    for year, error in measured["calibration_error"].items():
        out.print(f"Erreur de calibration {year} : {error:.4f}", highlight=False)
