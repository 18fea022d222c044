"""Around every address of the API: open to any site, safe methods only, errors as JSON, never a traceback."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from jalon.claims.limits import too_long
from jalon.errors import JalonError
from jalon.web.api.errors import DOCS, answer, shown

log = logging.getLogger("jalon.web")
READ = ("GET", "HEAD")
View = Callable[..., HttpResponseBase]


def opened(view: View, methods: tuple[str, ...] = READ) -> View:
    """The view, behind the gate; `methods` are those it answers."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answered(view, methods, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, X-Total-Count, Content-Disposition"
        return response

    return guarded


def _answered(
    view: View, methods: tuple[str, ...], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight(methods)
    if request.method not in methods:
        return _other_method(methods)
    asked, request.method = request.method, methods[0]
    try:
        return view(request, *args, **kwargs)
    except JalonError as error:
        return shown(error)
    except Http404:
        return unknown(request)
    except RequestDataTooBig:
        return shown(too_long(int(request.META.get("CONTENT_LENGTH") or 0)))
    except Exception:
        log.exception("API: %s", request.get_full_path())
        return answer(
            {"detail": "erreur inattendue, inscrite au journal du serveur.", "mend": DOCS, "code": "500"}, 500
        )
    finally:
        request.method = asked


def _preflight(methods: tuple[str, ...]) -> HttpResponse:
    allowed = ", ".join((*methods, "OPTIONS"))
    told = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Content-Type, Authorization",
    }
    return HttpResponse(status=204, headers=told)


def _other_method(methods: tuple[str, ...]) -> HttpResponse:
    says = "cette interface ne fait que lire." if methods == READ else "cette adresse attend un envoi en JSON."
    refused = answer({"detail": says, "mend": f"employez {methods[0]}.", "code": "method"}, 405)
    refused["Allow"] = ", ".join((*methods, "OPTIONS"))
    return refused


def unknown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """An address that the API has not."""
    return answer({"detail": f"adresse inconnue : {request.path[:120]}.", "mend": DOCS, "code": "not-found"}, 404)
