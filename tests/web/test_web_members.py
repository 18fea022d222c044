"""What is told of a territory's fibre comes from one row: the same source, the same quarter."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tiny import AS_OF, TOWNS, tiny_tables

from jalon.editions import Edition, build
from jalon.editions.tables import TABLES
from jalon.home import Home
from jalon.web.queries.members import Member, members

SUMMER, AUTUMN, LATER = date(2018, 6, 30), date(2018, 9, 30), date(2018, 12, 31)
CODE = TOWNS[0][0]


def _with_coverage(home: Path, rows: list[tuple]) -> Edition:
    names = TABLES["coverage"].schema.names
    given = [dict(zip(names, ("commune", CODE, *row[:-1], None, None, None, row[-1]), strict=True)) for row in rows]
    tables = tiny_tables() | {"coverage": pa.Table.from_pylist(given, schema=TABLES["coverage"].schema)}
    return build(tables, home=Home(home), as_of=AS_OF)


def _told(one: Member) -> tuple[date | None, float | None, int | None]:
    return one.quarter, one.rate, one.connectable


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([(SUMMER, 100, None, None, None, "a"), (AUTUMN, None, None, 0.5, None, "b")], (AUTUMN, 0.5, None)),
        ([(SUMMER, None, None, 0.5, None, "a"), (AUTUMN, 200, None, None, None, "b")], (AUTUMN, None, 200)),
        ([(AUTUMN, 200, None, 0.6, None, "b"), (AUTUMN, None, None, 0.7, None, "a")], (AUTUMN, 0.6, 200)),
        ([(SUMMER, 100, None, 0.4, None, "a"), (LATER, None, None, None, 80, "a")], (SUMMER, 0.4, 100)),
        ([(date(2099, 3, 31), 900, None, 1.0, None, "a")], (None, None, None)),
        ([], (None, None, None)),
    ],
)
def test_rate_and_number_are_of_the_quarter_shown(tmp_path: Path, rows: list[tuple], wanted: tuple) -> None:
    edition = _with_coverage(tmp_path, rows)
    assert [_told(one) for one in members(edition, "acv") if one.code == CODE] == [wanted]
