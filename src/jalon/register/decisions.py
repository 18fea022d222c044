"""What people decide: every change has an author, a time and a reason, and no import takes it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

import jalon.themes
from jalon.errors import RegisterError
from jalon.register.models import ANY_THEME, Action, Correction, LinkVerdict, Origin, ProjectLink, ThemeLabel

IMPORTED = "Lu dans les sources"
"""The reason written in the history for what no person changed."""


def decide_theme(
    action: Action, theme: str, accepted: bool, author: User, reason: str, *, at: datetime | None = None
) -> ThemeLabel:
    """Record what `author` decides of one theme of an action; deciding again replaces their earlier decision.

    `theme` is one of the taxonomy, or `ANY_THEME` for the action as a whole (see `verdicts`). The machine's label
    stays as it is. Raises RegisterError for an unknown theme, or without a reason.
    """
    _demand_reason(reason)
    _demand_theme(theme)
    own = {"action": action, "theme": theme, "origin": Origin.HUMAN, "author": author}
    with transaction.atomic():
        label = ThemeLabel.objects.filter(**own).first() or ThemeLabel(**own)
        label.accepted, label.reason, label.decided_at = accepted, reason.strip(), at or timezone.now()
        _save_as(label, author, reason)
    return label


def decide_smart_city(
    action: Action, accepted: bool, author: User, reason: str, *, at: datetime | None = None
) -> ThemeLabel:
    """Record whether the action is about the smart city at all; refused, it carries no theme."""
    return decide_theme(action, ANY_THEME, accepted, author, reason, at=at)


def decide_link(
    link: ProjectLink, verdict: LinkVerdict, author: User, reason: str, *, at: datetime | None = None
) -> ProjectLink:
    """Record whether two actions are one project, or with UNDECIDED take the decision back; history keeps all of them.

    Raises RegisterError without a reason.
    """
    _demand_reason(reason)
    decided = verdict != LinkVerdict.UNDECIDED
    with transaction.atomic():
        stored = ProjectLink.objects.select_for_update().get(pk=link.pk)
        record_before(stored)
        stored.verdict, stored.reason = verdict, reason.strip()
        stored.author, stored.decided_at = (author, at or timezone.now()) if decided else (None, None)
        _save_as(stored, author, reason)
    return stored


def correct(row: models.Model, changes: Mapping[str, Any], author: User, reason: str) -> models.Model:
    """Change fields of a row; imports keep `changes` and lay what the machine reads beside them, in Correction.

    `changes` maps attribute names (`signed_on`, `group_id`) to values. Going back to the machine's value lifts the
    correction. Raises RegisterError without a reason; the database refuses what breaks its constraints.
    """
    _demand_reason(reason)
    with transaction.atomic():
        stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
        record_before(stored)
        for name, value in changes.items():
            _keep_apart(stored, name, value, author, reason)
            setattr(stored, name, value)
        _save_as(stored, author, reason)
    return stored


def add(row: models.Model, author: User, reason: str) -> models.Model:
    """Add a row that no source holds. Raises RegisterError without a reason."""
    _demand_reason(reason)
    with transaction.atomic():
        _save_as(row, author, reason)
    return row


def record_before(stored: models.Model) -> None:
    """Write in the history what imports, which leave none, last made of a row, so that a change shows its before."""
    history = stored.history  # type: ignore[attr-defined]
    latest = history.first()
    names = [field.attname for field in history.model.tracked_fields]
    if latest and all(getattr(latest, name) == getattr(stored, name) for name in names):
        return
    stored._history_user = None  # type: ignore[attr-defined]
    type(stored).history.bulk_history_create(  # type: ignore[attr-defined]
        [stored], update=latest is not None, default_change_reason=IMPORTED, default_date=timezone.now()
    )


def by_a_person(model: type[models.Model]) -> models.QuerySet:
    """The rows of a model that a person added or changed."""
    touched = model.history.filter(history_user__isnull=False)  # type: ignore[attr-defined]
    key = model._meta.pk.attname
    return model._default_manager.filter(pk__in=touched.values(key))


def plain(value: Any) -> Any:
    """A value as JSON keeps it: days as ISO text."""
    return DjangoJSONEncoder().default(value) if hasattr(value, "isoformat") else value


def _keep_apart(stored: models.Model, name: str, value: Any, author: User, reason: str) -> None:
    own = {"subject": stored._meta.model_name, "subject_id": str(stored.pk), "field": name}
    there = Correction.objects.filter(**own).first()
    machine = there.machine_value if there else plain(getattr(stored, name))
    if plain(value) == machine:
        if there:
            there.delete()
        return
    kept = there or Correction(**own)
    kept.machine_value, kept.value, kept.stale = machine, plain(value), False
    kept.author, kept.decided_at, kept.reason = author, timezone.now(), reason.strip()
    kept.save()


def _save_as(row: models.Model, author: User, reason: str) -> None:
    row._history_user = author  # type: ignore[attr-defined]
    row._change_reason = reason.strip()  # type: ignore[attr-defined]
    row.save()


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise RegisterError(
            "a decision without a reason",
            user_message="cette décision n’a pas de motif.",
            mend="dites en quelques mots pourquoi : le motif reste dans l’historique.",
        )


def _demand_theme(theme: str) -> None:
    known = [each.id for each in jalon.themes.taxonomy().themes]
    if theme not in (*known, ANY_THEME):
        raise RegisterError(
            f"unknown theme {theme!r}",
            user_message=f"thème inconnu : {theme}.",
            mend=f"choisissez parmi : {', '.join((*known, ANY_THEME))}.",
        )
