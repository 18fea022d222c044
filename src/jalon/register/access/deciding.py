"""`can`: whether a person may do something to a thing."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied

from jalon.register.access.verbs import VERB_LABELS, Verb

Person = User | AnonymousUser


def can(user: Person, verb: Verb, subject: Any = None) -> bool:
    """Whether `user` may do `verb` to `subject`, a row of the register; without one, to the register as a whole."""
    return user.is_active and user.is_superuser


def may_at_all(user: Person, verb: Verb) -> bool:
    """Whether `user` may do `verb` somewhere: enough to open a page, whose acts then name their subject."""
    return can(user, verb)


def demand(user: Person, verb: Verb, subject: Any = None) -> None:
    """Raise PermissionDenied, whose text names the act, unless `can`."""
    if not can(user, verb, subject):
        raise PermissionDenied(f"Votre compte ne permet pas ici de {VERB_LABELS[verb]}.")
