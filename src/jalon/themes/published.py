"""The published texts the labels speak of, through the sources of Jalon."""

from collections.abc import Iterable

from jalon.sources import GrantRow, catalog, read, require
from jalon.themes.labels import Text

SOURCES = ("dgcl-di-2018", "dgcl-di-2019")


def texts() -> dict[str, Text]:
    """Every subsidised project's text by action id; raises `SourceError` when a source is not on this machine."""
    return {text.action_id: text for source_id in SOURCES for text in _texts(source_id)}


def _texts(source_id: str) -> Iterable[Text]:
    source = catalog()[source_id]
    for row in read(source, require(source).folder).rows:
        if isinstance(row, GrantRow):
            territory = row.territory_code or row.beneficiary or row.action_id
            yield Text(row.action_id, row.title, row.category, f"{row.territory_kind}:{territory}")
