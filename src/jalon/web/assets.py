"""One stylesheet and one script, joined in memory from what the chosen look needs: no build step, one request each.

`JALON_LOOK=dsfr` takes the components of the French State's design system that the templates use; `plain` replaces
them by a sheet of our own. Fonts and icons stay static files, reached by their own address.
"""

import hashlib
import posixpath
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static

DSFR = "dsfr/dist"
COMPONENTS = (
    "logo", "link", "button", "skiplink", "badge", "tag", "alert", "callout", "breadcrumb", "pagination", "form",
    "input", "select", "upload", "header", "footer",
)  # fmt: skip
LOOKS = {
    "dsfr": (f"{DSFR}/core/core.main.min.css", *(f"{DSFR}/component/{c}/{c}.main.min.css" for c in COMPONENTS)),
    "plain": ("jalon/plain.css",),
}
RENDERERS = ("django", "django-dsfr", "django-htmx", "altair", "vl-convert-python", "duckdb")
OWN = ("jalon/site.css", "jalon/charts.css", "jalon/check.css", "jalon/reading.css", "jalon/judge.css")
SCRIPTS = ("django_htmx/htmx-2.min.js", "jalon/site.js", "jalon/reading.js")
_ADDRESS = re.compile(r"""url\(\s*["']?(?!data:|/|https?:|#)([^"')]+)["']?\s*\)""")
_WOFF = re.compile(r""",\s*url\([^)]*\.woff\)\s*format\(["']woff["']\)""")


def _version() -> str:
    """Hash of our files, of what they render with and of the look: part of every address and ETag."""
    package = Path(__file__).resolve().parents[1]
    known = hashlib.sha256(" ".join((*map(version, RENDERERS), settings.JALON_LOOK)).encode())
    for path in sorted(p for p in package.rglob("*") if p.suffix in {".py", ".html", ".css", ".js", ".toml"}):
        known.update(path.name.encode() + path.read_bytes())
    return known.hexdigest()[:12]


VERSION = _version()


def _read(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(str(found)).read_text(encoding="utf-8")


def _rooted(name: str) -> str:
    """A stylesheet whose relative addresses are made absolute, so that it can be served from elsewhere."""
    folder = posixpath.dirname(name)

    def absolute(match: re.Match[str]) -> str:
        return f"url({static(posixpath.normpath(posixpath.join(folder, match[1])))})"

    return _ADDRESS.sub(absolute, _WOFF.sub("", _read(name)).replace('@charset "UTF-8";', ""))


@lru_cache(maxsize=1)
def stylesheet() -> str:
    return "\n".join(_rooted(name) for name in (*LOOKS[settings.JALON_LOOK], *OWN))


@lru_cache(maxsize=1)
def script() -> str:
    return ";\n".join(_read(name) for name in SCRIPTS)


def asset(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """`/assets/<version>/site.css` and `site.js`: kept for ever under this version; an older page gets the new ones."""
    makers = {"site.css": (stylesheet, "text/css"), "site.js": (script, "text/javascript")}
    if name not in makers:
        raise Http404
    make, kind = makers[name]
    response = HttpResponse(make(), content_type=f"{kind}; charset=utf-8")
    if version == VERSION:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
