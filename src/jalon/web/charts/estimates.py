"""Charts of estimates: their intervals drawn, the bare count and the communes of the same size beside."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from jalon.editions import Edition
from jalon.web.charts import french, style
from jalon.web.charts.data import rows, sources_note
from jalon.web.charts.errors import NothingToDraw
from jalon.web.charts.model import Column, Kind, Params, Picture, records
from jalon.web.queries import names
from jalon.web.queries.estimates import SMART, Estimated, Group, estimated, groups, years

LABELS, WIDTH, CELL = 210, 720, 34
ROW = 26
RATIOS = (0.5, 0.8, 1.25, 2.0)
"""Floors of the shades of the matrix: a cell over the value of the country."""
SHADES = (
    "moins de la moitié",
    "de la moitié à 0,8",
    "comme l’ensemble (0,8 à 1,25)",
    "1,25 à 2 fois",
    "le double ou plus",
)


def label_of(edition: Edition, theme: str) -> str:
    """A theme as a noun of a sentence."""
    return "ville intelligente" if theme == SMART else f"« {names.themes(edition)[theme].label} »"


def regions(edition: Edition, params: Params) -> Picture:
    """Share of the communes of each région with at least one project of the theme, with its interval."""
    found = [
        (names.place(edition, "region", group.code), one)
        for group in groups(edition)
        if group.kind == "region" and not group.programme
        and (one := estimated(edition, "towns_share", params.theme, group)) and one.known
    ]  # fmt: skip
    found.sort(key=lambda pair: -(pair[1].value or 0))
    whole = estimated(edition, "towns_share", params.theme)
    if whole and whole.known:
        found.insert(0, ("Toutes les communes", whole))
    what = label_of(edition, params.theme)
    surely = [name for name, one in found[1:] if whole and one.low is not None and one.low > (whole.value or 0)]
    title = f"Aucune région ne se détache sûrement de l’ensemble pour {what}"
    if surely:
        title = f"{', '.join(surely[:3])} : plus de communes actives que dans l’ensemble, intervalle compris"
    return _picture(edition, params, title, f"Part des communes ayant un projet de {what}", found, "rate")


def by_year(edition: Edition, params: Params) -> Picture:
    """Projects of the theme for 10,000 inhabitants, year by year, with their intervals."""
    found = [
        (str(year), one) for year in years(edition)
        if (one := estimated(edition, "actions_per_10000", params.theme, Group(), year)) and one.known
    ]  # fmt: skip
    return _picture(edition, params, _trend(found), "Projets pour 10 000 habitants", found, "decimal")


def _trend(found: Sequence[tuple[str, Estimated]]) -> str:
    """What the first and last years allow to say."""
    if len(found) < 2:
        return "Une seule année publiée : pas encore de tendance"
    (first, one), (last, other) = found[0], found[-1]
    if (other.low or 0) > (one.high or 0):
        return f"Plus de projets en {last} qu’en {first}, au-delà des intervalles"
    if (other.high or 0) < (one.low or 0):
        return f"Moins de projets en {last} qu’en {first}, au-delà des intervalles"
    return f"De {first} à {last}, pas d’écart que les intervalles permettent d’affirmer"


def _picture(
    edition: Edition, params: Params, title: str, axis: str, found: Sequence[tuple[str, Estimated]], kind: Kind
) -> Picture:
    if not found:
        raise _nothing()
    columns = (
        Column("groupe", "Groupe"),
        Column("valeur", "Estimation", kind),
        Column("basse", "Borne basse", kind),
        Column("haute", "Borne haute", kind),
        Column("brut", "Compte brut", kind),
        Column("meme_taille", "Communes de même taille", kind),
    )
    values = tuple((name, *_rounded(one)) for name, one in found)
    told = "; ".join(f"{row[0]}, {_said(columns, row)}" for row in values)
    return Picture(
        title=title,
        description=f"{axis}, estimation et intervalle à 95 % : {told}.",
        columns=columns,
        rows=values,
        spec=_forest(records(columns, values), axis, kind, params),
        source_note=sources_note(edition, _sources(edition)),
    )


def _rounded(one: Estimated) -> tuple[float | None, ...]:
    """Three figures that tell: the interval carries no more."""
    told = (one.value, one.low, one.high, one.naive, one.same_size)
    return tuple(None if value is None else float(f"{value:.3g}") for value in told)


def _said(columns: Sequence[Column], row: Sequence[Any]) -> str:
    value, low, high = (column.show(number) for column, number in zip(columns[1:4], row[1:4], strict=True))
    return f"{value} (entre {low} et {high})"


def _forest(data: list[dict[str, Any]], axis: str, kind: Kind, params: Params) -> dict[str, Any]:
    """A line from bound to bound, a disc at the estimate, a ring at the bare count, a tick for the same size."""
    narrow = params.largeur == "etroite"
    shape = ".2~p" if kind == "rate" else ".2~r"
    y = alt.Y(
        "groupe:N", sort=[one["groupe"] for one in data],
        axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=120 if narrow else LABELS, grid=True),
    )  # fmt: skip
    base = alt.Chart(alt.InlineData(values=data)).encode(y=y)
    x = alt.X("basse:Q", axis=alt.Axis(title=axis, format=shape, tickCount=4 if narrow else 7))
    tips = [alt.Tooltip("groupe:N", title="Groupe")] + [
        alt.Tooltip(f"{name}:Q", title=title, format=shape)
        for name, title in (("valeur", "Estimation"), ("basse", "Borne basse"), ("haute", "Borne haute"))
    ]
    layers = [
        base.mark_rule(color=style.MAIN, strokeWidth=2).encode(x=x, x2="haute:Q", tooltip=tips),
        base.mark_tick(color=style.SECOND, thickness=3, size=14).encode(x="meme_taille:Q"),
        base.mark_point(color=style.INK, filled=False, size=50, opacity=1).encode(x="brut:Q"),
        base.mark_point(color=style.MAIN, filled=True, size=60, opacity=1).encode(x="valeur:Q", tooltip=tips),
    ]
    width = style.WIDTHS["etroite"] - 196 if narrow else WIDTH - LABELS - 20
    return style.finished(alt.layer(*layers), narrow=narrow, width=width, height={"step": ROW})


def matrix(edition: Edition, params: Params) -> Picture:
    """Themes by régions: in each cell the estimate and its interval on a common scale, over the shade of its class."""
    themes = list(names.themes(edition).values())
    places = sorted(
        (names.place(edition, "region", group.code), group)
        for group in groups(edition) if group.kind == "region" and not group.programme
    )  # fmt: skip
    found = [
        (place, theme.label, one, estimated(edition, "actions_per_10000", theme.theme))
        for place, group in places
        for theme in themes
        if (one := estimated(edition, "actions_per_10000", theme.theme, group)) and one.known
    ]
    if not found:
        raise _nothing()
    columns = (
        Column("region", "Région"),
        Column("theme", "Thème"),
        Column("valeur", "Pour 10 000 habitants", "decimal"),
        Column("basse", "Borne basse", "decimal"),
        Column("haute", "Borne haute", "decimal"),
        Column("brut", "Compte brut", "decimal"),
        Column("rapport", "Rapport à l’ensemble", "decimal"),
        Column("ecart", "Contre l’ensemble"),
    )
    values = tuple(
        (place, label, *_rounded(one)[:4], _ratio(one, all_), _against(one, all_)) for place, label, one, all_ in found
    )
    surely = sum(row[-1] != "non distingué" for row in values)
    return Picture(
        title=f"{french.count(surely, 'case', 'cases')} sur {french.number(len(values))} se distinguent de l’ensemble "
        "du pays, intervalle compris",
        description="Projets subventionnés pour 10 000 habitants, par thème et par région, avec leur intervalle à "
        "95 % ; le tableau donne chaque case.",
        columns=columns,
        rows=values,
        spec=_matrix_spec(columns, values, [theme.label for theme in themes], [place for place, _ in places], params),
        source_note=sources_note(edition, _sources(edition)),
    )


def _against(one: Estimated, whole: Estimated | None) -> str:
    if whole is None or whole.value is None or one.low is None or one.high is None:
        return "non distingué"
    return "au-dessus" if one.low > whole.value else "en dessous" if one.high < whole.value else "non distingué"


def _ratio(one: Estimated, whole: Estimated | None) -> float:
    return float(f"{(one.value or 0) / whole.value:.3g}") if whole and whole.value else 0.0


def _matrix_spec(
    columns: Sequence[Column], values: Sequence[tuple], themes: list[str], places: list[str], params: Params
) -> dict[str, Any]:
    """Each theme has its scale: a cell is as wide as its greatest estimate, where an upper bound beyond is cut.

    The shade is the ratio to the whole country, so that rare themes are read like common ones.
    """
    narrow = params.largeur == "etroite"
    cell = 15 if narrow else CELL
    most = {theme: max(row[2] for row in values if row[1] == theme) or 1 for theme in {row[1] for row in values}}
    data = records(columns, values)
    for record in data:
        column = themes.index(record["theme"])
        bounds = (min(record[name] / most[record["theme"]], 1) for name in ("basse", "haute", "valeur"))
        low, high, point = (column + 0.08 + 0.84 * bound for bound in bounds)
        shade = sum(record["rapport"] >= cut for cut in RATIOS)
        mark = {"au-dessus": "▲", "en dessous": "▼"}.get(record["ecart"], "")
        record |= {
            "a": column, "b": column + 1, "bas": low, "haut": high, "point": point, "nuance": SHADES[shade],
            "milieu": column + 0.5, "trait": "#ffffff" if shade > 2 else style.INK, "signe": mark,
        }  # fmt: skip
    heads = alt.InlineData(
        values=[{"milieu": i + 0.5, "nom": str(i + 1) if narrow else label} for i, label in enumerate(themes)]
    )
    scale = alt.Scale(domain=[0, len(themes)], nice=False)
    x = alt.X("a:Q", scale=scale, axis=None)
    y = alt.Y(
        "region:N", sort=places, scale=alt.Scale(paddingInner=0.08),
        axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=130 if narrow else LABELS),
    )  # fmt: skip
    tips = [alt.Tooltip("region:N", title="Région"), alt.Tooltip("theme:N", title="Thème")] + [
        alt.Tooltip(f"{name}:Q", title=title, format=".2~r")
        for name, title in (("valeur", "Estimation"), ("basse", "Borne basse"), ("haute", "Borne haute"))
    ]
    base = alt.Chart(alt.InlineData(values=data))
    colour = alt.Color(
        "nuance:N",
        scale=alt.Scale(domain=list(SHADES), range=list(style.SCALES[5])),
        legend=alt.Legend(title="Contre l’ensemble du pays", orient="bottom", columns=1 if narrow else 3),
    )
    layers = [
        base.mark_rect(stroke="#ffffff", strokeWidth=1).encode(x=x, x2="b:Q", y=y, color=colour, tooltip=tips),
        base.mark_rule(strokeWidth=1.5).encode(
            x=alt.X("bas:Q", scale=scale, axis=None), x2="haut:Q", y=y, color=alt.Color("trait:N", scale=None)
        ),
        base.mark_point(filled=True, size=14 if narrow else 26, opacity=1).encode(
            x=alt.X("point:Q", scale=scale, axis=None), y=y, color=alt.Color("trait:N", scale=None)
        ),
        base.mark_text(dy=-8, fontSize=8).encode(
            x=alt.X("milieu:Q", scale=scale, axis=None), y=y, text="signe:N", color=alt.Color("trait:N", scale=None)
        ),
        alt.Chart(heads)
        .mark_text(angle=0 if narrow else 315, align="center" if narrow else "left", baseline="bottom", dy=-4)
        .encode(x=alt.X("milieu:Q", scale=scale, axis=None), y=alt.value(0), text="nom:N"),
    ]
    return style.finished(
        alt.layer(*layers), narrow=narrow, width=cell * len(themes), height={"step": 24 if narrow else ROW}
    )


def _sources(edition: Edition) -> list[str]:
    return [
        source for (source,) in rows(edition, "SELECT DISTINCT source_id FROM actions WHERE kind = 'grant' ORDER BY 1")
    ]


def _nothing() -> NothingToDraw:
    return NothingToDraw(
        "no estimate",
        user_message="cette édition ne contient pas d’estimation pour l’ensemble des communes.",
        mend="importez les fichiers complets des projets subventionnés, puis construisez une édition.",
    )
