"""The vocabulary covers the ledger, and is read strictly."""

from pathlib import Path

import pytest

from jalon.claims.vocabulary import FILE, read, vocabulary
from jalon.errors import ConfigurationError
from jalon.figures import ledger
from jalon.themes import taxonomy


def test_every_figure_can_be_claimed_or_says_why_not() -> None:
    claimed = {entry.figure for entry in vocabulary().entry}
    listed = set(vocabulary().not_claimable)
    assert claimed | listed == set(ledger())
    assert not claimed & listed


def test_every_theme_has_terms() -> None:
    assert set(vocabulary().theme) == {theme.id for theme in taxonomy().themes}


@pytest.mark.parametrize("entry", vocabulary().entry, ids=lambda entry: entry.figure)
def test_an_entry_says_enough(entry) -> None:
    assert entry.nouns or entry.require or entry.near
    assert bool(entry.moment) == (entry.period == "stated")
    assert ledger()[entry.figure].shape == "scalar" or entry.column


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('period = "stock"', 'periode = "stock"', "period"),
        ('kind = "count"', 'kind = "counts"', "kind"),
        ('words = ["benefici*"', 'words = ["bénéfici*"', "bénéfici*"),
        ("@town", "@tonw", "tonw"),
    ],
)
def test_a_typo_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    path = tmp_path / "vocabulary.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=named.replace("*", r"\*")):
        read(path)
