"""Errors as pages: what happened, and the next step. Never a traceback."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.errors import EditionDamaged, FigureError, JalonError, NoEdition, UnknownEdition, UnknownFigure
from jalon.web.charts import NothingToDraw, UnknownChart

log = logging.getLogger("jalon.web")
STATUS: tuple[tuple[type[JalonError], int, str], ...] = (
    (NoEdition, 503, "Aucune édition n’est encore publiée"),
    (EditionDamaged, 503, "L’édition publiée ne peut pas être lue"),
    (UnknownEdition, 404, "Cette édition n’existe pas ici"),
    (UnknownFigure, 404, "Ce chiffre n’existe pas"),
    (FigureError, 404, "Ce chiffre ne se calcule pas ainsi"),
    (UnknownChart, 404, "Ce graphique n’existe pas"),
    (NothingToDraw, 404, "Ce graphique n’a rien à montrer"),
    (JalonError, 500, "Cette page ne peut pas être montrée"),
)


class ShownErrors:
    """Turns an expected error raised by a view into its page; the innermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, JalonError):
            return None
        status, title = next((status, title) for kind, status, title in STATUS if isinstance(error, kind))
        if status >= 500:
            log.error("%s: %s", error.code, error)
        shown = {"title": title, "message": error.user_message, "mend": error.mend, "code": error.code}
        response = render(request, "jalon/error.html", shown, status=status)
        response.headers["Cache-Control"] = "no-store"
        return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    shown = {
        "title": "Cette page n’existe pas",
        "message": "L’adresse est peut-être incomplète, ou le territoire, l’action ou le chiffre n’est pas dans "
        "l’édition publiée.",
        "mend": "Cherchez-le dans les actions, dans la liste des territoires ou parmi les chiffres.",
        "code": "404",
    }
    return render(request, "jalon/error.html", shown, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also the answer to a host that JALON_HOSTS does not name."""
    shown = {
        "title": "Cette demande ne peut pas être comprise",
        "message": "L’adresse, le nom du site ou le contenu envoyé n’est pas de ceux que ce serveur accepte.",
        "mend": "Revenez à l’accueil. Si vous tenez ce serveur : le nom du site doit être dans JALON_HOSTS.",
        "code": "400",
    }
    return render(request, "jalon/error.html", shown, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    shown = {
        "title": "Cette page ne vous est pas ouverte",
        "message": str(exception) or "Votre compte n’a pas le droit de la voir ou de la modifier.",
        "mend": "Connectez-vous avec un compte qui l’a, ou demandez ce droit à qui tient le registre.",
        "code": "403",
    }
    return render(request, "jalon/error.html", shown, status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, or sent from another site."""
    log.warning("form refused: %s", reason)
    shown = {
        "title": "Ce formulaire n’a pas été accepté",
        "message": "Il ne vient pas d’une page de ce site, ou la page est restée ouverte trop longtemps.",
        "mend": "Rechargez la page, acceptez ses cookies, puis envoyez de nouveau. Si vous tenez ce serveur "
        "derrière un autre : l’adresse publique doit être dans JALON_ORIGINS.",
        "code": "csrf",
    }
    return render(request, "jalon/error.html", shown, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    shown = {
        "title": "Une erreur inattendue est survenue",
        "message": "La page n’a pas pu être construite. L’erreur est inscrite au journal du serveur.",
        "mend": "Rechargez la page ; si l’erreur revient, signalez-la avec l’adresse de la page.",
        "code": "500",
    }
    return render(request, "jalon/error.html", shown, status=500)
