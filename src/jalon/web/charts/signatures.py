"""Agreements signed over time, beside what is declared."""

from typing import Any

import altair as alt

from jalon.editions import Edition
from jalon.web.charts import french, style
from jalon.web.charts.data import rows, short_name, sources_note
from jalon.web.charts.errors import NothingToDraw
from jalon.web.charts.model import Column, Params, Picture, records

HEIGHT = {"large": 320, "etroite": 260}
COLUMNS = (Column("jour", "Jour", "day"), Column("signees", "Signatures", "count"), Column("cumul", "Total", "count"))


def draw(edition: Edition, params: Params) -> Picture:
    """Agreements signed since the launch, day by day, beside the number the programme declares."""
    sql = """
        SELECT signed_on, count(*), sum(count(*)) OVER (ORDER BY signed_on)::BIGINT
        FROM agreements WHERE programme = $programme AND signed_on <= $as_of GROUP BY signed_on ORDER BY signed_on
    """
    found = rows(edition, sql, programme=params.programme, as_of=edition.as_of)
    name = short_name(edition, params.programme)
    if not found:
        raise NothingToDraw(
            f"no signature for {params.programme}",
            user_message=f"l’édition ne connaît aucune signature de convention pour {name}.",
            mend="choisissez un autre programme.",
        )
    (total,), declared = rows(edition, _AGREEMENTS, programme=params.programme)[0], _declared(edition, params.programme)
    last, signed = found[-1][0], found[-1][2]
    aside = f" {french.number(declared[0])} sont déclarées signées ({declared[1]})." if declared else ""
    unsigned = total - signed
    return Picture(
        title=f"{french.count(signed, 'convention signée', 'conventions signées')} au {french.day(last)}",
        description=f"Nombre cumulé de conventions signées, du {french.day(found[0][0])} au {french.day(last)} : "
        f"{', '.join(_milestones(found))}.{aside}"
        + (f" {french.count(unsigned, 'convention')} sans date de signature connue." if unsigned else ""),
        columns=COLUMNS,
        rows=tuple(found),
        spec=_spec(found, declared, params),
        source_note=sources_note(edition, _agreement_sources(edition, params.programme)),
    )


_AGREEMENTS = "SELECT count(*) FROM agreements WHERE programme = $programme"


def _agreement_sources(edition: Edition, programme: str) -> list[str | None]:
    sql = "SELECT DISTINCT source_id FROM agreements WHERE programme = $programme"
    return [source for (source,) in rows(edition, sql, programme=programme)]


def _declared(edition: Edition, programme: str) -> tuple[int, str] | None:
    """The latest number of agreements stated exactly by a publication, and its publisher."""
    sql = """
        SELECT value::BIGINT, publisher FROM declared_facts
        WHERE programme = $programme AND unit = 'conventions' AND hedge = 'exact' ORDER BY as_of DESC, fact_id LIMIT 1
    """
    found = rows(edition, sql, programme=programme)
    return found[0] if found else None


def _milestones(found: list[tuple]) -> list[str]:
    """The total reached at the end of each year."""
    by_year = {signed_on.year: total for signed_on, _, total in found}
    return [f"{french.number(total)} fin {year}" for year, total in by_year.items()]


def _spec(found: list[tuple], declared: tuple[int, str] | None, params: Params) -> dict[str, Any]:
    narrow = params.largeur == "etroite"
    data = style.dated(records(COLUMNS, found), "jour")
    most = max(found[-1][2], declared[0] if declared else 0)
    y = alt.Y(
        "cumul:Q", axis=alt.Axis(title="Conventions signées", tickCount=5), scale=alt.Scale(domain=[0, most * 1.08])
    )
    line = (
        alt.Chart(data)
        .mark_line(interpolate="step-after", color=style.MAIN, strokeWidth=2, point={"color": style.MAIN, "size": 14})
        .encode(
            x=style.days("jour", narrow),
            y=y,
            tooltip=[
                alt.Tooltip("jour:T", title="Jour", format="%d/%m/%Y"),
                alt.Tooltip("cumul:Q", title="Conventions signées", format=",d"),
            ],
        )
    )
    layers = [line, *(_declared_layers(declared) if declared else [])]
    width, height = style.WIDTHS[params.largeur] - (80 if narrow else 70), HEIGHT[params.largeur]
    return style.finished(alt.layer(*layers), narrow=narrow, width=width, height=height)


def _declared_layers(declared: tuple[int, str]) -> list[alt.Chart]:
    number, publisher = declared
    base = alt.Chart(
        alt.InlineData(values=[{"declare": number, "texte": f"{french.number(number)} déclarées ({publisher})"}])
    )
    rule = base.mark_rule(strokeDash=[5, 4], color=style.SECOND, strokeWidth=1.5).encode(y=alt.Y("declare:Q"))
    text = base.mark_text(align="left", baseline="bottom", dy=-3, color=style.SECOND).encode(
        x=alt.value(4), y=alt.Y("declare:Q"), text=alt.Text("texte:N")
    )
    return [rule, text]
