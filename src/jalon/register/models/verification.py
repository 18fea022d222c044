"""Checks of texts that people keep: what the machine said, what they decided, and the dossier once frozen."""

import secrets
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from jalon.claims import LABELS
from jalon.errors import RegisterError
from jalon.register.models.base import as_long_as, at_least, filled


def _key() -> str:
    return secrets.token_hex(8)


def _refused() -> RegisterError:
    return RegisterError(
        "kept rows never change",
        user_message="une vérification figée ne change plus et ne s’efface pas.",
        mend="écrivez une note, ou figez une nouvelle vérification qui la remplace.",
    )


class KeptRows(models.QuerySet[Any]):
    """Rows that are added and never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise _refused()

    def delete(self) -> NoReturn:
        raise _refused()


class Kept(models.Model):
    """A row written once. Raises RegisterError when it is saved again or deleted."""

    objects = KeptRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise _refused()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise _refused()


class Verification(Kept):
    """A text checked on an edition. `result` is the JSON of the check, its text included."""

    id = models.CharField("identifiant", max_length=16, primary_key=True, default=_key, editable=False)
    title = models.CharField("titre", max_length=200)
    edition = models.CharField("édition", max_length=60)
    as_of = models.DateField("vérifié au")
    result = models.JSONField("résultat")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    made_at = models.DateTimeField("faite le", default=timezone.now)

    class Meta:
        verbose_name = "vérification"
        ordering = ("-made_at", "id")
        constraints = (filled("verification", "title"), as_long_as("verification", "id", 16))

    def __str__(self) -> str:
        return self.title


class VerificationDecision(Kept):
    """What a person decided of one claim; the last one stands, the others stay."""

    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, related_name="decisions", verbose_name="vérification"
    )
    claim = models.PositiveIntegerField("point")
    accepted = models.BooleanField("verdict accepté")
    verdict = models.CharField("verdict retenu", max_length=20, choices=tuple(LABELS.items()))
    reason = models.TextField("motif", blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    decided_at = models.DateTimeField("décidé le", default=timezone.now)

    class Meta:
        verbose_name = "décision sur un point"
        verbose_name_plural = "décisions sur un point"
        ordering = ("decided_at", "pk")
        constraints = (
            at_least("verificationdecision", "claim", 1),
            models.CheckConstraint(
                condition=models.Q(accepted=True) | ~models.Q(reason=""),
                name="decision_reason_given",
                violation_error_message="Écarter un verdict demande un motif.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verification_id} : {self.claim}"


class FrozenVerification(Kept):
    """The dossier of a verification, sealed: `sha256` is that of its record."""

    verification = models.OneToOneField(
        Verification, on_delete=models.PROTECT, primary_key=True, related_name="frozen", verbose_name="vérification"
    )
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="figée par"
    )
    frozen_at = models.DateTimeField("figée le")

    class Meta:
        verbose_name = "vérification figée"
        verbose_name_plural = "vérifications figées"
        ordering = ("-frozen_at",)
        constraints = (as_long_as("frozenverification", "sha256", 64),)

    def __str__(self) -> str:
        return self.verification_id


class VerificationFile(Kept):
    """One file of a dossier, its bytes as they were written when it was frozen."""

    frozen = models.ForeignKey(
        FrozenVerification, on_delete=models.PROTECT, related_name="files", verbose_name="vérification figée"
    )
    kind = models.CharField("sorte", max_length=10)
    content = models.BinaryField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)

    class Meta:
        verbose_name = "fichier d’une vérification"
        verbose_name_plural = "fichiers d’une vérification"
        constraints = (models.UniqueConstraint(fields=("frozen", "kind"), name="verification_one_file"),)

    def __str__(self) -> str:
        return f"{self.frozen_id}.{self.kind}"


class VerificationNote(Kept):
    """What is said of a frozen verification afterwards, and which one replaces it."""

    frozen = models.ForeignKey(
        FrozenVerification, on_delete=models.PROTECT, related_name="notes", verbose_name="vérification figée"
    )
    text = models.TextField("note")
    replaced_by = models.ForeignKey(
        FrozenVerification,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="remplacée par",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    written_at = models.DateTimeField("écrite le", default=timezone.now)

    class Meta:
        verbose_name = "note sur une vérification"
        verbose_name_plural = "notes sur une vérification"
        ordering = ("written_at", "pk")
        constraints = (filled("verificationnote", "text"),)

    def __str__(self) -> str:
        return self.text[:60]
