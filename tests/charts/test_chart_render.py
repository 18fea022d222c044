"""Charts of the tiny edition: words, rows, specification and SVG say the same thing."""

import json
import re
from datetime import date
from decimal import Decimal

import altair as alt
import pytest
from lxml import etree
from tiny import TOWNS

from jalon.editions import Edition
from jalon.home import home
from jalon.web import charts
from jalon.web.charts import bars, engine, svg
from jalon.web.charts.data import towns
from jalon.web.words import words

SVG = "{http://www.w3.org/2000/svg}"
ALL = [("carte", {"indicateur": i}) for i in charts.INDICATORS] + [
    (name, {}) for name in charts.NAMES if name != "carte"
]
IDS = [f"{name}-{'-'.join(params.values())}" for name, params in ALL]


@pytest.mark.parametrize("width", ["large", "etroite"])
@pytest.mark.parametrize(("name", "params"), ALL, ids=IDS)
def test_the_page_svg_is_safe_small_and_named(edition: Edition, name: str, params: dict, width: str) -> None:
    chart = charts.render(name, edition, **params, largeur=width)
    root = etree.fromstring(chart.svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == ("group" if name in ("carte", "fibre-departements") else "img")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(i.startswith(f"{name}-{chart.key[:8]}-") for i in ids)
    named = {element.get("id"): element.text for element in root}
    assert named[root.get("aria-labelledby")] == chart.title
    assert named[root.get("aria-describedby")] == chart.description
    for element in root.iter():
        assert etree.QName(element).localname not in ("script", "style", "foreignObject", "image", "use")
        assert not any(key == "style" or key.startswith("on") for key in element.attrib)
        assert "font-family" not in element.attrib
    for reference in re.findall(r"url\(#([^)]+)\)", chart.svg):
        assert reference in ids
    assert len(chart.svg) < 120_000
    assert float(root.get("width", "")) <= (720 if width == "large" else 345)


@pytest.mark.parametrize(("name", "params"), ALL, ids=IDS)
def test_rows_and_words(edition: Edition, name: str, params: dict) -> None:
    chart = charts.render(name, edition, **params)
    assert chart.rows
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert chart.title
    assert chart.description.endswith(".")
    assert edition.id in chart.source_note
    assert "'" not in chart.title + chart.description
    assert len(chart.shown_rows()) == len(chart.rows)


@pytest.mark.parametrize("width", ["large", "etroite"])
@pytest.mark.parametrize(("name", "params"), ALL, ids=IDS)
def test_the_specification_follows_the_schema_of_vega_lite(
    edition: Edition, name: str, params: dict, width: str
) -> None:
    chart = charts.render(name, edition, **params, largeur=width)
    datasets = {key: values[:2] for key, values in chart.spec["datasets"].items() if key != "terre"}
    alt.Chart.from_dict(json.loads(json.dumps(chart.spec | {"datasets": datasets})), validate=True)


def points(chart: charts.Chart) -> list[dict]:
    return chart.spec["datasets"]["territoires"]


@pytest.mark.parametrize("indicator", sorted(charts.INDICATORS))
def test_the_map_has_every_town_overseas_included(edition: Edition, indicator: str) -> None:
    chart = charts.render("carte", edition, indicateur=indicator)
    assert {row[1] for row in chart.rows} == {town[0] for town in TOWNS}
    assert sorted(p["code"] for p in points(chart)) == sorted(row[1] for row in chart.rows)
    links = etree.fromstring(chart.svg).findall(f".//{SVG}a")
    assert sorted(a.get("href") for a in links) == sorted(f"/territoires/{town[0]}/" for town in TOWNS)
    assert all(a.get("aria-label") for a in links)
    assert "d’outre-mer" in chart.description


def test_overseas_towns_lie_in_the_frame_of_their_departement(edition: Edition) -> None:
    from jalon.web.charts.projection import layout

    frame = layout(600).frame("974")
    there = [p for p in points(charts.render("carte", edition)) if p["code"].startswith("974")]
    assert len(there) == 2
    assert all(
        frame.x <= p["x"] <= frame.x + frame.width and frame.y <= p["y"] <= frame.y + frame.height for p in there
    )


def test_every_overseas_frame_is_drawn_and_named(edition: Edition) -> None:
    made = charts.render("carte", edition).svg
    for name in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        assert f">{name}</text>" in made
    frames = re.findall(r'd="M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)h-[\d.]+Z"', made)
    assert len([f for f in frames if f[0] == f[1]]) == 5


def test_missing_is_hollow_in_the_legend_and_not_zero(edition: Edition) -> None:
    chart = charts.render("carte", edition, indicateur="signature")
    missing = charts.INDICATORS["signature"].missing
    unsigned = [p["code"] for p in points(chart) if p["classe"] == missing]
    assert sorted(unsigned) == ["97490", "97491"]
    assert [row[4] for row in chart.rows if row[1] == "97490"] == [None]
    assert chart.shown_rows()[-1][4] == "non connu"
    fill = chart.spec["layer"][-1]["encoding"]["fill"]["scale"]
    assert dict(zip(fill["domain"], fill["range"], strict=True))[missing] == "#ffffff"
    assert f">{missing}</text>" in chart.svg


def test_zero_is_a_value(edition: Edition) -> None:
    rows = {row[1]: row[4] for row in charts.render("carte", edition, indicateur="actions").rows}
    assert rows["15901"] == 0
    assert rows["43901"] == 4
    grants = {row[1]: row[4] for row in charts.render("carte", edition, indicateur="subventions").rows}
    assert grants["15901"] == Decimal(0)
    assert grants["43901"] == Decimal(140_000)


def test_bars_draw_their_rows(edition: Edition) -> None:
    chart = charts.render("appetit-themes", edition)
    drawn = (
        chart.spec["datasets"][chart.spec["data"]["name"]] if "data" in chart.spec else chart.spec["layer"][0]["data"]
    )
    values = drawn["values"] if isinstance(drawn, dict) else drawn
    assert [(v["theme"], v["actions"]) for v in values] == [(row[0], row[1]) for row in chart.rows]
    assert [row[1] for row in chart.rows] == sorted((row[1] for row in chart.rows), reverse=True)
    assert sum(row[1] for row in chart.rows) == 9
    assert ("Sécurité numérique", 3, 3) in chart.rows


def test_regions_give_shares_and_counts(edition: Edition) -> None:
    rows = {row[0]: row[1:] for row in charts.render("appetit-regions", edition).rows}
    assert rows == {"Auvergne-Rhône-Alpes": (0.75, 3, 4), "La Réunion": (0.5, 1, 2)}


def test_two_out_of_two_is_no_lead() -> None:
    from jalon.web.charts.bars import _lead

    found = [("Corse", 1.0, 2, 2), ("Bretagne", 0.4, 4, 10), ("Normandie", 0.5, 6, 12)]
    action = "au moins une action de ville intelligente connue"
    said = [
        (found, f"Normandie en tête : 6 des 12 villes ont {action}"),
        (found[:1], f"les 2 villes ont {action}"),
        ([("Normandie", 0.5, 1, 2)], f"1 des 2 villes a {action}"),
        ([("Normandie", 0.0, 0, 12)], "aucune des 12 villes n’a d’action de ville intelligente connue"),
        ([("Normandie", 1.0, 1, 1)], f"la seule ville a {action}"),
    ]
    for rows, sentence in said:
        assert _lead(rows, words("acv")).replace("\xa0", " ") == sentence


@pytest.mark.parametrize(
    ("signed", "programme", "sentence"),
    [
        (4, "acv", "4 des 6 villes d’Action Cœur de Ville sont couvertes par une convention signée"),
        (1, "acv", "1 des 6 villes d’Action Cœur de Ville est couverte par une convention signée"),
        (6, "tiga", "les 6 territoires d’Action Cœur de Ville sont couverts par une convention signée"),
        (0, "tiga", "aucun des 6 territoires d’Action Cœur de Ville n’est couvert par une convention signée"),
    ],
)
def test_the_map_counts_what_the_programme_names(signed: int, programme: str, sentence: str) -> None:
    from jalon.web.charts.carte import _title

    values = [date(2019, 1, 1)] * signed + [None] * (6 - signed)
    said = _title(charts.INDICATORS["signature"], values, words(programme), "Action Cœur de Ville")
    assert said.replace("\xa0", " ") == sentence


def test_signatures_end_at_the_number_signed_beside_the_declared_one(edition: Edition) -> None:
    chart = charts.render("signatures", edition)
    assert chart.rows[-1][2] == 3
    assert [row[2] for row in chart.rows] == sorted(row[2] for row in chart.rows)
    assert "222 sont déclarées" in chart.description
    assert "222 déclarées" in chart.svg
    assert "2 conventions sans date" in chart.description.replace("\xa0", " ")


def test_fibre_of_a_town_without_rate_names_its_substitute(edition: Edition) -> None:
    chart = charts.render("fibre", edition, territoire="43901")
    assert chart.title.startswith("Haute-Loire : 8")
    assert "n’est pas publié" in chart.description
    assert {row[0] for row in chart.rows} == {"Haute-Loire", "France", "Valmont-les-Eaux"}
    assert [row[2] for row in chart.rows if row[0] == "Valmont-les-Eaux"] == [None, None, None]


def test_the_table_of_a_chart_is_its_csv_and_its_spec(edition: Edition) -> None:
    chart = charts.render("fibre", edition, territoire="departement-974")
    assert chart.csv_url == "/graphiques/fibre.csv?territoire=departement-974"
    assert {row[0] for row in chart.rows} == {"La Réunion", "France"}


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("inconnu", {}),
        ("carte", {"programme": "../../etc"}),
        ("carte", {"indicateur": "x"}),
        ("carte", {"territoire": "FR"}),
        ("carte", {"largeur": "4000"}),
        ("fibre", {"territoire": "99999"}),
        ("fibre", {"territoire": "' OR 1=1 --"}),
        ("fibre", {"territoire": "region-99"}),
    ],
)
def test_what_does_not_exist_is_refused(edition: Edition, name: str, params: dict) -> None:
    with pytest.raises(charts.UnknownChart) as refused:
        charts.render(name, edition, **params)
    assert refused.value.user_message
    assert refused.value.mend


def test_a_programme_without_rows_says_so(edition: Edition) -> None:
    for name in (
        "carte",
        "signatures",
        "appetit-themes",
        "appetit-regions",
        "classes-population",
        "subventions-annees",
    ):
        with pytest.raises(charts.NothingToDraw, match="thd"):
            charts.render(name, edition, programme="thd")


def test_a_programme_whose_territories_have_no_position_has_no_map(edition: Edition) -> None:
    assert len(towns(edition, "tiga")) == 1
    for indicator in charts.INDICATORS:
        with pytest.raises(charts.NothingToDraw, match="position"):
            charts.render("carte", edition, programme="tiga", indicateur=indicator)


def test_a_territory_without_region_is_told_apart_from_the_regions(edition: Edition) -> None:
    groups = [("Bretagne", 0.5, 1, 2), (None, 0.0, 0, 3)]
    drawn = bars._shares(edition, charts.Params(), groups, "Région")
    assert [row[0] for row in drawn.rows] == ["Bretagne"]
    assert "3\u00a0villes à part, région non connue" in drawn.description
    with pytest.raises(charts.NothingToDraw):
        bars._shares(edition, charts.Params(), groups[1:], "Région")


def test_a_picture_is_drawn_once(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    first = charts.render("signatures", edition).svg
    monkeypatch.setattr(engine, "_svg", lambda spec: pytest.fail("drawn again"))
    again = charts.Chart("signatures", charts.Params(), edition.id, charts.render("signatures", edition).picture)
    assert again.svg == first


def test_a_cache_that_cannot_be_written_is_only_slow(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(engine, "_write", full)
    assert charts.render("fibre", edition, territoire="departement-15").svg.startswith("<svg")


def test_warm_draws_what_the_home_pages_show(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    from jalon.web.charts import bundle

    monkeypatch.setattr(bundle, "script", lambda: b"")
    gone = home().cache / "2001-01-01-000000"
    gone.mkdir(parents=True)
    of_acv = 2 * (len(charts.INDICATORS) + len(charts.NAMES) - 1)
    assert charts.warm(edition, "acv") == of_acv
    assert charts.warm(edition) > of_acv
    assert not gone.exists()
    assert (home().cache / edition.id).is_dir()


def test_a_link_outside_the_site_is_not_kept() -> None:
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<a xlink:href="https://evil.example/"><path d="M0,0"/></a><a xlink:href="//evil.example/"><path d="M0,0"/></a>'
        '<a xlink:href="javascript:alert(1)"><path d="M0,0"/></a></svg>'
    )
    assert "evil" not in svg.inline(drawn, "k", "t", "d", linked=True)
    assert "javascript" not in svg.inline(drawn, "k", "t", "d", linked=True)


def test_titles_with_markup_are_text() -> None:
    made = svg.inline('<svg xmlns="http://www.w3.org/2000/svg"/>', "k", "<script>x</script>", "a & b", linked=False)
    assert "<script>" not in made


@pytest.mark.parametrize(
    ("d", "short"),
    [
        ("M10,10L12,9L12,8Z", "M10,10l2-1v-1z"),
        ("M0,0L2,0L4,0L4,2L4,4L2,6L0,8Z", "M0,0h2 2v2 2l-2 2-2 2z"),
        ("M1,1L2,2ZM5,5L6,6L6,5Z", "M1,1l1 1zM5,5l1 1v-1z"),
    ],
)
def test_relative_paths(d: str, short: str) -> None:
    assert svg.relative(d) == short
