"""Proposing a correction, and deciding on those proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jalon.errors import RegisterError
from jalon.register.access import Verb, can, demand, proposals
from jalon.register.admin.base import CENTS, EurosField
from jalon.register.models import Proposal, ProposalState
from jalon.web import typography
from jalon.web.access import requires
from jalon.web.forms import Reason, attempt, person
from jalon.web.pages import Crumb

DESK = Crumb("Espace de travail", "/espace/")
SHOWN = 200


class ProposalForm(forms.Form):
    reason = Reason("D’où le tenez-vous ?")


@dataclass(frozen=True, slots=True)
class ProposePage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    row: str
    forms: tuple[tuple[str, str, forms.Form], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal as the list shows it; `decides`: the reader may decide on it."""

    proposal: Proposal
    what: str
    field: str
    before: str
    after: str
    state: str
    decides: bool


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    waiting: tuple[Line, ...]
    decided: tuple[Line, ...]


@requires(Verb.PROPOSE)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, subject: str, subject_id: str) -> HttpResponse:
    user = person(request)
    try:
        row = proposals.row_of(subject, subject_id)
    except RegisterError as error:
        raise Http404(error.user_message) from error
    demand(user, Verb.PROPOSE, row)
    asked = request.POST.get("field", "")
    made = tuple(_form(row, name, request.POST if name == asked else None) for name in proposals.OPEN_FIELDS[type(row)])
    for name, _, form in made:
        if name == asked and form.is_valid():
            value, reason = form.cleaned_data["value"], form.cleaned_data["reason"]
            done = "Corrigé." if can(user, Verb.CORRECT, row) else "Proposé : un relecteur décidera."
            if attempt(request, lambda: proposals.change(user, row, asked, value, reason), done):  # noqa: B023
                return HttpResponseRedirect(reverse("proposals"))
    shown = ProposePage(
        "Que faut-il corriger ?",
        "Une proposition garde votre nom, la date et le motif ; un relecteur l’accepte ou la refuse, et dit pourquoi.",
        (DESK, Crumb("Propositions", reverse("proposals")), Crumb("Proposer")),
        proposals.row_label(row),
        made,
    )
    return render(request, "jalon/propose.html", {"page": shown})


@requires(Verb.PROPOSE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What the reader proposed, and what they may decide on."""
    user = person(request)
    recent = Proposal.objects.select_related("author", "decided_by")[:SHOWN]
    lines = tuple(line for line in _lines(user, recent) if line.decides or line.proposal.author_id == user.pk)
    waiting = tuple(line for line in lines if line.proposal.state == ProposalState.PENDING)
    decide = sum(line.decides for line in waiting)
    shown = ProposalsPage(
        "Quelles corrections attendent une décision ?",
        f"{len(waiting)} en attente, dont {decide} que vous pouvez trancher.",
        (DESK, Crumb("Propositions")),
        waiting,
        tuple(line for line in lines if line not in waiting),
    )
    return render(request, "jalon/proposals.html", {"page": shown})


@requires(Verb.REVIEW)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal, pk=pk)
    accepted = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    done = "Acceptée : le registre est corrigé." if accepted else "Refusée."
    attempt(request, lambda: proposals.decide(proposal, accepted, person(request), reason), done)
    return HttpResponseRedirect(reverse("proposals"))


def _form(row: models.Model, name: str, data: Any) -> tuple[str, str, forms.Form]:
    field: Any = row._meta.get_field(name)
    form = ProposalForm(data, auto_id=f"{name}-%s", initial={"value": getattr(row, name)})
    typed = EurosField(label="") if name.endswith("_cents") else field.formfield()
    typed.required = False
    if isinstance(typed, forms.DateField):
        typed.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    form.fields = {"value": typed, **form.fields}
    return name, str(field.verbose_name).replace("en centimes", "en euros"), form


def _lines(user: Any, found: Iterable[Proposal]) -> Iterable[Line]:
    for each in found:
        try:
            row = proposals.row_of(each.subject, each.subject_id)
        except RegisterError:
            continue
        yield Line(
            each,
            proposals.row_label(row),
            proposals.field_label(each).replace(", en centimes", ""),
            _said(each.field, each.before),
            _said(each.field, each.after),
            ProposalState(each.state).label,
            can(user, Verb.REVIEW, row),
        )


def _said(field: str, value: Any) -> str:
    """A value as JSON keeps it, as people read it."""
    if value is None or value == "":
        return "non connu"
    if field.endswith("_cents"):
        return typography.euros(Decimal(value) / CENTS)
    return typography.day(date.fromisoformat(value)) if field.endswith("_on") else str(value)
