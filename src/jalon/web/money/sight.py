"""Which envelopes a person sees, what they hold, and what asks for attention; all counted by the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from jalon.funding import KIND_LABELS, Kind
from jalon.register.access.deciding import Person, mandates
from jalon.register.access.verbs import ALLOWED, Verb
from jalon.register.models import Commitment, CommitmentState, Envelope, Perimeter, Role

CENTS = 100
EXPIRING = timedelta(days=90)
SLOW = timedelta(days=365)
ALERTS = {
    "expire": "prend fin dans les trois mois, avec un reste",
    "surprogrammee": "demandes à l’instruction au-delà du reste",
    "lente": "engagement de plus d’un an pas encore payé en entier",
}


@dataclass(frozen=True, slots=True)
class OfKind:
    """Sums over envelopes of one nature, in euros; natures are never added together."""

    kind: str
    envelopes: int
    announced: Decimal
    committed: Decimal
    paid: Decimal

    @property
    def remaining(self) -> Decimal:
        return self.announced - self.committed


@dataclass(frozen=True, slots=True)
class Row:
    """An envelope as the desk shows it, with the cents that wait for a decision, and its alerts."""

    envelope: Envelope
    waiting_cents: int
    alerts: tuple[str, ...]


def visible(user: Person) -> QuerySet[Envelope]:
    """The envelopes inside the perimeters over which the person may decide of money."""
    if user.is_superuser:
        return Envelope.objects.all()
    held = [each for each in mandates(user) if Verb.FUND in ALLOWED[Role(each.role)]]
    if any(each.perimeter == Perimeter.ALL for each in held):
        return Envelope.objects.all()
    seen = Q(pk__in=[])
    for each in held:
        if each.perimeter == Perimeter.PROGRAMME:
            seen |= Q(programme=each.code)
        elif each.perimeter == Perimeter.ENVELOPE:
            seen |= Q(pk=each.code)
        elif each.perimeter in (Perimeter.REGION, Perimeter.DEPARTEMENT):
            seen |= Q(delegations__territory=f"{each.perimeter}:{each.code}")
    return Envelope.objects.filter(seen).distinct()


def with_waiting(envelopes: QuerySet[Envelope]) -> QuerySet[Envelope]:
    """With `waiting_cents`: what is asked and waits for a decision."""
    asked = (
        Commitment.objects.filter(envelope=OuterRef("pk"), state=CommitmentState.REVIEW)
        .order_by()
        .values("envelope")
        .annotate(cents=Sum("asked_cents"))
        .values("cents")
    )
    return envelopes.annotate(waiting_cents=Coalesce(Subquery(asked), 0))


def alerted(envelopes: QuerySet[Envelope], alert: str, today: date) -> QuerySet[Envelope]:
    """Those that an alert is about."""
    left = F("announced_cents") - F("committed_cents")
    if alert == "expire":
        return envelopes.filter(ends_on__range=(today, today + EXPIRING), announced_cents__gt=F("committed_cents"))
    if alert == "surprogrammee":
        waiting = Commitment.objects.filter(state=CommitmentState.REVIEW).order_by().values("envelope")
        return with_waiting(envelopes.filter(pk__in=waiting)).filter(waiting_cents__gt=left)  # type: ignore[misc]
    return envelopes.filter(pk__in=slow(today).order_by().values("envelope"))


def slow(today: date) -> QuerySet[Commitment]:
    """Commitments decided long ago and not paid in full."""
    return Commitment.objects.filter(
        decided_on__lt=today - SLOW,
        state__in=(CommitmentState.COMMITTED, CommitmentState.CONTRACTED),
        paid_cents__lt=F("committed_cents"),
    )


def rows(envelopes: QuerySet[Envelope], today: date) -> list[Row]:
    """The rows of a screen or of an export."""
    read = list(with_waiting(envelopes))
    of_page = slow(today).filter(envelope__in=[each.pk for each in read]).order_by()
    late = frozenset(of_page.values_list("envelope_id", flat=True))
    waiting = ((each, int(vars(each)["waiting_cents"])) for each in read)
    return [Row(each, cents, _alerts(each, cents, today, late)) for each, cents in waiting]


def _alerts(envelope: Envelope, waiting: int, today: date, late: frozenset[str]) -> tuple[str, ...]:
    """As short tags; `late` are the envelopes of `slow`."""
    ends = envelope.ends_on
    return (
        *(("expire bientôt",) if ends and today <= ends <= today + EXPIRING and envelope.remaining_cents > 0 else ()),
        *(("surprogrammée",) if waiting > envelope.remaining_cents else ()),
        *(("lente à payer",) if envelope.pk in late else ()),
    )


def sums(envelopes: QuerySet[Envelope]) -> tuple[OfKind, ...]:
    """One line a nature, in the order of `Kind`."""
    rows = envelopes.order_by().values_list("kind").annotate(
        n=Count("pk"), a=Sum("announced_cents"), c=Sum("committed_cents"), p=Sum("paid_cents")
    )  # fmt: skip
    found = {kind: (n, a, c, p) for kind, n, a, c, p in rows}
    return tuple(
        OfKind(KIND_LABELS[kind], found[kind][0], *(Decimal(cents) / CENTS for cents in found[kind][1:]))
        for kind in Kind
        if kind in found
    )
