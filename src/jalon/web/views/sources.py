"""What was read, what was refused, and what an edition is."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jalon.editions import TABLES, Edition, Manifest, listing, open_edition
from jalon.editions.manifest import FILE, damaged
from jalon.home import home
from jalon.web import typography
from jalon.web.columns.sources import DEFECTS, FILES, OF_ONE_SOURCE, ORIGINS, REFUSALS
from jalon.web.news import News, news
from jalon.web.pages import Crumb, Fact, page
from jalon.web.pagination import SIZE, Pages, paginate
from jalon.web.params import page as page_number
from jalon.web.params import query_string, text
from jalon.web.published import published
from jalon.web.queries import names
from jalon.web.queries import sources as query
from jalon.web.queries.names import Theme
from jalon.web.queries.scores import Score, exactness, scores
from jalon.web.tables import Shown, show, to_csv


@dataclass(frozen=True, slots=True)
class SourceList:
    """Context of `sources.html`."""

    title: str
    answer: str
    table: Shown
    csv: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Context of `source.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    url: str
    files: tuple[tuple[str, str, int, str], ...]
    defects: Shown | None
    code: str
    refusals: Shown | None
    pages: Pages
    csv: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """Context of `method.html`."""

    title: str
    answer: str
    themes: tuple[Theme, ...]
    scores: tuple[Score, ...]
    method: str
    exactness: str


@dataclass(frozen=True, slots=True)
class FileLine:
    name: str
    says: str
    rows: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Context of `edition.html`."""

    title: str
    answer: str
    manifest: Manifest
    files: tuple[FileLine, ...]
    others: tuple[Manifest, ...]
    news: News
    built_on: date


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    edition = published()
    files = query.files(edition)
    if request.GET.get("format") == "csv":
        return to_csv(FILES, files, f"jalon-sources-{edition.id}")
    read, refused = sum(one.rows_read for one in files), sum(one.rows_refused for one in files)
    several = len({one.source_id for one in files})
    answer = (
        f"{typography.plural(len(files), 'fichier')} de {typography.plural(several, 'source')} : "
        f"{typography.plural(read, 'ligne lue', 'lignes lues')}, {typography.number(refused)} écartées, "
        "chacune avec sa raison."
    )
    table = show(FILES, files, "Fichiers lus")
    return page(
        request, "sources", SourceList("Sur quelles données repose cette édition ?", answer, table, "?format=csv")
    )


@require_safe
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    edition = published()
    files = query.files_of(edition, source_id)
    if not files:
        raise Http404
    code = text(request.GET, "code")
    if request.GET.get("format") == "csv":
        return to_csv(REFUSALS, query.refusals(edition, source_id, code), f"jalon-refus-{source_id}-{edition.id}")
    return page(request, "source", _source(edition, files, code, page_number(request.GET)))


def _source(edition: Edition, files: list[query.SourceFile], code: str, wanted: int) -> SourcePage:
    first = files[0]
    total = query.count_refusals(edition, first.source_id, code)
    pages = paginate(total, wanted, lambda n: query_string([("code", code), ("page", str(n))]))
    found = query.defects(edition, first.source_id)
    refused = query.refusals(edition, first.source_id, code, SIZE, pages.offset)
    read, left = sum(f.rows_read for f in files), sum(f.rows_refused for f in files)
    return SourcePage(
        title=f"Que vaut la source « {typography.apostrophes(first.title)} » ?",
        answer=f"{typography.plural(read, 'ligne lue', 'lignes lues')}, "
        f"{typography.plural(left, 'ligne écartée', 'lignes écartées')}, "
        f"{typography.plural(total, 'défaut relevé', 'défauts relevés')}.",
        crumbs=(Crumb("Sources", "/sources/"), Crumb(first.source_id)),
        facts=(
            Fact("Producteur", first.producer),
            Fact("Millésime", first.vintage),
            Fact("Publié le", typography.day(first.published_on)),
            Fact("Licence", first.licence),
            Fact("Origine de la copie lue", ORIGINS.get(first.origin, first.origin)),
        ),
        url=first.url if first.url and first.url.startswith(("https://", "http://")) else "",
        files=tuple((f.file, typography.size(f.bytes), f.rows_read, f.sha256) for f in files),
        defects=show(DEFECTS, found, "Défauts par sorte") if found else None,
        code=code,
        refusals=show(OF_ONE_SOURCE, refused, "Défauts relevés") if refused else None,
        pages=pages,
        csv=query_string([("code", code), ("format", "csv")]),
    )


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    edition = published()
    found = scores(edition)
    return page(
        request,
        "method",
        MethodPage(
            "Comment ces chiffres sont-ils obtenus ?",
            "Des données publiques lues avec leurs défauts, un classement automatique dont les erreurs sont mesurées, "
            "et des éditions datées qui ne changent plus.",
            tuple(names.themes(edition).values()),
            tuple(found),
            found[0].method if found else "",
            exactness(edition),
        ),
    )


@require_safe
def edition(request: HttpRequest) -> HttpResponse:
    found = published()
    manifest = found.manifest
    files = tuple(
        FileLine(name, _says(name), entry.rows, entry.bytes, entry.sha256) for name, entry in manifest.files.items()
    )
    others = tuple(one for one in listing(home())[::-1] if one.id != found.id)
    title = "Qu’est-ce que cette édition ?"
    answer = (
        f"L’édition {found.id} dit ce qui était connu au {typography.day(found.as_of)}. "
        "Elle ne changera plus : ses fichiers se téléchargent et ses chiffres se recalculent."
    )
    built = manifest.created_at.date()
    return page(request, "edition", EditionPage(title, answer, manifest, files, others, news(found), built))


def _says(name: str) -> str:
    table = TABLES.get(name.removesuffix(".parquet"))
    others = {"search.sqlite": "Index du texte des actions", "ledger.json": "Définitions des chiffres",
              "figures.json": "Valeurs des chiffres"}  # fmt: skip
    return SAYS.get(table.name, table.says) if table else others.get(name, "")


@require_safe
def download(request: HttpRequest, edition_id: str, name: str) -> HttpResponseBase:
    """One file of an edition, named by its manifest; « current » leads to the edition published now."""
    if edition_id == "current":
        return HttpResponseRedirect(f"/edition/{published().id}/{quote(name)}", headers={"Cache-Control": "no-store"})
    found = open_edition(home(), edition_id)
    if name != FILE and name not in found.manifest.files:
        raise Http404
    response = FileResponse(_opened(found, name), as_attachment=True, filename=f"{edition_id}-{name}")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _opened(edition: Edition, name: str) -> BinaryIO:
    """The file, of the size that the manifest tells. Raises EditionDamaged: browsers keep what is sent for a year."""
    path = edition.folder / name
    try:
        if name != FILE and path.stat().st_size != edition.manifest.files[name].bytes:
            raise damaged(edition.id, name, "tronqué ou modifié")
        return path.open("rb")
    except OSError as error:
        raise damaged(edition.id, name, "absent ou illisible") from error


SAYS = {
    "programmes": "Programmes suivis",
    "axes": "Axes des programmes",
    "partners": "Partenaires",
    "territories": "Géographie officielle",
    "groups": "Groupes de villes qui partagent une convention",
    "memberships": "Territoires bénéficiaires",
    "agreements": "Conventions",
    "signatories": "Signataires",
    "action_counts": "Actions comptées par l’agence",
    "actions": "Actions et projets subventionnés",
    "action_themes": "Thèmes des actions",
    "funding_lines": "Financements",
    "themes": "Thèmes de la ville intelligente",
    "theme_scores": "Qualité du classement",
    "links": "Rapprochements",
    "same_projects": "Actions d’un même projet",
    "estimates": "Appétit et engagement estimés, avec leurs intervalles",
    "coverage": "Fibre par territoire et par trimestre",
    "series": "Autres séries publiées",
    "declared_facts": "Faits déclarés par des publications",
    "sources": "Fichiers lus",
    "refusals": "Défauts des sources",
    "evidence": "Preuves",
}
