"""One module a producer: its file, with all its defects, to clean rows and a list of refusals."""

from jalon.sources.catalog import Source, SourceFile, catalog, chosen
from jalon.sources.consolidation import Consolidated, consolidate
from jalon.sources.locate import Located, locate, require
from jalon.sources.reading import demand_whole, read
from jalon.sources.rows import (
    CoverageRow,
    FileRead,
    GrantRow,
    Labels,
    ListingRow,
    OperatorRow,
    OutlineRow,
    Reading,
    Row,
    SeriesRow,
)

__all__ = [
    "Consolidated",
    "CoverageRow",
    "FileRead",
    "GrantRow",
    "Labels",
    "ListingRow",
    "Located",
    "OperatorRow",
    "OutlineRow",
    "Reading",
    "Row",
    "SeriesRow",
    "Source",
    "SourceFile",
    "catalog",
    "chosen",
    "consolidate",
    "demand_whole",
    "locate",
    "read",
    "require",
]
