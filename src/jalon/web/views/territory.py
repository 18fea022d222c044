"""The page of one territory."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from jalon.editions import Edition
from jalon.figures import format_value
from jalon.web import places, typography
from jalon.web.columns.actions import columns as action_columns
from jalon.web.columns.sources import REFUSALS
from jalon.web.drawings import Drawing, drawing
from jalon.web.pages import Crumb, Fact, page
from jalon.web.published import published
from jalon.web.queries import names
from jalon.web.queries import territories as query
from jalon.web.queries.actions import Action, ActionFilter, Search, Totals
from jalon.web.queries.estimates import Group, groups
from jalon.web.queries.names import Theme
from jalon.web.queries.sources import refusals_of_code, title_of
from jalon.web.queries.territories import Counted, Coverage, Membership, Neighbour, Territory
from jalon.web.similar import Similar, similar
from jalon.web.tables import Column, Shown, show

SHOWN = 15
OF = {
    "commune": "de la commune",
    "epci": "de l’intercommunalité",
    "departement": "du département",
    "region": "de la région",
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of one programme, as the page shows it."""

    membership: Membership
    programme: str
    programme_url: str
    sentence: str
    mates: list[Neighbour]
    signatories: str
    counted: tuple[tuple[Counted, str], ...]
    source: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Actions:
    """Some actions and their sum; `whose` completes « Les actions »."""

    id: str
    heading: str
    sentence: str
    table: Shown | None
    all_url: str


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """Context of `territory.html`."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    territory: Territory
    facts: tuple[Fact, ...]
    agreements: tuple[Agreement, ...]
    inside: list[Neighbour]
    actions: tuple[Actions, ...]
    fibre: Drawing | None
    outlook: Drawing | None
    rate_missing: str
    fibre_sources: tuple[Crumb, ...]
    similar: tuple[Similar, ...]
    themes: tuple[Theme, ...]
    compared: str
    refusals: Shown | None


@require_safe
def territory(request: HttpRequest, slug: str) -> HttpResponse:
    edition = published()
    asked = places.parse(slug)
    if asked is None:
        return _without_kind(edition, slug)
    found = query.territory(edition, *asked)
    if found is None:
        raise Http404
    return page(request, "territory", _context(edition, found))


def _rate_missing(edition: Edition, found: Territory, coverage: list[Coverage]) -> str:
    """What the chart shows instead, when no source gives the rate of this territory."""
    if any(one.rate is not None and one.quarter <= edition.as_of for one in coverage):
        return ""
    return f"Le taux {OF[found.kind]} n’est pas publié : la courbe est celle du territoire que nomme le titre."


def _outlook(edition: Edition, found: Territory) -> Drawing | None:
    """What is expected of the fibre there, or in its département where no rate is published; its title says which."""
    if found.kind in ("departement", "region"):
        return drawing("fibre-projection", edition, territoire=f"{found.kind}-{found.code}")
    if found.departement_code is None:
        return None
    return drawing("fibre-projection", edition, territoire=f"departement-{found.departement_code}")


def _without_kind(edition: Edition, slug: str) -> HttpResponse:
    """`/territoires/69/` means the département: régions are written `region-84`."""
    if query.territory(edition, "departement", slug) is None:
        raise Http404
    return HttpResponseRedirect(f"/territoires/departement-{slug}/")


def _context(edition: Edition, found: Territory) -> TerritoryPage:
    agreements = tuple(_agreement(edition, found, one) for one in query.memberships(edition, found.kind, found.code))
    actions = _all_actions(edition, found)
    coverage = query.coverage(edition, found.kind, found.code)
    refused = refusals_of_code(edition, found.code) if found.kind in ("commune", "epci") else []
    return TerritoryPage(
        title=_question(found, agreements),
        answer=_answer(found, agreements, actions),
        crumbs=_crumbs(found),
        territory=found,
        facts=_facts(found),
        agreements=agreements,
        inside=query.inside(edition, found.kind, found.code) if found.kind != "commune" else [],
        actions=actions,
        fibre=drawing("fibre", edition, territoire=f"{found.kind}-{found.code}"),
        outlook=_outlook(edition, found),
        rate_missing=_rate_missing(edition, found, coverage),
        fibre_sources=tuple(
            Crumb(title_of(edition, source), f"/sources/{source}/")
            for source in dict.fromkeys(c.source_id for c in coverage)
        ),
        similar=similar(edition, found.code, agreements[0].membership.programme) if agreements else (),
        themes=tuple(names.themes(edition).values()) if found.kind == "commune" else (),
        compared=_compared(edition, found),
        refusals=show(REFUSALS, refused, "Défauts relevés dans les sources") if refused else None,
    )


def _compared(edition: Edition, found: Territory) -> str:
    """The group of its communes in the address of a comparison; empty where they are not estimated."""
    return f"{found.kind}-{found.code}" if Group(found.kind, found.code) in groups(edition) else ""


def _question(found: Territory, agreements: tuple[Agreement, ...]) -> str:
    if agreements:
        return f"{found.name} : où en est la convention, et quels projets sont financés ?"
    return f"{found.name} : quels projets sont subventionnés par l’État ?"


def _answer(found: Territory, agreements: tuple[Agreement, ...], actions: tuple[Actions, ...]) -> str:
    return " ".join([*(one.sentence for one in agreements), *(one.sentence for one in actions[:1])])


def _crumbs(found: Territory) -> tuple[Crumb, ...]:
    parents = (("region", found.region_code, found.region), ("departement", found.departement_code, found.departement))
    links = (
        Crumb(name, places.url(kind, code) or "")
        for kind, code, name in parents
        if code and name and kind != found.kind
    )
    return (*links, Crumb(found.name))


def _facts(found: Territory) -> tuple[Fact, ...]:
    epci = places.url("epci", found.epci_code) or ""
    facts = (
        Fact("Nature", places.KIND_LABELS[found.kind]),
        Fact("Code officiel", found.code),
        Fact("Population municipale", typography.number(found.population) if found.population is not None else "",
             note=format_value(found.population_class, "population") if found.population_class else ""),
        Fact("Intercommunalité", found.epci or found.epci_code or "", epci if found.epci else ""),
        Fact("Département", found.departement or "", places.url("departement", found.departement_code) or ""),
        Fact("Région", found.region or "", places.url("region", found.region_code) or ""),
    )  # fmt: skip
    return tuple(fact for fact in facts if fact.value)


def _agreement(edition: Edition, found: Territory, one: Membership) -> Agreement:
    mates = query.group_mates(edition, one.programme, one.group_id, found.code)
    counted = query.counted(edition, one.agreement_id, found.code) if one.agreement_id else []
    return Agreement(
        membership=one,
        programme=one.name,
        programme_url=f"/programmes/{one.programme}/",
        sentence=_signed(one, mates),
        mates=mates,
        signatories=", ".join(query.signatories(edition, one.agreement_id)) if one.agreement_id else "",
        counted=tuple((count, title_of(edition, count.source_id)) for count in counted),
        source=title_of(edition, one.source_id) if one.source_id else "",
        source_url=f"/sources/{one.source_id}/" if one.source_id else "",
    )


def _signed(one: Membership, mates: list[Neighbour]) -> str:
    together = f", partagée avec {_listed([mate.name for mate in mates])}," if mates else ""
    if one.signed_on:
        return f"Sa convention {one.name}{together} est signée depuis le {typography.day(one.signed_on)}."
    if one.planned_on:
        return (
            f"Aucune signature de sa convention {one.name}{together} n’est connue ; "
            f"elle était annoncée pour le {typography.day(one.planned_on)}."
        )
    return f"Aucune signature de sa convention {one.name}{together} n’est connue."


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} et {items[-1]}"


def _all_actions(edition: Edition, found: Territory) -> tuple[Actions, ...]:
    """Its own; those of its EPCI apart; for a département or a région, those of everyone there."""
    if found.kind in ("departement", "region"):
        heading = f"Quels projets {'dans le département' if found.kind == 'departement' else 'dans la région'} ?"
        return (
            _actions(
                edition, "territoire", heading, {found.kind: (found.code,)}, f"/actions/?{found.kind}={found.code}"
            ),
        )
    own: dict[str, tuple[str, ...]] = {"territoire": (f"{found.kind}:{found.code}",)}
    groups = [
        _actions(edition, "propres", "Ses projets subventionnés", own, places.actions_url(found.kind, found.code))
    ]
    if found.kind == "commune" and found.epci_code:
        of_epci: dict[str, tuple[str, ...]] = {"territoire": (f"epci:{found.epci_code}",)}
        heading = f"À part : ceux de son intercommunalité{f', {found.epci}' if found.epci else ''}"
        groups.append(_actions(edition, "epci", heading, of_epci, places.actions_url("epci", found.epci_code)))
    return tuple(groups)


def _actions(edition: Edition, key: str, heading: str, chosen: dict[str, tuple[str, ...]], url: str) -> Actions:
    search = Search(edition, ActionFilter("", chosen))
    totals = search.totals()
    rows: list[Action] = search.rows("-montant", SHOWN)
    smart = Search(edition, ActionFilter("", {**chosen, "intelligente": ("oui",)})).totals().actions
    return Actions(
        id=key,
        heading=heading,
        sentence=_sum(totals, smart),
        table=show(_columns(edition, chosen), rows, heading) if rows else None,
        all_url=url if totals.actions > SHOWN else "",
    )


def _columns(edition: Edition, chosen: dict[str, tuple[str, ...]]) -> tuple[Column[Action], ...]:
    """Without the beneficiary where every row has the same."""
    every = action_columns(edition)
    return tuple(c for c in every if c.sort != "beneficiaire") if "territoire" in chosen else every


def _sum(totals: Totals, smart: int) -> str:
    if not totals.actions:
        return "Aucun projet subventionné n’est connu dans l’édition."
    themed = f"dont {typography.number(smart)} de ville intelligente" if smart else "aucun de ville intelligente"
    subsidies = f"{typography.short_euros(totals.grants)} de subventions de l’État"
    projects = typography.plural(totals.actions, "projet subventionné", "projets subventionnés")
    return f"{projects}, {themed}, pour {subsidies}."
