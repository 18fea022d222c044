"""Checking a text: what is pasted or given is read, shown with its verdicts, and kept nowhere."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jalon import claims
from jalon.claims.limits import LARGEST_FILE, LONGEST_TEXT, too_large, unreadable
from jalon.claims.reading import text_of_bytes
from jalon.errors import DocumentError, JalonError, SourceUnreadable
from jalon.register.access import Verb, may_at_all
from jalon.web.api.errors import Busy
from jalon.web.api.heavy import FILES, alone
from jalon.web.cards import Checked, checked, summary
from jalon.web.pages import page
from jalon.web.params import day
from jalon.web.published import published
from jalon.web.sample import SAMPLE

LARGEST_POST = LARGEST_FILE + 2**20
"""Bytes of a form; one that says it is larger is not read at all."""
TITLE = "Votre réponse tient-elle ?"


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """Context of `verify.html`. `text` fills the form again; `may_keep`: the reader may keep this check."""

    title: str
    answer: str
    text: str
    as_of_asked: str
    example: bool
    checked: Checked | None
    may_keep: bool
    error: str
    mend: str
    longest: int = LONGEST_TEXT
    largest: int = LARGEST_FILE >> 20


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _posted(request)
    if request.GET.get("exemple"):
        return page(request, "verify", _shown(request, SAMPLE, None, example=True))
    shown = VerifyPage(
        title=TITLE,
        answer="Collez un projet de réponse : chaque nombre est tenu contre les chiffres du registre, avec sa preuve.",
        text="", as_of_asked="", example=False, checked=None, may_keep=False, error="", mend="",
    )  # fmt: skip
    return page(request, "verify", shown)


def _posted(request: HttpRequest) -> HttpResponse:
    try:
        context, status = _shown(request, given_text(request), _as_of(request)), 200
    except (claims.TextRefused, SourceUnreadable, DocumentError) as error:
        context, status = _refused(request, error), 422
    except Busy as error:
        context, status = _refused(request, error), 503
    response = render(request, "jalon/verify.html", {"page": context}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _shown(request: HttpRequest, text: str, as_of: date | None, *, example: bool = False) -> VerifyPage:
    check = claims.check(text, published(), as_of=as_of)
    return VerifyPage(
        title=TITLE,
        answer=summary(check),
        text=text,
        as_of_asked=as_of.isoformat() if as_of else "",
        example=example,
        checked=checked(check),
        may_keep=not example and may_at_all(request.user, Verb.FREEZE),
        error="",
        mend="",
    )


def _refused(request: HttpRequest, error: JalonError) -> VerifyPage:
    """The form again, with what was wrong; a text that was refused is not sent back."""
    return VerifyPage(
        title=TITLE, answer="Ce texte n’a pas été vérifié.", text="",
        as_of_asked=(request.POST.get("au", "") if _small(request) else "")[:10],
        example=False, checked=None, may_keep=False, error=error.user_message, mend=error.mend,
    )  # fmt: skip


def given_text(request: HttpRequest) -> str:
    """The text pasted, or that of the file given, read in a bounded child, one at a time in this process.

    Raises TextRefused, SourceUnreadable, DocumentError, Busy.
    """
    if not _small(request):
        raise too_large("le fichier", int(request.META.get("CONTENT_LENGTH") or 0))
    given = request.FILES.get("fichier")
    if given is None:
        return request.POST.get("texte", "").replace("\r\n", "\n")
    name = (given.name or "le fichier")[-80:]
    if (given.size or 0) > LARGEST_FILE:
        raise too_large(name, given.size or 0)
    with alone(FILES):
        text = text_of_bytes(name, given.read())
    if not text.strip():
        raise unreadable(name, "aucun texte n’y est écrit (une image numérisée n’est pas lue ici)")
    return text


def _small(request: HttpRequest) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) <= LARGEST_POST


def _as_of(request: HttpRequest) -> date | None:
    """The day asked for. Raises TextRefused for what is not one."""
    given = request.POST.get("au", "").strip()
    found = day(request.POST, "au") if given else None
    if given and found is None:
        raise claims.TextRefused(
            f"not a day: {given[:20]!r}",
            user_message=f"« {given[:20]} » n’est pas une date.",
            mend="écrivez l’année, le mois et le jour, comme 2020-02-24, ou laissez la date vide.",
        )
    return found
