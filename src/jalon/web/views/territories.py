"""The list of the territories of a programme."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.figures import format_value
from jalon.geography import POPULATION_CLASSES
from jalon.geography.names import fold
from jalon.programmes import Words
from jalon.web import typography
from jalon.web.columns.members import columns
from jalon.web.facets import Address, FacetShown, facet
from jalon.web.listing import Chip, Listing, Loosen, in_menu, kept_fields
from jalon.web.pages import Crumb, page
from jalon.web.pagination import SIZE, Pages, paginate
from jalon.web.params import page as page_number
from jalon.web.params import several, text
from jalon.web.published import published
from jalon.web.queries import names
from jalon.web.queries.members import Member, members
from jalon.web.queries.names import Programme
from jalon.web.tables import show, to_csv
from jalon.web.words import agreed, capital, feminine, words

FACETS: dict[str, tuple[str, Callable[[Member], Iterable[str | None]]]] = {
    "signature": ("Convention", lambda m: ["signee" if m.signed_on else "non-signee"]),
    "region": ("Région", lambda m: [m.region_code]),
    "taille": ("Taille de la commune", lambda m: [m.population_class]),
    "theme": ("Thème de ville intelligente", lambda m: m.themes),
    "departement": ("Département", lambda m: [m.departement_code]),
}
IN_ORDER = {"taille": [one.id for one in POPULATION_CLASSES]}
DEFAULT = "nom"
ORDERS = (
    ("nom", "nom"),
    ("-population", "population décroissante"),
    ("signature", "date de signature"),
    ("-intelligente", "projets de ville intelligente"),
    ("-subventions", "subventions décroissantes"),
)
SIGNED = {"signee": "{couvertes} par une convention signée", "non-signee": "sans signature connue"}


@dataclass(frozen=True, slots=True)
class TerritoryList:
    """Context of `territories.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    programme: Programme
    text: str
    listing: Listing


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as its address says it; `named` are the words of the programme."""

    named: Words
    text: str
    chosen: dict[str, tuple[str, ...]]
    order: str
    address: Address


@require_safe
def territories(request: HttpRequest, programme: str) -> HttpResponse:
    edition = published()
    found = names.programmes(edition).get(programme)
    if found is None:
        raise Http404
    asked = wanted(edition, request.GET, programme)
    everyone = members(edition, programme)
    kept = sorted_by(edition, [one for one in everyone if matches(one, asked.text, asked.chosen)], asked.order)
    if request.GET.get("format") == "csv":
        return to_csv(columns(edition), kept, f"jalon-territoires-{programme}-{edition.id}")
    pages = paginate(len(kept), page_number(request.GET), lambda n: asked.address.to(page=str(n)))
    context = TerritoryList(
        title=_question(found, asked.named),
        answer="",
        crumbs=(Crumb(found.short_name, f"/programmes/{programme}/"), Crumb(capital(asked.named.beneficiaries))),
        programme=found,
        text=asked.text,
        listing=_listing(edition, everyone, kept, asked, pages),
    )
    return page(
        request, "territories", context, push=asked.address.to(page=str(pages.number) if pages.number > 1 else "")
    )


def _question(found: Programme, named: Words) -> str:
    of = "d’" if found.short_name[:1] in "AÂEÉÈIÎOÔUY" else "de "
    which = "Quelles" if feminine(named.beneficiary) else "Quels"
    return f"{which} {named.beneficiaries} bénéficient {of}{found.short_name} ?"


def wanted(edition: Edition, query: QueryDict, programme: str) -> Wanted:
    chosen = {name: values for name in FACETS if (values := several(query, name))}
    asked = text(query, "q")
    order = query.get("tri", "")
    known = {column.sort for column in columns(edition) if column.sort}
    order = order if order.removeprefix("-") in known else DEFAULT
    pairs = [("q", asked), *((name, value) for name, values in chosen.items() for value in values)]
    tri = [("tri", order)] if order != DEFAULT else []
    address = Address(f"/programmes/{programme}/territoires/", (*(pair for pair in pairs if pair[1]), *tri))
    return Wanted(words(programme), asked, chosen, order, address)


def matches(member: Member, asked: str, chosen: dict[str, tuple[str, ...]]) -> bool:
    """Each word typed starts a word of the name, of the département or of the group, or is the code."""
    if asked:
        words = fold(f"{member.name} {member.departement or ''} {member.group_name} {member.code}").split()
        if not all(any(word.startswith(typed) for word in words) for typed in fold(asked).split()):
            return False
    return all(any(value in values for value in FACETS[name][1](member)) for name, values in chosen.items())


def sorted_by(edition: Edition, kept: list[Member], order: str) -> list[Member]:
    """By the value of the column whose `sort` is asked; unknown values last in both directions."""
    column = next(column for column in columns(edition) if column.sort == order.removeprefix("-"))
    known = [one for one in kept if column.value(one) is not None]
    unknown = [one for one in kept if column.value(one) is None]
    known.sort(key=lambda one: _sortable(column.value(one)), reverse=order.startswith("-"))
    return known + unknown


def _sortable(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _listing(
    edition: Edition, everyone: tuple[Member, ...], kept: list[Member], asked: Wanted, pages: Pages
) -> Listing:
    signed = any(one.signed_on for one in everyone)
    return Listing(
        count=_count(kept, everyone, asked.named),
        chips=tuple(
            Chip(
                f"{_heading(name, asked.named)} : {label(edition, name, value, asked.named)}",
                asked.address.toggled(name, value),
            )
            for name, values in asked.chosen.items()
            for value in values
        ),
        facets=_facets(edition, everyone, asked),
        table=show(
            columns(edition),
            kept[pages.offset : pages.offset + SIZE],
            f"{capital(asked.named.beneficiaries)} de la recherche",
            sort=asked.order,
            href=lambda tri: asked.address.to(tri=tri),
        ),
        pages=pages,
        address=asked.address,
        fields=kept_fields(asked.address, "q"),
        orders=in_menu([one for one in ORDERS if signed or one[0] != "signature"], DEFAULT, asked.order),
        csv=asked.address.to(format="csv"),
        loosen=() if kept else _loosen(edition, everyone, asked),
    )


def _count(kept: list[Member], everyone: tuple[Member, ...], named: Words) -> str:
    none = "aucune" if feminine(named.beneficiary) else "aucun"
    if not everyone:
        return f"L’édition ne connaît {none} {named.beneficiary} de ce programme."
    if not kept:
        return f"{capital(none)} {named.beneficiary} ne répond à votre recherche."
    groups = len({one.group_id for one in kept})
    signed = len({one.group_id for one in kept if one.signed_on})
    smart = sum(1 for one in kept if one.smart)
    dated = f"dont {typography.number(signed)} {agreed('signé', named.agreement, signed)}"
    signatures = dated if signed else "sans date de signature connue"
    return (
        f"{typography.plural(len(kept), named.beneficiary, named.beneficiaries)}, "
        f"{typography.plural(groups, named.agreement, named.agreements)} {signatures}, "
        f"{typography.plural(smart, named.beneficiary, named.beneficiaries)} avec un projet de ville intelligente."
    )


def _facets(edition: Edition, everyone: tuple[Member, ...], asked: Wanted) -> tuple[FacetShown, ...]:
    shown = []
    for name, (_, values_of) in FACETS.items():
        others = {key: values for key, values in asked.chosen.items() if key != name}
        rows = (one for one in everyone if matches(one, asked.text, others))
        counts = Counter(value for one in rows for value in values_of(one) if value)
        order = IN_ORDER.get(name)
        by_value = {key: counts[key] for key in order if counts[key]} if order else counts
        kept = asked.chosen.get(name, ())

        def name_of(value: str, name: str = name) -> str:
            return label(edition, name, value, asked.named)

        if counts or kept:
            heading = _heading(name, asked.named)
            shown.append(facet(name, heading, by_value, kept, asked.address, name_of, ranked=not order))
    return tuple(shown)


def _heading(name: str, named: Words) -> str:
    """The name of a facet; what stands with or without an agreement are the beneficiaries, not their agreements."""
    return capital(named.beneficiaries) if name == "signature" else FACETS[name][0]


def label(edition: Edition, name: str, value: str, named: Words) -> str:
    if name in ("region", "departement"):
        return names.place(edition, name, value) or value
    if name == "theme":
        theme = names.themes(edition).get(value)
        return theme.label if theme else value
    if name == "signature" and value in SIGNED:
        return SIGNED[value].format(couvertes=agreed("couvert", named.beneficiary, 2))
    return value if name == "signature" else format_value(value, "population")


def _loosen(edition: Edition, everyone: tuple[Member, ...], asked: Wanted) -> tuple[Loosen, ...]:
    offers = []
    if asked.text:
        count = sum(matches(one, "", asked.chosen) for one in everyone)
        offers.append(Loosen(f"sans le texte « {asked.text} »", count, asked.address.to(q="")))
    for name, values in asked.chosen.items():
        others = {key: kept for key, kept in asked.chosen.items() if key != name}
        said = ", ".join(label(edition, name, value, asked.named) for value in values)
        href = Address(asked.address.path, tuple(pair for pair in asked.address.pairs if pair[0] != name)).to()
        count = sum(matches(one, asked.text, others) for one in everyone)
        offers.append(Loosen(f"sans le filtre « {_heading(name, asked.named)} : {said} »", count, href))
    return tuple(sorted(offers, key=lambda offer: -offer.count))
