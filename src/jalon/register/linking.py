"""Actions that may be one project: found again after each import, decided by people, counted once.

What counts once: an action of an agreement and a grant, when their score reaches `SAME` or a person says they are
one project. Two rows of one list are one project only when a person says so: a list of grants holds a row a decision,
and two decisions of one town are often written alike ("Travaux de voirie").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import transaction

from jalon.geography import fold, geography
from jalon.indicators.links import SAME, Link, Project, Verdict, clusters, links
from jalon.register import bulk
from jalon.register.models import Action, ActionKind, FundingLine, Instrument, LinkVerdict, ProjectLink, Standing
from jalon.register.models.base import spell

FOUND = ("key", "left_id", "right_id", "across", "score", "words", "amount", "years")
STATE = frozenset({"etat", "detr", "dsil", "dsid", "fnadt", "prefecture"})
"""Words that name the State among those who fund an action."""
CENTS = 100


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs that stand after a search: in all, between an agreement and a list of grants, and decided by people."""

    pairs: int
    across: int
    decided: int


def refresh() -> Found:
    """Look for pairs among all current actions; undecided pairs that no longer look alike go, decided ones stay.

    Within one kind of source only near-duplicates (`SAME`) are kept; between two, all that are possible.
    """
    projects = tuple(_projects())
    kinds = {project.id: project.source for project in projects}
    decided = {link.pk: link for link in ProjectLink.objects.exclude(verdict=LinkVerdict.UNDECIDED)}
    made = [link for link in links(projects) if link.score >= SAME or kinds[link.left] != kinds[link.right]]
    rows = [_row(link, kinds, decided) for link in made]
    with transaction.atomic():
        stale = ProjectLink.objects.filter(verdict=LinkVerdict.UNDECIDED).values_list("pk", flat=True)
        bulk.delete(ProjectLink, "key", set(stale) - {row[0] for row in rows})
        bulk.upsert(ProjectLink, rows, (*FOUND, "verdict", "author_id", "decided_at", "reason"))
    return Found(len(rows), sum(row[3] for row in rows), len(decided))


def _row(link: Link, kinds: dict[str, str], decided: dict[str, ProjectLink]) -> tuple:
    own = spell(link.left, link.right)
    before = decided.get(own)
    said = (before.verdict, before.author_id, before.decided_at, before.reason) if before else ("", None, None, "")
    across = kinds[link.left] != kinds[link.right]
    return own, link.left, link.right, across, link.score, link.words, link.amount, link.years, *said


def _projects() -> Iterator[Project]:
    from_state = _state_cents()
    names = ("action_id", "kind", "title", "territory__kind", "territory__code", "cost_cents", "grant_cents", "year")
    for own, kind, title, place, code, cost, grant, year in Action.objects.filter(
        standing=Standing.CURRENT, territory__isnull=False
    ).values_list(*names):
        given = grant if grant is not None else from_state.get(own)
        places = tuple(_places(kind, place, code))
        yield Project(own, kind, title, places, _euros(cost), year, _euros(given))


def _places(kind: str, place: str, code: str) -> Iterator[str]:
    """The place itself, and for an action of an agreement the EPCI of its town, which may be who is granted."""
    yield spell(place, code)
    commune = geography().communes.get(code) if kind == ActionKind.AGREEMENT and place == "commune" else None
    if commune and commune.epci_code:
        yield spell("epci", commune.epci_code)


def _state_cents() -> dict[str, int]:
    """What the State gives to each action of an agreement, its lines added up."""
    lines = FundingLine.objects.filter(action__kind=ActionKind.AGREEMENT, instrument=Instrument.GRANT)
    found: dict[str, int] = {}
    for own, funder, cents in lines.values_list("action_id", "funder", "amount_cents"):
        if STATE & set(fold(funder).split()):
            found[own] = found.get(own, 0) + cents
    return found


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / CENTS


def as_known(known_until: datetime | None = None) -> list[ProjectLink]:
    """All pairs, a decision made after that moment not yet taken."""
    found = list(ProjectLink.objects.order_by("key"))
    for link in found:
        if known_until and link.decided_at and link.decided_at >= known_until:
            link.verdict, link.decided_at = LinkVerdict.UNDECIDED, None
    return found


def projects(pairs: Iterable[ProjectLink], kinds: dict[str, str]) -> dict[str, str]:
    """The project of each action that shares one with another: the agreement's action, else the first id.

    `kinds`: the kind of each action that stands; pairs with another one are left out.
    """
    there = [pair for pair in pairs if pair.left_id in kinds and pair.right_id in kinds]
    verdicts: dict[tuple[str, str], Verdict] = {
        (pair.left_id, pair.right_id): "same" if pair.verdict == LinkVerdict.SAME else "different"
        for pair in there
        if pair.verdict
    }
    machine = [
        Link(pair.left_id, pair.right_id, pair.score, pair.words, pair.amount, pair.years)
        for pair in there
        if pair.across and not pair.verdict
    ]
    ids = set(chain.from_iterable((pair.left_id, pair.right_id) for pair in there))
    found: dict[str, str] = {}
    for cluster in clusters(ids, machine, verdicts=verdicts):
        if len(cluster) > 1:
            first = min(cluster, key=lambda own: (kinds[own] != ActionKind.AGREEMENT, own))
            found |= dict.fromkeys(cluster, first)
    return found
