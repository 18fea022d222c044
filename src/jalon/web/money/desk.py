"""The funder's desk: what is left, what waits, what is wrong."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from jalon.register import ledger
from jalon.register.access import Verb, demand
from jalon.register.models import Commitment, CommitmentState, Envelope, MoneyKind
from jalon.web import params, typography
from jalon.web.access import requires
from jalon.web.forms import attempt, person
from jalon.web.money import sight
from jalon.web.money.book import exported
from jalon.web.money.columns import ENVELOPES, KINDS
from jalon.web.money.forms import OpenForm
from jalon.web.pages import Crumb
from jalon.web.pagination import SIZE, Pages, paginate
from jalon.web.tables import Shown, show

DESK = Crumb("Espace de travail", "/espace/")
HERE = Crumb("Financements", "/espace/financements/")


@dataclass(frozen=True, slots=True)
class Alert:
    label: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class MoneyDeskPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    kinds: Shown
    alerts: tuple[Alert, ...]
    table: Shown
    pages: Pages
    words: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    query: str


@dataclass(frozen=True, slots=True)
class FormPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    form: OpenForm


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the address."""

    words: str
    kind: str
    alert: str


@requires(Verb.FUND)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    asked, today = _asked(request), timezone.localdate()
    mine = sight.visible(request.user)
    found = _filtered(mine, asked, today)
    pages = paginate(found.count(), params.page(request.GET), lambda number: params.with_query(request, page=number))
    rows = _rows(found, today, pages.offset, pages.offset + SIZE)
    waiting = Commitment.objects.filter(state=CommitmentState.REVIEW, envelope__in=mine.order_by()).count()
    shown = MoneyDeskPage(
        "Que reste-t-il, et qu’est-ce qui attend une décision ?",
        _answer(pages.total, waiting),
        (DESK, Crumb("Financements")),
        show(KINDS, sight.sums(found), "Totaux par nature : deux natures ne s’additionnent pas"),
        tuple(_alert(request, mine, name, asked.alert, today) for name in sight.ALERTS),
        show(ENVELOPES, rows, "Enveloppes suivies"),
        pages,
        asked.words,
        asked.kind,
        tuple(MoneyKind.choices),
        request.GET.urlencode(),
    )
    return render(request, "jalon/money_desk.html", {"page": shown})


@requires(Verb.EXPORT)
@require_safe
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    if suffix not in ("csv", "xlsx"):
        raise Http404
    asked, today = _asked(request), timezone.localdate()
    found = _filtered(sight.visible(request.user), asked, today)
    about = {
        "Contenu": "Enveloppes suivies dans le registre, avec leurs totaux au moment de l’export",
        "Unité": "euros, au centime",
        "Filtres": request.GET.urlencode() or "aucun",
        "Règle": "annoncé = engagé + reste ; deux natures ne s’additionnent pas",
    }
    return exported(request, suffix, ENVELOPES, _rows(found, today), "enveloppes", about)


@requires(Verb.FUND)
@require_http_methods(["GET", "POST"])
def open_(request: HttpRequest) -> HttpResponse:
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        amount, reason = given.pop("amount"), given.pop("reason")
        row = Envelope(**given)
        demand(request.user, Verb.FUND, given["programme"])
        signed = ledger.Signed(person(request), reason, given["starts_on"])
        made = attempt(request, lambda: ledger.open_envelope(row, amount, signed), "Enveloppe ouverte.")
        if made:
            return HttpResponseRedirect(reverse("envelope", args=(made.pk,)))
    says = "Une enveloppe suivie ici remplace, dans l’édition suivante, le montant déclaré du même identifiant."
    shown = FormPage("Quelle enveloppe voulez-vous suivre ?", says, (DESK, HERE, Crumb("Ouvrir")), form)
    return render(request, "jalon/money_open.html", {"page": shown})


def _asked(request: HttpRequest) -> Asked:
    kind, alert = params.text(request.GET, "nature"), params.text(request.GET, "alerte")
    return Asked(
        params.text(request.GET, "q"),
        kind if kind in MoneyKind.values else "",
        alert if alert in sight.ALERTS else "",
    )


def _filtered(envelopes: QuerySet[Envelope], asked: Asked, today: date) -> QuerySet[Envelope]:
    found = envelopes
    if asked.words:
        found = found.filter(label__icontains=asked.words) | found.filter(funder__icontains=asked.words)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return sight.alerted(found, asked.alert, today) if asked.alert else found


def _rows(found: QuerySet[Envelope], today: date, first: int = 0, last: int | None = None) -> list[sight.Row]:
    return sight.rows(found.order_by("programme_id", "code")[first:last], today)


def _alert(request: HttpRequest, mine: QuerySet[Envelope], name: str, current: str, today: date) -> Alert:
    href = params.with_query(request, alerte="" if name == current else name, page=None)
    return Alert(sight.ALERTS[name], sight.alerted(mine, name, today).count(), href, name == current)


def _answer(envelopes: int, waiting: int) -> str:
    if not envelopes:
        return "Aucune enveloppe n’est suivie ici, ou aucune ne répond à ces filtres."
    decisions = typography.plural(waiting, "demande attend", "demandes attendent")
    return f"{typography.plural(envelopes, 'enveloppe')} ; {decisions} une décision."
