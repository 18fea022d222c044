"""Files of series: spellings, treatments, refusals, and the command that replays them."""

import json

import pytest
from typer.testing import CliRunner

from jalon.cli.network import app
from jalon.errors import JalonError
from jalon.network.quarters import NotAQuarter, french, last_day, parse, written
from jalon.network.reading import group_of, read_series

SPELLINGS = ("2019-Q4", "2019T4", "T4 2019", "2019-12-31", "2019-12-01", "31/12/2019", "4e trimestre 2019", "2019-12")
SPELLINGS += ("2019Q4", "Q4 2019", "2019-T4", " 2019-q4 ")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_quarters(spelling):
    assert written(parse(spelling)) == "2019-Q4"


@pytest.mark.parametrize("nonsense", ["", "2019", "2019-Q5", "T0 2019", "2019-13", "hier", "2019-02-30", "20191231"])
def test_what_is_not_a_quarter(nonsense):
    with pytest.raises(NotAQuarter):
        parse(nonsense)


def test_quarters_follow_each_other():
    number = parse("2019-Q4")
    assert (written(number + 1), french(number + 2)) == ("2020-Q1", "T2 2020")
    assert last_day(number).isoformat() == "2019-12-31"


def read(tmp_path, text):
    path = tmp_path / "s.csv"
    path.write_text(text, encoding="utf-8")
    return read_series(path)


ROWS = [
    ("A,2019-Q1,12.5", 12.5, None),
    ('A,2019-Q1,"12,5 %"', 12.5, None),
    ("A,2019-Q1,104", 100.0, "over-100"),
    ("A,2019-Q1,0", 0.0, None),
    ("A,2019-Q1,", None, "no-rate"),
    ("A,2019-Q1,nd", None, "no-rate"),
    ("A,2019-Q1,-3", None, "bad-rate"),
    ("A,2019-Q1,140", None, "bad-rate"),
    ("A,2019-Q1,beaucoup", None, "bad-rate"),
    ("A,2019-Q9,12", None, "bad-quarter"),
    ("A,0001-01-01,12", None, "bad-quarter"),
    (",2019-Q1,12", None, "no-territory"),
    ("A,2019-Q1", None, "ragged-row"),
    ("A,2018-Q4,7", None, "duplicate"),
    ("A,31/12/2018,8", None, "contradiction"),
]


@pytest.mark.parametrize(("row", "rate", "code"), ROWS, ids=[row for row, _, _ in ROWS])
def test_each_defect_has_its_treatment(tmp_path, row, rate, code):
    found = read(tmp_path, f"territory,quarter,rate\nA,2018-Q4,7\n{row}\n")
    kept = dict(enumerate(found.panel.rates[0]))
    assert kept[0] == 7
    assert kept.get(1) == rate
    assert [refusal.code for refusal in found.refusals] == ([code] if code else [])
    assert found.read == 2
    assert found.refused == (rate is None)


def test_french_headers_groups_and_overseas(tmp_path):
    found = read(
        tmp_path, "Territoire;Trimestre;Taux;Zone\n97105;T1 2019;10;RIP\n2A004;T1 2019;20;AMII\n971;T1 2019;5;\n"
    )
    assert found.panel.territories == ("2A004", "971", "97105")
    assert len(set(found.panel.groups.tolist())) == 3


@pytest.mark.parametrize(
    ("code", "group"), [("01004", "01"), ("2A004", "2A"), ("97105", "971"), ("98818", "988"), ("971", ""), ("Ain", "")]
)
def test_a_commune_belongs_to_its_departement(code, group):
    assert group_of(code) == group


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "territory,quarter,rate\n", "territory,quarter,rate\nA,x,y\n"])
def test_unreadable_files_say_why(tmp_path, text):
    with pytest.raises(JalonError) as caught:
        read(tmp_path, text)
    assert "s.csv" in caught.value.user_message


def series(tmp_path):
    lines = ["territory,quarter,rate"]
    for place, start in (("01", 5.0), ("02", 20.0), ("03", 40.0)):
        lines += [f"{place},{2017 + q // 4}-Q{q % 4 + 1},{min(start + 2.5 * q, 100)}" for q in range(16)]
    path = tmp_path / "series.csv"
    path.write_text("\n".join([*lines, "04,2030-Q1,50", "05,hier,3"]) + "\n")
    return path


def test_backtest_prints_predictions_and_counts(tmp_path):
    found = CliRunner().invoke(
        app, ["backtest", "--series", str(series(tmp_path)), "--cutoff", "2019T4", "--horizon", "4"]
    )
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0] == "territory,quarter,value,low80,high80"
    assert [line.split(",")[:2] for line in lines[1:5]] == [["01", f"2020-Q{q}"] for q in (1, 2, 3, 4)]
    assert len(lines) == 13
    assert "50 lignes lues, 1 écartées" in found.stderr
    assert "hier" in found.stderr


def test_backtest_in_json(tmp_path):
    found = CliRunner().invoke(app, ["backtest", "--series", str(series(tmp_path)), "--cutoff", "2019-Q4", "--json"])
    said = json.loads(found.stdout)
    assert (said["cutoff"], said["horizon"], said["territories"]) == ("2019-Q4", 8, 3)
    assert said["territories_without_history"] == 1
    assert (said["rows_read"], said["rows_refused"]) == (50, 1)
    assert said["score"]["compared"] == 12
    first = said["predictions"][0]
    assert set(first) == {"territory", "quarter", "value", "low80", "high80"}
    assert 32.5 <= first["low80"] <= first["value"] <= first["high80"] <= 100


@pytest.mark.parametrize(
    "options", [["--cutoff", "2010-Q1"], ["--cutoff", "demain"], ["--cutoff", "2019-Q4", "--horizon", "0"]]
)
def test_backtest_refuses_in_french(tmp_path, options):
    found = CliRunner().invoke(app, ["backtest", "--series", str(series(tmp_path)), *options])
    assert found.exit_code != 0
