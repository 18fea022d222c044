"""Programmes, groups, agreements, and what publications state of them."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from jalon.register.models import (
    ActionCount,
    Agreement,
    Axis,
    DeclaredFact,
    Group,
    Membership,
    Partner,
    Programme,
    Signatory,
)
from jalon.register.snapshot.arrow import Columns, transposed


def columns(known_until: date) -> Mapping[str, Columns]:
    """Columns by table; a signature after `known_until` is unknown, a later count is absent."""
    return {
        "programmes": _of(Programme, "id", "name", "short_name", "description", "launched_on", "ends_on"),
        "axes": _of(Axis, "programme_id", "number", "label"),
        "partners": _of(Partner, "programme_id", "code", "label", "funds"),
        "groups": _of(Group, "programme_id", "group_id", "name"),
        "memberships": _of(
            Membership, "programme_id", "territory__kind", "territory__code", "group__group_id", "listed_in"
        ),
        "agreements": _agreements(known_until),
        "signatories": _of(Signatory, "agreement_id", "partner__code"),
        "action_counts": _counts(known_until),
        "declared_facts": _of(DeclaredFact, *(field.attname for field in DeclaredFact._meta.concrete_fields)),
    }


def _of(model: type, *names: str) -> Columns:
    return transposed(model._default_manager.values_list(*names).order_by(), len(names))  # type: ignore[attr-defined]


def _agreements(known_until: date) -> Columns:
    names = ("key", "programme_id", "group__group_id", "signed_on", "planned_on", "source_id")
    rows = Agreement.objects.values_list(*names).order_by()
    known = (row if row[3] is None or row[3] <= known_until else (*row[:3], None, *row[4:]) for row in rows)
    return transposed(known, len(names))


def _counts(known_until: date) -> Columns:
    counted = ActionCount.objects.filter(counted_on__lte=known_until).annotate(
        town=Coalesce(F("territory__code"), Value(""))
    )
    names = ("agreement_id", "town", "counted_on", "under_way", "delivered", "source_id")
    return transposed(counted.values_list(*names).order_by(), len(names))
