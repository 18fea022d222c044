"""Decisions on money, written in the ledger: each under a lock of its envelope, by the rules of `jalon.funding`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from jalon.errors import FundingError, Overrun, RegisterError
from jalon.funding import NEW, Act, Kind, Ledger, Line, Move, Pot, State, after, drawn, hold_since, moves, reversal
from jalon.funding import Entry as CoreEntry
from jalon.funding import Measure as CoreMeasure
from jalon.register import decisions
from jalon.register.importing import places
from jalon.register.models import Commitment, Delegation, Entry, Envelope, LedgerImport
from jalon.register.models.base import spell

NOT_YET = 2**62
"""The number of an entry about to be written: after all others."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decides, from which day it counts (today by default), why, and the file that brings it, if any."""

    author: User
    reason: str
    on: date | None = None
    batch: LedgerImport | None = None


def open_envelope(envelope: Envelope, cents: int, signed: Signed) -> Envelope:
    """Add an envelope to the register with the amount announced for it. Raises FundingError or RegisterError."""
    with _told(), transaction.atomic():
        decisions.add(envelope, signed.author, signed.reason)
        if cents:
            _write(envelope, None, None, moves(Act.ANNOUNCE, NEW, cents), signed)
    return Envelope.objects.get(pk=envelope.pk)


def announce(envelope: str, cents: int, signed: Signed) -> tuple[Entry, ...]:
    """Add to what an envelope announces, or take away from it (negative) what is neither committed nor delegated."""
    with _alone(envelope) as locked:
        drawn(_pot(locked), -cents)
        return _write(locked, None, None, moves(Act.ANNOUNCE, NEW, cents), signed)


def delegate(envelope: str, territory: str, cents: int, signed: Signed, parent: str | None = None) -> Delegation:
    """Give a part of an envelope to a territory (`region:84`), from the envelope or from a delegation of it."""
    with _alone(envelope) as locked:
        places.ensure({territory})
        above = Delegation.objects.filter(pk=parent, envelope=locked).get() if parent else None
        given, _ = Delegation.objects.get_or_create(
            key=spell(envelope, territory),
            defaults={"envelope": locked, "territory_id": territory, "parent": above},
        )
        _demand_same_parent(given, parent)
        drawn(_pot_of(above) if above else _pot(locked), cents)
        drawn(_pot_of(given), -cents, "la délégation")
        _write(locked, given, None, moves(Act.DELEGATE, NEW, cents), signed)
    return Delegation.objects.get(pk=given.pk)


def decide(commitment: Commitment, act: Act, signed: Signed, cents: int = 0) -> Commitment:
    """Do `act` to a commitment, which is added when the register does not hold it yet.

    Raises Overrun when the envelope, the delegation or the commitment has not enough, on any day since `signed.on`;
    FundingError when the act does not fit the state. Nothing is written then.
    """
    with _alone(commitment.envelope_id) as locked:
        held = Commitment.objects.select_related("delegation").filter(pk=_key(commitment)).first()
        if held is None:
            held = _added(commitment, act, signed)
        _write(locked, held.delegation, held, moves(act, _line(held), cents), signed)
    return Commitment.objects.get(pk=held.pk)


def undo(entry: Entry, signed: Signed) -> Entry:
    """Cancel an entry by another one of the opposite amount. Raises FundingError when later decisions rest on it."""
    with _alone(entry.envelope_id) as locked:
        return _undo(locked, entry, signed)


def undo_import(batch: LedgerImport, signed: Signed) -> int:
    """Cancel every entry that a file brought, latest first, all or none; how many. Raises FundingError."""
    with _told(), transaction.atomic():
        locked = LedgerImport.objects.select_for_update().get(pk=batch.pk)
        if locked.undone_at:
            raise FundingError("import already undone", user_message="cet import est déjà annulé.")
        entries = list(locked.entries.filter(cancels=None, cancelled_by__isnull=True).order_by("-pk"))
        envelopes = sorted({entry.envelope_id for entry in entries})
        held = {each.pk: each for each in Envelope.objects.select_for_update().filter(pk__in=envelopes).order_by("pk")}
        for entry in entries:
            held[entry.envelope_id].refresh_from_db()
            _undo(held[entry.envelope_id], entry, signed)
        locked.undone_at = timezone.now()
        locked.save(update_fields=["undone_at"])
    return len(entries)


@contextmanager
def _alone(envelope: str) -> Iterator[Envelope]:
    """The envelope, locked: those who decide of it wait for each other. Raises RegisterError for an unknown one."""
    with _told(), transaction.atomic():
        locked = Envelope.objects.select_for_update().filter(pk=envelope).first()
        if locked is None:
            raise RegisterError(f"no envelope {envelope}", user_message=f"enveloppe inconnue : {envelope}.")
        yield locked


@contextmanager
def _told() -> Iterator[None]:
    """What the database itself refuses, in the words of the ledger."""
    try:
        yield
    except IntegrityError as error:
        raise Overrun(
            str(error),
            user_message="cette écriture romprait les règles du journal (dotation, engagements, paiements).",
            mend="rechargez la page : une autre décision a pu passer avant la vôtre.",
        ) from error
    except DatabaseError as error:
        raise RegisterError(str(error), user_message="le registre n’a pas pu écrire.", mend="recommencez.") from error


def _added(commitment: Commitment, act: Act, signed: Signed) -> Commitment:
    if act not in (Act.PROPOSE, Act.COMMIT):
        raise FundingError(
            f"{act} of unknown {_key(commitment)}",
            user_message=f"engagement inconnu : {commitment.reference}.",
            mend="inscrivez-le d’abord.",
        )
    decisions.add(commitment, signed.author, signed.reason)
    return commitment


def _write(
    envelope: Envelope,
    delegation: Delegation | None,
    commitment: Commitment | None,
    made: Iterable[Move],
    signed: Signed,
    cancels: Entry | None = None,
) -> tuple[Entry, ...]:
    """Check each move against the rules, then write it; triggers move the amounts."""
    day = signed.on or timezone.localdate()
    _demand_past(day)
    pot = _pot_of(delegation) if delegation else _pot(envelope)
    line = _line(commitment) if commitment else NEW
    written = []
    for move in made:
        if commitment is not None:
            line = after(line, move)
            committed = move.cents if move.measure == CoreMeasure.COMMITTED else 0
            drawn(pot, committed, "la délégation" if delegation else "l’enveloppe")
            pot = Pot(pot.received, pot.passed_on, pot.direct + committed, pot.paid)
        row = Entry(
            envelope=envelope,
            delegation=delegation,
            commitment=commitment,
            measure=move.measure,
            cents=move.cents,
            state=move.state or "",
            on=day,
            author=signed.author,
            reason=signed.reason.strip(),
            cancels=cancels,
            batch=None if cancels else signed.batch,
        )
        _demand_room(envelope, core(row))
        row.save(force_insert=True)
        written.append(row)
    return tuple(written)


def _undo(envelope: Envelope, entry: Entry, signed: Signed) -> Entry:
    entry = Entry.objects.select_related("delegation", "commitment").get(pk=entry.pk)
    related = Q(commitment=entry.commitment) if entry.commitment else Q(pk=entry.pk) | Q(cancels=entry.pk)
    listed = [core(each) for each in Entry.objects.filter(related).order_by("pk")]
    move = reversal(next(each for each in listed if each.number == entry.pk), listed)
    if move.measure == CoreMeasure.ANNOUNCED:
        drawn(_pot(envelope), -move.cents)
    if move.measure == CoreMeasure.DELEGATED and entry.delegation:
        drawn(_pot_of(entry.delegation), -move.cents, "la délégation")
    return _write(envelope, entry.delegation, entry.commitment, (move,), signed, cancels=entry)[0]


def core(entry: Entry) -> CoreEntry:
    """A row of the ledger as `jalon.funding` reads it."""
    return CoreEntry(
        number=entry.pk or NOT_YET,
        envelope=entry.envelope_id,
        move=Move(CoreMeasure(entry.measure), entry.cents, State(entry.state) if entry.state else None),
        on=entry.on,
        author=str(entry.author_id),
        reason=entry.reason,
        delegation=entry.delegation_id,
        commitment=entry.commitment_id,
        cancels=entry.cancels_id,
    )


def _key(commitment: Commitment) -> str:
    return commitment.key or spell(commitment.envelope_id, commitment.reference)


def _pot(envelope: Envelope) -> Pot:
    return Pot(envelope.announced_cents, envelope.delegated_cents, envelope.direct_cents)


def _pot_of(delegation: Delegation) -> Pot:
    return Pot(delegation.received_cents, delegation.delegated_cents, delegation.direct_cents, delegation.paid_cents)


def _line(commitment: Commitment) -> Line:
    state = State(commitment.state) if commitment.state else None
    return Line(commitment.asked_cents, commitment.committed_cents, commitment.paid_cents, state)


def _demand_past(day: date) -> None:
    if day > timezone.localdate():
        raise FundingError(
            f"{day} has not come",
            user_message=f"le {day:%d/%m/%Y} n’est pas encore passé.",
            mend="une écriture compte du jour où la décision est prise, ou d’un jour passé.",
        )


def _demand_room(envelope: Envelope, new: CoreEntry) -> None:
    """An entry of an earlier day must leave enough on every day since, not only today."""
    written = Entry.objects.filter(envelope=envelope).order_by("pk")
    if written.filter(on__gt=new.on).exists():
        hold_since(structure(envelope), [*map(core, written), new], new.on)


def structure(envelope: Envelope) -> Ledger:
    """The pots of an envelope, empty."""
    empty = Ledger()
    empty.open(envelope.pk, Kind(envelope.kind))
    waiting = dict(envelope.delegations.values_list("pk", "parent_id"))
    while waiting:
        for key, parent in [*waiting.items()]:
            if parent not in waiting:
                empty.place(key, parent or envelope.pk)
                del waiting[key]
    return empty


def _demand_same_parent(given: Delegation, parent: str | None) -> None:
    if given.parent_id != parent:
        raise FundingError(
            f"{given.pk} comes from {given.parent_id}, not {parent}",
            user_message="cette délégation existe déjà et vient d’ailleurs.",
            mend="complétez-la depuis l’enveloppe ou la délégation qui l’a ouverte.",
        )
