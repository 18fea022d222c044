"""Computed and declared, held against each other but never mixed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from jalon.figures.declared import agrees, last_day
from jalon.figures.definition import Definition
from jalon.figures.figure import DeclaredValue, Figure, Standing
from jalon.figures.format import according_to, format_moment, format_value, hedged

Recompute = Callable[[date], Figure]
NOT_COMPARED = Standing("alone", "Aucun fait déclaré ne s’y compare à cette date.")


def judge(figure: Figure, definition: Definition, at: Recompute) -> Figure:
    """A computed figure with its standing: each declared fact is held against the value of the day it speaks of.

    Confirmed: at least one fact agrees and none disagrees; contradicted: one disagrees; alone: none can be compared.
    `at` gives the figure as of another day.
    """
    if not figure.known or figure.is_table or not figure.declared:
        return replace(figure, standing=NOT_COMPARED)
    compared = {fact.id for fact in definition.facts if fact.compare}
    held = [_held(fact, figure, definition, at) if fact.fact_id in compared else (fact, "") for fact in figure.declared]
    return replace(figure, declared=tuple(fact for fact, _ in held), standing=_standing(held))


def judge_declared(figure: Figure, definition: Definition, at: Recompute | None) -> Figure:
    """A declared figure: its fact against the computed figure named by `against`, the other facts against it.

    Without a computed figure it stands alone, whatever the number of publications that repeat it.
    """
    compared = {fact.id for fact in definition.facts if fact.compare}
    first, *others = figure.declared
    beside = [_beside(fact, first, definition.tolerance) if fact.fact_id in compared else fact for fact in others]
    figure = replace(figure, declared=(first, *beside))
    if at is None:
        return replace(figure, standing=Standing("alone", _alone(figure)))
    fact, says = _held(first, figure, definition, at)
    if fact.hedge == "target":
        return replace(figure, declared=(fact, *beside), standing=_of_target(fact, figure, says))
    standing = Standing("alone", _alone(figure)) if fact.agrees is None else _standing([(fact, says)])
    return replace(figure, declared=(fact, *beside), standing=standing)


def _beside(fact: DeclaredValue, first: DeclaredValue, tolerance: float) -> DeclaredValue:
    """Two declarations agree when they state the same number, whatever their hedges; a target agrees with a target."""
    if (fact.hedge == "target") != (first.hedge == "target"):
        return fact
    same = abs(fact.value - first.value) <= tolerance * abs(first.value) + 1e-9
    return replace(fact, agrees=same)


def _held(fact: DeclaredValue, figure: Figure, definition: Definition, at: Recompute) -> tuple[DeclaredValue, str]:
    then = min(last_day(fact.as_of) or figure.as_of, figure.as_of)
    computed = at(then)
    if not computed.known or not isinstance(computed.value, (int, float)):
        return fact, ""
    verdict = agrees(float(computed.value), fact.value, fact.hedge, definition.tolerance)
    stated = hedged(format_value(fact.value, figure.format, figure.unit), fact.hedge)
    found = format_value(computed.value, computed.format, computed.unit)
    held = f"{found} d’après les données à cette date"
    says = f"{stated} {according_to(fact.publisher)} ({format_moment(fact.as_of)}), {held}"
    return replace(fact, agrees=verdict, held=held), says


def _standing(held: list[tuple[DeclaredValue, str]]) -> Standing:
    against = [says for fact, says in held if fact.agrees is False]
    for_it = [says for fact, says in held if fact.agrees]
    if against:
        return Standing("contradicted", f"{' ; '.join(against)}.")
    if for_it:
        return Standing("confirmed", f"{' ; '.join(for_it)}.")
    return NOT_COMPARED


def _of_target(fact: DeclaredValue, figure: Figure, says: str) -> Standing:
    due = last_day(fact.as_of)
    if due is None or due > figure.as_of:
        return Standing("alone", "L’échéance de l’objectif n’est pas atteinte à cette date.")
    return Standing("alone", f"Un objectif n’est ni confirmé ni contredit ; {says}." if says else NOT_COMPARED.reason)


def _alone(figure: Figure) -> str:
    same = sum(fact.agrees is True for fact in figure.declared)
    other = sum(fact.agrees is False for fact in figure.declared)
    free = any(fact.independent for fact in (figure.declared[0], *(f for f in figure.declared if f.agrees)))
    says = "Aucune donnée du registre ne permet de le vérifier à cette date"
    says += "".join(
        f" ; {_publications(count)} {how}" for count, how in ((same, "de même"), (other, "autrement")) if count
    )
    return f"{says} ; {'au moins une source est indépendante' if free else 'aucune source n’est indépendante'}."


def _publications(count: int) -> str:
    return "une autre publication dit" if count == 1 else f"{count} autres publications disent"
