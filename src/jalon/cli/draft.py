"""`jalon draft`: an answer written from figures."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl

import typer
from rich.console import Console

if TYPE_CHECKING:
    from jalon.claims.draft import Asked, Draft

console = Console(highlight=False, markup=False, soft_wrap=True)


def attach(app: typer.Typer) -> None:
    app.command("draft")(draft)


def draft(
    figure: Annotated[
        list[str],
        typer.Option(
            "--figure",
            metavar="ID[?param=…]",
            help="Chiffre à écrire, autant de fois qu’il faut : acv-communes?territory=region:76 ; "
            "paramètres territory, theme, year, programme ; exact=1 refuse un nombre arrondi.",
        ),
    ],
    question: Annotated[str, typer.Option(help="Question à laquelle on répond.")] = "",
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Date des chiffres, AAAA-MM-JJ.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="Modèle DOCX ou ODT ; sinon JALON_HOME/templates/answer.docx ou .odt.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FICHIER", help="Fichier .docx, .odt ou .txt à écrire.")] = None,
    origin: Annotated[
        str, typer.Option(metavar="ADRESSE", help="Site des notes, comme https://jalon.exemple.fr.")
    ] = "",
    edition: Annotated[
        str, typer.Option("--edition", metavar="ID", help="Édition lue ; la publiée par défaut.")
    ] = "current",
) -> None:
    """Rédiger une réponse : une phrase par chiffre, sa note, et rien que la vérification ne confirme."""
    from jalon.claims.draft import compose
    from jalon.claims.draft_files import as_text, write
    from jalon.editions import open_edition
    from jalon.home import home

    asked = [parse(one) for one in figure]
    made = compose(question, asked, open_edition(home(), edition), as_of=as_of.date() if as_of else None)
    if out is None:
        console.print(as_text(made, origin))
    else:
        out.write_bytes(write(made, out.suffix.lower(), origin=origin, template=template))
        console.print(f"{out} : {len(made.notes)} phrases, chacune avec sa note.")
    _tell(made)


def parse(text: str) -> "Asked":
    """A figure and its parameters as the command line and the address of a page write them."""
    from jalon.claims.draft import Asked

    name, _, query = text.partition("?")
    given = dict(parse_qsl(query))
    exact = given.pop("exact", "") == "1"
    params = tuple(
        sorted((key, int(value) if key == "year" and value.isdigit() else value) for key, value in given.items())
    )
    return Asked(name, params, exact)


def _tell(made: "Draft") -> None:
    for one in made.left_out:
        console.print(f"Non écrit : {one.asked.figure} ({one.label}). {one.reason}")
    if not made.notes:
        raise typer.Exit(1)
