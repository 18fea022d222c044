"""Charts made of horizontal bars: themes, regions, classes of population, years."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from jalon.editions import Edition
from jalon.geography import POPULATION_CLASSES
from jalon.programmes import Words
from jalon.web.charts import french, style
from jalon.web.charts.data import action_sources, rows, short_name, sources_note, town_tables
from jalon.web.charts.errors import NothingToDraw
from jalon.web.charts.model import Column, Params, Picture, Value, records
from jalon.web.words import capital, part, verb, words

WIDTH, LABELS = 560, 210
"""Pixels of a wide chart, readable in half a page; of them, those kept for the names at the left of the bars."""

FEW = 10
"""Territories under which a share is not put forward: two out of two is no lead."""

COUNTED = """
    counted AS (
        SELECT w.*, coalesce(s.smart, 0) > 0 AS has
        FROM towns w LEFT JOIN (
            SELECT town, count(*) FILTER (smart_city) AS smart FROM town_actions GROUP BY town
        ) s ON s.town = w.code
    )
"""


def themes(edition: Edition, params: Params) -> Picture:
    """Smart-city actions of the programme's towns by theme; a theme nobody chose stays, at zero."""
    sql = f"""
        WITH {town_tables(edition)}
        SELECT h.label, count(DISTINCT a.action_id), count(DISTINCT a.town)
        FROM themes h LEFT JOIN action_themes l ON l.theme = h.theme
        LEFT JOIN town_actions a ON a.action_id = l.action_id AND a.smart_city
        GROUP BY h.theme, h.label, h.rank ORDER BY 2 DESC, h.rank
    """  # noqa: S608
    found = _some(edition, params, rows(edition, sql, programme=params.programme), "action classée", column=1)
    named = words(params.programme)
    columns = (
        Column("theme", "Thème"),
        Column("actions", "Actions", "count"),
        Column("villes", capital(named.beneficiaries), "count"),
    )
    top = found[0]
    places = french.count(top[2], named.beneficiary, named.beneficiaries)
    return _picture(
        edition,
        params,
        title=f"{top[0]} en tête : {french.count(top[1], 'action')} dans {places}",
        description="Actions de ville intelligente connues, par thème (une action peut en avoir plusieurs) : "
        + _listed((name, french.count(actions, "action")) for name, actions, _ in found),
        columns=columns,
        found=found,
        texts=[french.number(actions) for _, actions, _ in found],
        axis="Actions de ville intelligente",
    )


def regions(edition: Edition, params: Params) -> Picture:
    """Share of a région's towns with at least one smart-city action, with the counts that make it."""
    sql = f"""
        WITH {town_tables(edition)}, {COUNTED}
        SELECT r.name, count(*) FILTER (has) / count(*), count(*) FILTER (has), count(*)
        FROM counted c LEFT JOIN territories r ON r.kind = 'region' AND r.code = c.region_code
        GROUP BY c.region_code, r.name ORDER BY 2 DESC, 4 DESC, 1
    """  # noqa: S608
    return _shares(edition, params, rows(edition, sql, programme=params.programme), "Région")


def population_classes(edition: Edition, params: Params) -> Picture:
    """Share of towns with at least one smart-city action by class of population, smallest towns first."""
    sql = f"""
        WITH {town_tables(edition)}, {COUNTED}
        SELECT population_class, count(*) FILTER (has) / count(*), count(*) FILTER (has), count(*)
        FROM counted GROUP BY 1
    """  # noqa: S608
    labels = {c.id: c.label for c in POPULATION_CLASSES}
    order = {c.id: rank for rank, c in enumerate(POPULATION_CLASSES)}
    raw = sorted(rows(edition, sql, programme=params.programme), key=lambda row: order.get(row[0], len(order)))
    found = [(labels.get(row[0], row[0]), *row[1:]) for row in raw]
    return _shares(edition, params, found, "Population")


def grants_by_year(edition: Edition, params: Params) -> Picture:
    """Grants of the State to smart-city actions of the programme's towns, by year."""
    sql = f"""
        WITH {town_tables(edition)}
        SELECT year, sum(grant_eur), count(*), count(DISTINCT town), sum(cost_eur)
        FROM town_actions WHERE smart_city AND year IS NOT NULL AND grant_eur IS NOT NULL GROUP BY year ORDER BY year
    """  # noqa: S608
    raw = _some(edition, params, rows(edition, sql, programme=params.programme), "subvention", column=2)
    found = [(str(year), *rest) for year, *rest in raw]
    columns = (
        Column("annee", "Année"),
        Column("subventions", "Subventions", "euros"),
        Column("actions", "Actions", "count"),
        Column("villes", capital(words(params.programme).beneficiaries), "count"),
        Column("cout", "Coût hors taxes", "euros"),
    )
    total = sum(row[1] for row in found)
    span = found[0][0] if len(found) == 1 else f"de {found[0][0]} à {found[-1][0]}"
    return _picture(
        edition,
        params,
        title=f"{french.euros(total)} de subventions de l’État pour la ville intelligente, {span}",
        description="Subventions connues, par année : "
        + _listed((year, f"{french.euros(grant)} pour {french.count(n, 'action')}") for year, grant, n, *_ in found),
        columns=columns,
        found=found,
        texts=[f"{french.euros(grant)}, {french.count(n, 'action')}" for _, grant, n, *_ in found],
        axis="Subventions de l’État",
    )


def _shares(edition: Edition, params: Params, groups: list[tuple], by: str) -> Picture:
    """Bars of the named groups; the territories of the group None are told in the description."""
    of_named = [row for row in groups if row[0] is not None]
    found = _some(edition, params, of_named, "territoire", column=3)
    apart = sum(row[3] for row in groups if row[0] is None)
    named = words(params.programme)
    those = french.count(apart, named.beneficiary, named.beneficiaries)
    unplaced = f" {those} à part, {by.lower()} non connue." if apart else ""
    columns = (
        Column("groupe", by),
        Column("part", "Part", "share"),
        Column("avec", f"{capital(named.beneficiaries)} avec une action", "count"),
        Column("total", capital(named.beneficiaries), "count"),
    )
    few = any(total < FEW for *_, total in found)
    return _picture(
        edition,
        params,
        title=capital(_lead(found, named)),
        description=f"Part des {named.beneficiaries} avec au moins une action de ville intelligente connue, "
        f"par {by.lower()} : "
        + _listed((name, f"{french.percent(share)}, soit {having} sur {total}") for name, share, having, total in found)
        + unplaced,
        columns=columns,
        found=found,
        texts=[f"{french.percent(share)} ({having} sur {total})" for _, share, having, total in found],
        axis=f"Part des {named.beneficiaries}{' (en clair : moins de dix)' if few else ''}",
        pale=[total < FEW for *_, total in found],
    )


def _lead(found: Sequence[tuple], named: Words) -> str:
    """The group of ten territories or more with the greatest share; all together when none is that large."""
    large = [row for row in found if row[3] >= FEW]
    name, _, having, total = max(large, key=lambda row: (row[1], row[3]), default=("", 0, 0, 0))
    if not having:
        name, having, total = "", sum(row[2] for row in found), sum(row[3] for row in found)
    before = f"{name} en tête : " if name else ""
    what = "au moins une action" if having else "d’action"
    return f"{before}{part(having, total, named)} {verb(having, 'a', 'ont')} {what} de ville intelligente connue"


def _listed(pairs: Any) -> str:
    return " ; ".join(f"{french.apostrophes(str(name))}, {said}" for name, said in pairs) + "."


def _some(edition: Edition, params: Params, found: list[tuple], what: str, *, column: int) -> list[tuple]:
    """The rows when at least one counts something; raises NothingToDraw otherwise."""
    if any(row[column] for row in found):
        return found
    raise NothingToDraw(
        f"no {what} for {params.programme}",
        user_message=f"l’édition ne connaît aucune {what} pour {short_name(edition, params.programme)}."
        if what != "territoire"
        else f"l’édition ne connaît aucun territoire bénéficiaire de {short_name(edition, params.programme)}.",
        mend="choisissez un autre programme.",
    )


def _picture(
    edition: Edition,
    params: Params,
    *,
    title: str,
    description: str,
    columns: tuple[Column, ...],
    found: Sequence[tuple[Value, ...]],
    texts: Sequence[str],
    axis: str,
    pale: Sequence[bool] = (),
) -> Picture:
    data = records(columns, found)
    for i, (record, text) in enumerate(zip(data, texts, strict=True)):
        record |= {"libelle": record[columns[0].name], "texte": text, "clair": bool(pale) and pale[i]}
    return Picture(
        title=title,
        description=description,
        columns=columns,
        rows=tuple(tuple(row) for row in found),
        spec=_spec(data, columns[1], axis, params, texts),
        source_note=sources_note(edition, action_sources(edition, params.programme)),
    )


def _spec(data: list[dict[str, Any]], value: Column, axis: str, params: Params, texts: Sequence[str]) -> dict[str, Any]:
    """Bars with their value at the end and their name at the left, or above on a narrow page; the longest text fits."""
    narrow = params.largeur == "etroite"
    width = style.WIDTHS["etroite"] if narrow else WIDTH - LABELS
    room = min(max(map(len, texts)) * (6.6 if narrow else 7.2) + 8, width * 0.72)
    most = max((record[value.name] or 0 for record in data), default=0) or 1
    names = alt.Axis(
        title=None, domain=False, ticks=False, labelLimit=LABELS, minExtent=LABELS - 8, maxExtent=LABELS - 8
    )
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("libelle:N", sort=[record["libelle"] for record in data], axis=None if narrow else names),
        x=alt.X(
            f"{value.name}:Q",
            axis=alt.Axis(title=axis, labels=False, ticks=False, grid=False, domain=False, titleAnchor="start"),
            scale=alt.Scale(domain=[0, most], range=[0, width - room]),
        ),
        tooltip=[alt.Tooltip("libelle:N", title="Groupe"), alt.Tooltip("texte:N", title=axis)],
    )
    low = 9 if narrow else 0
    layers = [
        base.mark_bar(yOffset=low, size=16 if narrow else 25).encode(
            color=alt.condition("datum.clair", alt.value(style.PALE), alt.value(style.MAIN))
        ),
        base.mark_text(align="left", dx=5, dy=low).encode(text=alt.Text("texte:N")),
    ]
    if narrow:
        layers.append(
            base.mark_text(align="left", dy=-9, limit=width).encode(x=alt.value(0), text=alt.Text("libelle:N"))
        )
    step = {"step": 44 if narrow else 30}
    return style.finished(alt.layer(*layers), narrow=narrow, width=width, height=step)
