"""Fields of an action as a person corrects them on the page: from the text of a form to the columns of the register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import transaction

from jalon.errors import RegisterError
from jalon.register import points
from jalon.register.decisions import correct
from jalon.register.models import Action, FundingLine, Point, Verdict

Kind = Literal["text", "number", "date", "area"]
LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an action: its form name, its French label, how it is written and read."""

    name: str
    label: str
    kind: Kind
    read: Callable[[str], Any]

    def text(self, action: Action) -> str:
        """The value as the form shows it."""
        value = getattr(action, self.name)
        if value is None:
            return ""
        return written(value) if self.name == "cost_cents" else str(value)


def written(amount: int) -> str:
    """Cents as a form shows euros: 123450 to « 1234,5 »."""
    return f"{(Decimal(amount) / 100).normalize():f}".replace(".", ",")


def cents(text: str) -> int | None:
    """« 1 234,50 » to 123450; nothing to None. Raises RegisterError."""
    kept = "".join(sign for sign in text if sign not in " \u00a0\u202f€").replace(",", ".")
    if not kept:
        return None
    try:
        amount = Decimal(kept)
    except InvalidOperation:
        amount = Decimal(-1)
    if not (amount.is_finite() and 0 <= amount < LARGEST):
        raise _refused(f"« {text} » n’est pas un montant.", "écrivez des euros, comme 125 000 ou 125000,50.")
    return int((amount * 100).to_integral_value())


def _axis(text: str) -> int | None:
    if not text.strip():
        return None
    if not (text.isascii() and text.strip().isdigit() and 1 <= int(text) <= 99):
        raise _refused(f"« {text} » n’est pas un numéro d’axe.", "écrivez un nombre entier, comme 2.")
    return int(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _refused(f"« {text} » n’est pas une date.", "écrivez-la comme 2020-02-24.") from error


def _title(text: str) -> str:
    if not text.strip():
        raise _refused("une action a un intitulé.", "écrivez celui que donne le document.")
    return text.strip()


def _refused(told: str, mend: str) -> RegisterError:
    return RegisterError(told, user_message=told, mend=mend)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "title": (Column("title", "Intitulé", "area", _title),),
    "axis": (Column("axis", "Numéro de l’axe", "number", _axis),),
    "owner": (Column("owner", "Maître d’ouvrage", "text", str.strip),),
    "partners": (Column("partners", "Partenaires, séparés par « ; »", "area", str.strip),),
    "description": (Column("description", "Description", "area", str.strip),),
    "budget": (Column("cost_cents", "Budget en euros, tel qu’écrit", "text", cents),),
    "calendar": (
        Column("schedule", "Calendrier tel qu’écrit", "text", str.strip),
        Column("starts_on", "Premier jour", "date", _day),
        Column("ends_on", "Dernier jour", "date", _day),
    ),
}


def correct_field(action: Action, field: str, given: Mapping[str, str], author: User, reason: str) -> None:
    """Lay what a person wrote over what the machine read, and settle the points that asked about it.

    Raises RegisterError for an unknown field, a value that is none, or no reason.
    """
    with transaction.atomic():
        if field == "funding":
            _correct_funding(action, given, author, reason)
        elif field in COLUMNS:
            changes = {column.name: column.read(given.get(column.name, "")) for column in COLUMNS[field]}
            if changes.get("starts_on") and changes.get("ends_on") and changes["ends_on"] < changes["starts_on"]:
                raise _refused("le dernier jour précède le premier.", "vérifiez les deux dates.")
            correct(action, changes, author, reason)
        else:
            raise _refused(f"le champ {field} ne se corrige pas ici.", "corrigez-le dans l’administration.")
        names = [field, *(column.name for column in COLUMNS.get(field, ()))]
        asked = Point.objects.filter(subject_id=action.pk, field__in=names, verdict=Verdict.OPEN)
        points.decide(list(asked.values_list("pk", flat=True)), Verdict.CORRECTED, author, reason)


def _correct_funding(action: Action, given: Mapping[str, str], author: User, reason: str) -> None:
    for line in FundingLine.objects.filter(action=action):
        amount = cents(given.get(f"montant-{line.line}", ""))
        if amount is None:
            raise _refused(f"le montant de {line.funder} manque.", "écrivez 0 si ce financeur ne paie rien.")
        if amount != line.amount_cents:
            correct(line, {"amount_cents": amount}, author, reason)
