"""Anybody tries a reading: a fictional agreement, or a file of their own that only their session sees."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from jalon import facsimile, samples
from jalon.agreements import VERSION
from jalon.errors import JalonError
from jalon.facsimile import Sheets
from jalon.home import home
from jalon.register.models import Reading, ReadingState
from jalon.register.readings import receive, store, worker
from jalon.samples import SAMPLES, Sample
from jalon.web import typography
from jalon.web.pages import Crumb
from jalon.web.reading import blocks, files, page
from jalon.web.reading.model import Shown
from jalon.workers import Outcome, read_file

HELD = "essais"
MOST_OF_A_SESSION = 10
KEPT = "private, max-age=3600"


@dataclass(frozen=True, slots=True)
class TrialPage:
    """Context of `trial.html`: what may be tried."""

    title: str
    answer: str
    samples: tuple[Sample, ...]
    mib: int
    pages: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Context of `trial_waiting.html`: a reading under way, or refused."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    reading: Reading
    running: bool


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _take(request)
    from jalon.register.readings.settle import TRIAL_PAGES

    context = TrialPage(
        title="Que lit Jalon dans une convention ?",
        answer="Chaque action, son budget, ses financeurs, ses dates, et pour chacun l’endroit exact de la page. "
        "Essayez : la lecture se fait devant vous, en quelques secondes.",
        samples=SAMPLES,
        mib=receive.TRIAL.file_bytes // receive.MIB,
        pages=TRIAL_PAGES,
    )
    return render(request, "jalon/trial.html", {"page": context})


def _take(request: HttpRequest) -> HttpResponse:
    held = request.session.get(HELD, [])
    sample = next((each for each in SAMPLES if each.slug == request.POST.get("exemple")), None)
    given = SimpleUploadedFile(sample.file, sample.path.read_bytes()) if sample else request.FILES.get("fichier")
    try:
        if len(held) >= MOST_OF_A_SESSION:
            raise receive.NotTaken(
                "session full",
                user_message=f"vous avez déjà fait {len(held)} essais.",
                mend="effacez-en, ou revenez demain.",
            )
        receive.check([given] if given else [], receive.TRIAL)
        reading = receive.trial(given)  # type: ignore[arg-type]
    except JalonError as error:
        messages.error(request, f"{error.user_message} {error.mend}")
        return HttpResponseRedirect(reverse("trial"))
    request.session[HELD] = [*held, reading.token]
    return HttpResponseRedirect(reverse("trial-reading", args=[reading.token]))


@require_safe
def reading(request: HttpRequest, token: str) -> HttpResponse:
    row = _own(request, token)
    if row.state != ReadingState.READ:
        return _waiting(request, row)
    where, given = store.root_of(row), store.place(row)
    outcome = read_file(str(given), str(where.root), VERSION)
    shown = _shown(row, outcome)
    context = page.build(shown, _sheets(row, given), where, row.sha256, request.GET)
    return render(request, "jalon/reading.html", {"page": context})


def _waiting(request: HttpRequest, row: Reading) -> HttpResponse:
    if not row.settled:
        worker.wake(home(), "trial")
    told = {
        ReadingState.WAITING: "Le fichier est arrivé ; sa lecture commence dans un instant.",
        ReadingState.STARTED: "La machine met en page, lit chaque mot, retrouve les fiches et leurs champs.",
    }
    context = WaitingPage(
        title="Lecture en cours" if not row.settled else "Ce fichier n’est pas lu",
        answer=told.get(ReadingState(row.state), row.reason),
        crumbs=(Crumb("Essayer la lecture", reverse("trial")), Crumb(row.name)),
        reading=row,
        running=not row.settled,
    )
    return render(request, "jalon/trial_waiting.html", {"page": context})


@require_GET
def state(request: HttpRequest, token: str) -> HttpResponse:
    """For the page that waits: 204 while the reading runs, then where to go."""
    if not _own(request, token).settled:
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Redirect": reverse("trial-reading", args=[token])})


@require_GET
def picture(request: HttpRequest, token: str, number: int, small: bool = False) -> HttpResponse:
    row = _own(request, token)
    return files.picture(store.root_of(row), store.place(row), row.sha256, number, small=small, kept=KEPT)


@require_GET
def original(request: HttpRequest, token: str) -> HttpResponseBase:
    row = _own(request, token)
    return files.original(store.place(row), row.name)


@require_POST
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a trial now."""
    row = _own(request, token)
    store.let_go(row)
    row.delete()
    request.session[HELD] = [each for each in request.session.get(HELD, []) if each != token]
    messages.success(request, "L’essai est effacé : le fichier, ses images et ce qui en était lu.")
    return HttpResponseRedirect(reverse("trial"))


def _own(request: HttpRequest, token: str) -> Reading:
    """The trial of this session; another's is not there."""
    if token not in request.session.get(HELD, []):
        raise Http404
    row = Reading.objects.filter(pk=token, trial=True).first()
    if row is None:
        raise Http404
    return row


def _sheets(row: Reading, given: Path) -> Sheets:
    try:
        return facsimile.prepare(store.root_of(row), given, row.sha256, row.name)
    except JalonError as error:
        return Sheets((), error.user_message)


def _shown(row: Reading, outcome: Outcome) -> Shown:
    base = reverse("trial-reading", args=[row.token])
    seconds = typography.number(row.seconds or 0, 1)
    actions = typography.plural(len(outcome.actions), "action lue", "actions lues")
    return Shown(
        name=row.name,
        title="Que lit la machine dans cette convention ?"
        if row.fictional
        else f"Que lit la machine dans {row.name} ?",
        answer=f"{actions} sur {typography.plural(outcome.pages, 'page')}, en {seconds} secondes. "
        "Cliquez un champ pour voir sa place, ou un cadre pour voir son champ.",
        blocks=blocks.blocks(replace(outcome, name=row.name)),
        base=base,
        trial=True,
        fictional=row.fictional or row.sha256 in samples.hashes(),
        download=f"{base}original",
        crumbs=(Crumb("Essayer la lecture", reverse("trial")), Crumb(row.name)),
        doubts=outcome.doubts,
    )
