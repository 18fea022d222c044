"""The map of a programme's towns: where they are, coloured by one indicator."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import altair as alt

from jalon.editions import Edition
from jalon.programmes import Words
from jalon.web import places
from jalon.web.charts import french, style
from jalon.web.charts.data import Town, action_sources, rows, short_name, sources_note, towns
from jalon.web.charts.errors import NothingToDraw
from jalon.web.charts.indicators import INDICATORS, Classes, Indicator, classes
from jalon.web.charts.model import Column, Params, Picture, Value
from jalon.web.charts.projection import Frame, Layout, is_overseas, layout
from jalon.web.queries.estimates import SMART
from jalon.web.queries.names import themes
from jalon.web.words import agreed, capital, part, verb, words

WIDTH = {"large": 600, "etroite": 340}
ACTION = "une action de ville intelligente connue"
LAND, TOWNS = "terre", "territoires"
"""Data sets of the specification, put beside it whole: Altair would spend half a second validating each vertex."""


def draw(edition: Edition, params: Params) -> Picture:
    """One point a town, a link to its page; raises NothingToDraw for a programme whose towns have no position."""
    found = towns(edition, params.programme, params.theme)
    name = short_name(edition, params.programme)
    if not any(_placed(town) for town in found):
        lacking = "aucun territoire bénéficiaire de" if not found else "la position d’aucun territoire de"
        raise NothingToDraw(
            f"no town with a position in {params.programme}",
            user_message=f"l’édition ne connaît {lacking} {name}.",
            mend="choisissez un autre programme.",
        )
    indicator = _narrowed(edition, INDICATORS[params.indicateur], params.theme)
    values = [indicator.value(town) for town in found]
    cut = classes(indicator, values)
    plan = layout(WIDTH[params.largeur], _without_outline(found))
    named = words(params.programme)
    told = _of_theme(edition, params.theme)
    return Picture(
        title=capital(told(_title(indicator, values, named, name))),
        description=told(_description(indicator, found, cut, named)),
        columns=columns(indicator, named),
        rows=tuple(_row(town, value) for town, value in zip(found, values, strict=True)),
        spec=_spec(plan, indicator, cut, _points(found, values, cut, indicator, plan), params),
        source_note=sources_note(edition, _sources(edition, indicator, params.programme)),
        linked=True,
    )


def _of_theme(edition: Edition, theme: str) -> Callable[[str], str]:
    """Words said of the smart city, said of one theme."""
    if theme == SMART:
        return lambda text: text
    label = themes(edition)[theme].label
    return lambda text: text.replace("de ville intelligente", f"« {label} »").replace(
        "la ville intelligente", f"« {label} »"
    )


def _narrowed(edition: Edition, indicator: Indicator, theme: str) -> Indicator:
    told = _of_theme(edition, theme)
    return replace(indicator, label=told(indicator.label), legend=told(indicator.legend))


def _placed(town: Town) -> bool:
    return town.lon is not None and town.lat is not None


def columns(indicator: Indicator, named: Words) -> tuple[Column, ...]:
    return (
        Column("nom", capital(named.beneficiary)),
        Column("code", "Code"),
        Column("departement", "Département"),
        Column("region", "Région"),
        Column("valeur", indicator.label, indicator.kind),
        Column("page", "Page", "link"),
    )


def _row(town: Town, value: Value) -> tuple[Value, ...]:
    return town.name, town.code, town.departement, town.region, value, places.url(town.kind, town.code)


def _without_outline(found: tuple[Town, ...]) -> tuple[tuple[str, str, tuple[tuple[float, float], ...]], ...]:
    """Overseas places that no outline holds (Saint-Pierre-et-Miquelon…): an inset each, from the points alone."""
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for town in found:
        code = town.departement_code or town.code[:3]
        if is_overseas(code) and town.lon is not None and town.lat is not None:
            groups.setdefault((code, town.departement or town.name), []).append((town.lon, town.lat))
    return tuple((code, name, tuple(points)) for (code, name), points in sorted(groups.items()))


def _points(
    found: tuple[Town, ...], values: list[Any], cut: Classes, indicator: Indicator, plan: Layout
) -> list[dict[str, Any]]:
    """One record a town whose position is known; the darkest classes come last, on top."""
    column = Column("valeur", indicator.label, indicator.kind)
    drawn = []
    for town, value, group in zip(found, values, cut.of, strict=True):
        if town.lon is None or town.lat is None:
            continue
        x, y = plan.frame(town.departement_code or town.code[:3]).place(town.lon, town.lat)
        said = indicator.missing if value is None else column.show(value)
        place = f" ({town.departement})" if town.departement else ""
        drawn.append(
            {
                "code": town.code, "x": round(x, 1), "y": round(y, 1), "url": places.url(town.kind, town.code) or "",
                "classe": indicator.missing if group is None else cut.labels[group],
                "rang": -1 if group is None else group,
                "texte": french.apostrophes(f"{town.name}{place} : {said}"),
            }
        )  # fmt: skip
    return sorted(drawn, key=lambda point: (point["rang"], point["code"]))


def _spec(
    plan: Layout, indicator: Indicator, cut: Classes, points: list[dict[str, Any]], params: Params
) -> dict[str, Any]:
    narrow = params.largeur == "etroite"
    layers = [_land(), *([_frames(plan), _labels(plan, narrow)] if len(plan.frames) > 1 else [])]
    chart = alt.layer(*layers, _towns(plan, indicator, cut, points, narrow))
    spec = style.finished(chart, narrow=narrow, width=plan.width, height=plan.height, padding=0)
    return spec | {"datasets": spec.get("datasets", {}) | {LAND: [_shape(plan)], TOWNS: points}}


def _shape(plan: Layout) -> dict[str, Any]:
    rings = [[[list(point) for point in ring]] for frame in plan.frames for ring in frame.rings]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": rings}}


def _land() -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData(LAND))
        .mark_geoshape(fill=style.LAND, stroke=style.BORDER, strokeWidth=0.6, aria=False)
        .project(type="identity", scale=1, translate=[0, 0])
    )
    return chart


def _frames(plan: Layout) -> alt.Chart:
    boxes = [{"x": f.x, "y": f.y, "x2": f.x + f.width, "y2": f.y + f.height} for f in plan.frames[1:]]
    x, y = _scales(plan)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=boxes))
        .mark_rect(fill=None, stroke=style.BORDER, strokeWidth=1, aria=False)
        .encode(x=x, y=y, x2=alt.X2("x2"), y2=alt.Y2("y2"))
    )
    return chart


def _labels(plan: Layout, narrow: bool) -> alt.Chart:
    x, y = _scales(plan)
    texts = [{"x": f.x + f.width / 2, "y": f.y + f.height + 11, "nom": f.label} for f in plan.frames[1:]]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=texts))
        .mark_text(fontSize=11 if narrow else 12, limit=_least_width(plan.frames[1:]) + 4)
        .encode(x=x, y=y, text=alt.Text("nom:N"))
    )
    return chart


def _least_width(frames: tuple[Frame, ...]) -> float:
    return min(frame.width for frame in frames)


def _scales(plan: Layout) -> tuple[alt.X, alt.Y]:
    """Pixels as they are: `layout` has already placed everything."""
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, plan.width], range=[0, plan.width]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, plan.height], range=[0, plan.height]))
    return x, y


def _towns(plan: Layout, indicator: Indicator, cut: Classes, points: list[dict[str, Any]], narrow: bool) -> alt.Chart:
    """Filled circles by class; hollow ones where the value is missing, in the legend too."""
    missing = any(point["rang"] < 0 for point in points)
    domain = [*cut.labels, *([indicator.missing] if missing else [])]
    fills = [*style.SCALES.get(len(cut.labels), ()), *(["#ffffff"] if missing else [])]
    strokes = [style.INK] * len(cut.labels) + ([style.MISSING] if missing else [])
    abreast = int(plan.width / (max(map(len, domain)) * (6.4 if narrow else 7) + 30))
    legend = alt.Legend(
        title=indicator.legend, orient="bottom", columns=min(max(abreast, 1), 3), symbolType="circle", symbolSize=90
    )
    x, y = _scales(plan)
    chosen = alt.selection_point(name="classe", fields=["classe"], bind="legend")
    chart: alt.Chart = (
        alt.Chart(alt.NamedData(TOWNS))
        .mark_point(filled=True, size=34 if narrow else 62, strokeWidth=0.8)
        .add_params(chosen)
        .encode(
            opacity=alt.condition(chosen, alt.value(1), alt.value(0.12)),
            x=x,
            y=y,
            fill=alt.Fill("classe:N", scale=alt.Scale(domain=domain, range=fills), legend=legend),
            stroke=alt.Stroke("classe:N", scale=alt.Scale(domain=domain, range=strokes), legend=legend),
            href=alt.Href("url:N"),
            description=alt.Description("texte:N"),
            tooltip=alt.Tooltip("texte:N", title="Lieu"),
            order=alt.Order("rang:Q"),
        )
    )
    return chart


def _title(indicator: Indicator, values: list[Any], named: Words, name: str) -> str:
    """The answer: how many of the programme's beneficiaries, or how much in those where it is known."""
    known = [value for value in values if value is not None]
    of = f" d’{name}" if name[:1] in "AÂEÉÈIÎOÔUY" else f" de {name}"
    if indicator.id == "signature":
        are = f"{verb(len(known), 'est', 'sont')} {agreed('couvert', named.beneficiary, len(known))}"
        return f"{part(len(known), len(values), named, of)} {are} par une convention signée"
    if indicator.id in ("actions", "part"):
        having = sum(1 for value in known if value)
        what = f"au moins {ACTION}" if having else f"d’{ACTION.removeprefix('une ')}"
        return f"{part(having, len(values), named, of)} {verb(having, 'a', 'ont')} {what}"
    if not known:
        return f"{indicator.label} : rien de connu pour {part(len(values), len(values), named, of)}"
    those = part(len(known), len(values), named, of)
    if indicator.id == "subventions":
        return f"{french.euros(sum(known))} de subventions connues pour la ville intelligente dans {those}"
    unit = {"fibre": "local raccordable", "population": "habitant"}[indicator.id]
    plural = {"fibre": "locaux raccordables à la fibre"}.get(indicator.id, "")
    return f"{french.count(sum(known), unit, plural)} dans {those}"


def _description(indicator: Indicator, found: tuple[Town, ...], cut: Classes, named: Words) -> str:
    """Counts by class, missing values, overseas and unplaced towns, in sentences."""

    def count(places: int) -> str:
        return french.count(places, named.beneficiary, named.beneficiaries)

    parts = [f"{label} : {count(cut.of.count(i))}" for i, label in enumerate(cut.labels)]
    if None in cut.of:
        parts.append(f"{indicator.missing.lower()} : {count(cut.of.count(None))}")
    overseas = sum(1 for town in found if is_overseas(town.departement_code or town.code[:3]))
    unplaced = [town.name for town in found if not _placed(town)]
    said = f"Carte de {count(len(found))}, {indicator.legend.lower()} : {' ; '.join(parts)}."
    if overseas:
        said += f" {count(overseas)} d’outre-mer, en cartouches sous la carte."
    if unplaced:
        said += f" Sans position connue, dans le tableau seulement : {', '.join(unplaced)}."
    return said


def _sources(edition: Edition, indicator: Indicator, programme: str) -> list[str | None]:
    if indicator.id == "signature":
        sql = "SELECT DISTINCT source_id FROM agreements WHERE programme = $programme"
        return [source for (source,) in rows(edition, sql, programme=programme)]
    if indicator.id == "fibre":
        return [s for (s,) in rows(edition, "SELECT DISTINCT source_id FROM coverage WHERE connectable IS NOT NULL")]
    return [] if indicator.id == "population" else list(action_sources(edition, programme))
