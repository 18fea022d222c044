"""Pages that only some may open."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from jalon.register.access import Verb, may_at_all
from jalon.register.access.verbs import VERB_LABELS

View = Callable[..., HttpResponseBase]
SIGNED_IN = "signed-in"
"""What `jalon_verb` says of a view that only asks for an account."""


def person(request: HttpRequest) -> User:
    """Who signed in; to be asked in views that `requires` opened. Raises PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied("Connectez-vous.")
    return request.user


def requires(verb: Verb) -> Callable[[View], View]:
    """Open a view to those who may do `verb` somewhere; others sign in, or read why not.

    The view itself calls `demand(request.user, verb, subject)` for the row it acts on.
    """

    def around(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if may_at_all(request.user, verb):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied(f"Votre compte ne permet pas de {VERB_LABELS[verb]}.")
            return _to_sign_in(request)

        opened.jalon_verb = verb  # type: ignore[attr-defined]
        return opened

    return around


def signed_in(view: View) -> View:
    """Open a view to whoever has an account: for what concerns that account alone."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.user.is_authenticated else _to_sign_in(request)

    opened.jalon_verb = SIGNED_IN  # type: ignore[attr-defined]
    return opened


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'suite': request.get_full_path()})}")
