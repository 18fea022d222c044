"""Reading actions one by one: the queue, the blind second reading, disagreements, and undoing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.indicators.kappa import Kappa
from jalon.register import reviewing
from jalon.register.access import Verb, can, demand
from jalon.register.models import ANY_THEME, Action, Origin, ReviewRole, ThemeLabel, ThemeReview
from jalon.register.reviewing import Disagreement, Waiting
from jalon.themes import Theme, taxonomy
from jalon.web import typography
from jalon.web.access import requires
from jalon.web.forms import attempt, person
from jalon.web.pages import Crumb

DESK = Crumb("Espace de travail", "/espace/")
KEYS = "1234567890qsdfghjklm"
"""One key a theme, in their order: both rows are where French and other keyboards have them."""
LAST = "review-batch"
VERDICTS = {"yes": "oui", "no": "non", "doubt": "oui, avec doute"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme to retain or not; `share` and `terms`: what the machine says, unless the reading is blind."""

    theme: Theme
    key: str
    retained: bool
    share: str = ""
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def boundaries(self) -> list[tuple[str, str, str]]:
        return [(one.text, VERDICTS[one.verdict], one.because) for one in self.theme.boundaries]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Context of `review_themes.html`; without `action`, nothing waits."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    role: str
    here: str
    action: Action | None = None
    choices: tuple[Choice, ...] = ()
    chance: str = ""
    twins: tuple[Action, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    next_url: str = ""
    previous_url: str = ""
    last: str = ""
    last_count: int = 0


@dataclass(frozen=True, slots=True)
class Agreed:
    """One line of the table of agreement."""

    label: str
    kappa: Kappa
    value: str
    interval: str


@dataclass(frozen=True, slots=True)
class AgreementPage:
    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    lines: tuple[Agreed, ...]
    apart: tuple[tuple[Disagreement, str, str], ...]


@requires(Verb.REVIEW)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The text that teaches most among those that nobody has read; `rang` passes some."""
    waiting = reviewing.queue()
    at, action = _first(person(request), waiting, _rank(request, len(waiting)))
    texts, rows = len(waiting), sum(len(one.actions) for one in waiting)
    answer = (
        f"{typography.plural(texts, 'texte attend', 'textes attendent')} une lecture, pour "
        f"{typography.plural(rows, 'action')} : ceux dont la machine est sûre à moins de "
        f"{typography.share(reviewing.CONFIDENT)}, les plus instructifs d’abord."
    )
    here = reverse("review-themes")
    shown = ReviewPage(
        "Quels thèmes porte cette action ?", answer if texts else "Aucun texte n’attend : la machine est sûre de tous.",
        (DESK, Crumb("Revue des thèmes")), ReviewRole.FIRST, here,
        **_about(action, tuple(reviewing.twins(action, waiting)) if action else ()),
        next_url=f"{here}?rang={at + 1}" if action and at + 1 < texts else "",
        previous_url=f"{here}?rang={at - 1}" if action and at else "",
        **_last(request),
    )  # fmt: skip
    return render(request, "jalon/review_themes.html", {"page": shown})


@requires(Verb.REVIEW)
@require_safe
def second(request: HttpRequest) -> HttpResponse:
    """An action that another person read, shown without what they or the machine said."""
    user = person(request)
    waiting = list(reviewing.to_read_again(user).select_related("territory"))
    rank = _rank(request, len(waiting))
    action = next((one for one in waiting[rank:] if can(user, Verb.REVIEW, one)), None)
    here = reverse("review-second")
    shown = ReviewPage(
        "Que retiendriez-vous, sans voir la première lecture ?",
        f"{typography.plural(len(waiting), 'action attend', 'actions attendent')} une seconde lecture par vous.",
        (DESK, Crumb("Revue des thèmes", reverse("review-themes")), Crumb("Seconde lecture")),
        ReviewRole.SECOND, here,
        action=action,
        choices=_choices(frozenset()) if action else (),
        next_url=f"{here}?rang={rank + 1}" if rank + 1 < len(waiting) else "",
        previous_url=f"{here}?rang={rank - 1}" if rank else "",
        **_last(request),
    )  # fmt: skip
    return render(request, "jalon/review_themes.html", {"page": shown})


@requires(Verb.REVIEW)
@require_safe
def one(request: HttpRequest, action_id: str) -> HttpResponse:
    """Any action, to read for the first time or to settle."""
    action = get_object_or_404(Action.objects.select_related("territory"), pk=action_id)
    demand(request.user, Verb.REVIEW, action)
    read = [
        (str(review.author), _named(review.themes))
        for review in ThemeReview.objects.filter(action=action, undone_at=None).select_related("author")
    ]
    role = ReviewRole.SETTLING if len(read) > 1 else ReviewRole.FIRST
    shown = ReviewPage(
        "Qui a raison ?" if role == ReviewRole.SETTLING else "Quels thèmes porte cette action ?",
        "Votre décision tranche : elle l’emporte sur les lectures et sur la machine."
        if role == ReviewRole.SETTLING
        else "Votre décision l’emporte sur la machine.",
        (DESK, Crumb("Revue des thèmes", reverse("review-themes")), Crumb(action_id)),
        role, reverse("review-action", args=[action_id]),
        **_about(action, ()), readings=tuple(read), **_last(request),
    )  # fmt: skip
    return render(request, "jalon/review_themes.html", {"page": shown})


@requires(Verb.REVIEW)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Retain the themes that are ticked, for the action and for those of `with` that say the same."""
    user = person(request)
    action = get_object_or_404(Action, pk=request.POST.get("action", ""))
    alike = Action.objects.filter(pk__in=request.POST.getlist("with"))
    same = [other for other in alike if reviewing.key(other.title) == reviewing.key(action.title)]
    actions = [action, *(other for other in same if other.pk != action.pk)]
    for each in actions:
        demand(user, Verb.REVIEW, each)
    role = request.POST.get("role", "")
    batch = attempt(
        request,
        lambda: reviewing.record(
            actions,
            request.POST.getlist("theme"),
            user,
            reason=request.POST.get("reason", "").strip()[:1000],
            role=role if role in ReviewRole.values else ReviewRole.FIRST,
        ),
        f"Décision enregistrée pour {typography.plural(len(actions), 'action')}.",
    )
    if batch:
        request.session[LAST] = [batch, len(actions)]
    return HttpResponseRedirect(_after(role))


@requires(Verb.REVIEW)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last decision of the person."""
    batch, _ = request.session.pop(LAST, ["", 0])
    attempt(request, lambda: reviewing.undo(batch, person(request)), "Décision annulée : elle reste dans l’historique.")
    return HttpResponseRedirect(reverse("review-themes"))


@requires(Verb.REVIEW)
@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """How far two readers agree, theme by theme, and where they do not."""
    measured = reviewing.agreement()
    whole = measured[ANY_THEME]
    apart = tuple((d, _named(d.first.themes), _named(d.second.themes)) for d in reviewing.disagreements())
    said = f" Sur la ville intelligente, kappa de {_decimal(whole.value)}." if whole.value is not None else ""
    shown = AgreementPage(
        "Deux lecteurs décident-ils de même ?",
        f"{typography.plural(whole.n, 'action lue', 'actions lues')} par deux personnes, "
        f"{typography.plural(len(apart), 'désaccord')} à trancher.{said}",
        (DESK, Crumb("Revue des thèmes", reverse("review-themes")), Crumb("Accord et désaccords")),
        tuple(_agreed(theme, found) for theme, found in measured.items()),
        apart,
    )
    return render(request, "jalon/review_agreement.html", {"page": shown})


def _first(user: User, waiting: Sequence[Waiting], rank: int) -> tuple[int, Action | None]:
    """The first action from a rank of the queue that this person may review, with its rank."""
    for at, one in enumerate(waiting[rank:], rank):
        action = Action.objects.select_related("territory").get(pk=one.actions[0])
        if can(user, Verb.REVIEW, action):
            return at, action
    return rank, None


def _about(action: Action | None, twins: Sequence[Action]) -> dict[str, Any]:
    """What is shown of an action read in full view."""
    if action is None:
        return {}
    stands = {label.theme: label for label in ThemeLabel.objects.filter(action=action, origin=Origin.MACHINE)}
    chance = "" if action.probability is None else typography.share(action.probability)
    return {"action": action, "choices": _choices(frozenset(stands), stands), "chance": chance, "twins": tuple(twins)}


def _choices(retained: frozenset[str], said: dict[str, ThemeLabel] | None = None) -> tuple[Choice, ...]:
    found = []
    for rank, theme in enumerate(taxonomy().themes):
        label = (said or {}).get(theme.id)
        share = typography.share(label.probability) if label and label.probability is not None else ""
        terms = tuple((term, f"{weight:+.1f}".replace(".", ",")) for term, weight in label.terms) if label else ()
        found.append(Choice(theme, KEYS[rank : rank + 1], theme.id in retained, share, terms))
    return tuple(found)


def _last(request: HttpRequest) -> dict[str, Any]:
    batch, count = request.session.get(LAST, ["", 0])
    return {"last": batch, "last_count": count}


def _rank(request: HttpRequest, most: int) -> int:
    given = request.GET.get("rang", "")
    return min(int(given), max(0, most - 1)) if given.isdecimal() and len(given) < 8 else 0


def _after(role: str) -> str:
    names = {ReviewRole.SECOND: "review-second", ReviewRole.SETTLING: "review-agreement"}
    return reverse(names.get(ReviewRole(role), "review-themes") if role in ReviewRole.values else "review-themes")


def _named(themes: Sequence[str]) -> str:
    labels = {theme.id: theme.label for theme in taxonomy().themes}
    return ", ".join(labels.get(theme, theme) for theme in themes) or "aucun thème"


def _agreed(theme: str, found: Kappa) -> Agreed:
    label = "Ville intelligente, oui ou non" if theme == ANY_THEME else taxonomy().theme(theme).label
    between = "" if found.low is None else f"{_decimal(found.low)} à {_decimal(found.high)}"
    return Agreed(label, found, _decimal(found.value), between)


def _decimal(value: float | None) -> str:
    return "non défini" if value is None else f"{value:.2f}".replace(".", ",").replace("-", "−")
