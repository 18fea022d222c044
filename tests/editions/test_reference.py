"""The reference page says what the tables are."""

from pathlib import Path

from jalon.editions import TABLES
from jalon.editions.reference import PAGE, reference

CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_page_is_the_declaration() -> None:
    assert (CHECKOUT / PAGE).read_text(encoding="utf-8") == reference()


def test_every_column_says_something() -> None:
    for table in TABLES.values():
        assert table.says
        assert set(table.key) <= set(table.schema.names)
        assert all(column.says for column in table.columns)
