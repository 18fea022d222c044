"""Who holds which role, over what."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from jalon.register.models.base import filled, one_of


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", "contributeur"
    REVIEWER = "reviewer", "relecteur"
    FUNDER = "funder", "financeur"
    MANAGER = "manager", "responsable de programme"
    ADMINISTRATOR = "administrator", "administrateur"


class Perimeter(models.TextChoices):
    ALL = "all", "tout le registre"
    PROGRAMME = "programme", "programme"
    REGION = "region", "région"
    DEPARTEMENT = "departement", "département"
    TERRITORY = "territory", "territoire"
    ENVELOPE = "envelope", "enveloppe"


def _administers_all(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(role="administrator") | Q(perimeter="all"),
        name=f"{model}_administers_all",
        violation_error_message="Un administrateur l’est de tout le registre.",
    )


def _whole_or_named(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=(Q(perimeter="all") & Q(code="")) | (~Q(perimeter="all") & ~Q(code="")),
        name=f"{model}_perimeter_named",
        violation_error_message="Un périmètre porte un code, sauf « tout le registre », qui n’en porte pas.",
    )


class Scoped(models.Model):
    """A role over a perimeter. `code`: programme id, code INSEE, SIREN of an EPCI, or key of an envelope."""

    role = models.CharField("rôle", max_length=20, choices=Role)
    perimeter = models.CharField("périmètre", max_length=20, choices=Perimeter, default=Perimeter.ALL)
    code = models.CharField("code du périmètre", max_length=110, blank=True)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    reason = models.TextField("motif")

    class Meta:
        abstract = True

    @property
    def says(self) -> str:
        """As people read it: « relecteur (région 76) »."""
        over = Perimeter(self.perimeter).label
        return f"{Role(self.role).label} ({over}{f' {self.code}' if self.code else ''})"


class Mandate(Scoped):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates", verbose_name="personne"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="donné par",
    )
    given_at = models.DateTimeField("donné le", default=timezone.now)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mandat"
        ordering = ("user", "role", "perimeter", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "perimeter", "code"),
                name="mandate_once",
                violation_error_message="Cette personne tient déjà ce rôle sur ce périmètre.",
            ),
            one_of("mandate", "role", Role),
            one_of("mandate", "perimeter", Perimeter),
            filled("mandate", "reason"),
            _whole_or_named("mandate"),
            _administers_all("mandate"),
        )

    def __str__(self) -> str:
        return f"{self.user} : {self.says}"


class Invitation(Scoped):
    """`token_hash`: SHA-256 of the secret in the link, which is shown once and never kept."""

    email = models.EmailField("adresse électronique")
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="faite par"
    )
    made_at = models.DateTimeField("faite le", default=timezone.now)
    expires_at = models.DateTimeField("expire le")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="acceptée par",
    )
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation"
        ordering = ("-made_at", "pk")
        constraints = (
            one_of("invitation", "role", Role),
            one_of("invitation", "perimeter", Perimeter),
            filled("invitation", "email"),
            filled("invitation", "reason"),
            _whole_or_named("invitation"),
            _administers_all("invitation"),
        )

    def __str__(self) -> str:
        return f"{self.email} : {self.says}"

    @property
    def open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()

    def mandate(self, user: Any) -> Mandate:
        """The mandate it promises to whoever accepts it."""
        return Mandate(
            user=user, role=self.role, perimeter=self.perimeter, code=self.code, ends_on=self.ends_on,
            reason=self.reason, given_by=self.made_by,
        )  # fmt: skip


class Identity(models.Model):
    """An account of an OpenID provider, tied to a person here by its subject, which never changes."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities", verbose_name="personne"
    )
    issuer = models.CharField("fournisseur", max_length=300)
    subject = models.CharField("identifiant chez lui", max_length=300)
    seen_at = models.DateTimeField("vue le", default=timezone.now)

    class Meta:
        verbose_name = "identité extérieure"
        verbose_name_plural = "identités extérieures"
        ordering = ("issuer", "subject")
        constraints = (models.UniqueConstraint(fields=("issuer", "subject"), name="identity_once"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.issuer})"
