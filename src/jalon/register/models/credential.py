"""Open sessions, API tokens, and the log of what was taken away."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from jalon.register.models.base import at_least, filled


class OpenSession(models.Model):
    """A browser where a person signed in; ending it deletes Django's session."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sessions", verbose_name="personne"
    )
    session_key = models.CharField("clé", max_length=40, unique=True, editable=False)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    seen_at = models.DateTimeField("vue le", default=timezone.now)
    address = models.GenericIPAddressField("adresse", null=True, blank=True)
    browser = models.CharField("navigateur", max_length=200, blank=True)

    class Meta:
        verbose_name = "session ouverte"
        verbose_name_plural = "sessions ouvertes"
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.user}, {self.opened_at:%d/%m/%Y}"


class ApiToken(models.Model):
    """`verbs`: what it may do, never more than its owner; `token_hash`: SHA-256 of the secret, shown once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens", verbose_name="personne"
    )
    name = models.CharField("nom", max_length=100)
    token_hash = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    verbs = models.JSONField("portée", default=list)
    made_at = models.DateTimeField("fait le", default=timezone.now)
    expires_at = models.DateTimeField("expire le")
    used_at = models.DateTimeField("employé le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        verbose_name = "jeton d’API"
        verbose_name_plural = "jetons d’API"
        ordering = ("-made_at", "pk")
        constraints = (filled("token", "name"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.user})"

    @property
    def live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class Taken(models.Model):
    """A line of the access log: who took what is not published, when, how many rows."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="personne"
    )
    at = models.DateTimeField("le", default=timezone.now, db_index=True)
    what = models.CharField("quoi", max_length=300)
    address = models.CharField("adresse de la page", max_length=500)
    rows = models.PositiveIntegerField("lignes", default=0)

    class Meta:
        verbose_name = "export consigné"
        verbose_name_plural = "exports consignés"
        ordering = ("-at", "pk")
        constraints = (filled("taken", "what"), at_least("taken", "rows"))

    def __str__(self) -> str:
        return f"{self.user} : {self.what}"
