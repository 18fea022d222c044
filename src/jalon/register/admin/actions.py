"""Actions, their funding, their themes, and the documents and places they come from."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

import jalon.themes
from jalon.register import decisions
from jalon.register.admin.base import DecidedAdmin, HistoryAdmin, ReadOnlyAdmin, author_of, euros
from jalon.register.models import (
    ANY_THEME,
    Action,
    Change,
    Correction,
    Document,
    Evidence,
    FundingLine,
    Origin,
    ProjectLink,
    ThemeLabel,
    ThemeReview,
)

MACHINE = ("probability", "fingerprint", "label_key")


@admin.register(Action)
class ActionAdmin(DecidedAdmin):
    list_display = ("action_id", "title", "territory", "year", "scheme", "cost", "grant", "probability", "standing")
    list_filter = ("kind", "standing", "year", "scheme", "territory_kind", "source_id")
    list_select_related = ("territory",)
    search_fields = ("action_id", "title", "beneficiary", "territory__name", "published_code")
    autocomplete_fields = ("programme", "agreement", "territory")
    readonly_fields = (*MACHINE, "source_id", "source_row", "standing")

    @admin.display(description="coût", ordering="cost_cents")
    def cost(self, action: Action) -> str:
        return euros(action.cost_cents)

    @admin.display(description="subvention", ordering="grant_cents")
    def grant(self, action: Action) -> str:
        return euros(action.grant_cents)


@admin.register(FundingLine)
class FundingLineAdmin(DecidedAdmin):
    list_display = ("action", "line", "funder", "instrument", "scheme", "amount", "year")
    list_filter = ("instrument", "scheme", "year")
    list_select_related = ("action",)
    search_fields = ("action__action_id", "funder")
    autocomplete_fields = ("action",)

    @admin.display(description="montant", ordering="amount_cents")
    def amount(self, line: FundingLine) -> str:
        return euros(line.amount_cents)


@admin.register(ThemeLabel)
class ThemeLabelAdmin(HistoryAdmin):
    """The machine's labels are read only; a person decides for themselves, with a reason."""

    fields = ("action", "theme", "accepted", "reason", "origin", "author", "decided_at", "probability", "terms")
    readonly_fields = ("origin", "author", "decided_at", "probability", "terms")
    list_display = ("action", "theme", "accepted", "origin", "author", "decided_at", "probability")
    list_filter = ("origin", "theme", "accepted")
    list_select_related = ("action", "author")
    search_fields = ("action__action_id", "action__title")
    autocomplete_fields = ("action",)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "theme":
            return forms.ChoiceField(label="Thème", choices=_themes)
        if db_field.name == "reason":
            return forms.CharField(label="Motif", widget=forms.Textarea(attrs={"rows": 2}))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: ThemeLabel | None = None) -> bool:
        own = obj is None or (obj.origin == Origin.HUMAN and obj.author_id == request.user.pk)
        return own and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ThemeLabel | None = None) -> bool:
        """A decision is kept for ever: one decides otherwise instead."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: ThemeLabel | None = None) -> tuple[str, ...]:
        return self.readonly_fields if obj is None else (*self.readonly_fields, "action", "theme")

    def save_model(self, request: HttpRequest, obj: ThemeLabel, form: forms.ModelForm, change: bool) -> None:
        made = decisions.decide_theme(obj.action, obj.theme, obj.accepted, author_of(request), obj.reason)
        obj.pk = made.pk


def _themes() -> list[tuple[str, str]]:
    return [
        (ANY_THEME, "ville intelligente (toute l’action)"),
        *((t.id, t.label) for t in jalon.themes.taxonomy().themes),
    ]


@admin.register(Document)
class DocumentAdmin(DecidedAdmin):
    list_display = ("name", "kind", "agreement", "dated_on", "pages", "bytes", "refusal")
    list_filter = ("kind",)
    readonly_fields = ("given_on", "replaced_by", "refusal", "doubts")
    list_select_related = ("agreement",)
    search_fields = ("name", "sha256")
    autocomplete_fields = ("agreement",)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("subject", "subject_id", "field", "document", "source_id", "row", "page")
    list_filter = ("subject", "source_id")
    list_select_related = ("document",)
    search_fields = ("subject_id", "quote")


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("action", "kind", "amendment", "before", "after", "document", "page")
    list_filter = ("kind",)
    list_select_related = ("action", "document")
    search_fields = ("action__action_id", "quote")


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("subject_id", "field", "machine_value", "value", "author", "decided_at", "stale")
    list_filter = ("subject", "stale", "author")
    list_select_related = ("author",)
    search_fields = ("subject_id", "reason")


@admin.register(ThemeReview)
class ThemeReviewAdmin(ReadOnlyAdmin):
    list_display = ("action", "author", "role", "themes", "made_at", "undone_at")
    list_filter = ("role", "author")
    list_select_related = ("action", "author")
    search_fields = ("action__action_id", "reason")


@admin.register(ProjectLink)
class ProjectLinkAdmin(ReadOnlyAdmin):
    list_display = ("left", "right", "across", "score", "verdict", "author", "decided_at")
    list_filter = ("across", "verdict")
    list_select_related = ("left", "right", "author")
    search_fields = ("left__action_id", "right__action_id", "reason")
