"""The checks that people keep: decide on each claim, freeze, annotate; and what is frozen, for whoever has its link."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jalon import claims
from jalon.claims.stored import from_json
from jalon.dossiers import FILES, Decision
from jalon.dossiers.page import STYLE
from jalon.dossiers.wording import decided
from jalon.errors import DocumentError, SourceUnreadable
from jalon.register import verifications as register
from jalon.register.access import Verb
from jalon.register.models import FrozenVerification, Verification, VerificationFile, VerificationNote
from jalon.web.access import requires
from jalon.web.api.errors import Busy
from jalon.web.cards import Checked, checked, summary
from jalon.web.forms import attempt, person
from jalon.web.pages import Crumb
from jalon.web.params import day
from jalon.web.published import published
from jalon.web.security import HEADER
from jalon.web.typography import plural
from jalon.web.views.verify import given_text

DESK = Crumb("Espace de travail", "/espace/")
LIST = Crumb("Vérifications", "/espace/verifications/")
SHOWN = 200


@dataclass(frozen=True, slots=True)
class KeptLine:
    id: str
    title: str
    author: str
    made_at: datetime
    points: int
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptList:
    """Context of `verifications.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    lines: tuple[KeptLine, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Context of `verification.html`. `said` gives by claim what was decided, the last one last."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    id: str
    checked: Checked
    said: dict[int, tuple[str, ...]]
    verdicts: tuple[tuple[str, str], ...]
    frozen: FrozenVerification | None
    notes: tuple[VerificationNote, ...]
    undecided: int


@requires(Verb.FREEZE)
@require_http_methods(["GET", "HEAD", "POST"])
def verifications(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _kept(request)
    rows = Verification.objects.select_related("author", "frozen")[:SHOWN]
    lines = tuple(
        KeptLine(
            row.id, row.title, register.name_of(row.author), row.made_at, len(row.result["claims"]), _frozen_at(row)
        )
        for row in rows
    )
    frozen = sum(line.frozen_at is not None for line in lines)
    answer = f"{plural(len(lines), 'vérification gardée', 'vérifications gardées')}, dont {plural(frozen, 'figée')}."
    shown = KeptList("Quelles réponses ont été vérifiées ?", answer, (DESK, Crumb("Vérifications")), lines)
    return render(request, "jalon/verifications.html", {"page": shown})


def _frozen_at(row: Verification) -> datetime | None:
    frozen = getattr(row, "frozen", None)
    return frozen.frozen_at if frozen else None


def _kept(request: HttpRequest) -> HttpResponse:
    """Check the text again on the edition published now, and keep what is found."""

    def act() -> Verification:
        check = claims.check(given_text(request), published(), as_of=day(request.POST, "au"))
        return register.keep(check, request.POST.get("titre", ""), person(request))

    try:
        made = attempt(request, act, "Vérification gardée : acceptez ou écartez chaque verdict, puis figez-la.")
    except (SourceUnreadable, DocumentError, Busy):
        made = None
    return HttpResponseRedirect(reverse("verification", args=[made.id]) if made else "/espace/verifications/")


@requires(Verb.FREEZE)
@require_safe
def verification(request: HttpRequest, key: str) -> HttpResponse:
    kept = get_object_or_404(Verification, pk=key)
    check = from_json(kept.result)
    said = _said(register.decisions(kept))
    frozen = FrozenVerification.objects.filter(pk=key).first()
    shown = KeptPage(
        title=kept.title,
        answer=summary(check),
        crumbs=(DESK, LIST, Crumb(kept.title)),
        id=key,
        checked=checked(check),
        said=said,
        verdicts=tuple(claims.LABELS.items()),
        frozen=frozen,
        notes=tuple(frozen.notes.select_related("author")) if frozen else (),
        undecided=len(check.claims) - len(said),
    )
    return render(request, "jalon/verification.html", {"page": shown})


def _said(decisions: tuple[Decision, ...]) -> dict[int, tuple[str, ...]]:
    said: dict[int, tuple[str, ...]] = {}
    for one in decisions:
        said[one.claim] = (*said.get(one.claim, ()), decided(one))
    return said


@requires(Verb.FREEZE)
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    kept = get_object_or_404(Verification, pk=key)
    given = request.POST.get("point", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("motif", "")[:1000]
    attempt(
        request,
        lambda: register.decide(kept, number, person(request), verdict=verdict, reason=reason),
        "Décision gardée.",
    )
    return HttpResponseRedirect(f"{reverse('verification', args=[key])}#c{number}")


@requires(Verb.FREEZE)
@require_POST
def freeze(request: HttpRequest, key: str) -> HttpResponse:
    kept = get_object_or_404(Verification, pk=key)
    origin = request.build_absolute_uri("/").rstrip("/")
    attempt(request, lambda: register.freeze(kept, person(request), origin), "Vérification figée.")
    return HttpResponseRedirect(reverse("verification", args=[key]))


@requires(Verb.FREEZE)
@require_POST
def annotate(request: HttpRequest, key: str) -> HttpResponse:
    frozen = get_object_or_404(FrozenVerification, pk=key)
    text, other = request.POST.get("note", "")[:5_000], request.POST.get("remplacee_par", "").strip()[:16]
    attempt(request, lambda: register.annotate(frozen, text, person(request), other), "Note ajoutée.")
    return HttpResponseRedirect(reverse("verification", args=[key]))


@require_safe
def frozen_file(request: HttpRequest, key: str, kind: str = "html") -> HttpResponse:
    """A file of a dossier, as it was written: open to whoever has its address, which nothing public lists."""
    kept = VerificationFile.objects.filter(frozen_id=key, kind=kind).first()
    if kept is None or kind not in FILES:
        raise Http404
    response = HttpResponse(bytes(kept.content), content_type=FILES[kind])
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, max-age=86400"
    if kind == "html":
        digest = base64.b64encode(hashlib.sha256(_style(bytes(kept.content))).digest()).decode()
        response.headers[HEADER] = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    elif kind != "json":
        response.headers["Content-Disposition"] = f'inline; filename="verification-{key}.{kind}"'
    return response


def _style(page: bytes) -> bytes:
    """The style sheet inside the page as it was frozen, which may be older than ours."""
    start, end = page.find(b"<style>"), page.find(b"</style>")
    return page[start + 7 : end] if 0 <= start < end else STYLE.encode()


@require_safe
def frozen_notes(request: HttpRequest, key: str) -> HttpResponse:
    """What was said of a frozen verification afterwards."""
    frozen = get_object_or_404(FrozenVerification.objects.select_related("verification"), pk=key)
    notes = tuple(frozen.notes.select_related("author"))
    response = render(request, "jalon/verification_notes.html", {"page": _Notes(frozen, notes)})
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class _Notes:
    """Context of `verification_notes.html`."""

    title = "Qu’a-t-on dit depuis de cette vérification\u202f?"

    def __init__(self, frozen: FrozenVerification, notes: tuple[VerificationNote, ...]) -> None:
        self.frozen, self.notes = frozen, notes
        self.answer = f"{plural(len(notes), 'note')} sur « {frozen.verification.title} »."
