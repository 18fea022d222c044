"""Signing in and out."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jalon.register.sign_in import SignIn

OWNER = "poste"


@dataclass(frozen=True, slots=True)
class SignInPage:
    title: str
    form: SignIn
    after: str
    local: bool
    oidc: bool
    answer: str = "Les pages publiques se lisent sans compte. Déposer, corriger ou décider en demande un."


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    after = _inside(request, request.POST.get("suite") or request.GET.get("suite") or request.GET.get("next") or "")
    form = SignIn(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return HttpResponseRedirect(after)
    shown = SignInPage("Qui êtes-vous ?", form, after, bool(settings.JALON_LOCAL_KEY), bool(settings.JALON_OIDC_ISSUER))
    return render(request, "jalon/sign_in.html", {"page": shown})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "Vous êtes déconnecté.")
    return HttpResponseRedirect(settings.LOGIN_URL)


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """The link that the terminal shows: its bearer holds the register of this machine."""
    key = settings.JALON_LOCAL_KEY
    if not key or not secrets.compare_digest(key.encode(), request.GET.get("cle", "").encode()):
        raise PermissionDenied("Ce lien n’est plus bon : il change à chaque démarrage. Le terminal montre le bon.")
    owner, made = User.objects.get_or_create(
        username=OWNER, defaults={"first_name": "Ce poste", "is_staff": True, "is_superuser": True}
    )
    if made:
        owner.set_unusable_password()
        owner.save()
    login(request, owner, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(_inside(request, request.GET.get("suite", "")))


def _inside(request: HttpRequest, address: str) -> str:
    """The address asked for after signing in, if it is of this site."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else settings.LOGIN_REDIRECT_URL
