"""`jalon network`: replay a projection of the fibre's coverage, from a file of series or from the edition."""

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from jalon.network.backtest import Score
    from jalon.network.projection import Projection
    from jalon.network.reading import SeriesRead

app = typer.Typer(no_args_is_help=True)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
SHOWN = 20
DIGITS = 3
Series = Annotated[
    Path | None,
    typer.Option("--series", metavar="FICHIER.csv", help="territory,quarter,rate (en %) ; sinon l’édition publiée."),
]
Cutoff = Annotated[str, typer.Option("--cutoff", metavar="2019-Q4", help="Dernier trimestre vu.")]
Horizon = Annotated[int, typer.Option("--horizon", help="Nombre de trimestres projetés, de 1 à 40.")]
Level = Annotated[str, typer.Option("--level", help="Maille lue dans l’édition : departement, region, pays, commune.")]


@app.callback()
def network() -> None:
    """Fibre : rejouer une projection, la comparer à ce qui est arrivé."""


@app.command("backtest")
def backtest(
    cutoff: Cutoff,
    series: Series = None,
    horizon: Horizon = 8,
    level: Level = "departement",
    as_json: Annotated[bool, typer.Option("--json", help="Tout en JSON, pour une machine.")] = False,
) -> None:
    """Dire ce qu’on aurait projeté à un trimestre passé, sans rien voir de plus tard."""
    from jalon.network.backtest import replay, score
    from jalon.network.quarters import parse

    origin = parse(cutoff)
    read = _read(series, level)
    said = replay(read.panel, origin, horizon)
    reached = score(read.panel, said)
    if as_json:
        print(json.dumps(_document(read, said, reached), ensure_ascii=False, indent=1))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("territory", "quarter", "value", "low80", "high80"))
    writer.writerows(tuple(one.values()) for one in _predictions(said))
    _say(read, said, reached)


def _read(series: Path | None, level: str) -> "SeriesRead":
    from jalon.network.reading import read_series

    if series is not None:
        return read_series(series)
    from jalon.editions import open_edition
    from jalon.home import home
    from jalon.network.coverage import read_coverage

    return read_coverage(open_edition(home(), "current").table("coverage"), level)


def _predictions(said: "Projection") -> list[dict[str, Any]]:
    from jalon.network.quarters import written

    bounds = zip(said.value.round(DIGITS), said.low.round(DIGITS), said.high.round(DIGITS), strict=True)
    return [
        {
            "territory": territory,
            "quarter": written(said.origin + ahead),
            "value": float(value),
            "low80": float(low),
            "high80": float(high),
        }
        for territory, rows in zip(said.territories, bounds, strict=True)
        for ahead, (value, low, high) in enumerate(zip(*rows, strict=True), 1)
    ]


def _document(read: "SeriesRead", said: "Projection", reached: "Score | None") -> dict[str, Any]:
    from jalon.network.quarters import written

    return {
        "cutoff": written(said.origin),
        "horizon": said.value.shape[1],
        "rows_read": read.read,
        "rows_refused": read.refused,
        "rows_repaired": read.repaired,
        "territories": len(said.territories),
        "territories_without_history": len(read.panel.territories) - len(said.territories),
        "refusals": [
            {"row": r.row, "field": r.field, "value": r.value, "code": r.code, "reason": r.reason, "effect": r.effect}
            for r in read.refusals
        ],
        "score": None if reached is None else _score(reached),
        "predictions": _predictions(said),
    }


def _score(reached: "Score") -> dict[str, Any]:
    return {
        "compared": reached.compared,
        "mae": round(reached.mae, DIGITS),
        "covered80": round(reached.covered, DIGITS),
        "baselines_mae": {name: round(mae, DIGITS) for name, mae in reached.baselines.items()},
    }


def _say(read: "SeriesRead", said: "Projection", reached: "Score | None") -> None:
    from jalon.network.baselines import LABELS

    lacking = len(read.panel.territories) - len(said.territories)
    err.print(
        f"{read.read} lignes lues, {read.refused} écartées, {read.repaired} réparées ; {len(said.territories)} "
        f"territoires projetés, {lacking} sans valeur au trimestre de coupure."
    )
    for refusal in read.refusals[:SHOWN]:
        err.print(f"  ligne {refusal.row}, {refusal.field} « {refusal.value} » : {refusal.reason}")
    if len(read.refusals) > SHOWN:
        err.print(f"  … et {len(read.refusals) - SHOWN} autres (--json les donne tous).")
    if reached is not None:
        others = ", ".join(f"{LABELS[name]} {mae:.2f}" for name, mae in reached.baselines.items())
        err.print(
            f"Comparé à {reached.compared} valeurs venues ensuite : erreur moyenne {reached.mae:.2f} points "
            f"({others}) ; {reached.covered:.0%} dans l’intervalle à 80 %."
        )
