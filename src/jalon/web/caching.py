"""Public pages are functions of the edition and of the address: validated by ETag, kept rendered and compressed."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from jalon.web import published
from jalon.web.assets import VERSION

LARGEST_KEPT = 2 * 2**20
"""Bytes of the largest response kept, once compressed."""
PRIVATE = (
    "/admin/",
    "/compte/",
    "/espace/",
    "/verifications/",
    "/essayer/",
    "/api/v1/me",
    "/api/v1/proposals",
    settings.STATIC_URL,
)
COMPRESSED = ("text/", "application/json", "application/geo+json", "application/javascript", "image/svg+xml")
REVALIDATE = "public, max-age=0, must-revalidate"
A_DAY = "public, max-age=86400"
VARY = "Accept-Encoding, HX-Target"


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for the results of a list alone."""
    asked = request.headers
    return asked.get("HX-Target") == "resultats" and "HX-History-Restore-Request" not in asked


@dataclass(frozen=True, slots=True)
class Kept:
    """A response, ready to be sent again; `body` is compressed when `gzipped`."""

    body: bytes
    gzipped: bool
    headers: tuple[tuple[str, str], ...]

    def response(self, request: HttpRequest) -> HttpResponse:
        accepted = "gzip" in request.headers.get("Accept-Encoding", "")
        body = self.body if accepted or not self.gzipped else gzip.decompress(self.body)
        made = HttpResponse(b"" if request.method == "HEAD" else body)
        for name, value in self.headers:
            made.headers[name] = value
        if accepted and self.gzipped:
            made.headers["Content-Encoding"] = "gzip"
        made.headers["Content-Length"] = str(len(body))
        return made


class Shelf:
    """The responses last served, within a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, key: str, kept: Kept) -> None:
        if len(kept.body) > LARGEST_KEPT:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = kept
            self.size += len(kept.body) - (len(before.body) if before else 0)
            while self.size > self.limit:
                _, oldest = self._kept.popitem(last=False)
                self.size -= len(oldest.body)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.size = 0


SHELF = Shelf(settings.JALON_PAGES_KEPT_BYTES)


class PublishedPages:
    """Answers 304 before any work, then from the shelf, then from the view; first of the middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PRIVATE):
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        key = _key(request)
        etag = f'W/"{key}"'
        if etag in request.headers.get("If-None-Match", ""):
            return _validated(HttpResponseNotModified(), etag)
        kept = SHELF.get(key)
        if kept is not None:
            return kept.response(request)
        return self._made(request, key, etag)

    def _made(self, request: HttpRequest, key: str, etag: str) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 200 or response.cookies:
            return response
        _validated(response, etag)
        if response.streaming:
            return response
        kept = _kept(response)
        SHELF.put(key, kept)
        return kept.response(request)


def _key(request: HttpRequest) -> str:
    kind = "fragment" if is_fragment(request) else "page"
    address = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.get_full_path()}"
    return hashlib.sha256(f"{VERSION} {published.stamp()} {kind} {address}".encode(errors="replace")).hexdigest()[:32]


def _validated(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Vary"] = VARY
    response.headers.setdefault("Cache-Control", REVALIDATE)
    return response


def _kept(response: HttpResponse) -> Kept:
    body = response.content
    kind = response.headers.get("Content-Type", "")
    gzipped = len(body) > 500 and kind.startswith(COMPRESSED) and "Content-Encoding" not in response.headers
    headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
    return Kept(gzip.compress(body, 5, mtime=0) if gzipped else body, gzipped, headers)
