"""The register as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "jalon.register"
    label = "register"
    verbose_name = "registre"
