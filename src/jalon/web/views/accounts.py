"""Accounts, mandates and invitations: the administrator's page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jalon.register.access import Verb, sessions
from jalon.register.access import mandates as giving
from jalon.register.models import Invitation, Mandate, OpenSession, Perimeter, Role, Taken
from jalon.web.access import requires
from jalon.web.forms import Day, Reason, attempt, person
from jalon.web.pages import Crumb

DESK = Crumb("Espace de travail", "/espace/")
LOG_SHOWN = 500


class MandateForm(forms.Form):
    role = forms.ChoiceField(label="Rôle", choices=Role.choices)
    perimeter = forms.ChoiceField(label="Périmètre", choices=Perimeter.choices)
    code = forms.CharField(
        label="Code du périmètre",
        required=False,
        max_length=110,
        help_text="Identifiant du programme, code INSEE, SIREN ou clé d’enveloppe ; vide pour tout le registre.",
    )
    ends_on = Day("Jusqu’au (facultatif)")
    reason = Reason()


class InvitationForm(MandateForm):
    email = forms.EmailField(label="Adresse électronique", max_length=254)
    field_order = ("email", "role", "perimeter", "code", "ends_on", "reason")


@dataclass(frozen=True, slots=True)
class Person:
    user: User
    mandates: tuple[Mandate, ...]

    @property
    def name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()


@dataclass(frozen=True, slots=True)
class AccountsPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    people: tuple[Person, ...]
    invitations: tuple[Invitation, ...]
    form: InvitationForm
    link: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    title: str
    crumbs: tuple[Crumb, ...]
    person: User
    mandates: tuple[Mandate, ...]
    history: tuple[Any, ...]
    sessions: tuple[OpenSession, ...]
    form: MandateForm


@dataclass(frozen=True, slots=True)
class LogPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    lines: tuple[Taken, ...]


@requires(Verb.ADMINISTER)
@require_http_methods(["GET", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: giving.invite(**form.cleaned_data, by=person(request)), "Invitation faite.")
        if made:
            link = request.build_absolute_uri(reverse("invitation", args=[made[1]]))
            form = InvitationForm()
    everyone = User.objects.prefetch_related("mandates").order_by("username")
    people = tuple(Person(each, tuple(each.mandates.all())) for each in everyone)
    shown = AccountsPage(
        "Qui peut faire quoi ?",
        f"{len(people)} compte{'s' if len(people) > 1 else ''}. Un rôle vaut sur un périmètre : tout le registre, "
        "un programme, une région, un département, un territoire ou une enveloppe.",
        (DESK, Crumb("Comptes et rôles")),
        people,
        tuple(each for each in Invitation.objects.select_related("made_by") if each.open),
        form,
        link,
    )
    return render(request, "jalon/accounts.html", {"page": shown})


@requires(Verb.ADMINISTER)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    who = get_object_or_404(User, pk=pk)
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = attempt(request, lambda: giving.give(who, **form.cleaned_data, by=person(request)), "Mandat donné.")
        if given:
            return HttpResponseRedirect(request.path)
    name = who.get_full_name() or who.get_username()
    shown = PersonPage(
        f"Que peut faire {name} ?",
        (DESK, Crumb("Comptes et rôles", reverse("accounts")), Crumb(name)),
        who,
        tuple(who.mandates.all()),
        tuple(Mandate.history.filter(user=who).select_related("history_user")[:50]),
        tuple(sessions.of(who)),
        form,
    )
    return render(request, "jalon/person.html", {"page": shown})


@requires(Verb.ADMINISTER)
@require_POST
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_object_or_404(Mandate, pk=pk)
    reason = request.POST.get("reason", "")
    attempt(request, lambda: giving.end(mandate, person(request), reason), "Mandat terminé.")
    return HttpResponseRedirect(reverse("person", args=[mandate.user_id]))


@requires(Verb.ADMINISTER)
@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    giving.withdraw(get_object_or_404(Invitation, pk=pk), person(request))
    messages.success(request, "Invitation retirée : son lien ne sert plus.")
    return HttpResponseRedirect(reverse("accounts"))


@requires(Verb.ADMINISTER)
@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, whose sessions end at once, or open it again; one's own stays open."""
    who = get_object_or_404(User, pk=pk)
    if who.pk == person(request).pk:
        messages.error(request, "On ne ferme pas son propre compte : un autre administrateur le peut.")
        return HttpResponseRedirect(reverse("person", args=[pk]))
    who.is_active = not who.is_active
    who.save(update_fields=["is_active"])
    if not who.is_active:
        for session in sessions.of(who):
            sessions.end(session)
    messages.success(request, "Compte rouvert." if who.is_active else "Compte fermé, ses sessions aussi.")
    return HttpResponseRedirect(reverse("person", args=[pk]))


@requires(Verb.ADMINISTER)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    lines = tuple(Taken.objects.select_related("user")[:LOG_SHOWN])
    count = Taken.objects.count()
    answer = (
        f"{count} export{'s' if count > 1 else ''} de ce qui n’est pas publié"
        f"{f', dont les {LOG_SHOWN} derniers ici' if count > LOG_SHOWN else ''}."
    )
    shown = LogPage("Qui a emporté quoi ?", answer, (DESK, Crumb("Journal des exports")), lines)
    return render(request, "jalon/log.html", {"page": shown})
