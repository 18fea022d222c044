"""A figure to embed in another site: its card in a frame, and the oEmbed answer that leads to it."""

from dataclasses import dataclass
from html import escape
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from jalon.errors import JalonError
from jalon.web.asked import Asked, asked, asked_of
from jalon.web.caching import A_DAY
from jalon.web.citation import titled
from jalon.web.history import scope
from jalon.web.security import HEADER, POLICY
from jalon.web.tiles import Tile, tile

FRAMED = "; ".join(f"{name} {'*' if name == 'frame-ancestors' else value}" for name, value in POLICY.items())
"""The policy of the site, but for who may put the page in a frame: anybody."""
WIDTH, HEIGHT = 360, 230
NARROWEST = 200
PREFIX = "/chiffres/"


@dataclass(frozen=True, slots=True)
class CardPage:
    """Context of `card.html`."""

    title: str
    answer: str
    tile: Tile
    permalink: str
    edition: str
    table: str


@require_safe
@xframe_options_exempt
def card(request: HttpRequest, name: str) -> HttpResponse:
    """The tile of a figure alone, which any site may show in a frame."""
    found = asked(request, name)
    narrowed = scope(found.edition, found.value, found.params)
    shown = tile(found.edition, found.figure, found.value)
    context = CardPage(
        titled(found.definition, narrowed),
        found.definition.counts,
        shown,
        request.build_absolute_uri(found.link()),
        found.edition.id,
        f"tableau de {len(found.value.rows)} lignes" if found.value.is_table and found.value.known else "",
    )
    response = render(request, "jalon/card.html", {"page": context})
    response.headers[HEADER] = FRAMED
    if found.fixed:
        response.headers["Cache-Control"] = A_DAY
    return response


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """https://oembed.com for `url`, the address of a figure of this site: 404 for another, 501 for another format."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("format", status=501, content_type="text/plain")
    found = _of_ours(request, request.GET.get("url", ""))
    if found is None:
        return HttpResponse("url", status=404, content_type="text/plain")
    title = titled(found.definition, scope(found.edition, found.value, found.params))
    width = min(WIDTH, _least(request.GET.get("maxwidth", "")))
    height = min(HEIGHT, _least(request.GET.get("maxheight", "")))
    source = escape(request.build_absolute_uri(found.link("/carte")))
    frame = f'<iframe src="{source}" title="{escape(title)}" width="{width}" height="{height}" loading="lazy"></iframe>'
    return JsonResponse({
        "version": "1.0", "type": "rich", "title": title, "provider_name": "Jalon",
        "provider_url": request.build_absolute_uri("/"), "html": frame, "width": width, "height": height,
    })  # fmt: skip


def _of_ours(request: HttpRequest, url: str) -> Asked | None:
    try:
        parts = urlsplit(url[:2_000])
        if parts.netloc != request.get_host() or not parts.path.startswith(PREFIX):
            return None
        name = unquote(parts.path.removeprefix(PREFIX).removesuffix("/carte"))
        found = asked_of(name, QueryDict(parts.query))
        return found if found.value else None
    except (JalonError, ValueError):
        return None


def _least(given: str) -> int:
    return max(NARROWEST, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else WIDTH
