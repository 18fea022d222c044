"""Drafting an answer: choose figures, put them in order, read the draft, take it away. The address holds everything."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from jalon.claims.draft import Asked, Draft, Item, Typed, compose
from jalon.claims.draft_files import write
from jalon.claims.draft_wording import writable
from jalon.editions import Edition
from jalon.geography import fold
from jalon.register.access import Verb
from jalon.web.access import requires
from jalon.web.api.heavy import alone
from jalon.web.pages import Crumb, page
from jalon.web.params import day, text
from jalon.web.published import published
from jalon.web.queries import figures

PUBLIC, MOST, LONGEST = 8, 30, 2_000
TYPED = "t:"
FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
}
_REGIONS = "SELECT 'region:' || code, name FROM territories WHERE kind = 'region' ORDER BY name"
_THEMES = "SELECT theme, label FROM themes ORDER BY rank"
_YEARS = "SELECT DISTINCT year FROM actions WHERE year IS NOT NULL ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item of the answer: a figure as the address writes it, or words (`typed` is not None)."""

    code: str
    label: str
    says: str
    typed: str | None


@dataclass(frozen=True, slots=True)
class Offered:
    id: str
    label: str
    counts: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Context of `draft.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    action: str
    question: str
    as_of_asked: str
    chosen: tuple[Chosen, ...]
    draft: Draft | None
    downloads: tuple[tuple[str, str], ...]
    q: str
    offered: tuple[Offered, ...]
    regions: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    years: tuple[str, ...]
    most: int
    may_type: bool


@require_safe
def try_drafting(request: HttpRequest) -> HttpResponse:
    """The read-only try: figures alone, a few of them, kept nowhere."""
    return _answered(request, PUBLIC, may_type=False)


@requires(Verb.CONSULT)
@require_safe
def drafting(request: HttpRequest) -> HttpResponse:
    return _answered(request, MOST, may_type=True)


def _answered(request: HttpRequest, most: int, *, may_type: bool) -> HttpResponse:
    edition = published()
    items = [one for one in _items(request) if may_type or not one.startswith(TYPED)][:most]
    changed = _changed(request, edition, items)
    if changed is not None:
        return HttpResponseRedirect(f"{request.path}?{_query(request, changed[:most])}")
    made = _composed(request, edition, items)
    form = request.GET.get("format", "")
    if made and form in FORMATS:
        response = HttpResponse(
            write(made, f".{form}", origin=request.build_absolute_uri("/").rstrip("/")), content_type=FORMATS[form]
        )
        response.headers["Content-Disposition"] = f'attachment; filename="reponse.{form}"'
        return response
    return page(request, "draft", _shown(request, edition, items, made, most, may_type))


def _items(request: HttpRequest) -> list[str]:
    """The items in order: `f:` and a figure, `t:` and the words that the next text field holds."""
    typed = iter(request.GET.getlist("texte"))
    return [
        TYPED + next(typed, "")[:LONGEST] if one == TYPED else one[:LONGEST]
        for one in request.GET.getlist("item")[: MOST + 1]
        if one.startswith(("f:", TYPED))
    ]


def _changed(request: HttpRequest, edition: Edition, items: list[str]) -> list[str] | None:
    """The items after what a button asks; None when none was pressed."""
    added = text(request.GET, "ajoute")
    if added:
        return [*items, _parametrised(request, edition, added)]
    for name, act in (("ote", _without), ("monte", _raised)):
        given = request.GET.get(name, "")
        if given.isascii() and given.isdigit() and len(given) < 4:
            return act(items, int(given))
    return None


def _without(items: list[str], place: int) -> list[str]:
    return [one for at, one in enumerate(items) if at != place]


def _raised(items: list[str], place: int) -> list[str]:
    moved = list(items)
    if 0 < place < len(moved):
        moved[place - 1], moved[place] = moved[place], moved[place - 1]
    return moved


def _parametrised(request: HttpRequest, edition: Edition, added: str) -> str:
    """The figure with the parameters chosen beside it, those that it takes."""
    if added == TYPED:
        return TYPED
    known = figures.definition(edition, added)
    asked = {"territory": text(request.GET, "lieu"), "theme": text(request.GET, "theme"), "year": _year(request)}
    query = urlencode([(name, value) for name, value in asked.items() if value and name in known.parameters])
    return f"f:{added}" + (f"?{query}" if query else "")


def _year(request: HttpRequest) -> str:
    given = text(request.GET, "annee")
    return given if given.isascii() and given.isdigit() and len(given) == 4 else ""


def _query(request: HttpRequest, items: list[str]) -> str:
    pairs = [("question", text(request.GET, "question")), ("au", text(request.GET, "au"))]
    pairs += [("q", text(request.GET, "q"))]
    for one in items:
        typed = one.startswith(TYPED)
        pairs += [("item", TYPED if typed else one), *([("texte", one[2:] or " ")] if typed else [])]
    return urlencode([(name, value) for name, value in pairs if value])


def _composed(request: HttpRequest, edition: Edition, items: list[str]) -> Draft | None:
    if not items:
        return None
    with alone():
        return compose(text(request.GET, "question"), [_item(one) for one in items], edition, as_of=_as_of(request))


def _as_of(request: HttpRequest) -> date | None:
    return day(request.GET, "au")


def _item(code: str) -> Item:
    if code.startswith(TYPED):
        return Typed(code[2:])
    name, _, query = code[2:].partition("?")
    given = dict(parse_qsl(query))
    params = tuple(sorted((key, int(v) if key == "year" and v.isdigit() else v) for key, v in given.items()))
    return Asked(name, params)


def _shown(
    request: HttpRequest, edition: Edition, items: list[str], made: Draft | None, most: int, may_type: bool
) -> DraftPage:
    wanted = fold(text(request.GET, "q"))
    offered = [
        Offered(one.id, one.label, one.counts)
        for one in figures.definitions(edition).values()
        if writable(one.id) and all(word in fold(f"{one.label} {one.counts}") for word in wanted.split())
    ]
    kept = _query(request, items)
    return DraftPage(
        title="Que répondre, chiffres à l’appui\u202f?",
        answer=_answer(made),
        crumbs=(Crumb("Espace de travail", "/espace/"), Crumb("Réponses")) if may_type else (),
        action=request.path,
        question=text(request.GET, "question"),
        as_of_asked=text(request.GET, "au"),
        chosen=tuple(_chosen(edition, one) for one in items),
        draft=made,
        downloads=tuple((form.upper(), f"{request.path}?{kept}&format={form}") for form in FORMATS) if made else (),
        q=text(request.GET, "q"),
        offered=tuple(offered),
        regions=tuple(edition.query(_REGIONS)),
        themes=tuple(edition.query(_THEMES)),
        years=tuple(str(year) for (year,) in edition.query(_YEARS)),
        most=most,
        may_type=may_type,
    )


def _answer(made: Draft | None) -> str:
    if made is None:
        return "Choisissez des chiffres : chacun donne une phrase que la vérification confirme, avec sa note."
    count, left = len(made.notes), len(made.left_out)
    said = f"{count} phrase{'s' if count > 1 else ''} confirmée{'s' if count > 1 else ''} par la vérification"
    rest = f", {left} chiffre{'s' if left > 1 else ''} sans phrase" if left else ""
    return f"{said}{rest}."


def _chosen(edition: Edition, code: str) -> Chosen:
    if code.startswith(TYPED):
        return Chosen(TYPED, "Phrase de votre main", "", code[2:].strip())
    name, _, query = code[2:].partition("?")
    return Chosen(
        code, figures.definition(edition, name).label, ", ".join(value for _, value in parse_qsl(query)), None
    )
