"""The figures that programmes put on their home pages are in the ledger."""

from jalon.figures import ledger
from jalon.programmes import programmes


def test_every_key_figure_of_a_programme_is_in_the_ledger() -> None:
    known = set(ledger())
    assert {p.id: [f for f in p.home_figures if f not in known] for p in programmes().values()} == {
        p.id: [] for p in programmes().values()
    }
