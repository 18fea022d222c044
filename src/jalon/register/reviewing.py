"""What people read of the themes: what to read first, deciding near-identical texts together, undoing, agreement.

A review says all the themes of an action. It is kept for ever in `ThemeReview`; the decisions that follow from it are
written by `decisions.decide_theme`, so that they win over the machine.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jalon.errors import RegisterError
from jalon.indicators.kappa import Kappa, kappa
from jalon.register import decisions
from jalon.register.models import ANY_THEME, Action, Origin, ReviewRole, Standing, ThemeLabel, ThemeReview
from jalon.themes import taxonomy
from jalon.themes.classifier import DOUBTFUL
from jalon.themes.text import words

CONFIDENT = DOUBTFUL[1]
"""Stated confidence: a text whose themes the machine gives with less goes to people."""
REASON = "Relecture"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text to read: the actions that say it in the same words, and what reading it teaches, in bits."""

    actions: tuple[str, ...]
    title: str
    teaches: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An action that two people read apart, and what each retained."""

    action: Action
    first: ThemeReview
    second: ThemeReview


def queue() -> list[Waiting]:
    """Texts that nobody has read and that the machine is not sure of, those that teach most first.

    What a text teaches: the entropy of the least sure probability, times the number of actions with the same words.
    """
    doubts: dict[str, float] = {}
    titles: dict[str, str] = {}
    for own, title, probability, of_theme in _unsure().values_list(
        "action_id", "title", "probability", "theme_labels__probability"
    ):
        known = [p for p in (probability, of_theme) if p is not None]
        doubts[own] = max([doubts.get(own, 0.0), *map(_entropy, known)])
        titles[own] = title
    same: dict[str, list[str]] = defaultdict(list)
    for own, title in sorted(titles.items()):
        same[key(title)].append(own)
    found = [Waiting(tuple(ids), titles[ids[0]], max(doubts[own] for own in ids) * len(ids)) for ids in same.values()]
    return sorted(found, key=lambda one: (-one.teaches, one.actions))


def _unsure() -> QuerySet[Action]:
    low, high = DOUBTFUL
    machine = Q(theme_labels__origin=Origin.MACHINE, theme_labels__probability__lt=CONFIDENT)
    read = ThemeLabel.objects.filter(origin=Origin.HUMAN).values("action_id")
    return (
        Action.objects.filter(standing=Standing.CURRENT)
        .exclude(title="")
        .filter(machine | Q(probability__gt=low, probability__lt=high))
        .exclude(pk__in=read)
        .order_by()
    )


def _entropy(p: float) -> float:
    return 0.0 if p <= 0 or p >= 1 else -p * log2(p) - (1 - p) * log2(1 - p)


def key(title: str) -> str:
    """What near-identical texts share: their words, without little ones, case, accents and numbers."""
    return " ".join(word for word in words(title) if not word.isdigit())


def twins(action: Action, waiting: Iterable[Waiting]) -> list[Action]:
    """The other actions of the queue whose text has the same words."""
    ids = next((one.actions for one in waiting if action.pk in one.actions), ())
    return list(Action.objects.filter(pk__in=ids).exclude(pk=action.pk).select_related("territory").order_by("pk"))


def to_read_again(reader: User) -> QuerySet[Action]:
    """Actions that one other person has read, and this one has not: to read blind."""
    standing = ThemeReview.objects.filter(undone_at=None)
    mine, second = standing.filter(author=reader), standing.exclude(role=ReviewRole.FIRST)
    first = standing.filter(role=ReviewRole.FIRST).exclude(author=reader)
    return (
        Action.objects.filter(pk__in=first.values("action_id"))
        .exclude(pk__in=mine.values("action_id"))
        .exclude(pk__in=second.values("action_id"))
        .order_by("pk")
    )


def record(
    actions: Sequence[Action], themes: Iterable[str], author: User, *, reason: str = "", role: str = ReviewRole.FIRST
) -> str:
    """Retain exactly these themes for each action, in one go; returns the batch, by which it is undone.

    A second reading decides nothing: it is held against the first, and where they differ somebody settles. Raises
    RegisterError for an unknown theme, or when the same person reads twice as a second reader.
    """
    chosen, batch, now = set(themes), str(uuid4()), timezone.now()
    with transaction.atomic():
        for action in actions:
            _demand_other(action, author, role)
            machine = _themes_of(action, origin=Origin.MACHINE)
            if role != ReviewRole.SECOND:
                _decide(action, chosen, machine, author, reason or REASON, now)
            ThemeReview.objects.create(
                action=action, author=author, role=role, themes=sorted(chosen), machine=sorted(machine),
                reason=reason, batch=batch, made_at=now,
            )  # fmt: skip
    return batch


def _decide(action: Action, chosen: set[str], machine: set[str], author: User, reason: str, now: datetime) -> None:
    own = _themes_of(action, origin=Origin.HUMAN, author=author)
    for theme in sorted(chosen | machine | own):
        decisions.decide_theme(action, theme, theme in chosen, author, reason, at=now)
    decisions.decide_smart_city(action, bool(chosen), author, reason, at=now)


def _themes_of(action: Action, **only: object) -> set[str]:
    labels = ThemeLabel.objects.filter(action=action, accepted=True, **only).exclude(theme=ANY_THEME)
    return set(labels.values_list("theme", flat=True))


def _demand_other(action: Action, author: User, role: str) -> None:
    first = ThemeReview.objects.filter(action=action, author=author, role=ReviewRole.FIRST, undone_at=None)
    if role == ReviewRole.SECOND and first.exists():
        raise RegisterError(
            f"{author} already read {action.pk}",
            user_message="vous avez déjà lu cette action : une seconde lecture demande une autre personne.",
            mend="confiez-la à un autre relecteur.",
        )


def undo(batch: str, author: User) -> int:
    """Take back what this person decided in one go; returns how many actions. Reviews stay, marked undone."""
    with transaction.atomic():
        reviews = list(ThemeReview.objects.filter(batch=batch, author=author, undone_at=None))
        for review in reviews:
            labels = ThemeLabel.objects.filter(action_id=review.action_id, author=author, decided_at=review.made_at)
            for label in labels:
                _restore(label, review, author)
            review.undone_at = timezone.now()
            review.save(update_fields=["undone_at"])
    return len(reviews)


def _restore(label: ThemeLabel, review: ThemeReview, author: User) -> None:
    """Back to what this person had decided before the review, or to nothing."""
    before = label.history.filter(decided_at__lt=review.made_at).exclude(history_type="-").first()
    label._history_user = author  # type: ignore[attr-defined]
    label._change_reason = "Annulation"  # type: ignore[attr-defined]
    if before is None:
        label.delete()
        return
    label.accepted, label.reason, label.decided_at = before.accepted, before.reason, before.decided_at
    label.save()


def pairs() -> list[tuple[ThemeReview, ThemeReview]]:
    """First and second reading of each action that two people read, none undone."""
    standing = ThemeReview.objects.filter(undone_at=None).select_related("action__territory", "author")
    second = {review.action_id: review for review in standing.filter(role=ReviewRole.SECOND)}
    first = {review.action_id: review for review in standing.filter(role=ReviewRole.FIRST, action_id__in=list(second))}
    return [(first[own], review) for own, review in sorted(second.items()) if own in first]


def agreement() -> dict[str, Kappa]:
    """Cohen's kappa of first and second readings: of the smart city (`ANY_THEME`), then of each theme."""
    read = [(set(one.themes), set(other.themes)) for one, other in pairs()]
    found = {ANY_THEME: kappa([bool(a) for a, _ in read], [bool(b) for _, b in read])}
    for theme in taxonomy().ids:
        found[theme] = kappa([theme in a for a, _ in read], [theme in b for _, b in read])
    return found


def disagreements() -> list[Disagreement]:
    """Actions that two people read apart and nobody has settled since."""
    settled = set(
        ThemeReview.objects.filter(role=ReviewRole.SETTLING, undone_at=None).values_list("action_id", flat=True)
    )
    return [
        Disagreement(first.action, first, second)
        for first, second in pairs()
        if first.themes != second.themes and first.action_id not in settled
    ]
