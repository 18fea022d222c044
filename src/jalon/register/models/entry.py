"""The ledger: entries that move money, written once; the files of entries; and trials that count nowhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from jalon.register.models.base import at_least, filled, one_of
from jalon.register.models.commitment import Commitment, CommitmentState
from jalon.register.models.envelope import Delegation, Envelope, held


class Measure(models.TextChoices):
    """As `jalon.funding.Measure`."""

    ANNOUNCED = "announced", "annoncé"
    DELEGATED = "delegated", "délégué"
    ASKED = "asked", "demandé"
    COMMITTED = "committed", "engagé"
    PAID = "paid", "payé"


class LedgerImport(models.Model):
    """One file of entries, read whole or not at all; undone by cancelling every entry it brought."""

    file = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    mapping = models.JSONField("colonnes choisies", default=dict)
    rows_read = models.PositiveIntegerField("lignes lues")
    rows_refused = models.PositiveIntegerField("lignes refusées")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    written_at = models.DateTimeField("importé le", default=timezone.now, editable=False)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "import de suivi financier"
        verbose_name_plural = "imports de suivi financier"
        ordering = ("-written_at", "-id")
        constraints = (at_least("ledger_import", "rows_read"), at_least("ledger_import", "rows_refused"))

    def __str__(self) -> str:
        return self.file


class Entry(models.Model):
    """`on` is the day the money counts from; `written_at` the moment it was written; `cancels` what it undoes."""

    envelope = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="entries", verbose_name="enveloppe", db_index=False
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, related_name="entries", verbose_name="délégation"
    )
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, related_name="entries", verbose_name="engagement"
    )
    measure = models.CharField("mesure", max_length=20, choices=Measure)
    cents = models.BigIntegerField("montant, en centimes")
    state = models.CharField("état", max_length=20, choices=CommitmentState, blank=True)
    on = models.DateField("compte du")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur", db_index=False
    )
    reason = models.TextField("motif")
    written_at = models.DateTimeField("écrit le", default=timezone.now)
    cancels = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="cancelled_by", verbose_name="annule"
    )
    batch = models.ForeignKey(
        LedgerImport, on_delete=models.PROTECT, null=True, related_name="entries", verbose_name="import"
    )

    class Meta:
        verbose_name = "écriture"
        ordering = ("id",)
        indexes = (models.Index(fields=("envelope", "on"), name="entry_of_envelope"),)
        constraints = (
            one_of("entry", "measure", Measure),
            filled("entry", "reason"),
            models.CheckConstraint(
                condition=Q(state="") | Q(state__in=CommitmentState.values),
                name="entry_state_known",
                violation_error_message=f"« state » doit être l’un de : {', '.join(CommitmentState.values)}.",
            ),
            held(
                "entry",
                "of_its_measure",
                Q(measure="announced", delegation__isnull=True, commitment__isnull=True, state="")
                | Q(measure="delegated", delegation__isnull=False, commitment__isnull=True, state="")
                | Q(measure__in=("asked", "committed", "paid"), commitment__isnull=False),
                "L’écriture ne dit pas sur quoi elle porte.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} : {self.get_measure_display()} {self.cents / 100:.2f} €"


class Scenario(models.Model):
    """Decisions that somebody tries: they count nowhere until they are applied, each then checked anew.

    `session` owns it for a visitor without an account.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="scenarios",
        verbose_name="auteur",
    )
    session = models.CharField("session", max_length=40, blank=True, db_index=True)
    name = models.CharField("nom", max_length=120)
    decisions = models.JSONField("décisions", default=list)
    written_at = models.DateTimeField("modifié le", auto_now=True)
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)

    class Meta:
        verbose_name = "simulation"
        ordering = ("-written_at",)
        constraints = (
            filled("scenario", "name"),
            held(
                "scenario",
                "is_of_somebody",
                Q(owner__isnull=False) | ~Q(session=""),
                "Une simulation est à quelqu’un.",
            ),
        )

    def __str__(self) -> str:
        return self.name
