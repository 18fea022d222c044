"""`jalon check`: hold a text against the figures."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from jalon.claims import Check, Claim

console = Console(highlight=False, markup=False, soft_wrap=True)
COLOURS = {
    "confirmed": "bold green",
    "compatible": "green",
    "contradicted": "bold red",
    "stale": "yellow",
    "circular": "magenta",
    "unverifiable": "dim",
    "inconsistent": "bold red",
}


def attach(app: typer.Typer) -> None:
    app.command("check")(check)


def check(
    file: Annotated[str, typer.Argument(metavar="FICHIER|-", help="Texte, HTML, DOCX, ODT ou PDF ; - lit l’entrée.")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Date de la vérification, AAAA-MM-JJ.")
    ] = None,
    edition: Annotated[
        str, typer.Option("--edition", metavar="ID", help="Édition lue ; la publiée par défaut.")
    ] = "current",
    as_json: Annotated[bool, typer.Option("--json", help="Tout en JSON, pour une machine.")] = False,
) -> None:
    """Vérifier un texte : chaque nombre tenu contre les chiffres du registre."""
    from jalon import claims
    from jalon.claims.reading import text_of_bytes, text_of_file
    from jalon.editions import open_edition
    from jalon.home import home

    text = text_of_bytes("l’entrée", sys.stdin.buffer.read(_most())) if file == "-" else text_of_file(Path(file))
    checked = claims.check(text, open_edition(home(), edition), as_of=as_of.date() if as_of else None)
    if as_json:
        console.print(json.dumps(claims.as_json(checked), ensure_ascii=False, indent=1))
        return
    _show(checked)


def _most() -> int:
    from jalon.claims.limits import LARGEST_FILE

    return LARGEST_FILE + 1


def _show(checked: "Check") -> None:
    from jalon.figures import format_day

    why = {"given": "date demandée", "text": "date que dit le texte", "edition": "date de l’édition"}[checked.dated_by]
    console.print(f"Vérifié au {format_day(checked.as_of)} ({why}), édition {checked.edition}.\n")
    for claim in checked.claims:
        _show_claim(claim)
    console.print(_summary(checked))


def _show_claim(claim: "Claim") -> None:
    from jalon.claims import LABELS

    line = Text(f"« {' '.join(claim.text.split())} »  ")
    line.append(LABELS[claim.verdict], style=COLOURS[claim.verdict])
    console.print(line)
    console.print(f"    {claim.reason}")
    if claim.figure:
        console.print(f"    {claim.figure.permalink}", style="dim")
    for proof in claim.evidence[:3]:
        fields = dict(proof.fields)
        if proof.kind == "fact":
            console.print(
                f"    – {fields['statement']} {fields['publisher']}, {fields['date']} : {fields['url']}", style="dim"
            )
    console.print()


def _summary(checked: "Check") -> str:
    from jalon.claims import LABELS

    counts = {verdict: sum(claim.verdict == verdict for claim in checked.claims) for verdict in LABELS}
    said = ", ".join(
        f"{count} {LABELS[verdict]}{'s' if count > 1 else ''}" for verdict, count in counts.items() if count
    )
    return f"{len(checked.claims)} quantités : {said}." if checked.claims else "Aucune quantité à vérifier."
