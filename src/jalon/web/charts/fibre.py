"""Fibre over time in a territory, beside the country."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from jalon.editions import Edition
from jalon.web.charts import french, style
from jalon.web.charts.data import rows, sources_note
from jalon.web.charts.errors import NothingToDraw
from jalon.web.charts.model import Column, Params, Picture, records

HEIGHT = {"large": 320, "etroite": 260}
COUNTRY = ("pays", "FR")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
COLUMNS = (
    Column("lieu", "Territoire"),
    Column("jour", "Trimestre", "day"),
    Column("taux", "Part des locaux raccordables", "share"),
    Column("raccordables", "Locaux raccordables", "count"),
    Column("source", "Source"),
)
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """One published value. A band is not a rate: where only a band is published, `rate` is None."""

    place: Place
    name: str
    day: date
    rate: float | None
    connectable: int | None
    source_id: str
    source: str

    @property
    def row(self) -> tuple:
        return self.name, self.day, self.rate, self.connectable, self.source


def draw(edition: Edition, params: Params) -> Picture:
    """Rates as published, one shape of mark a source. A territory without a rate is shown through the nearest parent
    that has one, which the title names. Raises NothingToDraw when not even the country has a rate."""
    kind, code = params.territoire.split("-", 1) if "-" in params.territoire else COUNTRY
    asked = (kind, code)
    lineage = _lineage(edition, asked)
    points = _points(edition, lineage)
    shown = next((place for place in lineage if any(p.place == place and p.rate is not None for p in points)), None)
    if shown is None:
        raise NothingToDraw(
            f"no coverage for {kind} {code}",
            user_message="l’édition ne connaît aucun taux de locaux raccordables à la fibre, ni ici ni pour le pays.",
            mend="importez les séries de fibre, puis construisez et publiez une édition.",
        )
    kept = [p for p in points if p.place in (asked, shown, COUNTRY)]
    drawn = [p for p in kept if p.rate is not None]
    last = max((p for p in drawn if p.place == shown), key=lambda p: p.day)
    return Picture(
        title=f"{last.name} : {french.percent(last.rate or 0)} des locaux raccordables à la fibre"
        f" au {french.quarter(last.day)}",
        description=_description(kept, drawn, asked, shown),
        columns=COLUMNS,
        rows=tuple(p.row for p in kept),
        spec=_spec(drawn, last.name, params),
        source_note=sources_note(edition, [p.source_id for p in kept]),
    )


def _lineage(edition: Edition, place: Place) -> list[Place]:
    """The place, its département, its région, the country."""
    sql = "SELECT departement_code, region_code FROM territories WHERE kind = $kind AND code = $code"
    found = rows(edition, sql, kind=place[0], code=place[1])
    departement, region = found[0] if found else (None, None)
    parents = [("departement", departement), ("region", region), COUNTRY]
    return [place, *((kind, code) for kind, code in parents if code and (kind, code) != place)]


def _points(edition: Edition, places: list[Place]) -> list[Point]:
    sql = """
        SELECT c.territory_kind, c.territory_code, coalesce(t.name, c.territory_code), c.quarter, c.rate, c.connectable,
               c.source_id, coalesce(s.producer, c.source_id)
        FROM coverage c
        LEFT JOIN territories t ON t.kind = c.territory_kind AND t.code = c.territory_code
        LEFT JOIN (
            SELECT source_id, producer || if(count(*) OVER (PARTITION BY producer) > 1, ' (' || source_id || ')', '')
                AS producer
            FROM (SELECT DISTINCT source_id, producer FROM sources)
        ) s ON s.source_id = c.source_id
        WHERE list_contains($places, c.territory_kind || '-' || c.territory_code) AND c.quarter <= $as_of
        ORDER BY c.quarter, c.territory_kind, c.source_id
    """
    found = rows(edition, sql, places=[f"{kind}-{code}" for kind, code in places], as_of=edition.as_of)
    return [Point((kind, code), *rest) for kind, code, *rest in found]


def _description(kept: list[Point], drawn: list[Point], asked: Place, shown: Place) -> str:
    """First and last rate of each line, what stands for what, and the count of premises where only it is known."""
    said = []
    for name in dict.fromkeys(p.name for p in drawn):
        mine = [p for p in drawn if p.name == name]
        first, last = mine[0], mine[-1]
        said.append(
            f"{name}, de {french.percent(first.rate or 0)} au {french.quarter(first.day)} "
            f"à {french.percent(last.rate or 0)} au {french.quarter(last.day)}"
        )
    text = f"Part des locaux raccordables à la fibre : {' ; '.join(said)}."
    if asked == shown:
        return text
    parent = next(p.name for p in drawn if p.place == shown)
    text += f" Le taux de ce territoire n’est pas publié : celui du territoire parent ({parent}) le remplace."
    own = [p for p in kept if p.place == asked and p.connectable is not None]
    if own:
        premises = french.count(own[-1].connectable or 0, "local raccordable", "locaux raccordables")
        text += f" {own[-1].name} compte {premises} au {french.quarter(own[-1].day)}."
    return text


def _spec(drawn: list[Point], main: str, params: Params) -> dict[str, Any]:
    narrow = params.largeur == "etroite"
    names = [french.apostrophes(name) for name in dict.fromkeys([main, *sorted(p.name for p in drawn)])]
    sources = sorted({french.apostrophes(p.source) for p in drawn})
    width, height = style.WIDTHS[params.largeur] - (80 if narrow else 70), HEIGHT[params.largeur]
    data = style.dated(records(COLUMNS, [p.row for p in drawn]), "jour")
    base = alt.Chart(data).encode(
        x=style.days("jour", narrow),
        y=alt.Y(
            "taux:Q",
            axis=alt.Axis(title="Part des locaux raccordables", format=".0%", tickCount=5),
            scale=alt.Scale(domain=[0, 1]),
        ),
        color=alt.Color(
            "lieu:N",
            scale=alt.Scale(domain=names, range=[style.MAIN, style.SECOND][: len(names)]),
            legend=alt.Legend(title=None, orient="top"),
        ),
    )
    lines = base.mark_line(strokeWidth=2).encode(
        detail=alt.Detail("source:N"),
        strokeDash=alt.StrokeDash("lieu:N", scale=alt.Scale(domain=names, range=[[1, 0], [6, 3]]), legend=None),
    )
    marks = base.mark_point(filled=True, size=36, opacity=1).encode(
        shape=alt.Shape(
            "source:N",
            scale=alt.Scale(domain=sources, range=list(SHAPES[: len(sources)])),
            legend=alt.Legend(title=None, orient="bottom", columns=1, symbolFillColor=style.SOFT_INK, labelLimit=width),
        ),
        tooltip=[
            alt.Tooltip("lieu:N", title="Territoire"),
            alt.Tooltip("jour:T", title="Jour", format="%d/%m/%Y"),
            alt.Tooltip("taux:Q", title="Part des locaux raccordables", format=".1%"),
            alt.Tooltip("source:N", title="Source"),
        ],
    )
    return style.finished(alt.layer(lines, marks), narrow=narrow, width=width, height=height)
