"""Around every address of the API: open to any site, safe methods only, errors as JSON, never a traceback."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from jalon.errors import JalonError
from jalon.web.api.errors import DOCS, answer, shown

log = logging.getLogger("jalon.web")
ALLOWED = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponseBase]


def opened(view: View) -> View:
    """The view, behind the gate."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answered(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, X-Total-Count, Content-Disposition"
        return response

    return guarded


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ALLOWED, "Access-Control-Allow-Methods": ALLOWED})
    if request.method not in ("GET", "HEAD"):
        refused = answer(
            {"detail": "cette interface ne fait que lire.", "mend": "employez GET.", "code": "method"}, 405
        )
        refused["Allow"] = ALLOWED
        return refused
    asked, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    except JalonError as error:
        return shown(error)
    except Http404:
        return unknown(request)
    except Exception:
        log.exception("API: %s", request.get_full_path())
        return answer(
            {"detail": "erreur inattendue, inscrite au journal du serveur.", "mend": DOCS, "code": "500"}, 500
        )
    finally:
        request.method = asked


def unknown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """An address that the API has not."""
    return answer({"detail": f"adresse inconnue : {request.path[:120]}.", "mend": DOCS, "code": "not-found"}, 404)
