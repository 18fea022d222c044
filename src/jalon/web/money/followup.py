"""A follow-up spreadsheet: its columns, what it would do, then doing it; and undoing a file whole."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jalon.errors import Refusal
from jalon.funding import euros
from jalon.funding.followup import FIELDS, MOST_BYTES
from jalon.register import ledger
from jalon.register.access import Verb, demand
from jalon.register.followups import FollowUpReport
from jalon.register.followups import bring as bring_in
from jalon.register.models import LedgerImport
from jalon.web import typography
from jalon.web.access import requires
from jalon.web.forms import Reason, attempt, person
from jalon.web.money.desk import DESK, HERE
from jalon.web.money.envelope import mine
from jalon.web.pages import Crumb
from jalon.web.tables import Column, Shown, show

LABELS = {
    "reference": "Référence",
    "label": "Objet",
    "territory": "Code du territoire",
    "asked": "Montant demandé",
    "committed": "Montant engagé",
    "decided_on": "Date de décision",
    "paid": "Montant payé",
    "paid_on": "Date de paiement",
}
REFUSED: tuple[Column[Refusal], ...] = (
    Column("Ligne", lambda row: row.row, "number"),
    Column("Valeur", lambda row: row.value),
    Column("Pourquoi", lambda row: row.reason),
)


class FollowUpForm(forms.Form):
    """A file, the title of the column of each field (recognised when empty), and whether to write."""

    file = forms.FileField(label="Tableur de suivi (XLSX, ODS ou CSV)", max_length=200)
    write = forms.ChoiceField(
        label="Que faire ?",
        choices=(("", "Un rapport, sans rien écrire"), ("on", "Écrire dans le journal")),
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in FIELDS:
            self.fields[field] = forms.CharField(
                label=f"Colonne : {LABELS[field].lower()}", required=False, max_length=200
            )

    def clean_file(self) -> object:
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError("Ce fichier dépasse 20 Mo.")
        return self.cleaned_data["file"]


class UndoImportForm(forms.Form):
    reason = Reason()


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    key: str
    form: FollowUpForm
    report: str
    columns: tuple[tuple[str, str], ...]
    refused: Shown | None
    imports: tuple[LedgerImport, ...]


@requires(Verb.FUND)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, key: str) -> HttpResponse:
    envelope = mine(request, key)
    demand(request.user, Verb.FUND, envelope)
    form = FollowUpForm(request.POST or None, request.FILES or None)
    report: FollowUpReport | None = None
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        upload, write = given.pop("file"), given.pop("write")
        done = "Fichier inscrit au journal." if write else ""
        report = attempt(
            request,
            lambda: bring_in(envelope, upload.read(), upload.name, person(request), given, write=bool(write)),
            done,
        )
    shown = FollowUpPage(
        "Que dit ce tableur de suivi ?",
        "Le rapport vient d’abord : lignes comprises, lignes refusées et pourquoi. Rien n’est écrit tant qu’on "
        "ne le demande pas ; un fichier inscrit s’annule entier.",
        (DESK, HERE, Crumb(envelope.label, reverse("envelope", args=(key,))), Crumb("Tableur de suivi")),
        key,
        form,
        _said(report) if report else "",
        tuple((LABELS[field], title) for field, title in report.mapping.items()) if report else (),
        show(REFUSED, report.refused, "Lignes refusées") if report and report.refused else None,
        tuple(LedgerImport.objects.filter(entries__envelope=envelope).distinct().select_related("author")[:20]),
    )
    return render(request, "jalon/money_followup.html", {"page": shown})


@requires(Verb.FUND)
@require_POST
def undo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    envelope = mine(request, key)
    demand(request.user, Verb.FUND, envelope)
    batch = get_object_or_404(LedgerImport.objects.filter(entries__envelope=envelope).distinct(), pk=pk)
    form = UndoImportForm(request.POST)
    if form.is_valid():
        signed = ledger.Signed(person(request), form.cleaned_data["reason"])
        attempt(request, lambda: ledger.undo_import(batch, signed), f"« {batch.file} » est annulé en entier.")
    return HttpResponseRedirect(reverse("import-followup", args=(key,)))


def _said(report: FollowUpReport) -> str:
    kept = typography.plural(report.kept, "ligne comprise", "lignes comprises")
    refused = typography.plural(len(report.refused), "refusée")
    verb = "Inscrit" if report.batch else "Serait inscrit"
    return (
        f"{typography.plural(report.rows_read, 'ligne lue', 'lignes lues')} : {kept}, {refused}. {verb} : "
        f"{euros(report.committed_cents)} engagés, {euros(report.paid_cents)} payés."
    )
