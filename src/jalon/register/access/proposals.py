"""Corrections proposed by those who may not correct, and decided by those who may."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from jalon.errors import RegisterError
from jalon.register import decisions
from jalon.register.access.deciding import can, demand
from jalon.register.access.verbs import Verb
from jalon.register.models import Action, Agreement, Group, Proposal, ProposalState

OPEN_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Agreement: ("signed_on", "planned_on"),
    Group: ("name",),
    Action: ("title", "category", "axis", "year", "cost_cents", "grant_cents"),
}
"""What may be proposed, by model: facts of the row, not what spells its key."""


def row_of(subject: str, subject_id: str) -> models.Model:
    """The row a proposal speaks of. Raises RegisterError when there is none, or none may be proposed."""
    kind = next((kind for kind in OPEN_FIELDS if kind._meta.model_name == subject), None)
    row = kind._default_manager.filter(pk=subject_id).first() if kind else None
    if row is None:
        raise RegisterError(
            f"no {subject} {subject_id!r}",
            user_message=f"« {subject_id} » : rien de tel dans le registre.",
            mend="partez de la page du territoire ou de l’action.",
        )
    return row


def change(user: User, row: models.Model, field: str, value: Any, reason: str) -> Proposal | models.Model:
    """Correct a field at once for who may, propose it for who may propose. Raises PermissionDenied, RegisterError."""
    if can(user, Verb.CORRECT, row):
        return decisions.correct(row, {field: _clean(row, field, value)}, user, reason)
    return propose(user, row, field, value, reason)


def propose(user: User, row: models.Model, field: str, value: Any, reason: str) -> Proposal:
    """Lay a value before a reviewer. Raises PermissionDenied, and RegisterError for a value the field refuses."""
    demand(user, Verb.PROPOSE, row)
    cleaned = _clean(row, field, value)
    if not reason.strip():
        raise RegisterError(
            "a proposal without a reason",
            user_message="cette proposition n’a pas de motif.",
            mend="dites en quelques mots d’où vous la tenez : le relecteur en jugera.",
        )
    before = decisions.plain(getattr(row, field))
    if decisions.plain(cleaned) == before:
        raise RegisterError(
            "nothing changes",
            user_message="la valeur proposée est celle du registre.",
            mend="changez-la, ou laissez le registre comme il est.",
        )
    return Proposal.objects.create(
        subject=str(row._meta.model_name), subject_id=str(row.pk), field=field, before=before,
        after=decisions.plain(cleaned), reason=reason.strip(), author=user,
    )  # fmt: skip


def decide(proposal: Proposal, accepted: bool, by: User, reason: str) -> Proposal:
    """Accept (the register changes, under the reviewer's name) or refuse; once.

    Raises PermissionDenied, and RegisterError without a reason, for a proposal already decided, or when the register
    has moved since it was made.
    """
    row = row_of(proposal.subject, proposal.subject_id)
    demand(by, Verb.REVIEW, row)
    with transaction.atomic():
        held = Proposal.objects.select_for_update().get(pk=proposal.pk)
        _demand_open(held, row, accepted, by, reason)
        held.state = ProposalState.ACCEPTED if accepted else ProposalState.REFUSED
        held.decided_by, held.decided_at, held.decision_reason = by, timezone.now(), reason.strip()
        held.save()
        if accepted:
            why = f"{reason.strip()} (proposé par {held.author.get_username()} : {held.reason})"
            decisions.correct(row, {held.field: _clean(row, held.field, held.after)}, by, why)
    return held


def _demand_open(held: Proposal, row: models.Model, accepted: bool, by: User, reason: str) -> None:
    if held.state != ProposalState.PENDING:
        raise RegisterError(
            f"proposal {held.pk} is {held.state}",
            user_message=f"cette proposition est déjà {ProposalState(held.state).label}.",
            mend="rechargez la liste.",
        )
    if not reason.strip():
        raise RegisterError(
            "a decision without a reason",
            user_message="cette décision n’a pas de motif.",
            mend="dites en quelques mots pourquoi : son auteur le lira.",
        )
    if held.author_id == by.pk and not by.is_superuser:
        raise RegisterError(
            "one's own proposal",
            user_message="on ne tranche pas sa propre proposition.",
            mend="laissez-la à un autre relecteur.",
        )
    if accepted and decisions.plain(getattr(row, held.field)) != held.before:
        raise RegisterError(
            "the register moved",
            user_message="le registre a changé depuis cette proposition.",
            mend="refusez-la en le disant, et qu’elle soit refaite sur la valeur d’aujourd’hui.",
        )


def _clean(row: models.Model, field: str, value: Any) -> Any:
    """The value as the field keeps it; the row's own rules are checked too. Raises RegisterError."""
    if field not in OPEN_FIELDS.get(type(row), ()):
        raise RegisterError(
            f"{field!r} is not open",
            user_message=f"le champ « {field[:40]} » ne se corrige pas ainsi.",
            mend="choisissez un champ du formulaire.",
        )
    found: Any = row._meta.get_field(field)
    try:
        return found.clean(None if value == "" and found.null else value, row)
    except ValidationError as error:
        raise RegisterError(
            str(error),
            user_message=f"{found.verbose_name} : {' '.join(error.messages)}",
            mend="corrigez la valeur et envoyez de nouveau.",
        ) from error


def row_label(row: models.Model) -> str:
    """What people call a row: an agreement by its towns."""
    return f"Convention : {row.group.name}" if isinstance(row, Agreement) else str(row)


def field_label(proposal: Proposal) -> str:
    kind = apps.get_model("register", proposal.subject)
    return str(kind._meta.get_field(proposal.field).verbose_name)  # type: ignore[union-attr]
