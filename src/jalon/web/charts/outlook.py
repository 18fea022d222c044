"""Fibre seen from a quarter: what was known, what was expected with its interval, what came, and the target."""

from datetime import date
from typing import Any

import altair as alt

from jalon.editions import Edition
from jalon.network.outlook import Place, Prospect
from jalon.web.charts import french, style
from jalon.web.charts.data import rows, sources_note
from jalon.web.charts.errors import NothingToDraw
from jalon.web.charts.model import Column, Params, Picture, records
from jalon.web.queries import fibre

HEIGHT = {"large": 340, "etroite": 280}
KNOWN, EXPECTED, CAME, GOAL = "publié", "attendu", "venu ensuite", "objectif"
COLUMNS = (
    Column("jour", "Trimestre", "day"),
    Column("taux", "Part des locaux raccordables", "share"),
    Column("bas", "Au moins (80 %)", "share"),
    Column("haut", "Au plus (80 %)", "share"),
    Column("nature", "Nature"),
)
Line = tuple[date, float, float | None, float | None, str]


def draw(edition: Edition, params: Params) -> Picture:
    """Rates published until the quarter asked, the projection from there, and the rates that came. Raises NothingToDraw
    for a place without a rate by that quarter."""
    place = _place(params)
    origin = fibre.quarter_of(edition, params.trimestre)
    prospect = fibre.prospects(edition, origin).get(place) if origin else None
    whole = fibre.rates(edition)
    if origin is None or prospect is None or whole is None:
        raise NothingToDraw(
            f"no rate for {place} by {params.trimestre!r}",
            user_message="aucun taux de locaux raccordables n’est connu pour ce territoire à ce trimestre.",
            mend="choisissez un autre trimestre ou un autre territoire.",
        )
    lines = _lines(whole.came(place), prospect, origin)
    name = _name(edition, place)
    return Picture(
        title=_title(name, prospect, origin),
        description=_description(name, prospect, origin, lines),
        columns=COLUMNS,
        rows=tuple(lines),
        spec=_spec(lines, params),
        source_note=sources_note(edition, sorted({one.source_id for one in whole.values})),
    )


def _place(params: Params) -> Place:
    kind, _, code = params.territoire.partition("-")
    return (kind, code) if code else fibre.COUNTRY


def _name(edition: Edition, place: Place) -> str:
    found = rows(
        edition, "SELECT name FROM territories WHERE kind = $kind AND code = $code", kind=place[0], code=place[1]
    )
    return str(found[0][0]) if found else "France"


def _lines(came: dict[date, float], prospect: Prospect, origin: date) -> list[Line]:
    until = prospect.ahead[-1].quarter
    known: list[Line] = [(day, rate, None, None, KNOWN) for day, rate in sorted(came.items()) if day <= origin]
    said: list[Line] = [(one.quarter, one.value, one.low, one.high, EXPECTED) for one in prospect.ahead]
    later: list[Line] = [(day, rate, None, None, CAME) for day, rate in sorted(came.items()) if origin < day <= until]
    return [*known, *said, *later]


def _title(name: str, prospect: Prospect, origin: date) -> str:
    last = prospect.ahead[-1]
    return (
        f"{name} : {french.percent(prospect.rate)} des locaux au {french.quarter(origin)}, "
        f"de {french.percent(last.low)} à {french.percent(last.high)} attendus au {french.quarter(last.quarter)}"
    )


def _description(name: str, prospect: Prospect, origin: date, lines: list[Line]) -> str:
    said = [
        f"{french.quarter(one.quarter)} : {french.percent(one.value)}, "
        f"entre {french.percent(one.low)} et {french.percent(one.high)}"
        for one in prospect.ahead[3::4]
    ]
    text = f"{name}, vu du {french.quarter(origin)}, intervalle à 80 % : {' ; '.join(said)}."
    later = [line for line in lines if line[4] == CAME]
    if later:
        text += f" Ce qui est venu ensuite : {french.percent(later[-1][1])} au {french.quarter(later[-1][0])}."
    return text


def _spec(lines: list[Line], params: Params) -> dict[str, Any]:
    narrow = params.largeur == "etroite"
    width, height = style.WIDTHS[params.largeur] - (88 if narrow else 78), HEIGHT[params.largeur]
    goal = fibre.goal()
    target: Line = (goal.due, goal.share, None, None, GOAL)
    data = style.dated(records(COLUMNS, [*lines, target]), "jour")
    x = style.days("jour", narrow)
    y = alt.Y(
        "taux:Q",
        axis=alt.Axis(title="Part des locaux raccordables", format=".0%", tickCount=5),
        scale=alt.Scale(domain=[0, 1]),
    )
    natures = [KNOWN, EXPECTED, CAME]
    colour = alt.Color(
        "nature:N",
        scale=alt.Scale(domain=natures, range=[style.MAIN, style.PALE, style.SECOND]),
        legend=alt.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3),
    )
    dash = alt.StrokeDash("nature:N", scale=alt.Scale(domain=natures, range=[[1, 0], [6, 4], [2, 2]]), legend=None)
    fan = alt.Chart().transform_filter("datum.bas != null").mark_area(color=style.PALE, opacity=0.28)
    told = alt.Chart().transform_filter(f"datum.nature != '{GOAL}'")
    aim = alt.Chart().transform_filter(f"datum.nature == '{GOAL}'")
    words = alt.value(f"objectif de {french.percent(goal.share)}")
    layers = (
        fan.encode(x=x, y=alt.Y("bas:Q", scale=alt.Scale(domain=[0, 1])), y2="haut:Q"),
        told.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash),
        told.mark_point(filled=True, size=28, opacity=1).encode(x=x, y=y, color=colour, tooltip=_tooltips()),
        aim.mark_point(shape="cross", size=160, filled=True, color=style.INK, opacity=1).encode(x=x, y=y),
        aim.mark_text(align="right", dx=-12, dy=-8).encode(x=x, y=y, text=words),
    )
    return style.finished(alt.layer(*layers, data=data), narrow=narrow, width=width, height=height)


def _tooltips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("jour:T", title="Jour", format="%d/%m/%Y"),
        alt.Tooltip("taux:Q", title="Part des locaux raccordables", format=".1%"),
        alt.Tooltip("bas:Q", title="Au moins", format=".1%"),
        alt.Tooltip("haut:Q", title="Au plus", format=".1%"),
        alt.Tooltip("nature:N", title="Nature"),
    ]
