"""Every figure of the ledger, on the tiny programme, as of several days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from tiny import AS_OF, DECLARED, tiny_tables

from jalon.editions import TABLES, Edition, build
from jalon.errors import FigureError, UnknownFigure
from jalon.figures import Definition, evaluate, evidence, get, ledger
from jalon.figures.columns import labelled
from jalon.figures.definition import used
from jalon.figures.ledger import read_ledger
from jalon.home import Home

LEDGER = ledger()
ALL = [pytest.param(definition, id=definition.id) for definition in LEDGER.values()]
COMPUTED = [pytest.param(d, id=d.id) for d in LEDGER.values() if d.kind == "computed"]
DAYS = [date(1999, 1, 1), date(2018, 3, 27), date(2018, 12, 31), date(2020, 2, 24), AS_OF]
HAND_COUNTED = {
    "acv-communes": 6,
    "acv-territoires": 5,
    "acv-conventions-signees": 3,
    "acv-communes-signees": 4,
    "acv-conventions-sans-date": 2,
    "acv-part-conventions-signees": 0.6,
    "acv-premiere-signature": date(2018, 9, 28),
    "acv-derniere-signature": date(2023, 5, 2),
    "acv-financeurs": 3,
    "acv-actions-en-cours": 24,
    "acv-actions-livrees": 27,
    "acv-actions-total": 51,
    "acv-actions-double-compte": 30,
    "acv-territoires-renseignes": 4,
    "acv-actions-registre": 23,
    "acv-projets": 23,
    "acv-projets-cout": Decimal("10898000.00"),
    "acv-epci-projets": 7,
    "acv-epci-projets-subventions": Decimal("2580000.00"),
    "acv-villes-ville-intelligente": 4,
    "acv-part-villes-ville-intelligente": 4 / 6,
    "acv-actions-ville-intelligente": 8,
    "acv-part-actions-ville-intelligente": 8 / 23,
    "acv-ville-intelligente-cout": Decimal("615000.00"),
    "acv-ville-intelligente-subventions": Decimal("269500.00"),
    "acv-theme-principal": "Sécurité numérique",
    "france-projets": 40,
    "france-part-ville-intelligente": 14 / 40,
    "ville-intelligente-qualite": 0.85,
    "tiga-laureats": 2,
    "tiga-laureats-declares": 24,
    "tiga-enveloppe-declaree": 450e6,
    "acv-innovation-fonds": 50e6,
    "acv-raccordables": 120 + 2400 + 500 + 300 + 15000 + 4000,
    "acv-raccordables-croissance": 22320 / 17000 - 1,
    "acv-part-raccordables": 22320 / 23050,
    "acv-taux-departements": (9_400 * 0.04 + 54_700 * 0.08 + 94_000 * 0.55) / 158_100,
    "thd-raccordables": 23050,
    "thd-lignes-trimestre": 23050 - 17620,
    "thd-taux-national": 0.28,
    "registre-fichiers": 5,
    "registre-lignes-ecartees": 2,
    "registre-defauts": 2,
}
COUNTING = [
    key for key, value in HAND_COUNTED.items()
    if isinstance(value, int) and LEDGER[key].kind == "computed" and LEDGER[key].unit not in ("locaux", "lignes")
    and not (key.startswith("acv-actions") and key not in ("acv-actions-registre", "acv-actions-ville-intelligente"))
]  # fmt: skip


def test_the_ledger_covers_the_mission() -> None:
    assert len(LEDGER) >= 60
    assert {definition.section for definition in LEDGER.values()} == {f"S{n}" for n in range(1, 9)}
    assert {definition.kind for definition in LEDGER.values()} == {"computed", "declared"}


@pytest.mark.parametrize(("figure", "value"), HAND_COUNTED.items())
def test_hand_counted_values(edition: Edition, figure: str, value: object) -> None:
    found = evaluate(LEDGER[figure], edition).value
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("definition", ALL)
def test_every_figure_has_a_value_or_a_reason(edition: Edition, definition: Definition, day: date) -> None:
    figure = evaluate(definition, edition, as_of=day)
    if figure.is_table:
        assert bool(figure.rows) != bool(figure.unknown_reason)
        assert all(len(row) == len(figure.columns) for row in figure.rows)
    else:
        assert (figure.value is None) == bool(figure.unknown_reason)
    assert figure.as_of == day
    assert figure.display
    assert figure.standing.reason


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("definition", ALL)
def test_every_evidence_runs_under_known_columns(edition: Edition, definition: Definition, day: date) -> None:
    proof = evidence(definition, edition, as_of=day, limit=3)
    whole = evidence(definition, edition, as_of=day)
    assert proof.total == whole.total == len(whole.rows)
    assert proof.rows == whole.rows[:3]
    assert evidence(definition, edition, as_of=day, limit=2, offset=1).rows == whole.rows[1:3]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("figure", COUNTING)
def test_evidence_has_as_many_rows_as_the_figure_counts(edition: Edition, figure: str, day: date) -> None:
    value = evaluate(LEDGER[figure], edition, as_of=day).value
    proof = evidence(LEDGER[figure], edition, as_of=day)
    if value is not None:
        assert proof.total == value


@pytest.mark.parametrize("definition", COMPUTED)
def test_tables_give_the_columns_they_declare(edition: Edition, definition: Definition) -> None:
    if definition.shape == "table":
        arguments = {"as_of": AS_OF, "programme": definition.programme, **dict.fromkeys(definition.parameters)}
        needed = {name: value for name, value in arguments.items() if name in used(definition.value)}
        cursor = edition.connect().execute(definition.value, needed)
        assert [column[0] for column in cursor.description] == [column.name for column in definition.columns]


@pytest.mark.parametrize("definition", COMPUTED)
@pytest.mark.parametrize("territory", ["region:84", "departement:974", "commune:43901", "epci:200099002", "pays:FR"])
def test_territories_narrow_a_figure(edition: Edition, definition: Definition, territory: str) -> None:
    if "territory" in definition.parameters:
        figure = evaluate(definition, edition, territory=territory)
        whole = evaluate(definition, edition)
        assert dict(figure.parameters)["territory"] == territory
        if definition.format == "integer" and isinstance(figure.value, int) and isinstance(whole.value, int):
            assert 0 <= figure.value <= whole.value
        if territory == "pays:FR":
            assert (figure.value, figure.rows) == (whole.value, whole.rows)


def test_regions_add_up_to_the_country(edition: Edition) -> None:
    for figure in ("acv-communes", "acv-projets", "acv-conventions-signees", "acv-raccordables", "acv-actions-total"):
        parts = [evaluate(LEDGER[figure], edition, territory=f"region:{code}").value or 0 for code in ("84", "04")]
        assert sum(parts) == evaluate(LEDGER[figure], edition).value


@pytest.mark.parametrize(("theme", "count"), [("securite_numerique", 3), ("mobilite_intelligente", 1)])
def test_a_theme_and_a_year_narrow_the_smart_city(edition: Edition, theme: str, count: int) -> None:
    definition = LEDGER["acv-actions-ville-intelligente"]
    assert evaluate(definition, edition, theme=theme).value == count
    years = [evaluate(definition, edition, theme=theme, year=year).value for year in (2018, 2019)]
    assert sum(years) == count
    assert evaluate(definition, edition, year=1999).unknown_reason == definition.unknown


@pytest.mark.parametrize(
    ("figure", "params"),
    [
        ("acv-communes", {"territory": "region:99"}),
        ("acv-communes", {"territory": "84"}),
        ("acv-communes", {"territory": "'; DROP TABLE actions --"}),
        ("acv-communes", {"territory": 84}),
        ("acv-communes", {"programme": "xyz"}),
        ("acv-communes", {"theme": "connectivite"}),
        ("acv-projets", {"year": "deux mille"}),
        ("acv-projets", {"year": 3_000_000_000}),
        ("acv-actions-ville-intelligente", {"theme": "blockchain"}),
    ],
)
def test_a_parameter_that_does_not_exist_is_refused_in_french(edition: Edition, figure: str, params: dict) -> None:
    with pytest.raises(FigureError) as error:
        evaluate(LEDGER[figure], edition, **params)
    assert figure in error.value.user_message
    assert error.value.mend


def test_before_the_counters_are_published_actions_are_unknown_not_zero(edition: Edition) -> None:
    figure = evaluate(LEDGER["acv-actions-en-cours"], edition, as_of=date(2024, 9, 8))
    assert (figure.value, figure.display) == (None, "—")
    assert "pas encore publiés" in (figure.unknown_reason or "")
    assert evaluate(LEDGER["acv-actions-en-cours"], edition, as_of=date(2024, 9, 9)).value == 24


def test_what_the_product_carries_is_never_taken_for_the_whole_country(tmp_path: Path) -> None:
    tables = tiny_tables()
    rows = [row | {"origin": "carried"} for row in tables["sources"].to_pylist()]
    tables["sources"] = pa.Table.from_pylist(rows, schema=TABLES["sources"].schema)
    carried = build(tables, home=Home(tmp_path), as_of=AS_OF)
    for figure in ("france-projets", "france-part-ville-intelligente"):
        assert "ne porte que ceux" in (evaluate(LEDGER[figure], carried).unknown_reason or "")
        assert evidence(LEDGER[figure], carried).total == 0
    assert evaluate(LEDGER["acv-projets"], carried).value == 23


def test_no_figure_looks_past_its_edition(edition: Edition) -> None:
    figure = evaluate(LEDGER["acv-communes"], edition, as_of=date(2030, 1, 1))
    assert figure.value is None
    assert "22\u00a0novembre 2026" in (figure.unknown_reason or "")


def test_a_programme_of_another_folder_uses_the_same_definitions(edition: Edition) -> None:
    assert evaluate(LEDGER["acv-communes"], edition, programme="tiga").value == 0
    assert evaluate(LEDGER["tiga-laureats"], edition, programme="acv").value == 5


def test_an_unknown_figure_suggests_near_ones() -> None:
    with pytest.raises(UnknownFigure) as error:
        get("acv-comunes")
    assert "acv-communes" in error.value.user_message


@pytest.mark.parametrize("definition", ALL)
def test_the_words_are_there_and_french(definition: Definition) -> None:
    assert 3 <= len(definition.counts.split()) <= 8, definition.counts
    for text in (definition.label, definition.definition, definition.counts, definition.excludes, definition.unknown):
        assert "'" not in text, "l’apostrophe est « ’ »"
    assert definition.definition.endswith(".")
    assert definition.excludes.endswith(".")


def test_evidence_columns_are_labelled(edition: Edition) -> None:
    shown = {c.name for d in LEDGER.values() for c in evidence(d, edition, limit=1).columns}
    assert shown == labelled()


def test_a_fact_of_the_ledger_that_the_tiny_programme_tells_is_shown(edition: Edition) -> None:
    told = {fact[0] for fact in DECLARED}
    for definition in LEDGER.values():
        shown = {fact.fact_id for fact in evaluate(definition, edition).declared}
        assert shown == {fact.id for fact in definition.facts} & told


@pytest.mark.shared
def test_every_fact_named_by_the_ledger_exists(shared: Path) -> None:
    rows = duckdb.sql(f"SELECT fact_id FROM read_csv('{shared}/facts/declared.csv', all_varchar = true)").fetchall()
    named = {fact.id for definition in LEDGER.values() for fact in definition.facts}
    assert named <= {key for (key,) in rows}


FIGURE = """
[[figure]]
id = "x-y"
kind = "computed"
section = "S1"
programme = "acv"
label = "L"
unit = "u"
format = "integer"
definition = "D."
counts = "c"
excludes = "E."
unknown = "U."
value = "SELECT 1"
evidence = "SELECT 1"
"""
FAULTS = {
    "unknown key": (FIGURE + "lable = 'x'\n", "lable"),
    "missing key": (FIGURE.replace('label = "L"\n', ""), "label"),
    "wrong type": (FIGURE.replace('"integer"', "3"), "format"),
    "bad id": (FIGURE.replace("x-y", "X Y"), "id"),
    "twice": (FIGURE * 2, "déjà pris"),
    "unknown fragment": (FIGURE.replace("SELECT 1", "WITH {nowhere} SELECT 1", 1), "nowhere"),
    "unknown parameter": (FIGURE.replace("SELECT 1", "SELECT $theme", 1), "theme"),
    "no evidence": (FIGURE.replace('evidence = "SELECT 1"\n', ""), "evidence"),
    "declared without fact": (FIGURE.replace("computed", "declared"), "facts"),
    "table without columns": (FIGURE + 'shape = "table"\n', "columns"),
    "against nothing": (FIGURE + 'against = "nothing"\n', "against"),
    "fact without note": (FIGURE + '[[figure.facts]]\nid = "C1"\ncompare = false\n', "note"),
    "not TOML": ("[[figure]\n", "illisible"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_names_file_figure_key_and_mend(tmp_path: Path, fault: str) -> None:
    text, named = FAULTS[fault]
    (tmp_path / "fragments.toml").write_text("[fragments]\n")
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(FigureError) as error:
        read_ledger(tmp_path)
    assert named in error.value.user_message
    assert "mine.toml" in error.value.user_message or fault == "against nothing"
    assert error.value.mend


def test_a_wrong_query_is_a_figure_error(edition: Edition) -> None:
    broken = LEDGER["acv-communes"].model_copy(update={"value": "SELECT nowhere FROM actions"})
    with pytest.raises(FigureError) as error:
        evaluate(broken, edition)
    assert "acv-communes" in error.value.user_message


def test_the_same_question_is_computed_once(edition: Edition) -> None:
    definition = LEDGER["acv-projets"]
    assert evaluate(definition, edition) is evaluate(definition, edition, as_of=AS_OF, programme="acv")
    assert replace(evaluate(definition, edition), value=0) != evaluate(definition, edition)
