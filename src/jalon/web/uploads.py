"""What a request may weigh, refused before a byte of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.register.readings.receive import DEPOSIT, MIB, TRIAL

FORM = 30 * MIB
ENVELOPE = MIB
"""What a form adds around its files."""
BOUNDS = (("/espace/lectures/", DEPOSIT.all_bytes + ENVELOPE), ("/essayer/lecture/", TRIAL.all_bytes + ENVELOPE))


class BoundedRequests:
    """Answers 413 to a body that says it is heavier than its address takes; one that does not say is not read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") and _length(request) > bound(request.path_info):
            return _refused(request)
        return self.get_response(request)


def bound(path: str) -> int:
    """Bytes that a request to this address may carry."""
    return next((most for start, most in BOUNDS if path.startswith(start)), FORM)


def _length(request: HttpRequest) -> int:
    given = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(given) if given.isascii() and given.isdigit() else 0


def _refused(request: HttpRequest) -> HttpResponse:
    shown = {
        "title": "C’est trop lourd pour cette page",
        "message": f"Cet envoi dépasse {bound(request.path_info) // MIB} Mio : rien n’en a été gardé.",
        "mend": "Envoyez les fichiers en plusieurs fois, ou plus légers.",
        "code": "413",
    }
    response = render(request, "jalon/error.html", shown, status=413)
    response.headers["Connection"] = "close"
    return response
