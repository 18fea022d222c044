"""Accounts' mandates, invitations, sessions, tokens, proposals and exports: seen here, changed on their own pages."""

from django.contrib import admin

from jalon.register.admin.base import ReadOnlyAdmin
from jalon.register.models import ApiToken, Identity, Invitation, Mandate, OpenSession, Proposal, Taken


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ("user", "role", "perimeter", "code", "ends_on", "given_by", "given_at")
    list_filter = ("role", "perimeter")
    search_fields = ("user__username", "code")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("email", "role", "perimeter", "code", "made_by", "expires_at", "accepted_at", "withdrawn_at")
    search_fields = ("email", "code")
    exclude = ("token_hash",)


@admin.register(Identity)
class IdentityAdmin(ReadOnlyAdmin):
    list_display = ("user", "issuer", "subject", "seen_at")
    search_fields = ("user__username", "subject")


@admin.register(OpenSession)
class OpenSessionAdmin(ReadOnlyAdmin):
    list_display = ("user", "opened_at", "seen_at", "address")
    search_fields = ("user__username",)
    exclude = ("session_key",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "made_at", "expires_at", "used_at", "revoked_at")
    search_fields = ("name", "user__username")
    exclude = ("token_hash",)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("subject", "subject_id", "field", "state", "author", "proposed_at", "decided_by")
    list_filter = ("state", "subject")
    search_fields = ("subject_id",)


@admin.register(Taken)
class TakenAdmin(ReadOnlyAdmin):
    list_display = ("at", "user", "what", "rows")
    search_fields = ("what", "user__username")
