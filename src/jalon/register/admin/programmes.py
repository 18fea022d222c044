"""Programmes, groups, agreements and what is said of them."""

from django.contrib import admin

from jalon.register.admin.base import DecidedAdmin, ReadOnlyAdmin
from jalon.register.models import (
    ActionCount,
    Agreement,
    Axis,
    DeclaredFact,
    Group,
    Membership,
    Partner,
    Programme,
    Signatory,
    Territory,
)


@admin.register(Programme)
class ProgrammeAdmin(DecidedAdmin):
    list_display = ("short_name", "id", "launched_on", "ends_on")
    search_fields = ("id", "name", "short_name")


@admin.register(Axis)
class AxisAdmin(DecidedAdmin):
    list_display = ("label", "number", "programme")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("label",)
    autocomplete_fields = ("programme",)


@admin.register(Partner)
class PartnerAdmin(DecidedAdmin):
    list_display = ("label", "code", "programme", "funds")
    list_filter = ("programme", "funds")
    list_select_related = ("programme",)
    search_fields = ("label", "code")
    autocomplete_fields = ("programme",)


@admin.register(Territory)
class TerritoryAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "kind", "departement", "region", "population")
    list_filter = ("kind",)
    list_select_related = ("departement", "region")
    search_fields = ("name", "code")


@admin.register(Group)
class GroupAdmin(DecidedAdmin):
    list_display = ("name", "group_id", "programme")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("name", "group_id")
    autocomplete_fields = ("programme",)


@admin.register(Membership)
class MembershipAdmin(DecidedAdmin):
    list_display = ("territory", "programme", "group", "listed_in")
    list_filter = ("programme", "territory__kind")
    list_select_related = ("territory", "programme", "group")
    search_fields = ("territory__name", "territory__code", "group__name", "group__group_id")
    autocomplete_fields = ("programme", "territory", "group")


@admin.register(Agreement)
class AgreementAdmin(DecidedAdmin):
    list_display = ("key", "group", "programme", "signed_on", "planned_on", "source_id")
    list_filter = ("programme", ("signed_on", admin.EmptyFieldListFilter), "source_id")
    list_select_related = ("programme", "group")
    search_fields = ("key", "group__name", "group__memberships__territory__name")
    autocomplete_fields = ("programme", "group")
    date_hierarchy = "signed_on"


@admin.register(Signatory)
class SignatoryAdmin(DecidedAdmin):
    list_display = ("agreement", "partner")
    list_filter = ("agreement__programme", "partner")
    list_select_related = ("agreement", "partner")
    search_fields = ("agreement__key", "partner__label")
    autocomplete_fields = ("agreement", "partner")


@admin.register(ActionCount)
class ActionCountAdmin(DecidedAdmin):
    list_display = ("agreement", "territory", "counted_on", "under_way", "delivered", "source_id")
    list_filter = ("agreement__programme", "counted_on")
    list_select_related = ("agreement", "territory")
    search_fields = ("agreement__key", "territory__name")
    autocomplete_fields = ("agreement", "territory")


@admin.register(DeclaredFact)
class DeclaredFactAdmin(DecidedAdmin):
    list_display = ("fact_id", "programme", "statement", "value", "unit", "as_of", "publisher")
    list_filter = ("programme", "independent", "agrees")
    list_select_related = ("programme",)
    search_fields = ("fact_id", "statement", "publisher", "title")
    autocomplete_fields = ("programme",)
