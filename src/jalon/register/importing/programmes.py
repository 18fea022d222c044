"""Programmes, as their folders describe them, into the register: groups, agreements, partners, counts and facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models, transaction

from jalon.errors import RegisterError
from jalon.programmes import Beneficiary, DeclaredFact, Programme
from jalon.programmes import Group as Laureate
from jalon.register import bulk, corrections, decisions
from jalon.register import models as register
from jalon.register.health import told_plainly
from jalon.register.importing import places
from jalon.register.importing.lists import as_listed
from jalon.register.models.base import spell
from jalon.sources import catalog

CHILDREN: tuple[type[models.Model], ...] = (
    register.Axis,
    register.Partner,
    register.Group,
    register.Membership,
    register.Agreement,
    register.Signatory,
    register.ActionCount,
    register.DeclaredFact,
)
"""In the order of writing: each refers to those before it."""
OF_AGREEMENT = (register.Signatory, register.ActionCount)
HELD_BY: dict[type[models.Model], tuple[str, ...]] = {
    register.Partner: ("signatures",),
    register.Group: ("memberships", "agreements"),
    register.Agreement: ("actions", "documents"),
}
"""What keeps a row that its folder no longer names."""


@dataclass(slots=True)
class ProgrammeReport:
    """What an import did with the rows of one programme."""

    programme: str
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


def import_programmes(programmes: Mapping[str, Programme]) -> tuple[ProgrammeReport, ...]:
    """Make the register say what these programmes say, in one transaction; twice gives the same register.

    Where every list that a folder cites has been imported, the lists decide (they may be newer than the folder).
    Rows that a folder no longer names are removed, unless a person added or changed them or something refers to them;
    so are programmes that are not given. Raises RegisterError when the database refuses a row.
    """
    with told_plainly(), transaction.atomic():
        _demand_own_facts(programmes.values())
        places.refresh()
        written = [_import(as_listed(programme)) for _, programme in sorted(programmes.items())]
        others = register.Programme.objects.exclude(pk__in=programmes).order_by("pk")
        return (*written, *(_withdraw(programme) for programme in others))


def _demand_own_facts(programmes: Iterable[Programme]) -> None:
    owners: dict[str, str] = {}
    for fact in (fact for programme in programmes for fact in programme.declared):
        other = owners.setdefault(fact.fact_id, fact.programme)
        if other != fact.programme:
            raise RegisterError(
                f"fact {fact.fact_id} in {other} and {fact.programme}",
                user_message=f"le fait déclaré {fact.fact_id} est dans deux programmes : {other} et {fact.programme}.",
                mend="donnez-lui un autre identifiant dans declared.csv de l’un des deux.",
            )


def _import(programme: Programme) -> ProgrammeReport:
    report = ProgrammeReport(programme.id)
    places.ensure({_territory(member) for member in programme.beneficiaries})
    own = (
        programme.id, programme.name, programme.short_name, programme.description, programme.launched_on,
        programme.ends_on,
    )  # fmt: skip
    _upsert(register.Programme, [own], {"pk": programme.id}, report)
    children = _children(programme)
    gone = {model: _upsert(model, children[model], _scope(model, programme.id), report) for model in CHILDREN}
    for model in reversed(CHILDREN):
        report.removed += _remove(model, gone[model])
    return report


def _withdraw(programme: register.Programme) -> ProgrammeReport:
    report = ProgrammeReport(programme.id)
    for model in reversed(CHILDREN):
        keys = model._default_manager.filter(**_scope(model, programme.id)).values_list("pk", flat=True)
        report.removed += _remove(model, set(keys))
    left = any(model._default_manager.filter(**_scope(model, programme.id)).exists() for model in CHILDREN)
    if not left and not programme.actions.exists() and not programme.envelopes.exists():
        report.removed += _remove(register.Programme, {programme.pk})
    return report


def _upsert(model: type[models.Model], rows: list[tuple], scope: dict[str, str], report: ProgrammeReport) -> set[str]:
    """Write the rows that differ; return the keys in scope that are no longer named."""
    names = bulk.columns(model)
    key = names.index(model._meta.pk.attname)
    there = {row[key]: row for row in model._default_manager.filter(**scope).values_list(*names)}
    laid = corrections.overlay(model, rows, names)
    changed = [row for row in laid if there.get(row[key]) != row]
    bulk.upsert(model, changed, names)
    report.changed += len(changed)
    report.unchanged += len(laid) - len(changed)
    return set(there).difference(row[key] for row in laid)


def _remove(model: type[models.Model], keys: set[str]) -> int:
    free = model._default_manager.filter(pk__in=keys)
    free = free.exclude(pk__in=decisions.by_a_person(model).values("pk"))
    for relation in HELD_BY.get(model, ()):
        free = free.filter(**{f"{relation}__isnull": True})
    return free.delete()[1].get(model._meta.label, 0)


def _scope(model: type[models.Model], programme: str) -> dict[str, str]:
    return {"agreement__programme": programme} if model in OF_AGREEMENT else {"programme": programme}


def _children(programme: Programme) -> dict[type[models.Model], list[tuple]]:
    own = programme.id
    signing = [partner for partner in programme.partners if partner.signs]
    return {
        register.Axis: [(spell(own, axis.number), own, axis.number, axis.label) for axis in programme.axes],
        register.Partner: [
            (spell(own, partner.id), own, partner.id, partner.label, partner.funds) for partner in programme.partners
        ],
        register.Group: [(spell(own, group.id), own, group.id, group.name) for group in programme.groups],
        register.Membership: [_membership(own, member) for member in programme.beneficiaries],
        register.Agreement: [_agreement(own, group) for group in programme.groups],
        register.Signatory: [
            _signatory(spell(own, group.id), spell(own, partner.id))
            for group in programme.groups
            for partner in signing
        ],
        register.ActionCount: [row for group in programme.groups for row in _counts(own, group)],
        register.DeclaredFact: [_fact(fact) for fact in programme.declared],
    }


def _territory(member: Beneficiary) -> str:
    return spell(member.territory_kind, member.territory_code)


def _membership(programme: str, member: Beneficiary) -> tuple:
    territory = _territory(member)
    listed = "|".join(member.listed_in)
    return spell(programme, territory), programme, territory, spell(programme, member.group_id), listed


def _agreement(programme: str, group: Laureate) -> tuple:
    key = spell(programme, group.id)
    return key, programme, key, group.signed_on, group.planned_on, group.signed_on_source or ""


def _signatory(agreement: str, partner: str) -> tuple:
    return spell(agreement, partner), agreement, partner


def _counts(programme: str, group: Laureate) -> Iterator[tuple]:
    """One row for the group, or one a town where its towns are counted apart; none where nothing is known."""
    counted = [m for m in group.members if m.counted_on and (m.under_way is not None or m.delivered is not None)]
    together = len(group.members) == 1 or any(member.counts_shared for member in counted)
    for member in counted[:1] if together else counted:
        agreement = spell(programme, group.id)
        territory = None if together else _territory(member)
        yield (
            spell(agreement, territory, member.counted_on), agreement, territory, member.counted_on,
            member.under_way, member.delivered, _source_of_counts(member),
        )  # fmt: skip


def _source_of_counts(member: Beneficiary) -> str:
    """The catalogued list of that day that publishes counts; empty when none does."""
    same_day = (
        source.id
        for source in catalog().values()
        if source.published_on == member.counted_on and "action_counts" in source.tables
    )
    return next(same_day, "")


def _fact(fact: DeclaredFact) -> tuple:
    return (
        fact.fact_id, fact.programme, fact.statement, fact.value, fact.unit, fact.hedge, fact.as_of,
        fact.published or "", fact.publisher, fact.title or "", fact.url, fact.independent, fact.agrees or "",
        fact.note or "",
    )  # fmt: skip
