"""What the register holds of agreements and the published edition does not yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.editions import Edition
from jalon.register.models import Action, ActionKind, Standing

COLUMNS = ("title", "axis", "cost_cents", "owner", "partners", "description", "schedule", "starts_on", "ends_on")
SQL = """SELECT action_id, title, axis, cost_eur, owner, partners, description, schedule, starts_on, ends_on
FROM actions WHERE kind = 'agreement'"""


@dataclass(frozen=True, slots=True)
class Pending:
    """Actions that wait for the next edition."""

    new: int
    changed: int
    gone: int

    @property
    def total(self) -> int:
        return self.new + self.changed + self.gone


def pending(edition: Edition) -> Pending:
    """Compare the actions of agreements, one by one."""
    published = {row[0]: _told(row[1:]) for row in edition.connect().execute(SQL).fetchall()}
    rows = Action.objects.filter(
        kind=ActionKind.AGREEMENT,
        standing=Standing.CURRENT,
        known_on__lte=date.today(),  # noqa: DTZ011
    )
    held = {row[0]: _told(row[1:]) for row in rows.values_list("action_id", *COLUMNS)}
    new = held.keys() - published.keys()
    changed = [own for own in held.keys() & published.keys() if held[own] != published[own]]
    return Pending(len(new), len(changed), len(published.keys() - held.keys()))


def _told(values: tuple) -> tuple:
    """Amounts as cents, unknown texts as empty: an edition keeps euros and nulls."""
    return tuple(int(value * 100) if isinstance(value, Decimal) else "" if value is None else value for value in values)
