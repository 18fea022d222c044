"""The register as a Django app."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class RegisterConfig(AppConfig):
    name = "jalon.register"
    label = "register"
    verbose_name = "registre"

    def ready(self) -> None:
        import_module("jalon.register.access.sessions")
        pre_migrate.connect(_take_guards_off, sender=self)
        post_migrate.connect(_put_guards_back, sender=self)


def _take_guards_off(**_: Any) -> None:
    import_module("jalon.register.guards").remove()


def _put_guards_back(**_: Any) -> None:
    import_module("jalon.register.guards").install()
