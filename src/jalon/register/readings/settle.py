"""What a job does with one given file, whatever happened before: read, written and told exactly once."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from jalon import facsimile
from jalon.agreements import VERSION
from jalon.documents.limits import LIMITS
from jalon.errors import JalonError, RegisterError
from jalon.home import home
from jalon.register.access import Verb, can
from jalon.register.agreements import DocumentReport, import_document
from jalon.register.importing import originals
from jalon.register.models import Agreement, Document, Reading, ReadingState
from jalon.register.publishing import build_edition
from jalon.register.readings import store
from jalon.workers import Outcome, read_file

MOST_ATTEMPTS = 3
PATIENCE = 600.0
TRIAL_PAGES = 80
TRIAL_LIMITS = replace(LIMITS, wall_seconds=240)
TRIAL_LIFE = timedelta(days=1)
REFUSED_LIFE = timedelta(days=30)


def settle(token: str) -> str:
    """Read one given file and say what became of it. A file that is settled, or gone, is left alone."""
    reading = Reading.objects.filter(pk=token).first()
    if reading is None or reading.settled:
        return "settled before"
    if reading.attempts >= MOST_ATTEMPTS:
        _refuse(reading, f"{reading.name} arrête le lecteur à chaque essai.", "découpez-le, ou signalez-le.")
        return reading.state
    reading.state, reading.attempts, reading.started_at = ReadingState.STARTED, reading.attempts + 1, timezone.now()
    reading.save(update_fields=["state", "attempts", "started_at"])
    try:
        _try(reading) if reading.trial else _import(reading)
    except (JalonError, OSError) as error:
        told = error.user_message if isinstance(error, JalonError) else f"{reading.name} ne s’ouvre pas : {error}."
        _refuse(reading, told, error.mend if isinstance(error, JalonError) else "déposez-le de nouveau.")
    return reading.state


def _import(reading: Reading) -> None:
    def told(report: DocumentReport) -> None:
        _demand_perimeter(reading, report)
        reading.state, reading.agreement = report.status, report.agreement
        reading.pages, reading.actions = report.pages, report.actions
        reading.changed, reading.withdrawn, reading.doubts = report.changed, report.withdrawn, list(report.doubts)
        reading.reason, reading.mend = report.reason, report.mend
        _done(reading)

    import_document(store.original(reading), reading.programme_id or "", then=told, patience=PATIENCE)
    if reading.state != ReadingState.REFUSED:
        store.let_go(reading)


def _demand_perimeter(reading: Reading, report: DocumentReport) -> None:
    """Who deposits may write in the agreement that the document turns out to be of; raised, nothing is written."""
    agreement = Agreement.objects.filter(pk=report.agreement).first()
    if agreement and reading.author and not can(reading.author, Verb.UPLOAD, agreement):
        raise RegisterError(
            f"{reading.name}: {agreement.pk} out of reach",
            user_message=f"{reading.name} est de la convention {agreement.pk}, hors de votre périmètre.",
            mend="confiez-le à qui tient cette convention.",
        )


def _try(reading: Reading) -> None:
    where = store.root_of(reading)
    sheets = facsimile.prepare(where, store.place(reading), reading.sha256)
    if len(sheets.pages) > TRIAL_PAGES:
        told = f"{reading.name} a {len(sheets.pages)} pages : un essai en lit {TRIAL_PAGES} au plus."
        return _refuse(reading, told, "essayez avec un extrait, ou demandez un compte pour le lire entier.")
    outcome = read_file(str(store.place(reading)), str(where.root), VERSION, TRIAL_LIMITS)
    _tell_trial(reading, outcome)
    return None


def _tell_trial(reading: Reading, outcome: Outcome) -> None:
    reading.state = outcome.status
    reading.pages, reading.actions, reading.doubts = outcome.pages, len(outcome.actions), list(outcome.doubts)
    reading.reason, reading.mend = outcome.reason, outcome.mend
    _done(reading)


def _refuse(reading: Reading, reason: str, mend: str) -> None:
    reading.state, reading.reason, reading.mend = ReadingState.REFUSED, reason, mend
    _done(reading)


def _done(reading: Reading) -> None:
    reading.settled_at = timezone.now()
    reading.save()


def index(sha256: str) -> int:
    """Keep the words of a document of the register; gives how many pages."""
    document = Document.objects.get(pk=sha256)
    facsimile.prepare(home(), originals.place(home(), sha256), sha256, document.name)
    return len(facsimile.index(home(), originals.place(home(), sha256), document.name, sha256))


def index_trial(token: str) -> int:
    """Keep the words of a document that is tried, unless its giver has deleted it."""
    reading = Reading.objects.filter(pk=token).first()
    if reading is None:
        return 0
    return len(facsimile.index(store.root_of(reading), store.place(reading), reading.name, reading.sha256))


def publish(author: str) -> str:
    """Build an edition as of today and publish it."""
    edition = build_edition(date.today(), note=f"demandée par {author}", publish=True)  # noqa: DTZ011
    return edition.id


def sweep() -> int:
    """Delete trials a day old and files refused a month ago; gives how many."""
    now = timezone.now()
    old = [
        *Reading.objects.filter(trial=True, given_at__lt=now - TRIAL_LIFE),
        *Reading.objects.filter(trial=False, state=ReadingState.REFUSED, settled_at__lt=now - REFUSED_LIFE),
    ]
    for reading in old:
        store.let_go(reading)
        if reading.trial:
            reading.delete()
    return len(old)
