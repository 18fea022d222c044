"""From a typed context to a page, or to the part of it that htmx asks for."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.web.caching import is_fragment


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a description list."""

    label: str
    value: str
    href: str = ""
    note: str = ""


def page(request: HttpRequest, template: str, context: Any, *, push: str = "") -> HttpResponse:
    """`jalon/<template>.html`; for htmx, `jalon/<template>_fragment.html` and the address to push."""
    if push and is_fragment(request):
        response = render(request, f"jalon/{template}_fragment.html", {"page": context})
        response.headers["HX-Push-Url"] = push
        return response
    return render(request, f"jalon/{template}.html", {"page": context})
