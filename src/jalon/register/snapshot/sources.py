"""The files read, their defects, and the tables that go from sources to editions as they are."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from jalon.editions.tables import TABLES
from jalon.home import home
from jalon.register.importing import clean
from jalon.register.models import Refusal, SourceFile
from jalon.register.snapshot.arrow import Columns, transposed

FILE = (
    "source_id", "file", "title", "producer", "licence", "url", "vintage", "published_on", "sha256", "bytes",
    "rows_read", "rows_refused", "origin",
)  # fmt: skip
DEFECT = ("source_id", "file", "row", "field", "value", "code", "reason", "effect")


def columns(known_until: date) -> Mapping[str, Columns]:
    names = [name for listed in SourceFile.objects.values_list("clean_tables", flat=True) for name in listed.split()]
    published = dict(SourceFile.objects.values_list("source_id", "published_on").order_by())
    return {
        "sources": transposed(SourceFile.objects.values_list(*FILE).order_by(), len(FILE)),
        "refusals": transposed(Refusal.objects.values_list(*DEFECT).order_by(), len(DEFECT)),
        "coverage": _together("coverage", names, "quarter", known_until, published),
        "series": _together("series", names, "day", known_until, published),
    }


def _together(
    table: str, names: list[str], day: str, known_until: date, published: Mapping[str, date | None]
) -> pa.Table:
    schema = TABLES[table].schema
    read = [clean.read(home().clean, name) for name in names if clean.kind_of(name) == table]
    if "known_on" in schema.names:
        read = [_dated(part, published) for part in read]
    rows = pa.concat_tables([schema.empty_table(), *(part.select(schema.names).cast(schema) for part in read)])
    return rows.filter(pc.less_equal(rows[day], pa.scalar(known_until, pa.date32())))


def _dated(part: pa.Table, published: Mapping[str, date | None]) -> pa.Table:
    """A clean table with the day its source was published: a quarter restated later stands beside its first value."""
    source = part["source_id"][0].as_py()
    return part.append_column("known_on", pa.repeat(pa.scalar(published.get(source), pa.date32()), len(part)))
