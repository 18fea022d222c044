"""The page of one action."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.web import places, typography
from jalon.web.columns.actions import columns, funding, title
from jalon.web.pages import Crumb, Fact, page
from jalon.web.published import published
from jalon.web.queries import actions as query
from jalon.web.queries import names
from jalon.web.queries.actions import Action, ThemeGiven
from jalon.web.queries.sources import title_of
from jalon.web.reading.published import Drawer, drawer
from jalon.web.tables import Shown, show

NEIGHBOURS = 10


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Context of `action.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    action: Action
    place: str
    facts: tuple[Fact, ...]
    verdict: str
    themes: list[ThemeGiven]
    funding: Shown | None
    others: Shown | None
    more_url: str
    drawer: Drawer | None
    source_title: str
    source_url: str


@require_safe
def detail(request: HttpRequest, action_id: str) -> HttpResponse:
    edition = published()
    action = query.action(edition, action_id)
    if action is None:
        raise Http404
    return page(request, "action", _context(edition, action))


def _context(edition: Edition, action: Action) -> ActionPage:
    known = names.place(edition, action.territory_kind, action.territory_code)
    place = known or action.beneficiary or "le bénéficiaire"
    others = _others(edition, action)
    lines = query.funding_of(edition, action.action_id)
    return ActionPage(
        title=title(action),
        answer=_answer(action, place),
        crumbs=(Crumb("Actions", "/actions/"), Crumb(action.action_id)),
        action=action,
        place=place,
        facts=_facts(edition, action, place, places.url(action.territory_kind, action.territory_code) if known else ""),
        verdict=_verdict(action),
        themes=query.themes_of(edition, action.action_id),
        funding=show(funding(), lines, "Financements de l’action") if lines else None,
        others=show(columns(edition), others[:NEIGHBOURS], "Autres actions du même bénéficiaire") if others else None,
        more_url=places.actions_url(action.territory_kind, action.territory_code) if len(others) > NEIGHBOURS else "",
        drawer=drawer(edition, action.action_id) if action.kind == "agreement" else None,
        source_title=title_of(edition, action.source_id),
        source_url=f"/sources/{action.source_id}/",
    )


def _others(edition: Edition, action: Action) -> list[Action]:
    if action.territory_code is None:
        return []
    same = query.of_territory(edition, action.territory_kind, [action.territory_code])
    return [other for other in same if other.action_id != action.action_id]


def _answer(action: Action, place: str) -> str:
    if action.kind == "agreement":
        budget = f", pour un budget de {typography.euros(action.cost_eur)}" if action.cost_eur else ""
        return f"{place} inscrit cette action à sa convention{budget}."
    if action.grant_eur is None:
        return f"Le montant de l’aide de l’État à {place} n’est pas connu."
    cost = f", sur un coût de {typography.euros(action.cost_eur)} hors taxes" if action.cost_eur else ""
    when = f" en {action.year}" if action.year else ""
    return f"L’État a accordé {typography.euros(action.grant_eur)}{when}{cost}."


def _facts(edition: Edition, action: Action, place: str, place_url: str | None) -> tuple[Fact, ...]:
    region = names.place(edition, "region", action.region_code)
    rate = action.grant_eur / action.cost_eur if action.grant_eur is not None and action.cost_eur else None
    published_as = action.beneficiary if action.beneficiary and action.beneficiary != place else ""
    facts = (
        Fact("Bénéficiaire", place, place_url or "", f"publié : {published_as}" if published_as else ""),
        Fact("Nature", places.KIND_LABELS.get(action.territory_kind, action.territory_kind)),
        Fact("Département", names.place(edition, "departement", action.departement_code)),
        Fact("Région", region),
        Fact("Catégorie", action.category or ""),
        Fact("Année", str(action.year or "")),
        Fact("Dispositif", action.scheme or ""),
        *_amounts(action),
        Fact("Part de l’État", typography.share(float(rate)) if rate is not None else ""),
        Fact("Identifiant", action.action_id),
    )
    return tuple(fact for fact in facts if fact.value)


def _amounts(action: Action) -> tuple[Fact, ...]:
    """An agreement states a budget, with or without tax; a subsidised project has a cost and a grant."""
    if action.kind == "agreement":
        return (Fact("Budget, tel qu’écrit", typography.euros(action.cost_eur)),)
    cost, grant = typography.euros(action.cost_eur), typography.euros(action.grant_eur)
    return (Fact("Coût hors taxes", cost), Fact("Subvention de l’État", grant))


def _verdict(action: Action) -> str:
    if action.smart_city:
        return "Oui : au moins un thème de la ville intelligente."
    if action.probability is None:
        return "Non classée."
    return f"Non : aucun thème reconnu (probabilité {typography.share(action.probability)})."
