"""What every page knows besides its own content."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from jalon.errors import JalonError
from jalon.web.assets import VERSION
from jalon.web.published import published
from jalon.web.queries.names import programmes


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """`edition_id` is empty when no edition can be read: error pages are shown with the same frame.

    `origin` and `path` make the canonical address: scheme and host asked, address without its question.
    """

    look: str
    version: str
    edition_id: str
    as_of: date | None
    menu: tuple[Link, ...]
    origin: str
    path: str


def site(request: HttpRequest) -> dict[str, Site]:
    address = origin(request), request.path
    try:
        edition = getattr(request, "edition_shown", None) or published()
        first = next(iter(programmes(edition)), "")
        return {
            "site": Site(settings.JALON_LOOK, VERSION, edition.id, edition.as_of, menu(request.path, first), *address)
        }
    except (JalonError, OSError):
        return {"site": Site(settings.JALON_LOOK, VERSION, "", None, (), *address)}


def origin(request: HttpRequest) -> str:
    """`https://host`; empty for a host that the settings do not allow, whose page is an error."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def menu(path: str, programme: str) -> tuple[Link, ...]:
    """The entries of the main menu; the one whose page is shown is marked."""
    home = f"/programmes/{programme}/" if programme else "/"
    entries = (
        ("Programme", home),
        ("Territoires", f"{home}territoires/" if programme else "/"),
        ("Actions", "/actions/"),
        ("Thèmes", "/themes/"),
        ("Fibre", "/fibre/"),
        ("Chiffres", "/chiffres/"),
        ("Vérifier", "/verifier/"),
        ("Sources", "/sources/"),
        ("Méthode", "/methode/"),
    )
    if path.startswith("/territoires/"):
        path = entries[1][1]
    if path in ("/comparer/", "/matrice/"):
        path = "/themes/"
    under = [href for _, href in entries if path.startswith(href)]
    present = max(under, key=len, default="")
    return tuple(Link(label, href, href == present) for label, href in entries)
