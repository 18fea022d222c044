"""What search engines ask: where they may go, and the pages there are."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.web import places
from jalon.web.context import origin
from jalon.web.published import published
from jalon.web.queries import figures, names
from jalon.web.queries.members import members

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
LISTS = (
    "/actions/",
    "/fibre/",
    "/chiffres/",
    "/sources/",
    "/methode/",
    "/edition/",
    "/api/v1/docs",
    "/declarations/",
    "/corrections/",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /*?", f"Sitemap: {origin(request)}/sitemap.xml", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page but those of single actions and of territories outside the programmes, which these lead to."""
    edition = published()
    day = f"<lastmod>{edition.as_of:%Y-%m-%d}</lastmod>"
    here = origin(request)
    found = dict.fromkeys(_paths(edition))
    urls = "".join(f"<url><loc>{escape(here + path)}</loc>{day}</url>\n" for path in found)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SCHEMA}">\n{urls}</urlset>\n'
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _paths(edition: Edition) -> Iterator[str]:
    for programme in names.programmes(edition):
        yield f"/programmes/{programme}/"
        yield f"/programmes/{programme}/territoires/"
        yield from filter(None, (places.url(one.kind, one.code) for one in members(edition, programme)))
    yield from LISTS
    yield from (f"/chiffres/{figure}" for figure in figures.definitions(edition))
