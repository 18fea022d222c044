"""Deposit agreements, follow their reading, publish what they bring."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jalon.errors import JalonError
from jalon.home import home
from jalon.register.access import Verb, can, demand, may_at_all
from jalon.register.models import OPEN, Point, Programme, Reading, ReadingState, Verdict
from jalon.register.readings import receive, tasks, worker
from jalon.register.readings.pending import Pending, pending
from jalon.web import typography
from jalon.web.access import person, requires
from jalon.web.published import published
from jalon.web.views.desk import name_of

A_PAGE = 50
ATTACH = "Rattachez-le à sa convention dans la file à revoir : il est gardé."
TONES = {
    ReadingState.WAITING: "wait",
    ReadingState.STARTED: "run",
    ReadingState.READ: "good",
    ReadingState.UNMATCHED: "doubt",
    ReadingState.REFUSED: "bad",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One file given: what became of it, in words; `href` opens its reading."""

    token: str
    name: str
    href: str
    state: str
    tone: str
    summary: str
    mend: str
    size: str
    again: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the reading of everything given stands; `running` says that something is still to do."""

    total: int
    done: int
    refused: int
    running: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """What waits for an edition, and the one that is being made."""

    waiting: Pending | None
    state: str
    may: bool


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """Context of `readings.html`."""

    title: str
    answer: str
    lines: tuple[Line, ...]
    progress: Progress
    publication: Publication
    programmes: tuple[tuple[str, str], ...]
    to_review: int
    files: int
    file_mib: int
    earlier: int
    later: int


@requires(Verb.UPLOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def readings(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _deposit(request)
    alone = request.headers.get("HX-Target") == "lectures"
    context = {"page": _context(request), "alone": alone}
    return render(request, "jalon/_readings.html" if alone else "jalon/readings.html", context)


def _deposit(request: HttpRequest) -> HttpResponse:
    programme = get_object_or_404(Programme, pk=request.POST.get("programme", ""))
    files = request.FILES.getlist("fichiers")
    try:
        receive.deposit(files, programme.pk, person(request))
    except JalonError as error:
        messages.error(request, f"{error.user_message} {error.mend}")
    else:
        told = typography.plural(len(files), "fichier reçu", "fichiers reçus")
        messages.success(request, f"{told} : la lecture commence. Vous pouvez quitter cette page.")
    return HttpResponseRedirect(reverse("readings"))


@requires(Verb.UPLOAD)
@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Read a refused file once more."""
    reading = get_object_or_404(Reading, pk=token, trial=False, state=ReadingState.REFUSED)
    if not _seen(request).filter(pk=token).exists():
        raise Http404
    try:
        receive.again(reading)
    except JalonError as error:
        messages.error(request, f"{error.user_message} {error.mend}")
    return HttpResponseRedirect(reverse("readings"))


@requires(Verb.PUBLISH)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Ask for a new edition; asked while one is being made, it changes nothing."""
    demand(request.user, Verb.PUBLISH)
    if _making() is None:
        tasks.publish.enqueue(name_of(request.user))
        worker.wake(home(), "default")
    messages.success(request, "La nouvelle édition se construit : elle remplacera l’actuelle une fois entière.")
    return HttpResponseRedirect(reverse("readings"))


def _context(request: HttpRequest) -> ReadingsPage:
    given = _seen(request)
    pages = Paginator(given, A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    waiting = given.filter(state__in=OPEN).count()
    if waiting:
        worker.wake(home(), "default")
    publication = _publication(request)
    return ReadingsPage(
        title="Où en est la lecture des conventions ?",
        answer=_answer(given.count(), waiting),
        lines=tuple(map(_line, shown.object_list)),
        progress=_progress(given, waiting, publication),
        publication=publication,
        programmes=tuple(Programme.objects.filter(groups__isnull=False).distinct().values_list("id", "short_name")),
        to_review=Point.objects.filter(verdict=Verdict.OPEN).count(),
        files=receive.DEPOSIT.files,
        file_mib=receive.DEPOSIT.file_bytes // receive.MIB,
        earlier=shown.previous_page_number() if shown.has_previous() else 0,
        later=shown.next_page_number() if shown.has_next() else 0,
    )


def _seen(request: HttpRequest) -> QuerySet[Reading]:
    """What was deposited: all of it for who may deposit everywhere, else one's own."""
    given = Reading.objects.filter(trial=False)
    return given if can(request.user, Verb.UPLOAD) else given.filter(author=person(request))


def _answer(total: int, waiting: int) -> str:
    if not total:
        return "Aucune convention n’a encore été déposée ici. Déposez-en une, ou tout un dossier."
    if not waiting:
        return (
            f"{typography.plural(total, 'fichier déposé', 'fichiers déposés')}, tous lus ou refusés avec leur raison."
        )
    done = typography.plural(total - waiting, "fichier lu", "fichiers lus")
    return f"{done} sur {typography.number(total)} ; {typography.number(waiting)} à lire."


def _progress(given: QuerySet[Reading], waiting: int, publication: Publication) -> Progress:
    """Of the deposits that still have something to read."""
    batches = given.filter(state__in=OPEN).values("batch")
    counted = given.filter(batch__in=batches)
    total, refused = counted.count(), counted.filter(state=ReadingState.REFUSED).count()
    return Progress(total, total - waiting, refused, bool(waiting) or publication.state == "making")


def _line(reading: Reading) -> Line:
    state, tone = reading.get_state_display(), TONES[ReadingState(reading.state)]
    if reading.state == ReadingState.READ and reading.doubts:
        state, tone = f"lu, {typography.plural(len(reading.doubts), 'doute')}", "doubt"
    legible = reading.state in (ReadingState.READ, ReadingState.UNMATCHED)
    return Line(
        token=reading.token,
        name=reading.name,
        href=reverse("reading", args=[reading.sha256]) if legible else "",
        state=state,
        tone=tone,
        summary=_summary(reading),
        mend=ATTACH if reading.state == ReadingState.UNMATCHED else reading.mend,
        size=typography.size(reading.bytes),
        again=reading.state == ReadingState.REFUSED,
    )


def _summary(reading: Reading) -> str:
    if reading.state == ReadingState.WAITING:
        return ""
    if reading.state == ReadingState.STARTED:
        return "repris après un arrêt" if reading.attempts > 1 else ""
    pages = typography.plural(reading.pages, "page")
    if reading.state != ReadingState.READ:
        return reading.reason if reading.state == ReadingState.REFUSED else f"{pages} ; {reading.reason}"
    actions = typography.plural(reading.actions, "action")
    return f"{pages}, {actions} dans la convention, {typography.number(reading.changed)} écrites par cette lecture"


def _making() -> DBTaskResult | None:
    """The job that makes an edition now."""
    asked = DBTaskResult.objects.filter(task_path=tasks.publish.module_path)
    return asked.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).first()


def _publication(request: HttpRequest) -> Publication:
    last = DBTaskResult.objects.filter(task_path=tasks.publish.module_path).order_by("-enqueued_at").first()
    state = "making" if _making() else "failed" if last and last.status == TaskResultStatus.FAILED else ""
    try:
        waiting = pending(published())
    except (JalonError, OSError):
        waiting = None
    return Publication(waiting, state, may_at_all(request.user, Verb.PUBLISH))
