"""The reading of a document of the register: each field beside its place on the page, corrected where it stands."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from jalon import facsimile
from jalon.agreements import VERSION
from jalon.errors import JalonError
from jalon.facsimile import Sheets
from jalon.home import home
from jalon.register.access import Verb, can, demand
from jalon.register.importing import originals
from jalon.register.models import Action, Correction, Document, Evidence, FundingLine, Reading, Subject
from jalon.register.readings import correcting, receive, tasks, worker
from jalon.web import typography
from jalon.web.access import person, requires
from jalon.web.pages import Crumb
from jalon.web.reading import blocks, files, page
from jalon.web.reading.model import Block, Corrected, FieldRead, Input, Shown
from jalon.workers import Outcome, kept_at, read_file

KEPT = "private, max-age=3600"
RENEWED = "Le lecteur a changé depuis : ce document se relit. Rechargez la page dans un moment."


@requires(Verb.CONSULT)
@require_safe
def reading(request: HttpRequest, sha256: str) -> HttpResponse:
    document = get_object_or_404(Document, pk=sha256, pages__isnull=False)
    demand(request.user, Verb.CONSULT, document)
    given = originals.place(home(), sha256)
    if not given.is_file():
        raise Http404
    outcome = _outcome(document)
    _ask_for_words(sha256)
    shown = _shown(request, document, replace(outcome, name=document.name))
    context = page.build(shown, _sheets(document), home(), sha256, request.GET)
    return render(request, "jalon/reading.html", {"page": context})


@requires(Verb.CONSULT)
@require_GET
def picture(request: HttpRequest, sha256: str, number: int, small: bool = False) -> HttpResponse:
    document = get_object_or_404(Document, pk=sha256)
    demand(request.user, Verb.CONSULT, document)
    return files.picture(home(), originals.place(home(), sha256), sha256, number, small=small, kept=KEPT)


@requires(Verb.CONSULT)
@require_GET
def original(request: HttpRequest, sha256: str) -> HttpResponseBase:
    document = get_object_or_404(Document, pk=sha256)
    demand(request.user, Verb.CONSULT, document)
    return files.original(originals.place(home(), sha256), document.name)


@requires(Verb.CORRECT)
@require_POST
def correct(request: HttpRequest, sha256: str) -> HttpResponse:
    """Correct one field of an action; back to where it stands."""
    document = get_object_or_404(Document, pk=sha256)
    action = get_object_or_404(Action, pk=request.POST.get("action", ""), agreement=document.agreement_id)
    demand(request.user, Verb.CORRECT, action)
    champ = request.POST.get("champ", "")
    try:
        given = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        correcting.correct_field(action, champ.partition("-")[2], given, person(request), given.get("motif", ""))
    except JalonError as error:
        messages.error(request, f"{error.user_message} {error.mend}")
    else:
        messages.success(request, "Corrigé. La valeur lue par la machine reste à côté, et aucune relecture n’y touche.")
    return HttpResponseRedirect(f"{reverse('reading', args=[sha256])}?champ={champ}#{champ}")


def _outcome(document: Document) -> Outcome:
    """What is read in a document; after a change of reader it is read again beside, and the page says so."""
    if kept_at(home(), document.pk, VERSION).is_file():
        return read_file(str(originals.place(home(), document.pk)), str(home().root), VERSION)
    if document.agreement is not None:
        receive.reread(document, document.agreement.programme_id, None)
    else:
        last = Reading.objects.filter(sha256=document.pk, trial=False, programme__isnull=False).first()
        receive.reread(document, last.programme_id if last and last.programme_id else "acv", None)
    return Outcome(document.name, document.pk, "refused", document.pages or 0, reason=RENEWED)


def _sheets(document: Document) -> Sheets:
    try:
        return facsimile.prepare(home(), originals.place(home(), document.pk), document.pk, document.name)
    except JalonError as error:
        return Sheets((), error.user_message)


def _ask_for_words(sha256: str) -> None:
    """Have the words of a document kept for search, once."""
    if facsimile.words(home(), sha256) is None:
        asked = DBTaskResult.objects.filter(task_path=tasks.index.module_path, args_kwargs__args__0=sha256)
        if not asked.exists():
            tasks.index.enqueue(sha256)
        worker.wake(home(), "default")


def _shown(request: HttpRequest, document: Document, outcome: Outcome) -> Shown:
    editable = document.agreement_id is not None and can(request.user, Verb.CORRECT, document)
    read = blocks.blocks(outcome)
    known = _Register(document, editable)
    base = reverse("reading", args=[document.pk])
    last = Reading.objects.filter(sha256=document.pk, trial=False).first()
    return Shown(
        name=document.name,
        title=f"Que dit {document.name} ?",
        answer=_answer(document, outcome),
        blocks=tuple(map(known.block, read)),
        base=base,
        editable=editable,
        note="" if outcome.status == "read" else outcome.reason,
        download=reverse("reading-original", args=[document.pk]),
        crumbs=(
            Crumb("Espace de travail", reverse("desk")),
            Crumb("Lectures", reverse("readings")),
            Crumb(document.name),
        ),
        doubts=tuple(last.doubts) if last else outcome.doubts,
    )


def _answer(document: Document, outcome: Outcome) -> str:
    actions = typography.plural(len(outcome.actions), "action lue", "actions lues")
    pages = typography.plural(outcome.pages, "page")
    whose = f", convention {document.agreement_id}" if document.agreement_id else f" ; {document.refusal}"
    dated = f", signée le {typography.day(document.dated_on)}" if document.dated_on else ""
    return f"{actions} sur {pages}{whose}{dated}."


class _Register:
    """What the register holds of the actions of a document: their identifiers, corrections and present values."""

    def __init__(self, document: Document, editable: bool) -> None:
        self.editable = editable
        places = Evidence.objects.filter(subject=Subject.ACTION, document=document, field="title")
        self.whose = {(row.page or 0, row.box): row.subject_id for row in places}
        ids = set(self.whose.values())
        self.actions = Action.objects.in_bulk(ids)
        self.funding: dict[str, list[FundingLine]] = {}
        for line in FundingLine.objects.filter(action__in=ids).order_by("line"):
            self.funding.setdefault(line.action_id, []).append(line)
        self.corrections = self._corrections(ids)

    def _corrections(self, ids: set[str]) -> Mapping[tuple[str, str], Correction]:
        keys = [line.pk for lines in self.funding.values() for line in lines]
        rows = Correction.objects.filter(subject__in=("action", "fundingline"), subject_id__in=[*ids, *keys])
        return {(row.subject_id, row.field): row for row in rows.select_related("author")}

    def block(self, block: Block) -> Block:
        title = next((each for each in block.fields if each.key == f"{block.key}-title"), None)
        if title is None or not title.places:
            return block
        place = title.places[0]
        spelled = " ".join(f"{side:g}" for side in place.box or (0, 0, 0, 0))
        action = self.actions.get(self.whose.get((place.page, spelled), ""))
        if action is None:
            return block
        return replace(
            block,
            subject=action.pk,
            title=action.title,
            fields=tuple(self._field(each, action) for each in block.fields),
        )

    def _field(self, read: FieldRead, action: Action) -> FieldRead:
        name = read.key.partition("-")[2]
        inputs = tuple(self._inputs(name, action))
        return replace(
            read, inputs=inputs if self.editable else (), corrected=tuple(self._corrected(name, action)),
            value=self._value(name, action, read.value),
        )  # fmt: skip

    def _inputs(self, name: str, action: Action) -> list[Input]:
        if name == "funding":
            return [
                Input(f"montant-{line.line}", f"{line.funder}, en euros", correcting.written(line.amount_cents))
                for line in self.funding.get(action.pk, ())
            ]
        return [
            Input(column.name, column.label, column.text(action), column.kind)
            for column in correcting.COLUMNS.get(name, ())
        ]

    def _corrected(self, name: str, action: Action) -> list[Corrected]:
        owned = [(action.pk, column.name) for column in correcting.COLUMNS.get(name, ())]
        if name == "funding":
            owned = [(line.pk, "amount_cents") for line in self.funding.get(action.pk, ())]
        rows = (self.corrections.get(key) for key in owned)
        return [_told(row) for row in rows if row is not None]

    def _value(self, name: str, action: Action, read: str) -> str:
        """What stands: the correction where there is one, else the reading as it was written."""
        if not self._corrected(name, action):
            return read
        if name == "funding":
            return "\n".join(f"{x.funder} : {typography.euros(x.amount_cents / 100)}" for x in self.funding[action.pk])
        texts = [column.text(action) for column in correcting.COLUMNS[name]]
        return f"{texts[0]} €" if name == "budget" and texts[0] else ", ".join(filter(None, texts)) or "sans valeur"


def _told(row: Correction) -> Corrected:
    machine = row.machine_value
    if row.field in ("cost_cents", "amount_cents"):
        machine = "" if machine is None else typography.euros(machine / 100)
    who = row.author.get_full_name() or row.author.get_username()
    return Corrected(str(machine or "rien"), who, typography.day(row.decided_at.date()), row.reason, row.stale)
