"""Errors of the API: JSON with a French `detail`, the next step in `mend`, and the parameter at fault."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from jalon.claims import TextRefused
from jalon.errors import EditionDamaged, FigureError, JalonError, NoEdition, UnknownEdition, UnknownFigure

log = logging.getLogger("jalon.web")
DOCS = "voyez la documentation : /api/v1/docs."
RETRY_AFTER = 10


class BadParameter(JalonError):
    """A parameter of the address has a value that does not exist; made by `refused`."""

    code = "parameter"

    @property
    def parameter(self) -> str:
        return str(self).partition(": ")[0]


class NotHere(JalonError):
    """No row of the edition has that identifier; made by `absent`."""

    code = "not-found"


class Unknown(JalonError):
    """The address asks who calls, and no live token says so."""

    code = "token"


class NotAllowed(JalonError):
    """The token, or its owner, may not do this."""

    code = "forbidden"


class Busy(JalonError):
    """A heavy answer found no turn; the same request may be sent again after `RETRY_AFTER` seconds."""

    code = "busy"


def refused(parameter: str, why: str, mend: str = DOCS) -> BadParameter:
    """The error of one parameter."""
    return BadParameter(f"{parameter}: {why}", user_message=f"paramètre « {parameter[:60]} » : {why}.", mend=mend)


def absent(what: str, given: str, mend: str) -> NotHere:
    """The error of an identifier: `what` is its French noun."""
    said = f"{what} « {given[:60]} » : inconnu de l’édition publiée."
    return NotHere(f"no {what} {given!r}", user_message=said, mend=mend)


STATUS: tuple[tuple[type[JalonError], int], ...] = (
    (BadParameter, 422),
    (NotHere, 404),
    (Unknown, 401),
    (NotAllowed, 403),
    (TextRefused, 422),
    (Busy, 503),
    (NoEdition, 503),
    (EditionDamaged, 503),
    (UnknownEdition, 404),
    (UnknownFigure, 404),
    (FigureError, 422),
    (JalonError, 500),
)


def shown(error: JalonError) -> HttpResponse:
    """The answer for an expected error."""
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    body = {"detail": error.user_message, "mend": error.mend, "code": error.code}
    if isinstance(error, BadParameter):
        body["parameter"] = error.parameter
    told = answer(body, status)
    if isinstance(error, Unknown):
        told["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Busy):
        told["Retry-After"] = str(RETRY_AFTER)
    return told


def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """The first parameter that its schema refuses (a ninja ValidationError), in French."""
    first = error.errors[0]
    name = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), "?")
    return shown(refused(name, _why(first)))


_REASONS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "int_parsing": lambda _: "un nombre entier est attendu",
    "int_parsing_size": lambda _: "nombre trop grand",
    "float_parsing": lambda _: "un nombre est attendu",
    "decimal_parsing": lambda _: "un nombre est attendu, avec un point décimal",
    "decimal_max_digits": lambda _: "nombre trop long",
    "decimal_whole_digits": lambda _: "nombre trop grand",
    "decimal_max_places": lambda c: f"au plus {c['decimal_places']} décimales",
    "finite_number": lambda _: "un nombre fini est attendu",
    "greater_than_equal": lambda c: f"doit valoir au moins {c['ge']}",
    "less_than_equal": lambda c: f"doit valoir au plus {c['le']}",
    "bool_parsing": lambda _: "true ou false est attendu",
    "date_parsing": lambda _: "un jour écrit AAAA-MM-JJ est attendu",
    "date_from_datetime_parsing": lambda _: "un jour écrit AAAA-MM-JJ est attendu",
    "date_from_datetime_inexact": lambda _: "un jour écrit AAAA-MM-JJ est attendu, sans heure",
    "literal_error": lambda c: f"valeurs possibles : {c['expected'].replace(' or ', ', ')}",
    "string_too_long": lambda c: f"au plus {c['max_length']} caractères",
    "too_long": lambda c: f"au plus {c['max_length']} valeurs",
}


def _why(first: Mapping[str, Any]) -> str:
    reason = _REASONS.get(first["type"])
    return reason(first.get("ctx", {})) if reason else "valeur refusée"


def answer(body: Mapping[str, Any], status: int) -> HttpResponse:
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
