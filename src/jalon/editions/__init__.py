"""Editions: freeze the register and the sources into an immutable folder; open it; verify it; compare two."""

from jalon.editions.build import Attachment, build
from jalon.editions.diff import RowChange, TableDiff, diff
from jalon.editions.edition import Edition
from jalon.editions.manifest import Manifest
from jalon.editions.shelf import current, current_id, listing, open_edition, publications, publish, verify
from jalon.editions.tables import TABLES
from jalon.editions.verify import Problem

__all__ = [
    "TABLES",
    "Attachment",
    "Edition",
    "Manifest",
    "Problem",
    "RowChange",
    "TableDiff",
    "build",
    "current",
    "current_id",
    "diff",
    "listing",
    "open_edition",
    "publications",
    "publish",
    "verify",
]
