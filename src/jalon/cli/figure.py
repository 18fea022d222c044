"""`jalon figure`: list the ledger, show a figure with its evidence, recompute an edition's figures."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from jalon.editions import Edition
    from jalon.figures import Definition, Evidence, Figure

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, markup=False, soft_wrap=True)
In = Annotated[str, typer.Option("--edition", metavar="ID", help="Édition lue ; la publiée par défaut.")]
Name = Annotated[str, typer.Argument(metavar="CHIFFRE", help="Identifiant du chiffre.")]
STATES = {"confirmed": "confirmé", "contradicted": "contredit", "alone": "seul"}


@app.command("list")
def list_() -> None:
    """Tous les chiffres du registre public."""
    from jalon.figures import ledger

    for definition in ledger().values():
        kind = "calculé" if definition.kind == "computed" else "déclaré"
        console.print(f"{definition.id:40} {definition.section}  {kind}  {definition.label}")


@app.command("show")
def show(
    figure: Name,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Date du chiffre, AAAA-MM-JJ.")
    ] = None,
    edition: In = "current",
    programme: Annotated[str | None, typer.Option(help="Programme, s’il n’est pas celui de la définition.")] = None,
    territory: Annotated[str | None, typer.Option(help="Maille:code, comme region:76 ou commune:43157.")] = None,
    theme: Annotated[str | None, typer.Option(help="Identifiant d’un thème.")] = None,
    year: Annotated[int | None, typer.Option(help="Année.")] = None,
    rows: Annotated[int, typer.Option(min=0, max=100_000, help="Lignes de preuve montrées.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Tout en JSON, pour une machine.")] = False,
) -> None:
    """La valeur d’un chiffre, sa définition, ses requêtes et ses preuves."""
    from jalon.figures import evaluate, evidence, get

    opened = _open(edition)
    definition = get(figure, opened)
    given = {"programme": programme, "territory": territory, "theme": theme, "year": year}
    params: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    params["as_of"] = as_of.date() if as_of else None
    found = evaluate(definition, opened, **params)
    proof = evidence(definition, opened, limit=max(rows, 1), **params)
    if as_json:
        console.print(_as_json(definition, found, proof))
        return
    _show_value(definition, found)
    _show_queries(definition)
    _show_evidence(proof, rows)


@app.command("recompute")
def recompute(edition: Annotated[str, typer.Argument(metavar="ID")] = "current") -> None:
    """Recalculer chaque chiffre d’une édition depuis ses seuls fichiers Parquet, et comparer."""
    from jalon.figures import recompute as recompute_figures

    opened = _open(edition)
    results = recompute_figures(opened)
    other = [result for result in results if not result.same]
    for result in other:
        console.print(f"{result.id} : {result.frozen} figé, {result.again} recalculé")
    console.print(f"{opened.id} : {len(results) - len(other)} chiffres identiques sur {len(results)}.")
    if other:
        raise typer.Exit(1)


def _open(edition: str) -> "Edition":
    from jalon.editions import open_edition
    from jalon.home import home

    return open_edition(home(), edition)


def _show_value(definition: "Definition", figure: "Figure") -> None:
    from jalon.figures import format_day

    latest = f" ({figure.latest})" if figure.latest else ""
    console.print(
        f"{definition.label}\n  {figure.display}   au {format_day(figure.as_of)}{latest}, édition {figure.edition}"
    )
    if figure.unknown_reason:
        console.print(f"  Inconnu : {figure.unknown_reason}")
    if figure.interval:
        low, high = (f"{bound:.0f}" for bound in figure.interval)
        console.print(f"  Entre {low} et {high}. {definition.interval_method}")
    if figure.rows:
        console.print(_table(figure.columns, figure.rows))
    console.print(f"\nDéfinition : {definition.definition}\nNe compte pas : {definition.excludes}")
    console.print(f"État : {STATES[figure.standing.state]}. {figure.standing.reason}")
    for fact in figure.declared:
        note = f" ({fact.note})" if fact.note else ""
        console.print(f"  {fact.fact_id} : {fact.statement} {fact.publisher}, {fact.as_of}.{note} {fact.url}")


def _show_queries(definition: "Definition") -> None:
    for title, sql in (("Requête de la valeur", definition.value), ("Requête des preuves", definition.evidence)):
        if sql:
            console.print(f"\n{title} :\n{sql}")


def _show_evidence(proof: "Evidence", rows: int) -> None:
    from jalon.figures import format_number

    console.print(f"\nPreuves : {format_number(proof.total)} lignes")
    if rows and proof.rows:
        console.print(_table(proof.columns, proof.rows))
    if proof.total > rows:
        console.print(f"… reste {format_number(proof.total - rows)} (--rows pour en voir plus).")


def _table(columns: Any, rows: Any) -> Table:
    from jalon.figures import format_value

    table = Table(show_edge=False, pad_edge=False)
    for column in columns:
        numeric = column.format in ("integer", "decimal", "percent", "euros")
        table.add_column(column.label, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(format_value(value, column.format) for column, value in zip(columns, row, strict=True)))
    return table


def _as_json(definition: "Definition", figure: "Figure", proof: "Evidence") -> str:
    whole = {"figure": asdict(figure), "definition": definition.model_dump(), "evidence": asdict(proof)}
    for column_holder in (whole["figure"], whole["evidence"]):
        column_holder["columns"] = [column.model_dump() for column in column_holder["columns"]]
    whole["figure"]["display"] = figure.display
    return json.dumps(whole, ensure_ascii=False, indent=1, default=str)
