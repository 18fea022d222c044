"""The rules of the ledger as the database itself keeps them, whoever writes: triggers, the same on both engines.

- An entry is written once: nothing changes or deletes it.
- Each entry moves the amounts of its envelope, its delegation and its commitment, in the same statement; their CHECK
  constraints then refuse what overdraws.
- Amounts follow entries alone: a row whose amounts change must name, in `last_entry`, a new entry of its own.

Django rebuilds a table of SQLite to change it, which drops its triggers: they are taken off before migrations, put back
after them, and missing ones are put back when the register is prepared (`install`).
"""

from collections.abc import Iterator

from django.db import connection

WRITTEN_ONCE = ("register_entry", "register_capitaloperation")
AMOUNTS = {
    "register_envelope": (
        "announced_cents", "delegated_cents", "direct_cents", "committed_cents", "paid_cents", "last_entry",
    ),
    "register_delegation": ("received_cents", "delegated_cents", "direct_cents", "paid_cents", "last_entry"),
    "register_commitment": ("asked_cents", "committed_cents", "paid_cents", "state", "last_entry"),
}  # fmt: skip
OWN = {
    "register_envelope": "envelope_id",
    "register_delegation": "delegation_id",
    "register_commitment": "commitment_id",
}
PLUS = "{column} = {column} + CASE WHEN {when} THEN NEW.cents ELSE 0 END"
MEASURED = "NEW.measure = '{}'"
CANNOT = "le journal ne se corrige pas : annulez l’écriture par une autre"
NOT_BY_HAND = "un montant ne change que par une écriture du journal"


def install() -> bool:
    """Put the triggers that are missing; tell whether there were any. A register of before them has no such table."""
    if WRITTEN_ONCE[0] not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        missing = [name for name, *_ in triggers() if name not in _there(cursor)]
        if missing:
            for statement in _statements():
                cursor.execute(statement)
    return bool(missing)


def remove() -> None:
    """Take the triggers off, so that migrations may rebuild tables."""
    with connection.cursor() as cursor:
        for name in _there(cursor):
            table = next(table for trigger, table, *_ in triggers() if trigger == name)
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def triggers() -> Iterator[tuple[str, str, str, str]]:
    """(name, table, moment, body) of each trigger; the body is SQL that both engines understand."""
    yield "ledger_counts", "register_entry", "AFTER INSERT", "; ".join((*_counting(),))
    for table in WRITTEN_ONCE:
        for act in ("UPDATE", "DELETE"):
            yield f"ledger_keeps_{table[9:]}_{act.lower()}", table, f"BEFORE {act}", f"RAISE {CANNOT}"
    for table in AMOUNTS:
        yield f"ledger_guards_{table[9:]}", table, "BEFORE UPDATE", f"RAISE {NOT_BY_HAND}"
        yield f"ledger_starts_{table[9:]}", table, "BEFORE INSERT", f"RAISE {NOT_BY_HAND}"


def _counting() -> Iterator[str]:
    """What an entry does to the three rows it belongs to; the parent of a delegation passes on what it receives."""
    yield _moved(
        "register_envelope",
        "key = NEW.envelope_id",
        announced_cents=MEASURED.format("announced"),
        delegated_cents=f"{MEASURED.format('delegated')} AND {_above('IS NULL')}",
        direct_cents=f"{MEASURED.format('committed')} AND NEW.delegation_id IS NULL",
        committed_cents=MEASURED.format("committed"),
        paid_cents=MEASURED.format("paid"),
    )
    yield _moved(
        "register_delegation",
        "key = NEW.delegation_id",
        received_cents=MEASURED.format("delegated"),
        direct_cents=MEASURED.format("committed"),
        paid_cents=MEASURED.format("paid"),
    )
    yield _moved(
        "register_delegation",
        "NEW.measure = 'delegated' AND key = (SELECT parent_id FROM register_delegation WHERE key = NEW.delegation_id)",
        delegated_cents="TRUE",
    )
    yield _moved(
        "register_commitment",
        "key = NEW.commitment_id",
        state="CASE WHEN NEW.state <> '' THEN NEW.state ELSE state END",
        asked_cents=MEASURED.format("asked"),
        committed_cents=MEASURED.format("committed"),
        paid_cents=MEASURED.format("paid"),
    )


def _above(is_null: str) -> str:
    return f"(SELECT parent_id FROM register_delegation WHERE key = NEW.delegation_id) {is_null}"  # noqa: S608


def _moved(table: str, where: str, state: str = "", **columns: str) -> str:
    sets = [PLUS.format(column=column, when=when) for column, when in columns.items()]
    sets += [f"state = {state}"] if state else []
    return f"UPDATE {table} SET {', '.join(sets)}, last_entry = NEW.id WHERE {where}"  # noqa: S608


def _condition(name: str, table: str) -> str:
    """When a trigger that refuses does refuse."""
    if name.startswith("ledger_keeps"):
        return ""
    columns = AMOUNTS[table]
    if name.startswith("ledger_starts"):
        return " OR ".join(f"NEW.{column} <> {_zero(column)}" for column in columns)
    changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)
    return f"({changed}) AND NOT ({_backed(table)})"


def _zero(column: str) -> str:
    return "''" if column == "state" else "0"


def _backed(table: str) -> str:
    """The change is that of a new entry of this row, counted once."""
    own = f"e.{OWN[table]} = NEW.key"
    if table == "register_delegation":
        below = "SELECT d.key FROM register_delegation d WHERE d.parent_id = NEW.key"
        own = f"({own} OR e.delegation_id IN ({below}))"
    amounts = [column for column in AMOUNTS[table] if column not in ("state", "last_entry")]
    steps = " AND ".join(f"(NEW.{c} = OLD.{c} OR NEW.{c} - OLD.{c} = e.cents)" for c in amounts)
    return (
        f"NEW.last_entry > OLD.last_entry AND EXISTS (SELECT 1 FROM register_entry e WHERE e.id = NEW.last_entry "  # noqa: S608
        f"AND {own} AND {steps})"
    )


def _statements() -> Iterator[str]:
    for name, table, moment, body in triggers():
        if connection.vendor == "postgresql":
            yield from _postgresql(name, table, moment, body)
        else:
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield _sqlite(name, table, moment, body)


def _sqlite(name: str, table: str, moment: str, body: str) -> str:
    if not body.startswith("RAISE"):
        return f"CREATE TRIGGER {name} {moment} ON {table} BEGIN {body}; END"
    condition = _condition(name, table)
    when = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} {moment} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{body[6:]}'); END"


def _postgresql(name: str, table: str, moment: str, body: str) -> Iterator[str]:
    if body.startswith("RAISE"):
        condition = _condition(name, table) or "TRUE"
        result = "OLD" if moment.endswith("DELETE") else "NEW"
        refuse = f"RAISE EXCEPTION '{body[6:]}' USING ERRCODE = 'check_violation'"
        body = f"IF {condition} THEN {refuse}; END IF; RETURN {result}"
    else:
        body = f"{body}; RETURN NULL"
    yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$"
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _there(cursor: object) -> set[str]:
    """Our triggers that the database holds."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger\\_%' ESCAPE '\\'",
        "postgresql": "SELECT DISTINCT tgname FROM pg_trigger WHERE tgname LIKE 'ledger\\_%'",
    }[connection.vendor]
    cursor.execute(sql)  # type: ignore[attr-defined]
    known = {name for name, *_ in triggers()}
    return {name for (name,) in cursor.fetchall()} & known  # type: ignore[attr-defined]
