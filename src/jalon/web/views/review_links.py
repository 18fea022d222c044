"""Pairs of actions that may be one project, to accept or to refuse."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.indicators.links import SAME
from jalon.register import decisions, linking
from jalon.register.access import Verb, can, demand
from jalon.register.models import Action, LinkVerdict, ProjectLink
from jalon.web import typography
from jalon.web.access import requires
from jalon.web.forms import attempt, person
from jalon.web.pages import Crumb

SHOWN = 50
KINDS = {"tous": {}, "conventions": {"across": True}, "listes": {"across": False}}
DONE = {
    LinkVerdict.SAME: "Un seul projet : il comptera une fois.",
    LinkVerdict.DIFFERENT: "Deux projets : ils compteront chacun.",
    LinkVerdict.UNDECIDED: "Décision annulée : elle reste dans l’historique.",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as the page shows it. `counts`: what it does to the figures as things stand."""

    link: ProjectLink
    sides: tuple[tuple[Action, str], ...]
    score: str
    parts: str
    counts: str


@dataclass(frozen=True, slots=True)
class LinksPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    kind: str
    pairs: tuple[Pair, ...]
    decided: tuple[Pair, ...]
    least: str


@requires(Verb.REVIEW)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    user = person(request)
    kind = request.GET.get("nature", "")
    kind = kind if kind in KINDS else "tous"
    found = ProjectLink.objects.filter(**KINDS[kind]).select_related("left__territory", "right__territory", "author")
    undecided = found.filter(verdict=LinkVerdict.UNDECIDED)
    waiting = [_pair(link) for link in undecided.order_by("-across", "-score", "key")[: 2 * SHOWN] if _open(user, link)]
    decided = [_pair(link) for link in found.exclude(verdict=LinkVerdict.UNDECIDED).order_by("-decided_at")[:SHOWN]]
    across = ProjectLink.objects.filter(verdict=LinkVerdict.UNDECIDED, across=True).count()
    shown = LinksPage(
        "Ces deux actions sont-elles le même projet ?",
        f"{typography.plural(undecided.count(), 'rapprochement attend', 'rapprochements attendent')} une décision, "
        f"dont {typography.number(across)} entre une convention et une dotation.",
        (Crumb("Espace de travail", "/espace/"), Crumb("Rapprochements")),
        kind, tuple(waiting[:SHOWN]), tuple(decided), typography.share(SAME),
    )  # fmt: skip
    return render(request, "jalon/review_links.html", {"page": shown})


@requires(Verb.REVIEW)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    link = get_object_or_404(ProjectLink, pk=request.POST.get("link", ""))
    user = person(request)
    for side in (link.left, link.right):
        demand(user, Verb.REVIEW, side)
    given = request.POST.get("verdict", "")
    verdict = LinkVerdict(given) if given in LinkVerdict.values else LinkVerdict.UNDECIDED
    reason = request.POST.get("reason", "").strip()[:1000]
    attempt(request, lambda: decisions.decide_link(link, verdict, user, reason), DONE[verdict])
    return HttpResponseRedirect(reverse("review-links"))


@requires(Verb.REVIEW)
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Look for pairs again over the whole register."""
    found = attempt(request, linking.refresh, "")
    if found:
        pairs = typography.plural(found.pairs, "rapprochement possible", "rapprochements possibles")
        messages.success(request, f"{pairs}.")
    return HttpResponseRedirect(reverse("review-links"))


def _open(user: object, link: ProjectLink) -> bool:
    return all(can(user, Verb.REVIEW, side) for side in (link.left, link.right))  # type: ignore[arg-type]


def _pair(link: ProjectLink) -> Pair:
    parts = [f"mots {typography.share(link.words)}"]
    if link.amount is not None:
        parts.append(f"montants {typography.share(link.amount)}")
    if link.years is not None:
        parts.append("même année" if not link.years else f"{typography.plural(link.years, 'an')} d’écart")
    return Pair(
        link,
        tuple((side, _facts(side)) for side in (link.left, link.right)),
        typography.share(link.score),
        ", ".join(parts),
        _counts(link),
    )


def _facts(side: Action) -> str:
    kind = "action de convention" if side.kind == "agreement" else f"dotation {side.scheme}".strip()
    place = side.territory.name if side.territory else side.beneficiary
    cost = typography.euros(side.cost_cents / 100) if side.cost_cents is not None else ""
    return " · ".join(str(part) for part in (kind, place, side.year, cost) if part)


def _counts(link: ProjectLink) -> str:
    if link.verdict:
        who = f"{link.author}, le {typography.day(link.decided_at.date() if link.decided_at else None)}"
        return (
            f"{'Compte une fois' if link.verdict == LinkVerdict.SAME else 'Comptent deux fois'} ({who} : {link.reason})"
        )
    once = link.across and link.score >= SAME
    return "Sans décision, compte une fois." if once else "Sans décision, comptent deux fois."
