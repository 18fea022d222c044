"""Money: what publications declare, what the State published grant by grant, what is followed in the register.

Nothing is copied between them: the grants of the State are summed from the actions (see docs/decisions/0021).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from jalon import programmes as folders
from jalon.funding.candidate import Candidate
from jalon.funding.eligibility import Instrument, answer, instruments
from jalon.register.models import (
    Action,
    ActionKind,
    Commitment,
    DeclaredFact,
    Entry,
    Envelope,
    Group,
    Measure,
    Programme,
    Standing,
)
from jalon.register.models.base import spell
from jalon.register.snapshot.arrow import Columns, transposed

CENTS = 100


class Held(NamedTuple):
    """Cents of a commitment on a day, and its state."""

    committed: int = 0
    paid: int = 0
    state: str = ""


NOBODY = Candidate("", "")


def columns(known_until: date) -> Mapping[str, Columns]:
    followed = _as_registered()
    held = _held(known_until)
    return {
        "envelopes": transposed(_envelopes(followed, held, known_until), 17),
        "envelope_years": transposed(_years(followed, known_until), 3),
        "commitments": transposed(_commitments(held), 6),
        **_of_instruments(instruments().values()),
        **_of_calls(followed),
    }


def _as_registered() -> list[folders.Programme]:
    """The folders of the programmes in the register, without what it holds no proof of: a folder may be newer."""
    known = set(Programme.objects.values_list("pk", flat=True))
    facts = set(DeclaredFact.objects.values_list("pk", flat=True))
    groups = set(Group.objects.values_list("pk", flat=True))
    return [
        replace(
            each,
            envelopes=tuple(envelope for envelope in each.envelopes if envelope.fact in facts),
            calls=tuple(call for call in each.calls if call.fact in facts),
            milestones=tuple(m for m in each.milestones if m.fact is None or m.fact in facts),
            laureates=tuple(one for one in each.laureates if spell(each.id, one.group_id) in groups),
            amounts=tuple(one for one in each.amounts if spell(each.id, one.group_id) in groups),
        )
        for each in folders.programmes().values()
        if each.id in known
    ]


def _envelopes(followed: Iterable[folders.Programme], held: Mapping[str, Held], known_until: date) -> Iterator[tuple]:
    here = {row[0]: row for row in _followed(held, known_until)}
    for programme in followed:
        for row in _declared(programme):
            yield _laid_over(here.pop(row[0]), row) if row[0] in here else row
    yield from here.values()
    yield from _grants(known_until)


def _declared(programme: folders.Programme) -> Iterator[tuple]:
    partners = {partner.id: partner.label for partner in programme.partners}
    for each in programme.envelopes:
        part_of = spell(programme.id, each.part_of) if each.part_of else None
        yield (
            spell(programme.id, each.id), "declared", programme.id, each.label, partners.get(each.partner or ""),
            each.kind, None, None, None, each.starts_on, each.ends_on, part_of, int(each.amount_eur * CENTS), None,
            None, None, each.fact,
        )  # fmt: skip


def _laid_over(followed: tuple, declared: tuple) -> tuple:
    """The envelope as it is followed, in the place and with the proof of the declared one."""
    return (*followed[:11], declared[11], *followed[12:16], declared[16])


def _followed(held: Mapping[str, Held], known_until: date) -> Iterator[tuple]:
    """Envelopes of the register as they stood on that day; commitments that were cancelled do not count."""
    sums = _sums(known_until)
    owners = Commitment.objects.order_by().values_list("pk", "envelope_id")
    counts = Counter(envelope for key, envelope in owners if key in held and held[key].committed)
    for each in Envelope.objects.filter(starts_on__lte=known_until).order_by("pk"):
        of = sums.get(each.pk, {})
        yield (
            each.pk, "followed", each.programme_id, each.label, each.funder, each.kind, None, None, None,
            each.starts_on, each.ends_on, None, of.get(Measure.ANNOUNCED, 0), of.get(Measure.COMMITTED, 0),
            counts[each.pk], of.get(Measure.PAID, 0), None,
        )  # fmt: skip


def _sums(known_until: date) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = Entry.objects.filter(on__lte=known_until).order_by().values_list("envelope_id", "measure")
    for envelope, measure, cents in rows.annotate(cents=Sum("cents")):
        found.setdefault(envelope, {})[measure] = cents
    return found


def _grants(known_until: date) -> Iterator[tuple]:
    """One envelope a scheme, year and département: what was announced for it and what was paid, nobody published."""
    counted = Q(kind=ActionKind.GRANT, standing=Standing.CURRENT, known_on__lte=known_until, grant_cents__isnull=False)
    rows = (
        Action.objects.filter(counted).exclude(scheme="").order_by().values_list("scheme", "year", "departement_code")
    )
    for scheme, year, departement, cents, count in rows.annotate(cents=Sum("grant_cents"), n=Count("pk")):
        place = f", département {departement}" if departement else ", département inconnu"
        yield (
            spell("etat", scheme, year, departement), "published", None, f"{scheme} {year or ''}{place}", "État",
            "grant", scheme, year, departement, None, None, None, None, cents, count, None, None,
        )  # fmt: skip


def _years(followed: Iterable[folders.Programme], known_until: date) -> Iterator[tuple]:
    own = {
        (each.pk, int(year)): cents
        for each in Envelope.objects.filter(starts_on__lte=known_until)
        for year, cents in each.profile.items()
    }
    stated = {
        (spell(programme.id, each.id), year): int(amount * CENTS)
        for programme in followed
        for each in programme.envelopes
        for year, amount in each.profile
    }
    for (envelope, year), cents in {**stated, **own}.items():
        yield envelope, year, cents


def _commitments(held: Mapping[str, Held]) -> Iterator[tuple]:
    """Sums by département and state; a commitment goes where its territory is, else where its action is."""
    place = Coalesce("territory__departement__code", "action__departement_code")
    rows = Commitment.objects.order_by().annotate(place=place).values_list("pk", "envelope_id", "place")
    found: dict[tuple[str, str, str], list[int]] = {}
    for key, envelope, departement in rows:
        if key in held:
            sums = found.setdefault((envelope, departement or "", held[key].state), [0, 0, 0])
            for rank, more in enumerate((1, held[key].committed, held[key].paid)):
                sums[rank] += more
    return ((*key, *sums) for key, sums in found.items())


def _held(known_until: date) -> dict[str, Held]:
    """Each commitment as it stood on that day, from its entries."""
    found: dict[str, Held] = {}
    rows = Entry.objects.filter(on__lte=known_until, commitment__isnull=False).order_by("on", "pk")
    for key, measure, cents, state in rows.values_list("commitment_id", "measure", "cents", "state").iterator():
        before = found.get(key, Held())
        found[key] = Held(
            before.committed + (cents if measure == Measure.COMMITTED else 0),
            before.paid + (cents if measure == Measure.PAID else 0),
            state or before.state,
        )
    return found


def _of_instruments(listed: Iterable[Instrument]) -> Mapping[str, Columns]:
    kept = list(listed)
    rows = ((i.id, i.label, i.short, i.funder, i.kind, i.scheme, i.publisher, i.url, i.read_on, i.note) for i in kept)
    rules = (
        (each.id, rank, rule.kind, line.rule, line.article)
        for each in kept
        for rank, (rule, line) in enumerate(
            zip(each.rules, answer(each, NOBODY, each.read_on).lines, strict=True), start=1
        )
    )
    return {"instruments": transposed(rows, 10), "instrument_rules": transposed(rules, 5)}


def _of_calls(followed: Iterable[folders.Programme]) -> Mapping[str, Columns]:
    kept = list(followed)
    calls = (
        (
            p.id, c.id, c.label, c.opened_on, c.decided_on, c.follows, spell(p.id, c.envelope) if c.envelope else None,
            c.places, c.fact,
        )
        for p in kept
        for c in p.calls
    )  # fmt: skip
    laureates = (
        (
            p.id, each.call, each.group_id, each.project, each.leader, each.leader_kind, each.partners, each.theme,
            "|".join(each.sources), each.note,
        )
        for p in kept
        for each in p.laureates
    )  # fmt: skip
    amounts = (
        (p.id, each.group_id, line, int(each.amount_eur * CENTS), each.nature, each.url, each.note)
        for p in kept
        for line, each in enumerate(p.amounts, start=1)
    )
    milestones = (
        (p.id, line, each.on, each.planned_on, each.label, each.call, each.group, each.fact)
        for p in kept
        for line, each in enumerate(p.milestones, start=1)
    )
    return {
        "calls": transposed(calls, 9),
        "laureates": transposed(laureates, 10),
        "laureate_amounts": transposed(amounts, 7),
        "milestones": transposed(milestones, 8),
    }
