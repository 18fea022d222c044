"""What a person should look at after a reading: found by each import, decided once, asked again only of a new value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from jalon.errors import RegisterError
from jalon.figures.format import format_number
from jalon.register.models import (
    Action,
    Correction,
    Document,
    Evidence,
    Point,
    PointKind,
    Standing,
    Subject,
    Verdict,
)
from jalon.register.models.base import spell
from jalon.workers import Outcome

DOUBTFUL = 0.8
WATCHED = {
    "title": "Intitulé",
    "axis": "Axe",
    "owner": "Maître d’ouvrage",
    "cost_cents": "Budget",
    "schedule": "Calendrier",
}
STANDING_KINDS = (PointKind.UNSURE, PointKind.FUNDING, PointKind.STALE)
Held = Mapping[str, Mapping[str, str]]
"""What each action of an agreement says of the fields that are watched."""


@dataclass(frozen=True, slots=True)
class Found:
    """A point as an import finds it."""

    kind: PointKind
    subject_id: str
    field: str = ""
    title: str = ""
    document: str | None = None
    page: int | None = None
    quote: str = ""
    before: str = ""
    value: str = ""
    confidence: float | None = None

    @property
    def key(self) -> str:
        return spell(self.kind.value, self.subject_id, self.field)


def held(agreement: str) -> Held:
    """The current actions of an agreement, before an import changes them."""
    rows = Action.objects.filter(agreement=agreement, standing=Standing.CURRENT).order_by("pk")
    return {row["action_id"]: _told(row) for row in rows.values("action_id", *WATCHED)}


def _told(row: Mapping[str, object]) -> dict[str, str]:
    cents = row["cost_cents"]
    amount = f"{format_number(cents / 100)} €" if isinstance(cents, int) else ""
    return {name: amount if name == "cost_cents" else str(row[name] or "") for name in WATCHED}


def refresh(agreement: str, before: Held, outcomes: Mapping[str, Outcome]) -> None:
    """Bring the points of an agreement up to date after its documents were folded; part of that transaction."""
    after = held(agreement)
    standing = [*_unsure(after), *_disagreeing(after, outcomes), *_stale(after)]
    _write(agreement, [*standing, *_placed(_moved(before, after))])
    kept = {found.key for found in standing}
    ours = Point.objects.filter(agreement=agreement, verdict=Verdict.OPEN)
    ours.filter(kind__in=STANDING_KINDS).exclude(key__in=kept).delete()
    ours.filter(kind=PointKind.REMOVED, subject_id__in=list(after)).delete()
    ours.filter(kind__in=(PointKind.NEW, PointKind.CHANGED)).exclude(subject_id__in=list(after)).delete()


def unmatched(document: Document) -> None:
    """A document read but of no agreement; one that found its agreement is asked about no more."""
    if document.agreement_id is None and document.pages is not None:
        _write("", [Found(PointKind.UNMATCHED, document.pk, title=document.name, value=document.refusal)], document.pk)
    else:
        Point.objects.filter(kind=PointKind.UNMATCHED, subject_id=document.pk, verdict=Verdict.OPEN).delete()


def _unsure(after: Held) -> Iterable[Found]:
    """Fields of which no document gives a sure reading."""
    rows = Evidence.objects.filter(
        subject=Subject.ACTION, subject_id__in=list(after), document__replaced_by=None, confidence__isnull=False
    ).order_by("confidence", "row")
    best: dict[tuple[str, str], Evidence] = {}
    for row in rows:
        best[(row.subject_id, row.field)] = row
    for (own, field), row in best.items():
        if row.confidence is not None and row.confidence < DOUBTFUL:
            yield Found(
                PointKind.UNSURE, own, field, after[own]["title"], row.document_id, row.page, row.quote, "", row.quote,
                row.confidence,
            )  # fmt: skip


def _disagreeing(after: Held, outcomes: Mapping[str, Outcome]) -> Iterable[Found]:
    """What an action says twice, differently: the reader tells it, and mends nothing."""
    titles = Evidence.objects.filter(subject=Subject.ACTION, subject_id__in=list(after), field="title")
    whose = {(row.document_id, row.page, row.box): row.subject_id for row in titles}
    for sha256, outcome in outcomes.items():
        for action in outcome.actions:
            place = next(iter(action["evidence"].get("title", ())), None)
            if not action["flags"] or place is None:
                continue
            own = whose.get((sha256, place["page"] or None, " ".join(f"{side:g}" for side in place["box"])))
            if own:
                told = " ; ".join(action["flags"])
                yield Found(
                    PointKind.FUNDING, own, "funding", after[own]["title"], sha256, place["page"] or None, "", "", told
                )


def _stale(after: Held) -> Iterable[Found]:
    for row in Correction.objects.filter(subject="action", subject_id__in=list(after), stale=True):
        yield Found(
            PointKind.STALE, row.subject_id, row.field, after[row.subject_id]["title"], before=str(row.value or ""),
            value=str(row.machine_value or ""),
        )  # fmt: skip


def _moved(before: Held, after: Held) -> Iterable[Found]:
    """What a further reading of an agreement adds, changes and takes away; a first reading is no change."""
    if not before:
        return
    for own in after.keys() - before.keys():
        yield Found(PointKind.NEW, own, title=after[own]["title"], value=_listed(after[own], WATCHED))
    for own in before.keys() - after.keys():
        yield Found(
            PointKind.REMOVED, own, title=before[own]["title"], before=_listed(before[own], WATCHED),
            value="plus nommée par les documents, ou abandonnée",
        )  # fmt: skip
    for own in before.keys() & after.keys():
        names = [name for name in WATCHED if before[own][name] != after[own][name]]
        if names:
            yield Found(
                PointKind.CHANGED, own, title=after[own]["title"], before=_listed(before[own], names),
                value=_listed(after[own], names),
            )  # fmt: skip


def _placed(found: Iterable[Found]) -> Iterable[Found]:
    """With the page that names each action, where a document still does."""
    moved = list(found)
    titles = Evidence.objects.filter(
        subject=Subject.ACTION, subject_id__in=[each.subject_id for each in moved], field="title", row=0
    ).order_by("document__dated_on")
    at = {row.subject_id: row for row in titles if row.document_id}
    for each in moved:
        row = at.get(each.subject_id)
        yield replace(each, document=row.document_id, page=row.page) if row else each


def _listed(told: Mapping[str, str], names: Iterable[str]) -> str:
    return "\n".join(f"{WATCHED[name]} : {told[name] or 'inconnu'}" for name in names if told[name] or name != "axis")


def _write(agreement: str, found: Sequence[Found], document: str | None = None) -> None:
    """Insert what is new; a decision stands as long as the machine says the same."""
    known = Point.objects.in_bulk([each.key for each in found])
    for each in {one.key: one for one in found}.values():
        there = known.get(each.key)
        if there and there.verdict != Verdict.OPEN and there.value == each.value:
            continue
        Point.objects.update_or_create(
            key=each.key,
            defaults={
                "kind": each.kind, "subject_id": each.subject_id, "field": each.field, "agreement": agreement,
                "title": each.title, "document_id": each.document or document, "page": each.page, "quote": each.quote,
                "before": each.before, "value": each.value, "confidence": each.confidence,
                "found_at": timezone.now(), "verdict": Verdict.OPEN, "author": None, "decided_at": None, "reason": "",
            },
        )  # fmt: skip


def decide(keys: Iterable[str], verdict: Verdict, author: User, reason: str) -> int:
    """Record what `author` decides of points; gives how many. Raises RegisterError without a reason."""
    if not reason.strip():
        raise RegisterError(
            "a decision without a reason",
            user_message="cette décision n’a pas de motif.",
            mend="dites en quelques mots pourquoi : le motif reste avec la décision.",
        )
    with transaction.atomic():
        chosen = Point.objects.filter(key__in=list(keys))
        return chosen.update(verdict=verdict, author=author, decided_at=timezone.now(), reason=reason.strip())


def reopen(key: str) -> int:
    """Take a decision back."""
    return Point.objects.filter(key=key).update(verdict=Verdict.OPEN, author=None, decided_at=None, reason="")
