"""Accepting an invitation: with the account at hand, or by making one."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jalon.register.access import mandates
from jalon.register.models import Invitation
from jalon.web.forms import attempt

CLOSED = "Ce lien d’invitation ne sert plus : il a expiré, a déjà servi, ou a été retiré. Demandez-en un autre."


class AccountForm(UserCreationForm):
    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username")


@dataclass(frozen=True, slots=True)
class InvitationPage:
    title: str
    answer: str
    form: AccountForm | None
    oidc: bool


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Raises PermissionDenied for a link that no longer serves."""
    found = mandates.invited(secret)
    if found is None:
        raise PermissionDenied(CLOSED)
    request.session["invitation"] = secret
    form = None if request.user.is_authenticated else AccountForm(request.POST or None)
    if request.method == "POST" and _taken(request, found, form):
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    answer = f"{found.made_by.get_full_name() or found.made_by} vous propose un rôle : {found.says}."
    shown = InvitationPage("Acceptez-vous cette invitation ?", answer, form, bool(settings.JALON_OIDC_ISSUER))
    return render(request, "jalon/invitation.html", {"page": shown})


def _taken(request: HttpRequest, found: Invitation, form: AccountForm | None) -> bool:
    if form is not None and not form.is_valid():
        return False
    with transaction.atomic():
        user = request.user if form is None else _account(form, found)
        done = attempt(request, lambda: mandates.accept(found, user), "") is not None  # type: ignore[arg-type]
        transaction.set_rollback(not done)
    if done:
        request.session.pop("invitation", None)
        if form is not None:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
        messages.success(request, f"Bienvenue. Votre rôle : {found.says}.")
    return done


def _account(form: AccountForm, found: Invitation) -> User:
    user: User = form.save(commit=False)
    user.email = found.email
    user.save()
    return user
