"""Pictures of pages and originals, as responses that no browser takes for something else."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse

from jalon import facsimile
from jalon.errors import DocumentError
from jalon.facsimile.keeping import Busy
from jalon.home import Home

SHUT = "default-src 'none'; sandbox"


def picture(home: Home, given: Path, sha256: str, number: int, *, small: bool, kept: str) -> HttpResponse:
    """A page as WebP; `kept` says for how long it may be. 404 for a page that is not there, 503 when too many wait."""
    if not given.is_file():
        raise Http404
    try:
        made = facsimile.picture(home, given, sha256, number, small=small)
    except Busy as error:
        return HttpResponse(error.user_message, status=503, headers={"Retry-After": "5"})
    except DocumentError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(made.read_bytes(), content_type="image/webp")
    response.headers["Cache-Control"] = kept
    return response


def original(given: Path, name: str) -> FileResponse:
    """The file as it was given: saved, never opened by the browser."""
    if not given.is_file():
        raise Http404
    response = FileResponse(
        given.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response.headers["Content-Security-Policy"] = SHUT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
