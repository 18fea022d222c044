"""What the forms of the working space share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from jalon.errors import JalonError


def person(request: HttpRequest) -> User:
    """Who signed in. Raises PermissionDenied for a stranger, which `requires` lets through nowhere."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> Any:
    """Do an act and say so; an expected error becomes a message, and None is returned."""
    try:
        made = act()
    except JalonError as error:
        messages.error(request, f"{error.user_message} {error.mend}".strip())
        return None
    if done:
        messages.success(request, done)
    return made


class Reason(forms.CharField):
    """A short sentence kept with the change."""

    def __init__(self, label: str = "Motif") -> None:
        super().__init__(
            label=label,
            max_length=1000,
            help_text="Il reste dans l’historique, avec votre nom et la date.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class Day(forms.DateField):
    def __init__(self, label: str, *, required: bool = False) -> None:
        super().__init__(
            label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
