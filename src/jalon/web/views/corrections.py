"""The public log of corrections: what was wrong, since when, and the right value; as a page and as a feed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jalon.figures import Correction, Definition, Evolution, format_number, ledger, published_here
from jalon.figures import corrections as found_in
from jalon.figures.evolution import SAYS
from jalon.home import home
from jalon.web.context import origin
from jalon.web.history import Moved, moved
from jalon.web.news import said
from jalon.web.pages import Crumb, page
from jalon.web.published import published
from jalon.web.typography import THIN, day, plural

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Corrected:
    """One line of the log; the values are as French readers write them."""

    figure: str
    label: str
    was: str
    now: str
    since: datetime
    at: datetime
    why: str
    wrong: str
    right: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """Context of `corrections.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    corrections: tuple[Corrected, ...]
    publications: int


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    told = published_here(home())
    lines = tuple(_line(one) for one in found_in(told))
    answer = (
        f"{plural(len(lines), 'chiffre publié corrigé', 'chiffres publiés corrigés')} en "
        f"{plural(len(told), 'publication')}."
        if lines
        else f"Aucun chiffre publié n’a eu à être corrigé, en {plural(len(told), 'publication')}."
    )
    crumbs = (Crumb("Chiffres", "/chiffres/"), Crumb("Corrections"))
    context = CorrectionsPage("Quels chiffres publiés étaient faux ?", answer, crumbs, lines, len(told))
    return page(request, "corrections", context)


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The log as an Atom feed, the latest first."""
    here = origin(request)
    lines = [_line(one) for one in found_in(published_here(home()))]
    updated = max((line.at for line in lines), default=published().manifest.created_at)
    entries = "".join(_entry(here, line) for line in lines)
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="{ATOM}" xml:lang="fr">\n'
        f"<title>Jalon : corrections des chiffres publiés</title>\n<id>{escape(here)}/corrections/</id>\n"
        f'<link rel="self" href={quoteattr(f"{here}/corrections/atom.xml")}/>\n'
        f"<link href={quoteattr(f'{here}/corrections/')}/>\n<author><name>Jalon</name></author>\n"
        f"<updated>{_moment(updated)}</updated>\n{entries}</feed>\n"
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _line(one: Correction) -> Corrected:
    change = one.evolution
    definition = (ledger(change.after) | ledger(change.before))[change.figure]
    was, now = (_said(definition, value, change) for value in (change.was, change.now))
    return Corrected(
        change.figure,
        change.label,
        was,
        now,
        one.since,
        one.at,
        SAYS[change.reason],
        f"/chiffres/{change.figure}@{change.before.id}",
        f"/chiffres/{change.figure}@{change.after.id}",
        moved(change),
    )


def _said(definition: Definition, value: object, change: Evolution) -> str:
    """The value, with more digits where the usual ones do not tell the two apart; a table by its edition."""
    if isinstance(value, list):
        return f"tableau de l’édition {(change.before if value is change.was else change.after).id}"
    if said(definition, change.was) != said(definition, change.now) or not isinstance(value, float):
        return said(definition, value)
    whole = definition.format == "percent"
    return f"{format_number(100 * value if whole else value, 4)}{f'{THIN}%' if whole else ''}"


def _entry(here: str, line: Corrected) -> str:
    summary = (
        f"{line.label} : {line.was} était publié depuis le {day(line.since.date())} ; la valeur juste est "
        f"{line.now}, parce que {line.why}."
    )
    return (
        f"<entry>\n<title>{escape(line.label)} : {escape(line.now)} au lieu de {escape(line.was)}</title>\n"
        f"<id>{escape(here + line.right)}#correction</id>\n<link href={quoteattr(here + line.right)}/>\n"
        f"<updated>{_moment(line.at)}</updated>\n<summary>{escape(summary)}</summary>\n</entry>\n"
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
