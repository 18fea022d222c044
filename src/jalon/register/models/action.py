"""Actions: subsidised projects and actions read in agreements."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from jalon.register.models.agreement import Agreement
from jalon.register.models.base import at_least, between, filled, one_of
from jalon.register.models.programme import Programme
from jalon.register.models.territory import Territory


class ActionKind(models.TextChoices):
    GRANT = "grant", "projet subventionné"
    AGREEMENT = "agreement", "action de convention"


class BeneficiaryKind(models.TextChoices):
    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"
    DEPARTEMENT = "departement", "département"
    SYNDICATE = "syndicat", "syndicat"
    OTHER = "autre", "autre"


class Standing(models.TextChoices):
    """A withdrawn action no longer stands in its source: it is kept, with its decisions, and counts nowhere."""

    CURRENT = "current", "publiée"
    WITHDRAWN = "withdrawn", "retirée de la source"


class Action(models.Model):
    """`fingerprint` tells a changed row of the source; `label_key` a text that the classifier has not yet seen.

    `partners` are separated by " ; ". `schedule` keeps a period as precise as it was written ("T2 2019 – fin 2021");
    its first and last day are `starts_on` and `ends_on`.
    """

    action_id = models.CharField("identifiant", max_length=80, primary_key=True)
    kind = models.CharField("nature", max_length=20, choices=ActionKind, default=ActionKind.AGREEMENT)
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="programme",
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="convention",
    )
    territory_kind = models.CharField("nature du bénéficiaire", max_length=20, choices=BeneficiaryKind)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="territoire",
    )
    published_code = models.CharField("code publié", max_length=40, blank=True)
    beneficiary = models.TextField("bénéficiaire publié", blank=True)
    departement_code = models.CharField("code du département", max_length=3, blank=True)
    region_code = models.CharField("code de la région", max_length=3, blank=True)
    title = models.TextField("intitulé", blank=True)
    category = models.TextField("catégorie publiée", blank=True)
    axis = models.PositiveSmallIntegerField("axe", null=True, blank=True)
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    scheme = models.CharField("dispositif", max_length=40, blank=True)
    cost_cents = models.BigIntegerField("coût hors taxes, en centimes", null=True, blank=True)
    grant_cents = models.BigIntegerField("subvention de l’État, en centimes", null=True, blank=True)
    owner = models.TextField("maître d’ouvrage", blank=True, default="", db_default="")
    partners = models.TextField("partenaires", blank=True, default="", db_default="")
    description = models.TextField("description", blank=True, default="", db_default="")
    schedule = models.TextField("calendrier tel qu’écrit", blank=True, default="", db_default="")
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    known_on = models.DateField("connue le")
    standing = models.CharField("présence", max_length=20, choices=Standing, default=Standing.CURRENT)
    probability = models.FloatField("probabilité de ville intelligente", null=True, blank=True, editable=False)
    source_id = models.CharField("source", max_length=80, blank=True)
    source_row = models.PositiveIntegerField("ligne de la source", default=0)
    fingerprint = models.CharField("empreinte de la ligne", max_length=32, blank=True, editable=False)
    label_key = models.CharField("empreinte de l’étiquetage", max_length=32, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "action"
        ordering = ("action_id",)
        indexes = (
            models.Index(fields=("source_id", "standing"), name="action_of_source"),
            models.Index(fields=("year", "scheme"), name="action_of_year"),
        )
        constraints = (
            filled("action", "action_id"),
            one_of("action", "kind", ActionKind),
            one_of("action", "territory_kind", BeneficiaryKind),
            one_of("action", "standing", Standing),
            at_least("action", "cost_cents"),
            at_least("action", "grant_cents"),
            at_least("action", "axis", 1),
            between("action", "year", 1900, 2200),
            between("action", "probability", 0, 1),
            models.CheckConstraint(
                condition=Q(agreement__isnull=True) | Q(programme__isnull=False),
                name="action_agreement_has_programme",
                violation_error_message="Une action de convention appartient à un programme.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.title[:80]}".strip()
