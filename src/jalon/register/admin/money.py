"""Money, seen here; it moves on its own pages, by entries of the ledger. Companies and their values are kept here."""

from django.contrib import admin

from jalon.register.admin.base import DecidedAdmin, ReadOnlyAdmin
from jalon.register.models import (
    CapitalOperation,
    Commitment,
    Delegation,
    Entry,
    Envelope,
    Investee,
    LedgerImport,
    Scenario,
    Valuation,
)


@admin.register(Envelope)
class EnvelopeAdmin(ReadOnlyAdmin):
    list_display = ("label", "programme", "funder", "kind", "announced_cents", "committed_cents", "paid_cents")
    list_filter = ("programme", "kind")
    list_select_related = ("programme",)
    search_fields = ("key", "label", "funder")


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyAdmin):
    list_display = ("envelope", "territory", "received_cents", "delegated_cents", "direct_cents", "paid_cents")
    list_select_related = ("envelope", "territory")
    search_fields = ("key",)


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ("reference", "envelope", "label", "state", "asked_cents", "committed_cents", "paid_cents")
    list_filter = ("state",)
    list_select_related = ("envelope",)
    search_fields = ("key", "label")


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("id", "envelope", "measure", "cents", "state", "on", "author", "reason", "written_at")
    list_filter = ("measure",)
    list_select_related = ("envelope", "author")
    search_fields = ("envelope__key", "reason")


@admin.register(LedgerImport)
class LedgerImportAdmin(ReadOnlyAdmin):
    list_display = ("file", "author", "written_at", "rows_read", "rows_refused", "undone_at")
    list_select_related = ("author",)
    search_fields = ("file",)


@admin.register(Scenario)
class ScenarioAdmin(ReadOnlyAdmin):
    list_display = ("name", "owner", "written_at", "applied_at")
    list_select_related = ("owner",)
    search_fields = ("name",)
    exclude = ("session",)


@admin.register(Investee)
class InvesteeAdmin(DecidedAdmin):
    list_display = ("name", "siren", "form", "territory")
    list_filter = ("form",)
    list_select_related = ("territory",)
    autocomplete_fields = ("territory",)
    search_fields = ("name", "siren")


@admin.register(CapitalOperation)
class CapitalOperationAdmin(ReadOnlyAdmin):
    list_display = ("investee", "on", "holder", "security", "units", "cents", "round")
    list_select_related = ("investee",)
    search_fields = ("investee__name", "holder")


@admin.register(Valuation)
class ValuationAdmin(DecidedAdmin):
    list_display = ("investee", "year", "cents", "method")
    list_select_related = ("investee",)
    autocomplete_fields = ("investee",)
    search_fields = ("investee__name",)
