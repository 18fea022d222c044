"""What the nouns of the register share: spelled keys, and constraints that also speak French in forms."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)


def spell(*parts: object) -> str:
    """A key from its parts: `spell("acv", "ACV001")` is "acv:ACV001"; an unknown part is empty."""
    return ":".join("" if part is None else str(part) for part in parts)


class Keyed(models.Model):
    """A row whose primary key is spelled from its natural fields.

    The same row has the same key on every machine and every engine, so that imports need no map of numbers.
    """

    NATURAL: ClassVar[tuple[str, ...]]
    key = models.CharField("clé", max_length=320, primary_key=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.key = spell(*(getattr(self, name) for name in self.NATURAL))
            kwargs.setdefault("force_insert", True)
        super().save(*args, **kwargs)


def at_least(model: str, field: str, floor: float = 0) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": floor}),
        name=f"{model}_{field}_floor",
        violation_error_message=f"« {field} » doit être au moins {floor}.",
    )


def between(model: str, field: str, low: float, high: float) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        name=f"{model}_{field}_range",
        violation_error_message=f"« {field} » doit être entre {low} et {high}.",
    )


def filled(model: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(**{field: ""}),
        name=f"{model}_{field}_filled",
        violation_error_message=f"« {field} » ne peut pas être vide.",
    )


def as_long_as(model: str, field: str, *lengths: int) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__length__in": lengths}),
        name=f"{model}_{field}_length",
        violation_error_message=f"« {field} » doit compter {' ou '.join(map(str, lengths))} caractères.",
    )


def in_order(model: str, first: str, last: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{last}__gte": F(first)}),
        name=f"{model}_{first}_before_{last}"[:30],
        violation_error_message=f"« {first} » doit précéder « {last} ».",
    )


def one_of(model: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=f"{model}_{field}_known",
        violation_error_message=f"« {field} » doit être l’une de : {', '.join(choices.values)}.",
    )


def one(model: str, what: str, *fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=fields, name=f"{model}_one_{what}", violation_error_message="Cette ligne existe déjà."
    )
