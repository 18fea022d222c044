"""Search of actions."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.web import typography
from jalon.web.columns.actions import columns as action_columns
from jalon.web.facets import Address, FacetShown, facet
from jalon.web.listing import Chip, Listing, Loosen, in_menu, kept_fields
from jalon.web.pages import page
from jalon.web.pagination import SIZE, paginate
from jalon.web.params import page as page_number
from jalon.web.params import several, text
from jalon.web.published import published
from jalon.web.queries import actions as query
from jalon.web.queries import names
from jalon.web.queries.actions import COUNTED, FACETS, ORDERS, RELEVANCE, ActionFilter, Search
from jalon.web.queries.index import AMOUNTS
from jalon.web.tables import show, to_csv

LABELS = {
    "theme": "Thème",
    "intelligente": "Ville intelligente",
    "axe": "Axe du programme",
    "region": "Région",
    "annee": "Année",
    "dispositif": "Dispositif",
    "montant": "Subvention de l’État",
    "programme": "Villes du programme",
    "departement": "Département",
    "territoire": "Territoire",
}
IN_ORDER = {"annee", "montant", "axe", "intelligente"}
SAID_IN_ORDER: dict[str, tuple[str, ...]] = {"montant": tuple(AMOUNTS), "intelligente": ("oui", "non")}


@dataclass(frozen=True, slots=True)
class ActionSearch:
    """Context of `actions.html`."""

    title: str
    text: str
    listing: Listing


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as its address says it."""

    filter: ActionFilter
    order: str
    address: Address


def wanted(query_string: QueryDict) -> Wanted:
    chosen = {name: values for name in FACETS if (values := several(query_string, name))}
    asked = ActionFilter(text(query_string, "q"), chosen)
    default = _default(asked.text)
    order = query_string.get("tri", "")
    known = order.lstrip("-") in ORDERS or (order == RELEVANCE and asked.text)
    order = order if known and not order.startswith("--") else default
    pairs = [("q", asked.text), *((name, value) for name, values in chosen.items() for value in values)]
    tri = [("tri", order)] if order != default else []
    return Wanted(asked, order, Address("/actions/", (*((n, v) for n, v in pairs if v), *tri)))


def _default(asked: str) -> str:
    return RELEVANCE if asked else "-montant"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    edition, asked = published(), wanted(request.GET)
    found = Search(edition, asked.filter)
    if request.GET.get("format") == "csv":
        return to_csv(action_columns(edition), found.rows(asked.order), f"jalon-actions-{edition.id}")
    totals = found.totals()
    pages = paginate(totals.actions, page_number(request.GET), lambda n: asked.address.to(page=str(n)))
    rows = found.rows(asked.order, SIZE, pages.offset)
    listing = Listing(
        count=_answer(totals, asked.filter),
        chips=_chips(edition, asked),
        facets=_facets(edition, found, asked),
        table=show(
            action_columns(edition),
            rows,
            "Actions trouvées",
            sort=asked.order,
            href=lambda tri: asked.address.to(tri=tri),
        ),
        pages=pages,
        address=asked.address,
        fields=kept_fields(asked.address, "q"),
        orders=in_menu(_orders(asked), _default(asked.filter.text), asked.order),
        csv=asked.address.to(format="csv"),
        loosen=_loosen(edition, asked) if not totals.actions else (),
    )
    context = ActionSearch("Quelles actions sont subventionnées par l’État ?", asked.filter.text, listing)
    here = asked.address.to(page=str(pages.number) if pages.number > 1 else "")
    return page(request, "actions", context, push=here)


def _answer(totals: query.Totals, asked: ActionFilter) -> str:
    if not totals.actions:
        return "Aucune action ne répond à votre recherche."
    many = totals.actions > 1
    known = totals.actions - totals.without_grant
    money = f"{typography.short_euros(totals.grants)} de subventions de l’État" if known else "montant inconnu"
    costs = f", pour {typography.short_euros(totals.costs)} de travaux" if totals.costs else ""
    about = "répondent" if many else "répond"
    verb = f"{about} à votre recherche" if asked.text or asked.chosen else ("sont connues" if many else "est connue")
    return f"{typography.plural(totals.actions, 'action')} {verb} : {money}{costs}."


def _facets(edition: Edition, found: Search, asked: Wanted) -> tuple[FacetShown, ...]:
    counts = found.counts()
    shown = []
    for name in COUNTED:
        kept = asked.filter.chosen.get(name, ())
        by_value = dict(sorted(counts[name].items())) if name in IN_ORDER else counts[name]
        if name in SAID_IN_ORDER:
            by_value = {key: counts[name][key] for key in SAID_IN_ORDER[name] if key in counts[name]}
        if by_value or kept:
            name_of = partial(label, edition, name)
            ranked = name not in IN_ORDER
            shown.append(facet(name, LABELS[name], by_value, kept, asked.address, name_of, ranked=ranked))
        elif name == "axe" and found.mask.any():
            shown.append(FacetShown(name, "Axe", (), 0, "non publié pour ces projets"))
    perimeter = _perimeter(edition, found, asked)
    return (perimeter, *shown) if perimeter.choices else tuple(shown)


def _perimeter(edition: Edition, found: Search, asked: Wanted) -> FacetShown:
    """The programmes whose towns may be kept alone."""
    members = {key: p for key, p in names.programmes(edition).items() if p.members}
    kept = asked.filter.chosen.get("programme", ())
    counts = {key: count for key in members if (count := found.within(key))}
    return facet("programme", LABELS["programme"], counts, kept, asked.address, partial(label, edition, "programme"))


def label(edition: Edition, name: str, value: str) -> str:
    """French label of one value of a facet; the value itself when the edition does not know it."""
    if name == "theme":
        theme = names.themes(edition).get(value)
        return theme.label if theme else value
    if name in ("region", "departement"):
        return names.place(edition, name, value) or value
    if name == "territoire":
        kind, _, code = value.partition(":")
        return names.place(edition, kind, code) or value
    if name == "programme":
        programme = names.programmes(edition).get(value)
        return programme.short_name if programme else value
    labels = {"montant": AMOUNTS, "axe": names.axes(edition), "intelligente": {"oui": "oui", "non": "non"}}
    return labels.get(name, {}).get(value, value)


def _chips(edition: Edition, asked: Wanted) -> tuple[Chip, ...]:
    return tuple(
        Chip(f"{LABELS[name]} : {label(edition, name, value)}", asked.address.toggled(name, value))
        for name, values in asked.filter.chosen.items()
        for value in values
    )


def _orders(asked: Wanted) -> tuple[tuple[str, str], ...]:
    relevance = ((RELEVANCE, "pertinence"),) if asked.filter.text else ()
    return (
        *relevance,
        ("-montant", "subvention décroissante"),
        ("montant", "subvention croissante"),
        ("-cout", "coût décroissant"),
        ("-annee", "année décroissante"),
        ("beneficiaire", "bénéficiaire, de A à Z"),
    )


def _loosen(edition: Edition, asked: Wanted) -> tuple[Loosen, ...]:
    """What to give up, one thing at a time, and how many actions each would bring back."""
    offers = []
    if asked.filter.text:
        without = Search(edition, ActionFilter("", asked.filter.chosen)).totals().actions
        offers.append(Loosen(f"sans le texte « {asked.filter.text} »", without, asked.address.to(q="", tri="")))
    for name, values in asked.filter.chosen.items():
        count = Search(edition, asked.filter.without(name)).totals().actions
        said = ", ".join(label(edition, name, value) for value in values)
        href = Address("/actions/", tuple(p for p in asked.address.pairs if p[0] != name)).to()
        offers.append(Loosen(f"sans le filtre « {LABELS[name]} : {said} »", count, href))
    return tuple(sorted(offers, key=lambda offer: -offer.count))
