"""The tables of money: declared once for the page, the CSV and the workbook."""

from decimal import Decimal

from django.urls import reverse

from jalon.register.models import Commitment, Entry
from jalon.web.money.sight import OfKind, Row
from jalon.web.tables import Column

CENTS = 100


def euros(cents: int) -> Decimal:
    return Decimal(cents) / CENTS


KINDS: tuple[Column[OfKind], ...] = (
    Column("Nature", lambda row: row.kind),
    Column("Enveloppes", lambda row: row.envelopes, "number"),
    Column("Annoncé", lambda row: row.announced, "amount"),
    Column("Engagé", lambda row: row.committed, "amount"),
    Column("Reste", lambda row: row.remaining, "amount"),
    Column("Payé", lambda row: row.paid, "amount"),
)
ENVELOPES: tuple[Column[Row], ...] = (
    Column(
        "Enveloppe",
        lambda row: row.envelope.label,
        link=lambda row: reverse("envelope", args=(row.envelope.pk,)),
        note=lambda row: row.envelope.funder,
        tags=lambda row: row.alerts,
    ),
    Column("Identifiant", lambda row: row.envelope.pk, "code", where="file"),
    Column("Financeur", lambda row: row.envelope.funder, where="file"),
    Column("Nature", lambda row: row.envelope.get_kind_display()),
    Column("Annoncé", lambda row: euros(row.envelope.announced_cents), "amount"),
    Column("Engagé", lambda row: euros(row.envelope.committed_cents), "amount"),
    Column("Reste", lambda row: euros(row.envelope.remaining_cents), "amount"),
    Column("À l’instruction", lambda row: euros(row.waiting_cents), "amount"),
    Column("Payé", lambda row: euros(row.envelope.paid_cents), "amount"),
    Column("Prend fin le", lambda row: row.envelope.ends_on, "day"),
)
COMMITMENTS: tuple[Column[Commitment], ...] = (
    Column("Référence", lambda row: row.reference, "code"),
    Column("Objet", lambda row: row.label, note=lambda row: str(row.territory or row.investee or row.action_id or "")),
    Column("État", lambda row: row.get_state_display()),
    Column("Demandé", lambda row: euros(row.asked_cents), "amount"),
    Column("Engagé", lambda row: euros(row.committed_cents), "amount"),
    Column("Payé", lambda row: euros(row.paid_cents), "amount"),
    Column("Décidé le", lambda row: row.decided_on, "day"),
)
ENTRIES: tuple[Column[Entry], ...] = (
    Column("N°", lambda row: row.pk, "number"),
    Column("Compte du", lambda row: row.on, "day"),
    Column("Écriture", lambda row: row.get_measure_display(), note=lambda row: row.get_state_display()),
    Column("Montant", lambda row: euros(row.cents), "amount"),
    Column("Engagement", lambda row: row.commitment.reference if row.commitment else None, "code"),
    Column("Motif", lambda row: row.reason, note=lambda row: f"{row.author}, écrit le {row.written_at:%d/%m/%Y}"),
    Column("Annule", lambda row: row.cancels_id, "number"),
)
