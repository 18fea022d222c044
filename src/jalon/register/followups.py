"""A follow-up spreadsheet into the ledger: read in a bounded child, reported before it is written, undone whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from jalon.bounded import run_bounded
from jalon.errors import FundingError, Refusal
from jalon.funding import Act
from jalon.funding.followup import FollowUp, Sheet, guessed, read_sheet, understood
from jalon.geography import geography
from jalon.register import ledger
from jalon.register.importing import places
from jalon.register.models import Commitment, Envelope, LedgerImport

KINDS = ("commune", "epci", "departement", "region")


@dataclass(frozen=True, slots=True)
class FollowUpReport:
    """What a file would do, or did: rows read, kept and refused, the sums kept, and the import when written."""

    titles: tuple[str, ...]
    mapping: dict[str, str]
    rows_read: int
    kept: int
    committed_cents: int
    paid_cents: int
    refused: tuple[Refusal, ...]
    batch: LedgerImport | None = None


def sheet_of(data: bytes, name: str) -> Sheet:
    """The table of an upload, read in a bounded child. Raises SourceUnreadable."""
    return run_bounded(read_sheet, data, name, what=name, memory_mb=800, cpu_seconds=30)


def bring(
    envelope: Envelope, data: bytes, name: str, author: User, mapping: Mapping[str, str], *, write: bool
) -> FollowUpReport:
    """Report what a file does to an envelope; with `write`, do it, in one transaction.

    `mapping` gives columns by field; those it leaves out are recognised by their titles. A row that the ledger refuses
    is refused with its reason, and the others go on: the report says the same before and after.
    """
    sheet = sheet_of(data, name)
    chosen = {**guessed(sheet.titles), **{field: title for field, title in mapping.items() if title}}
    rows, refused = understood(sheet, chosen, name)
    with transaction.atomic():
        batch = LedgerImport.objects.create(
            file=name[:200], sha256=sha256(data).hexdigest(), mapping=chosen, rows_read=len(sheet.rows), rows_refused=0,
            author=author,
        )  # fmt: skip
        kept = list(_lay(envelope, rows, batch, name, refused))
        batch.rows_refused = len(refused)
        batch.save(update_fields=["rows_refused"])
        if not write:
            transaction.set_rollback(True)
    return FollowUpReport(
        sheet.titles, chosen, len(sheet.rows), len(kept), sum(row.committed or 0 for row in kept),
        sum(row.paid or 0 for row in kept), tuple(sorted(refused, key=lambda each: each.row)), batch if write else None,
    )  # fmt: skip


def _lay(
    envelope: Envelope, rows: Sequence[FollowUp], batch: LedgerImport, name: str, refused: list[Refusal]
) -> Iterator[FollowUp]:
    """Write each row under a savepoint; add the refused ones to `refused`, yield the others."""
    for row in rows:
        try:
            with transaction.atomic():
                _decide(envelope, row, batch)
        except FundingError as error:
            refused.append(
                Refusal("suivi", name, row.row, "reference", row.reference, error.code, error.user_message, "row")
            )
        else:
            yield row


def _decide(envelope: Envelope, row: FollowUp, batch: LedgerImport) -> None:
    if Commitment.objects.filter(envelope=envelope, reference=row.reference).exists():
        raise FundingError(
            f"{row.reference} known", user_message="cette référence est déjà dans l’enveloppe : rien n’y est ajouté."
        )
    day = row.decided_on or timezone.localdate()
    reason = f"Import de {batch.file}, ligne {row.row}"
    signed = ledger.Signed(batch.author, reason, day, batch)
    commitment = Commitment(
        envelope=envelope, reference=row.reference, label=row.label, territory_id=_territory(row.territory),
        decided_on=row.decided_on,
    )  # fmt: skip
    if row.asked is not None and row.asked > 0:
        commitment = ledger.decide(commitment, Act.PROPOSE, signed, row.asked)
    if row.committed:
        commitment = ledger.decide(commitment, Act.COMMIT, signed, row.committed)
    if row.paid:
        paid = ledger.Signed(batch.author, reason, max(day, row.paid_on or day), batch)
        ledger.decide(commitment, Act.PAY, paid, row.paid)


def _territory(code: str) -> str:
    key = next((f"{kind}:{code}" for kind in KINDS if code and geography().place(kind, code)), "")
    if not key:
        raise FundingError(f"unknown place {code!r}", user_message=f"territoire inconnu : « {code} ».")
    places.ensure([key])
    return key
