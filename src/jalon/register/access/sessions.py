"""The browsers where a person is signed in: listed, and ended from anywhere."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from jalon.register.models import OpenSession

SEEN_EVERY = timedelta(minutes=5)


@receiver(user_logged_in)
def opened(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if not request.session.session_key:
        request.session.save()
    OpenSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "address": request.META.get("REMOTE_ADDR") or None,
            "browser": request.headers.get("User-Agent", "")[:200],
        },
    )


@receiver(user_logged_out)
def closed(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    OpenSession.objects.filter(session_key=request.session.session_key or "").delete()


def seen(request: HttpRequest) -> None:
    """Note that the session is in use, at most once in `SEEN_EVERY`."""
    now = timezone.now()
    OpenSession.objects.filter(session_key=request.session.session_key or "", seen_at__lt=now - SEEN_EVERY).update(
        seen_at=now
    )


def of(user: User) -> list[OpenSession]:
    """The sessions of a person that Django still holds; what has expired is forgotten."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    found = list(OpenSession.objects.filter(user=user))
    dead = [each.pk for each in found if not store().exists(each.session_key)]
    OpenSession.objects.filter(pk__in=dead).delete()
    return [each for each in found if each.pk not in dead]


def end(session: OpenSession) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore(session.session_key).delete()
    session.delete()
