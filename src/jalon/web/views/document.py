"""A document of the published edition: its pages, with what is read on each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.home import home
from jalon.register.importing import originals
from jalon.web import typography
from jalon.web.caching import A_DAY
from jalon.web.pages import Crumb
from jalon.web.published import published
from jalon.web.queries import documents
from jalon.web.queries.documents import DocumentRow
from jalon.web.reading import files, page
from jalon.web.reading import published as told
from jalon.web.reading.model import Shown

KINDS = {"agreement": "Convention", "amendment": "Avenant", "other": "Document"}


@require_safe
def document(request: HttpRequest, sha256: str) -> HttpResponse:
    row = _row(sha256)
    blocks = told.blocks(published(), sha256)
    base = reverse("document", args=[sha256])
    kept = originals.place(home(), sha256).is_file()
    shown = Shown(
        name=row.name,
        title=f"Que dit {row.name} ?",
        answer=_answer(row, len(blocks)),
        blocks=blocks,
        base=base,
        download=f"{base}original" if kept else "",
        crumbs=(Crumb("Actions", reverse("actions")), Crumb(row.name)),
    )
    context = page.build(shown, told.sheets(sha256, row.name), home(), sha256, request.GET)
    return render(request, "jalon/reading.html", {"page": context})


@require_safe
def picture(request: HttpRequest, sha256: str, number: int, small: bool = False) -> HttpResponse:
    _row(sha256)
    return files.picture(home(), originals.place(home(), sha256), sha256, number, small=small, kept=A_DAY)


@require_safe
def original(request: HttpRequest, sha256: str) -> HttpResponseBase:
    return files.original(originals.place(home(), sha256), _row(sha256).name)


def _row(sha256: str) -> DocumentRow:
    """The document, if the published edition names it: no other is shown to all."""
    row = documents.document(published(), sha256)
    if row is None:
        raise Http404
    return row


def _answer(row: DocumentRow, actions: int) -> str:
    dated = f", daté du {typography.day(row.dated_on)}" if row.dated_on else ""
    pages = typography.plural(row.pages, "page")
    kind = KINDS.get(row.kind, "Document")
    replaced = " Un fichier plus récent parle à sa place." if row.replaced_by else ""
    cited = typography.plural(
        actions, "action de l’édition publiée y est citée", "actions de l’édition publiée y sont citées"
    )
    return f"{kind} de {pages}{dated} ; {cited}.{replaced}"
