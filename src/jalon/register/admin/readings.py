"""What was given on the site, and what people decided of it: read here, changed on its own pages."""

from django.contrib import admin

from jalon.register.admin.base import ReadOnlyAdmin
from jalon.register.models import Point, Reading


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ("name", "state", "trial", "programme", "pages", "actions", "given_at", "settled_at")
    list_filter = ("state", "trial")
    list_select_related = ("programme",)
    search_fields = ("name", "sha256")


@admin.register(Point)
class PointAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "field", "agreement", "verdict", "author", "decided_at")
    list_filter = ("kind", "verdict")
    list_select_related = ("author",)
    search_fields = ("title", "subject_id", "agreement")
