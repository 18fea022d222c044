"""One's own account: sessions, second factor, API tokens."""

import base64
from dataclasses import dataclass

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from jalon.register.access import Verb, may_at_all, sessions, tokens
from jalon.register.access.deciding import mandates
from jalon.register.access.verbs import VERB_LABELS
from jalon.register.models import ApiToken, Mandate, OpenSession
from jalon.web.access import signed_in
from jalon.web.forms import attempt, person
from jalon.web.pages import Crumb

DESK = Crumb("Espace de travail", "/espace/")
DEVICE = "application"


class TokenForm(forms.Form):
    name = forms.CharField(label="Nom du jeton", max_length=100, help_text="Ce qui s’en servira.")
    days = forms.IntegerField(label="Durée en jours", min_value=1, max_value=tokens.LONGEST_DAYS, initial=90)
    verbs = forms.MultipleChoiceField(label="Portée", widget=forms.CheckboxSelectMultiple)


class CodeForm(forms.Form):
    token = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label="Code à six chiffres",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"invalid": "Le code compte six chiffres."},
    )


@dataclass(frozen=True, slots=True)
class OwnPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    mandates: tuple[Mandate, ...]
    sessions: tuple[OpenSession, ...]
    present: str
    tokens: tuple[ApiToken, ...]
    form: TokenForm
    secret: str
    second_factor: bool


@dataclass(frozen=True, slots=True)
class SecondFactorPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    form: CodeForm
    picture: str
    secret: str
    confirmed: bool


@signed_in
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = TokenForm(request.POST or None)
    form.fields["verbs"].choices = [(v.value, VERB_LABELS[v]) for v in Verb if may_at_all(user, v)]  # type: ignore[attr-defined]
    secret = ""
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: tokens.issue(user, **form.cleaned_data), "Jeton fait.")
        secret = made[1] if made else ""
    held = "tout le registre, comme administrateur" if user.is_superuser else ", ".join(m.says for m in mandates(user))
    shown = OwnPage(
        "Mon compte",
        f"{user.get_full_name() or user.get_username()} : {held or 'aucun rôle pour l’instant'}.",
        (DESK, Crumb("Mon compte")),
        tuple(mandates(user)),
        tuple(sessions.of(user)),
        request.session.session_key or "",
        tuple(ApiToken.objects.filter(user=user)),
        form,
        secret,
        TOTPDevice.objects.filter(user=user, confirmed=True).exists(),
    )
    return render(request, "jalon/own.html", {"page": shown})


@signed_in
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    tokens.revoke(get_object_or_404(ApiToken, pk=pk, user=person(request)))
    messages.success(request, "Jeton révoqué : il ne sert plus.")
    return HttpResponseRedirect(reverse("own"))


@signed_in
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End a session of one's own; an administrator may end anyone's."""
    user = person(request)
    found = OpenSession.objects.filter(pk=pk)
    session = get_object_or_404(found if may_at_all(user, Verb.ADMINISTER) else found.filter(user=user))
    sessions.end(session)
    messages.success(request, "Session fermée.")
    there = reverse("own") if session.user_id == user.pk else reverse("person", args=[session.user_id])
    return HttpResponseRedirect(there)


@signed_in
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("token")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up a second factor, or remove it: either way with a code of the application."""
    device = _device(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["token"]):
            return _confirmed(request, device)
        form.add_error("token", "Ce code n’est pas le bon, ou il vient de servir. Attendez le suivant.")
    confirmed = bool(device.confirmed)
    answer = (
        "Un code de votre application est demandé à chaque connexion. Pour y renoncer, donnez-en un."
        if confirmed
        else "Lisez l’image avec une application d’authentification, puis donnez le code qu’elle affiche."
    )
    shown = SecondFactorPage(
        "Un second facteur pour se connecter",
        answer,
        (DESK, Crumb("Mon compte", reverse("own")), Crumb("Second facteur")),
        form,
        "" if confirmed else segno.make(device.config_url).svg_data_uri(scale=4),
        "" if confirmed else base64.b32encode(device.bin_key).decode(),
        confirmed,
    )
    return render(request, "jalon/second_factor.html", {"page": shown})


def _device(request: HttpRequest) -> TOTPDevice:
    user = person(request)
    kept = TOTPDevice.objects.filter(user=user).order_by("-confirmed").first()
    return kept or TOTPDevice.objects.create(user=user, name=DEVICE, confirmed=False)


def _confirmed(request: HttpRequest, device: TOTPDevice) -> HttpResponse:
    if device.confirmed:
        device.delete()
        messages.success(request, "Second facteur ôté.")
    else:
        device.confirmed = True
        device.save()
        messages.success(request, "Second facteur en place : il sera demandé à la prochaine connexion.")
    return HttpResponseRedirect(reverse("own"))
