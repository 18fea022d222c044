"""`can`: whether a person may do something to a thing."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jalon.register.access.scopes import scope
from jalon.register.access.verbs import ALLOWED, VERB_LABELS, Verb
from jalon.register.models import Mandate, Perimeter, Role

Person = User | AnonymousUser


def can(user: Person, verb: Verb, subject: Any = None) -> bool:
    """Whether `user` may do `verb` to `subject`, a row of the register; without one, to the register as a whole.

    A superuser may do all. Others hold mandates: a role, which allows verbs, over a perimeter, which must cover the
    subject. A token (`user.limited_to`) narrows what its owner may do, never widens it.
    """
    if not _open_to(user, verb):
        return False
    if user.is_superuser:
        return True
    held = [mandate for mandate in mandates(user) if verb in ALLOWED[Role(mandate.role)]]
    if subject is None:
        return any(mandate.perimeter == Perimeter.ALL for mandate in held)
    place = scope(subject) if held else None
    return place is not None and any(place.within(mandate.perimeter, mandate.code) for mandate in held)


def may_at_all(user: Person, verb: Verb) -> bool:
    """Whether `user` may do `verb` somewhere: enough to open a page, whose acts then name their subject."""
    if not _open_to(user, verb):
        return False
    return user.is_superuser or any(verb in ALLOWED[Role(mandate.role)] for mandate in mandates(user))


def demand(user: Person, verb: Verb, subject: Any = None) -> None:
    """Raise PermissionDenied, whose text names the act, unless `can`."""
    if not can(user, verb, subject):
        raise PermissionDenied(f"Votre compte ne permet pas ici de {VERB_LABELS[verb]}.")


def mandates(user: Person, today: date | None = None) -> list[Mandate]:
    """The mandates in force, read once for the life of a request's user."""
    kept: list[Mandate] | None = getattr(user, "_mandates_in_force", None)
    if kept is None:
        day = today or timezone.localdate()
        kept = [
            each for each in Mandate.objects.filter(user_id=user.pk or 0) if each.ends_on is None or each.ends_on >= day
        ]
        user._mandates_in_force = kept  # type: ignore[union-attr]
    return kept


def _open_to(user: Person, verb: Verb) -> bool:
    limited: frozenset[Verb] | None = getattr(user, "limited_to", None)
    return bool(user.is_authenticated and user.is_active) and (limited is None or verb in limited)
