"""The register by hand, in French: what people may change keeps its history, what machines wrote is read only."""

from django.contrib import admin

from jalon.register.admin import access, actions, money, programmes, readings, sources, verifications

__all__ = ["access", "actions", "money", "programmes", "readings", "sources", "verifications"]

admin.site.site_header = "Jalon : le registre"
admin.site.site_title = "Registre de Jalon"
admin.site.index_title = "Ce que l’on tient à la main"
