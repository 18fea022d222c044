"""The map of the fibre by département at a quarter: each one filled by the class of its rate, overseas in insets."""

from typing import Any

import altair as alt

from jalon.editions import Edition
from jalon.geography.outlines import outlines
from jalon.network.outlook import Prospect
from jalon.web import places
from jalon.web.charts import french, style
from jalon.web.charts.data import rows, sources_note
from jalon.web.charts.errors import NothingToDraw
from jalon.web.charts.model import Column, Params, Picture
from jalon.web.charts.projection import Layout, is_overseas, layout
from jalon.web.queries import fibre

WIDTH = {"large": 600, "etroite": 340}
FLOORS = (0.0, 0.25, 0.5, 0.65, 0.8)
LABELS = ("moins de 25 %", "25 à 49 %", "50 à 64 %", "65 à 79 %", "80 % et plus")
MISSING = "non connu"
COLUMNS = (
    Column("nom", "Département"),
    Column("code", "Code"),
    Column("taux", "Part des locaux raccordables", "share"),
    Column("page", "Page", "link"),
)
SHAPES = "departements"
SMALLEST_RING = 3


def draw(edition: Edition, params: Params) -> Picture:
    """Rates of the départements at the quarter asked; raises NothingToDraw when the edition has none by then."""
    origin = fibre.quarter_of(edition, params.trimestre)
    found = fibre.prospects(edition, origin) if origin else {}
    rates = {code: one for (kind, code), one in found.items() if kind in ("departement", "collectivite")}
    if origin is None or not rates:
        raise NothingToDraw(
            "no rate by département",
            user_message="l’édition ne connaît aucun taux par département à ce trimestre.",
            mend="choisissez un autre trimestre.",
        )
    names = dict(rows(edition, "SELECT code, name FROM territories WHERE kind = 'departement' ORDER BY code"))
    met = sum(1 for one in rates.values() if one.rate >= fibre.goal().share)
    whole = fibre.rates(edition)
    counted = french.count(met, "département")
    return Picture(
        title=f"{counted} sur {len(rates)} {'a' if met < 2 else 'ont'} au moins "
        f"{french.percent(fibre.goal().share)} de locaux raccordables au {french.quarter(origin)}",
        description=_description(rates),
        columns=COLUMNS,
        rows=tuple((names[c], c, rates[c].rate if c in rates else None, places.url("departement", c)) for c in names),
        spec=_spec(names, rates, params),
        source_note=sources_note(edition, sorted({one.source_id for one in whole.values}) if whole else []),
        linked=True,
    )


def _class(rate: float) -> int:
    return sum(rate >= floor for floor in FLOORS) - 1


def _description(rates: dict[str, Prospect]) -> str:
    of = [_class(one.rate) for one in rates.values()]
    counted = (f"{label} : {french.count(of.count(i), 'département')}" for i, label in enumerate(LABELS))
    return f"Carte des départements par part de locaux raccordables à la fibre : {' ; '.join(counted)}."


def _spec(names: dict[str, str], rates: dict[str, Prospect], params: Params) -> dict[str, Any]:
    narrow = params.largeur == "etroite"
    plan = layout(WIDTH[params.largeur])
    x, y = (
        alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, plan.width], range=[0, plan.width])),
        alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, plan.height], range=[0, plan.height])),
    )
    words = [{"x": f.x + f.width / 2, "y": f.y + f.height + 11, "nom": f.label} for f in plan.frames[1:]]
    labels = alt.Chart(alt.InlineData(values=words)).mark_text(fontSize=11 if narrow else 12, limit=_room(plan))
    spec = style.finished(
        alt.layer(_areas(narrow), labels.encode(x=x, y=y, text="nom:N")),
        narrow=narrow, width=plan.width, height=plan.height, padding=0,
    )  # fmt: skip
    return spec | {"datasets": spec.get("datasets", {}) | {SHAPES: _shapes(plan, names, rates)}}


def _room(plan: Layout) -> float:
    return min((frame.width for frame in plan.frames[1:]), default=60.0) + 4


def _areas(narrow: bool) -> alt.Chart:
    legend = alt.Legend(title="Locaux raccordables", orient="bottom", columns=2 if narrow else 3, symbolType="square")
    scale = alt.Scale(domain=[*LABELS, MISSING], range=[*style.SCALES[5], "#ffffff"])
    chart: alt.Chart = (
        alt.Chart(alt.NamedData(SHAPES))
        .mark_geoshape(stroke=style.BORDER, strokeWidth=0.7)
        .project(type="identity", scale=1, translate=[0, 0])
        .encode(
            fill=alt.Fill("properties.classe:N", scale=scale, legend=legend),
            href=alt.Href("properties.url:N"),
            description=alt.Description("properties.texte:N"),
            tooltip=alt.Tooltip("properties.texte:N", title="Département"),
        )
    )
    return chart


def _shapes(plan: Layout, names: dict[str, str], rates: dict[str, Prospect]) -> list[dict[str, Any]]:
    """Each département in pixels, with its class and words."""
    drawn = []
    for feature in outlines()["features"]:
        code = feature["properties"]["code"]
        frame = plan.frame(code if is_overseas(code) else None)
        one = rates.get(code)
        said = french.percent(one.rate) if one else MISSING
        polygons = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            polygons = [polygons]
        pixels = [_polygon([[frame.place(*point[:2]) for point in ring] for ring in rings]) for rings in polygons]
        drawn.append(
            {
                "type": "Feature",
                "geometry": {"type": "MultiPolygon", "coordinates": [polygon for polygon in pixels if polygon]},
                "properties": {
                    "classe": LABELS[_class(one.rate)] if one else MISSING,
                    "url": (places.url("departement", code) or "") if code in names else "",
                    "texte": french.apostrophes(f"{names.get(code, code)} : {said}"),
                },
            }
        )
    return drawn


def _polygon(rings: list[list[tuple[float, float]]]) -> list[list[list[int]]]:
    """The rings on whole pixels; those that vanish are left out, the whole polygon with its exterior."""
    drawn = [_pixels(ring) for ring in rings]
    return [ring for ring in drawn if len(ring) > SMALLEST_RING] if len(drawn[0]) > SMALLEST_RING else []


def _pixels(ring: list[tuple[float, float]]) -> list[list[int]]:
    """The ring on whole pixels, repeated points left out: neighbours keep the same common border."""
    rounded = [[round(x), round(y)] for x, y in ring]
    return [point for point, before in zip(rounded, [[], *rounded], strict=False) if point != before]
