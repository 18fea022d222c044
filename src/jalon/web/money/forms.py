"""What is asked of a person who decides of money."""

from decimal import Decimal
from typing import Any

from django import forms

from jalon.funding import ACT_LABELS, Act
from jalon.geography import geography
from jalon.register.models import Commitment, Delegation, Envelope, Investee, MoneyKind, Programme
from jalon.web.forms import Day, Reason

CENTS = 100
MOST = Decimal(10) ** 11


class Amount(forms.DecimalField):
    """Typed in euros, given in whole cents."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            label=label, required=required, help_text=help_text, max_digits=14, decimal_places=2, localize=True,
            min_value=-MOST, max_value=MOST,
        )  # fmt: skip

    def clean(self, value: Any) -> int:
        euros = super().clean(str(value or "").replace("€", "").replace("\u202f", "").replace("\u00a0", ""))
        return int((euros or 0) * CENTS)


class Place(forms.CharField):
    """A territory by its code, as `commune:01004` in the register; empty for none."""

    def __init__(self, label: str, *, kinds: tuple[str, ...], required: bool = False) -> None:
        super().__init__(label=label, required=required, max_length=9)
        self.kinds = kinds

    def clean(self, value: Any) -> str:
        code = str(super().clean(value)).strip()
        found = next((f"{kind}:{code}" for kind in self.kinds if code and geography().place(kind, code)), "")
        if code and not found:
            raise forms.ValidationError(f"« {code} » n’est pas un code connu.")
        return found


class DecisionForm(forms.Form):
    """An act on a commitment, known or new, of one envelope."""

    act = forms.ChoiceField(
        label="Décision",
        choices=[(act.value, ACT_LABELS[act].capitalize()) for act in Act if act not in (Act.ANNOUNCE, Act.DELEGATE)],
    )
    reference = forms.CharField(
        label="Référence de la décision", max_length=80, help_text="Celle d’un engagement connu, ou une nouvelle."
    )
    amount = Amount("Montant, en euros", required=False, help_text="Vide pour engager le montant demandé, ou solder.")
    label = forms.CharField(label="Objet (nouvel engagement)", max_length=500, required=False)
    territory = Place("Commune ou intercommunalité (code INSEE ou SIREN)", kinds=("commune", "epci", "departement"))
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label="Délégation", required=False)
    investee = forms.ModelChoiceField(Investee.objects.all(), label="Société", required=False)
    on = Day("Compte du (aujourd’hui si vide)")
    reason = Reason()

    def __init__(self, envelope: Envelope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.envelope = envelope
        delegations: Any = self.fields["delegation"]
        delegations.queryset = envelope.delegations.select_related("territory", "envelope")

    def commitment(self) -> Commitment:
        """The commitment that the form speaks of; not yet in the register when its reference is new."""
        given = self.cleaned_data
        known = Commitment.objects.filter(envelope=self.envelope, reference=given["reference"]).first()
        return known or Commitment(
            envelope=self.envelope, reference=given["reference"], label=given["label"] or given["reference"],
            territory_id=given["territory"] or None, delegation=given["delegation"], investee=given["investee"],
            decided_on=given["on"],
        )  # fmt: skip


class FundForm(forms.Form):
    """More, or less, announced for an envelope; or given to a région or a département."""

    amount = Amount("Montant, en euros", help_text="Négatif pour retirer ce qui n’est ni engagé ni délégué.")
    territory = Place(
        "Délégué à (code de région ou de département ; vide : l’enveloppe)", kinds=("departement", "region")
    )
    on = Day("Compte du (aujourd’hui si vide)")
    reason = Reason()


class OpenForm(forms.Form):
    """An envelope to follow."""

    programme = forms.ModelChoiceField(Programme.objects.all(), label="Programme")
    code = forms.SlugField(label="Identifiant", max_length=60, help_text="Le même que dans le dossier du programme.")
    label = forms.CharField(label="Nom", max_length=200)
    funder = forms.CharField(label="Financeur", max_length=200)
    kind = forms.ChoiceField(label="Nature", choices=MoneyKind.choices)
    amount = Amount("Montant annoncé, en euros")
    starts_on = Day("Ouverte le", required=True)
    ends_on = Day("Prend fin le")
    reason = Reason()
