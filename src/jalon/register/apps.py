"""The register as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "jalon.register"
    label = "register"
    verbose_name = "registre"

    def ready(self) -> None:
        import_module("jalon.register.access.sessions")
