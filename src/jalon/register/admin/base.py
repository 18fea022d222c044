"""What the pages of the register share: a reason for each change, amounts in euros, machine rows read only."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest
from django.template.defaultfilters import floatformat
from simple_history.admin import SimpleHistoryAdmin

from jalon.register import decisions

CENTS = 100
DELETED = "Supprimé dans l’administration"


class EurosField(forms.DecimalField):
    """Typed and shown in euros, kept in cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=15, decimal_places=2, min_value=0, localize=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value) / CENTS if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        euros = super().clean(value)
        return None if euros is None else int(euros * CENTS)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def euros(cents: int | None) -> str:
    return "" if cents is None else f"{floatformat(Decimal(cents) / CENTS, '2g')} €"


class ReasonForm(forms.ModelForm):
    reason = forms.CharField(
        label="Motif",
        help_text="Pourquoi ce changement : le motif reste dans l’historique, avec votre nom et la date.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HistoryAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Pages of rows whose history is kept."""

    list_per_page = 50
    show_full_result_count = False


class DecidedAdmin(HistoryAdmin):
    """Rows that people may change; an import does not take their change back. Only what a person added may go."""

    form = ReasonForm

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name.endswith("_cents"):
            label = str(db_field.verbose_name).replace("en centimes", "en euros").capitalize()
            return EurosField(label=label, required=not db_field.blank)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """What spells the key of a row cannot change once it is there."""
        given = tuple(super().get_readonly_fields(request, obj))
        return given if obj is None else (*given, *_spelling(self.model))

    def save_model(self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool) -> None:
        author, reason = author_of(request), form.cleaned_data["reason"]
        if not change:
            decisions.add(obj, author, reason)
            return
        names = [self.model._meta.get_field(name).attname for name in form.changed_data if name != "reason"]  # type: ignore[union-attr]
        decisions.correct(obj, {name: getattr(obj, name) for name in names}, author, reason)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        obj._change_reason = DELETED  # type: ignore[attr-defined]
        super().delete_model(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return obj is not None and super().has_delete_permission(request, obj) and _added_by_a_person(obj)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that imports write: seen, searched, never changed here."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def _spelling(model: type[models.Model]) -> tuple[str, ...]:
    natural = getattr(model, "NATURAL", (model._meta.pk.name,))
    return tuple(model._meta.get_field(name).name for name in natural)


def _added_by_a_person(row: models.Model) -> bool:
    first = row.history.order_by("history_id").first()  # type: ignore[attr-defined]
    return first is not None and first.history_type == "+" and first.history_user_id is not None


def author_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionError("a change without an author")
    return request.user
