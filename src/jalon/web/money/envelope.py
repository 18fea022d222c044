"""One envelope: what it holds, on any day; its commitments; deciding; its ledger."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.funding import Act, Totals, euros, on_day
from jalon.register import ledger
from jalon.register.access import Verb, can, demand
from jalon.register.models import Commitment, Delegation, Entry, Envelope
from jalon.web import params, typography
from jalon.web.access import requires
from jalon.web.forms import Reason, attempt, person
from jalon.web.money import pictures, sight
from jalon.web.money.book import exported
from jalon.web.money.columns import COMMITMENTS, ENTRIES
from jalon.web.money.desk import DESK, HERE
from jalon.web.money.forms import DecisionForm, FundForm
from jalon.web.pages import Crumb, Fact
from jalon.web.pagination import SIZE, Pages, paginate
from jalon.web.tables import Shown, show

LATEST = 20


@dataclass(frozen=True, slots=True)
class EnvelopePage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    key: str
    on: date | None
    facts: tuple[Fact, ...]
    bars: tuple[pictures.Bar, ...]
    curve: pictures.Curve | None
    commitments: Shown
    pages: Pages
    delegations: tuple[Delegation, ...]
    entries: Shown
    entries_count: int
    decision: forms.Form | None
    funding: forms.Form | None
    undoing: forms.Form


class UndoForm(forms.Form):
    entry = forms.IntegerField(label="Numéro de l’écriture à annuler", min_value=1)
    reason = Reason()


@requires(Verb.FUND)
@require_safe
def envelope(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, mine(request, key))


@requires(Verb.FUND)
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    row = mine(request, key)
    form = DecisionForm(row, request.POST, auto_id="decider-%s")
    if not form.is_valid():
        return _page(request, row, decision=form)
    given, commitment = form.cleaned_data, form.commitment()
    demand(request.user, Verb.FUND, commitment)
    signed = ledger.Signed(person(request), given["reason"], given["on"])
    done = attempt(
        request, lambda: ledger.decide(commitment, Act(given["act"]), signed, given["amount"]), "Décision inscrite."
    )
    return _back(key) if done else _page(request, row, decision=form)


@requires(Verb.FUND)
@require_POST
def fund(request: HttpRequest, key: str) -> HttpResponse:
    row = mine(request, key)
    demand(request.user, Verb.FUND, row)
    form = FundForm(request.POST, auto_id="doter-%s")
    if not form.is_valid():
        return _page(request, row, funding=form)
    given = form.cleaned_data
    signed = ledger.Signed(person(request), given["reason"], given["on"])
    if given["territory"]:
        done = attempt(
            request, lambda: ledger.delegate(key, given["territory"], given["amount"], signed), "Délégation inscrite."
        )
    else:
        done = attempt(request, lambda: ledger.announce(key, given["amount"], signed), "Dotation inscrite.")
    return _back(key) if done else _page(request, row, funding=form)


@requires(Verb.FUND)
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    row = mine(request, key)
    form = UndoForm(request.POST, auto_id="annuler-%s")
    if not form.is_valid():
        return _page(request, row, undoing=form)
    entry = get_object_or_404(row.entries.select_related("delegation"), pk=form.cleaned_data["entry"])
    demand(request.user, Verb.FUND, entry)
    signed = ledger.Signed(person(request), form.cleaned_data["reason"])
    done = attempt(
        request, lambda: ledger.undo(entry, signed), f"Écriture {entry.pk} annulée par une écriture contraire."
    )
    return _back(key) if done else _page(request, row, undoing=form)


@requires(Verb.EXPORT)
@require_safe
def export(request: HttpRequest, key: str, suffix: str) -> HttpResponse:
    row = mine(request, key)
    demand(request.user, Verb.EXPORT, row)
    if suffix not in ("csv", "xlsx"):
        raise Http404
    about = {
        "Contenu": f"Engagements de l’enveloppe « {row.label} » ({row.pk})",
        "Financeur": row.funder,
        "Nature": row.get_kind_display(),
        "Unité": "euros, au centime",
        "Annoncé": euros(row.announced_cents),
        "Engagé": euros(row.committed_cents),
        "Payé": euros(row.paid_cents),
    }
    return exported(request, suffix, COMMITMENTS, _commitments(row), f"engagements-{row.code}", about)


def mine(request: HttpRequest, key: str) -> Envelope:
    """The envelope, for who may see it; another does not learn that it exists."""
    return get_object_or_404(sight.visible(request.user), pk=key)


def _back(key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("envelope", args=(key,)))


def _page(
    request: HttpRequest,
    row: Envelope,
    *,
    decision: forms.Form | None = None,
    funding: forms.Form | None = None,
    undoing: forms.Form | None = None,
) -> HttpResponse:
    day = params.day(request.GET, "au")
    totals = _totals(row, day)
    commitments = _commitments(row)
    pages = paginate(
        commitments.count(), params.page(request.GET), lambda number: params.with_query(request, page=number)
    )
    may = can(request.user, Verb.FUND, row)
    dated = row.entries.order_by().values_list("on", "measure", "cents")
    shown = EnvelopePage(
        f"Que reste-t-il dans « {row.label} » ?",
        _answer(totals, day),
        (DESK, HERE, Crumb(row.label)),
        row.pk,
        day,
        _facts(row),
        pictures.waterfall(totals.announced, totals.committed, totals.paid),
        pictures.curve(dated),
        show(COMMITMENTS, commitments[pages.offset : pages.offset + SIZE], "Engagements"),
        pages,
        tuple(row.delegations.select_related("territory", "parent__territory")),
        show(ENTRIES, _entries(row), "Journal"),
        row.entries.count(),
        decision or DecisionForm(row, auto_id="decider-%s"),
        (funding or FundForm(auto_id="doter-%s")) if may else None,
        undoing or UndoForm(auto_id="annuler-%s"),
    )
    refused = request.method == "POST"
    return render(request, "jalon/money_envelope.html", {"page": shown}, status=422 if refused else 200)


def _totals(row: Envelope, day: date | None) -> Totals:
    """As the counters say now; on a past day, from the entries that count until then."""
    if day is None:
        return Totals(row.announced_cents, row.delegated_cents, row.committed_cents, row.paid_cents)
    entries = (ledger.core(each) for each in row.entries.filter(on__lte=day).order_by("pk"))
    return on_day(ledger.structure(row), entries, day).totals(row.pk)


def _commitments(row: Envelope) -> QuerySet[Commitment]:
    return row.commitments.select_related("territory", "investee").order_by("-decided_on", "reference")


def _entries(row: Envelope) -> list[Entry]:
    return list(row.entries.select_related("author", "commitment").order_by("-pk")[:LATEST])


def _answer(totals: Totals, day: date | None) -> str:
    when = f"Au {typography.day(day)}, il restait" if day else "Il reste"
    return (
        f"{when} {euros(totals.remaining)} à engager sur {euros(totals.announced)} annoncés ; "
        f"{euros(totals.committed)} engagés, dont {euros(totals.paid)} payés."
    )


def _facts(row: Envelope) -> tuple[Fact, ...]:
    until = f" au {typography.day(row.ends_on)}" if row.ends_on else ", sans date de fin"
    return (
        Fact("Programme", str(row.programme)),
        Fact("Financeur", row.funder),
        Fact("Nature", row.get_kind_display(), note="ne s’additionne pas aux autres natures"),
        Fact("Période", f"du {typography.day(row.starts_on)}{until}"),
        Fact("Délégué", euros(row.delegated_cents)),
    )
