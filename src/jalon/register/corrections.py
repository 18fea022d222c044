"""Laying human corrections over what an import is about to write."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from jalon.register.decisions import plain
from jalon.register.models import Correction


def overlay(model: type[models.Model], rows: Iterable[tuple], names: tuple[str, ...]) -> list[tuple]:
    """The rows with corrected fields as people decided them.

    The value the import brought is kept in the correction, marked stale when it is not the one that was corrected.
    """
    held = _held(model, names)
    key = names.index(model._meta.pk.attname)
    return (
        [_corrected(model, row, names, held[row[key]]) if row[key] in held else row for row in rows]
        if held
        else [*rows]
    )


def _held(model: type[models.Model], names: tuple[str, ...]) -> dict[str, list[Correction]]:
    held: dict[str, list[Correction]] = {}
    for each in Correction.objects.filter(subject=model._meta.model_name, field__in=names):
        held.setdefault(each.subject_id, []).append(each)
    return held


def _corrected(
    model: type[models.Model], row: tuple, names: tuple[str, ...], corrections: list[Correction]
) -> tuple[Any, ...]:
    values = dict(zip(names, row, strict=True))
    for each in corrections:
        brought = plain(values[each.field])
        if brought != each.machine_value:
            Correction.objects.filter(pk=each.pk).update(machine_value=brought, stale=True)
        field: Any = model._meta.get_field(each.field)
        values[each.field] = field.to_python(each.value)
    return tuple(values[name] for name in names)
