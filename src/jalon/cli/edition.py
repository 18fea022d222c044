"""`jalon edition`: build, list, verify, compare and publish editions."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from jalon.editions import Edition, TableDiff

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, markup=False, soft_wrap=True)
Id = Annotated[str, typer.Argument(metavar="ID", help="Identifiant de l’édition, ou « current » pour la publiée.")]
Day = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Date du chiffre ou de l’édition, AAAA-MM-JJ.")
]
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@app.command("build")
def build(
    as_of: Day = None,
    note: Annotated[str, typer.Option(help="Phrase gardée dans le manifeste.")] = "",
    publish: Annotated[bool, typer.Option("--publish/--no-publish", help="Servir cette édition aussitôt.")] = False,
) -> None:
    """Figer le registre en une édition ; « publish », ou --publish, la sert."""
    import django

    django.setup()
    from jalon.register.publishing import build_edition

    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - the day where the user is
    made = build_edition(day, note=note, publish=publish)
    state = "publiée" if publish else f"non publiée (pour la servir : jalon edition publish {made.id})"
    console.print(f"Édition {made.id}, {len(made.manifest.files)} fichiers, {state}.")
    for warning in made.manifest.warnings:
        console.print(f"Attention : {warning}.")


@app.command("list")
def list_() -> None:
    """Les éditions présentes, de la plus ancienne à la plus récente."""
    from jalon.editions.manifest import FILE
    from jalon.editions.shelf import current_id, folders, listing
    from jalon.home import home

    published, sound = current_id(home()), listing(home())
    for manifest in sound:
        size = sum(entry.bytes for entry in manifest.files.values()) / 2**20
        mark = "publiée" if manifest.id == published else ""
        day = f"{manifest.created_at.astimezone():%d/%m/%Y %H:%M}"
        note = f"  {manifest.note}" if manifest.note else ""
        console.print(f"{manifest.id:24} faite le {day}  {size:6.1f} Mo  {mark:8}{note}".rstrip())
    for name in sorted({folder.name for folder in folders(home())} - {manifest.id for manifest in sound}):
        console.print(f"{name:24} endommagée : {FILE} illisible ou modifié")
    if not sound:
        console.print("Aucune édition saine : « jalon edition build » en construit une.")


@app.command("verify")
def verify(edition: Id = "current") -> None:
    """Relire chaque fichier d’une édition et comparer son empreinte au manifeste."""
    from jalon.editions import verify as verify_edition

    opened = _open(edition)
    problems = verify_edition(opened)
    for problem in problems:
        console.print(f"{opened.id} : {problem.says}")
    if problems:
        raise typer.Exit(1)
    console.print(f"{opened.id} : {len(opened.manifest.files)} fichiers intacts.")


@app.command("diff")
def diff(before: Id, after: Id) -> None:
    """Ce qui change d’une édition à l’autre : lignes de chaque table, puis chiffres."""
    from jalon.editions import diff as diff_editions
    from jalon.figures import changes

    old, new = _open(before), _open(after)
    tables, figures = diff_editions(old, new), changes(old, new)
    for table in tables:
        _show_table(table)
    for change in figures:
        console.print(f"chiffre {change.id} : {_short(change.before)} -> {_short(change.after)}  ({change.label})")
    if not tables and not figures:
        console.print("Aucune différence.")


@app.command("publish")
def publish(edition: Id) -> None:
    """Servir cette édition désormais, après l’avoir vérifiée."""
    from jalon.editions import publish as publish_edition
    from jalon.home import home

    console.print(f"Édition {publish_edition(home(), edition).id} publiée.")


def _open(edition: str) -> "Edition":
    from jalon.editions import open_edition
    from jalon.home import home

    return open_edition(home(), edition)


def _show_table(table: "TableDiff") -> None:
    console.print(f"{table.table} : {table.added} venues, {table.removed} parties, {table.changed} modifiées")
    for change in table.samples:
        key = " ".join(map(str, change.key))
        moved = ""
        if change.kind == "changed" and change.before and change.after:
            moved = ", ".join(f"{n} {_short(v)} -> {_short(change.after[n])}" for n, v in change.before.items())
        console.print(f"  {SIGNS[change.kind]} {key}  {moved}".rstrip())


def _short(value: Any) -> str:
    if value is None:
        return "inconnu"
    return f"{len(value)} lignes" if isinstance(value, list) else str(value)[:80]
