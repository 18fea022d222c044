"""`path("api/v1/", include("jalon.web.api.urls"))` in the site's addresses."""

from typing import cast

from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from jalon.web.api import reference
from jalon.web.api.app import api
from jalon.web.api.gate import READ, View, opened, unknown

POSTED = dict.fromkeys(("check_text", "new_proposal", "decide_proposal"), ("POST",))
"""Names of the addresses that take something instead of a question."""
_patterns = [p for p in api.urls[0] if isinstance(p, URLPattern) and p.name != "api-root"]
for _pattern in _patterns:
    _pattern.callback = opened(cast(View, _pattern.callback), POSTED.get(str(_pattern.name), READ))

urlpatterns = [
    path("", RedirectView.as_view(url="/api/v1/docs"), name="api"),
    path("docs", reference.page, name="api-docs"),
    path("openapi.json", opened(reference.openapi), name="api-openapi"),
    *_patterns,
    re_path(r"", opened(unknown)),
]
