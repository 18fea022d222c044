"""The queue of what a reading leaves to people: doubtful fields, moved actions, documents without an agreement."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.errors import JalonError, RegisterError
from jalon.register import points
from jalon.register.access import Verb, can, demand
from jalon.register.decisions import correct
from jalon.register.models import Agreement, Document, Point, PointKind, Verdict
from jalon.register.readings import receive
from jalon.web import typography
from jalon.web.access import person, requires
from jalon.web.pages import Crumb
from jalon.web.reading.wording import LABELS

A_PAGE = 25
VERDICTS = {"accepter": Verdict.ACCEPTED, "ecarter": Verdict.DISMISSED}


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its label, how many points it leaves, and whether it is chosen."""

    label: str
    count: int
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class PointLine:
    point: Point
    kind: str
    field: str
    place: str
    href: str
    agreement: str
    decided: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Context of `review.html`; `decided` shows the decisions instead of what waits for one."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    choices: tuple[Choice, ...]
    lines: tuple[PointLine, ...]
    agreements: tuple[tuple[str, str], ...]
    decided: bool
    other: str
    back: str
    earlier: str
    later: str


@requires(Verb.REVIEW)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    decided = request.GET.get("etat") == "decides"
    asked = request.GET.get("nature", "")
    within = _within(request)
    pool = within.exclude(verdict=Verdict.OPEN) if decided else within.filter(verdict=Verdict.OPEN)
    chosen = pool.filter(kind=asked) if asked in PointKind.values else pool
    ordered = chosen.order_by("-decided_at" if decided else "confidence", "key")
    shown = Paginator(ordered.select_related("document", "author"), A_PAGE).get_page(request.GET.get("page"))
    state = "etat=decides&" if decided else ""
    here = f"?{state}nature={asked if asked in PointKind.values else ''}"
    context = ReviewPage(
        title="Quelles décisions avez-vous prises ?" if decided else "Que faut-il relire ?",
        answer=_answer(pool.count(), decided),
        crumbs=(Crumb("Espace de travail", reverse("desk")), Crumb("Lectures", reverse("readings")), Crumb("À revoir")),
        choices=_choices(pool, asked, state),
        lines=tuple(map(_line, shown.object_list)),
        agreements=_agreements(shown.object_list),
        decided=decided,
        other=reverse("review") if decided else f"{reverse('review')}?etat=decides",
        back=here,
        earlier=f"{here}&page={shown.previous_page_number()}" if shown.has_previous() else "",
        later=f"{here}&page={shown.next_page_number()}" if shown.has_next() else "",
    )
    return render(request, "jalon/review.html", {"page": context})


@requires(Verb.REVIEW)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or dismiss the chosen points, with one reason."""
    chosen = list(Point.objects.filter(pk__in=request.POST.getlist("point"), verdict=Verdict.OPEN))
    for point in chosen:
        demand(request.user, Verb.REVIEW, _subject(point))
    verdict = VERDICTS.get(request.POST.get("decision", ""))
    try:
        if verdict is None or not chosen:
            raise RegisterError(
                "nothing chosen", user_message="aucun point n’est coché.", mend="cochez-en au moins un."
            )
        count = points.decide([each.pk for each in chosen], verdict, person(request), request.POST.get("motif", ""))
    except JalonError as error:
        messages.error(request, f"{error.user_message} {error.mend}")
    else:
        told = typography.plural(count, "point tranché", "points tranchés")
        messages.success(request, f"{told} : ils ne reviendront que si la machine lit autre chose.")
    return HttpResponseRedirect(_back(request))


@requires(Verb.REVIEW)
@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Take a decision back."""
    point = get_object_or_404(Point, pk=request.POST.get("point", ""))
    demand(request.user, Verb.REVIEW, _subject(point))
    points.reopen(point.pk)
    messages.success(request, "La décision est reprise : le point attend de nouveau.")
    return HttpResponseRedirect(_back(request))


@requires(Verb.CORRECT)
@require_POST
def attach(request: HttpRequest) -> HttpResponse:
    """Say of which agreement a document is, and read it again."""
    document = get_object_or_404(Document, pk=request.POST.get("document", ""), agreement=None)
    agreement = get_object_or_404(Agreement, pk=request.POST.get("convention", "").partition(" ")[0])
    demand(request.user, Verb.CORRECT, agreement)
    reason = request.POST.get("motif", "")
    try:
        with transaction.atomic():
            correct(document, {"agreement_id": agreement.pk}, person(request), reason)
            asked = Point.objects.filter(kind=PointKind.UNMATCHED, subject_id=document.pk, verdict=Verdict.OPEN)
            points.decide(list(asked.values_list("pk", flat=True)), Verdict.CORRECTED, person(request), reason)
            receive.reread(document, agreement.programme_id, person(request))
    except JalonError as error:
        messages.error(request, f"{error.user_message} {error.mend}")
    else:
        messages.success(request, f"{document.name} est rattaché à {agreement.pk} : ses actions entrent au registre.")
    return HttpResponseRedirect(_back(request))


def _within(request: HttpRequest) -> QuerySet[Point]:
    """The points of the perimeter of who asks; those of no agreement are for who holds the whole register."""
    if can(request.user, Verb.REVIEW):
        return Point.objects.all()
    named = Point.objects.exclude(agreement="").values("agreement")
    ours = [each.pk for each in Agreement.objects.filter(pk__in=named) if can(request.user, Verb.REVIEW, each)]
    return Point.objects.filter(agreement__in=ours)


def _subject(point: Point) -> Agreement | None:
    return Agreement.objects.filter(pk=point.agreement).first() if point.agreement else None


def _back(request: HttpRequest) -> str:
    """The same list, whatever was sent: only its question is taken."""
    asked = request.POST.get("retour", "")
    return reverse("review") + (asked if asked.startswith("?") and "\n" not in asked else "")


def _answer(count: int, decided: bool) -> str:
    if decided:
        return (
            f"{typography.plural(count, 'décision', 'décisions')} ; aucune relecture ne les reprend tant que la "
            "machine lit la même chose."
        )
    if not count:
        return "Rien n’attend de regard : tout ce qui a été lu est sûr, ou déjà tranché."
    return f"{typography.plural(count, 'point attend', 'points attendent')} un regard, les moins sûrs d’abord."


def _choices(pool: QuerySet[Point], asked: str, state: str) -> tuple[Choice, ...]:
    counts = dict(pool.order_by().values_list("kind").annotate(n=Count("pk")))
    every = Choice("Tous", sum(counts.values()), f"?{state}", asked not in PointKind.values)
    kinds = (
        Choice(kind.label.capitalize(), counts[kind.value], f"?{state}nature={kind.value}", asked == kind.value)
        for kind in PointKind
        if counts.get(kind.value)
    )
    return (every, *kinds)


def _line(point: Point) -> PointLine:
    return PointLine(
        point=point,
        kind=point.get_kind_display(),
        field=LABELS.get(point.field, points.WATCHED.get(point.field, "")),
        place=f"{point.document.name}, page {point.page}" if point.document and point.page else "",
        href=_href(point),
        agreement=point.agreement,
        decided=_decided(point),
    )


def _href(point: Point) -> str:
    """The page of the document where the point stands."""
    if point.document_id is None:
        return ""
    return reverse("reading", args=[point.document_id]) + (f"?page={point.page}" if point.page else "")


def _decided(point: Point) -> str:
    if point.decided_at is None or point.author is None:
        return ""
    who = point.author.get_full_name() or point.author.get_username()
    return f"{point.get_verdict_display()} par {who} le {typography.day(point.decided_at.date())} : {point.reason}"


def _agreements(shown: object) -> tuple[tuple[str, str], ...]:
    """What a document may be attached to, where the page shows one."""
    if not any(point.kind == PointKind.UNMATCHED for point in shown):  # type: ignore[attr-defined]
        return ()
    rows = Agreement.objects.select_related("group").order_by("group__name")
    return tuple((row.pk, row.group.name) for row in rows)
