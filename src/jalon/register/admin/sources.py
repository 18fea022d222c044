"""The files read and their defects, as imports left them."""

from django.contrib import admin

from jalon.register.admin.base import ReadOnlyAdmin
from jalon.register.models import Refusal, SourceFile


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin):
    list_display = ("source_id", "file", "vintage", "origin", "rows_read", "rows_refused", "imported_at")
    list_filter = ("origin", "producer")
    search_fields = ("source_id", "file", "title")


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    list_display = ("source_id", "row", "field", "value", "code", "reason", "effect")
    list_filter = ("effect", "source_id", "code")
    search_fields = ("field", "value", "reason")
