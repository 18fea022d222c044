"""What must hold before tables become an edition: columns, keys, ranges, known codes, sizes."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from jalon.editions.tables import COUNT, EUROS, SHARE, TABLES, Column, Table
from jalon.errors import EditionError

REFERENCES = (
    ("axes", ("programme",), "programmes", ("programme",)),
    ("partners", ("programme",), "programmes", ("programme",)),
    ("groups", ("programme",), "programmes", ("programme",)),
    ("memberships", ("programme", "group_id"), "groups", ("programme", "group_id")),
    ("memberships", ("territory_kind", "territory_code"), "territories", ("kind", "code")),
    ("agreements", ("programme", "group_id"), "groups", ("programme", "group_id")),
    ("signatories", ("agreement_id",), "agreements", ("agreement_id",)),
    ("action_counts", ("agreement_id",), "agreements", ("agreement_id",)),
    ("actions", ("programme",), "programmes", ("programme",)),
    ("actions", ("agreement_id",), "agreements", ("agreement_id",)),
    ("action_themes", ("action_id",), "actions", ("action_id",)),
    ("action_themes", ("theme",), "themes", ("theme",)),
    ("funding_lines", ("action_id",), "actions", ("action_id",)),
    ("links", ("left_id",), "actions", ("action_id",)),
    ("links", ("right_id",), "actions", ("action_id",)),
    ("same_projects", ("action_id",), "actions", ("action_id",)),
    ("same_projects", ("project_id",), "actions", ("action_id",)),
    ("declared_facts", ("programme",), "programmes", ("programme",)),
    ("envelopes", ("programme",), "programmes", ("programme",)),
    ("envelopes", ("fact_id",), "declared_facts", ("fact_id",)),
    ("envelopes", ("part_of",), "envelopes", ("envelope",)),
    ("envelope_years", ("envelope",), "envelopes", ("envelope",)),
    ("commitments", ("envelope",), "envelopes", ("envelope",)),
    ("instrument_rules", ("instrument",), "instruments", ("instrument",)),
    ("calls", ("programme",), "programmes", ("programme",)),
    ("laureates", ("programme", "call"), "calls", ("programme", "call")),
    ("laureates", ("programme", "group_id"), "groups", ("programme", "group_id")),
    ("laureate_amounts", ("programme", "group_id"), "groups", ("programme", "group_id")),
    ("milestones", ("programme",), "programmes", ("programme",)),
)
"""Columns whose values must exist in another table; a null refers to nothing."""
SHARES = {
    ("links", "score"),
    ("links", "words"),
    ("links", "amount"),
    ("actions", "probability"),
    ("action_themes", "probability"),
    ("coverage", "rate"),
} | {("theme_scores", f"{rate}{end}") for rate in ("precision", "recall", "f1") for end in ("", "_low", "_high")}
SHRUNK = 0.8
"""A table that keeps less than this share of its rows since the previous edition is worth a warning."""
FIRST_DAY = date(2000, 1, 1)
"""No programme is older: an edition of a day before could only be empty."""


def check_day(as_of: date, today: date) -> None:
    """Raises EditionError for a day that has not come yet, or that comes before every programme."""
    if FIRST_DAY <= as_of <= today:
        return
    why = "elle n'est pas encore passée" if as_of > today else "aucun programme n'est aussi ancien"
    raise EditionError(
        f"as of {as_of}: out of {FIRST_DAY}..{today}",
        user_message=f"pas d'édition à la date du {as_of:%d/%m/%Y} : {why}.",
        mend=f"donnez une date du {FIRST_DAY:%d/%m/%Y} au {today:%d/%m/%Y}, avec --as-of AAAA-MM-JJ.",
    )


def conform(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Every table of `TABLES` with its exact columns and types, sorted by key. Raises EditionError for a misfit."""
    unknown = sorted(set(tables) - set(TABLES))
    missing = sorted(set(TABLES) - set(tables))
    if unknown or missing:
        raise _refused(f"tables inconnues : {unknown or 'aucune'} ; tables absentes : {missing or 'aucune'}")
    return {name: _sorted(TABLES[name], _cast(TABLES[name], tables[name])) for name in TABLES}


def check(tables: Mapping[str, pa.Table]) -> None:
    """Keys, ranges and references of conform tables. Raises EditionError with table, column and first bad values."""
    for name, table in tables.items():
        _check_keys(TABLES[name], table)
        for column in TABLES[name].columns:
            _check_range(name, column, table.column(column.name))
    for name, columns, target, keys in REFERENCES:
        _check_reference(tables, name, columns, target, keys)


def shrinkage(tables: Mapping[str, pa.Table], previous: Mapping[str, int]) -> tuple[str, ...]:
    """French warnings for tables that lost many rows; `previous` maps a table to its rows in the edition before."""
    return tuple(
        f"la table {name} passe de {previous[name]} à {table.num_rows} lignes"
        for name, table in tables.items()
        if table.num_rows < SHRUNK * previous.get(name, 0)
    )


def _cast(table: Table, given: pa.Table) -> pa.Table:
    if sorted(given.column_names) != sorted(table.schema.names):
        odd = sorted(set(given.column_names) ^ set(table.schema.names)) or "une colonne en double"
        raise _refused(f"table {table.name} : colonnes en trop ou absentes : {odd}")
    for column in table.columns:
        if not column.nullable and given.column(column.name).null_count:
            raise _refused(f"table {table.name} : la colonne {column.name} a des valeurs vides, ce qu'elle n'admet pas")
    try:
        return given.select(table.schema.names).replace_schema_metadata(None).cast(table.schema).combine_chunks()
    except (pa.ArrowException, ValueError) as error:
        raise _refused(f"table {table.name} : types des colonnes : {error}") from error


def _sorted(table: Table, rows: pa.Table) -> pa.Table:
    return rows.take(pc.sort_indices(rows, [(name, "ascending") for name in table.key])).combine_chunks()


def _check_keys(table: Table, rows: pa.Table) -> None:
    counted = rows.select(table.key).group_by(list(table.key)).aggregate([([], "count_all")])
    twice = counted.filter(pc.greater(counted["count_all"], 1)).select(table.key).slice(0, 3).to_pylist()
    if twice:
        raise _refused(f"table {table.name} : clé en double : {_shown(twice)}")


def _check_range(table: str, column: Column, values: pa.ChunkedArray) -> None:
    if (table, column.name) in SHARES:
        wrong = pc.invert(pc.and_(pc.greater_equal(values, 0.0), pc.less_equal(values, 1.0)))
    elif column.type == SHARE:
        wrong = pc.invert(pc.is_finite(values))
    elif column.type in (COUNT, EUROS):
        wrong = pc.less(values, pa.scalar(0))
    else:
        return
    bad = values.filter(pc.fill_null(wrong, False)).slice(0, 3).to_pylist()
    if bad:
        raise _refused(f"table {table} : valeurs impossibles de {column.name} : {', '.join(map(str, bad))}")


def _check_reference(tables: Mapping[str, pa.Table], name: str, columns: tuple, target: str, keys: tuple) -> None:
    used = tables[name].select(columns).drop_null().rename_columns(list(keys))
    lost = used.join(tables[target].select(keys), list(keys), join_type="left anti").slice(0, 3).to_pylist()
    if lost:
        raise _refused(f"table {name} : {' et '.join(columns)} absents de la table {target} : {_shown(lost)}")


def _shown(rows: list[dict[str, object]]) -> str:
    return " ; ".join(" ".join(v.isoformat() if isinstance(v, date) else str(v) for v in row.values()) for row in rows)


def _refused(what: str) -> EditionError:
    return EditionError(
        what,
        user_message=f"l'édition n'a pas été construite : {what}.",
        mend="corrigez ces lignes dans le registre ou dans leur source, puis relancez : rien de publié n'a changé.",
    )
