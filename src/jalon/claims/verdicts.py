"""From a match to a verdict: the value as of the day, the hedge, the sources, and the other days."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from jalon.claims import values
from jalon.claims.claim import Claim, Proof, Reference
from jalon.claims.context import Context, Reading
from jalon.claims.events import record, renewal
from jalon.claims.hedging import SAID, exactly, holds
from jalon.claims.matching import Match, matches
from jalon.claims.outcome import Outcome
from jalon.claims.quantity import Quantity
from jalon.claims.wording import amount, cited, later_than, lower, reference_of, rounded, said_of
from jalon.claims.world import World
from jalon.editions import Edition
from jalon.figures import DeclaredValue, Definition, Figure, format_day

ONE_DAY = timedelta(days=1)
FEW = 40
APPROVING = ("confirmed", "compatible")
SAME = 2
"""Difference of distance, in characters, under which two figures are as near."""


def verdict(reading: Reading, context: Context, world: World, edition: Edition) -> Claim | None:
    """The claim with its verdict; None for words that claim nothing (a date, "toutes" of something else)."""
    found, lack = matches(reading, context, world)
    quiet = context.quantity.kind in ("date", "event") or context.quantity.hedge == "universal"
    if not found and quiet:
        return None
    outcome = _best(found, context, world, edition) if found else Outcome("unverifiable", lack)
    if outcome.verdict is None:
        if quiet:
            return None
        outcome = replace(outcome, verdict="unverifiable")
    return _claim(reading, context, outcome)


def _best(found: Sequence[Match], context: Context, world: World, edition: Edition) -> Outcome:
    """The outcome of the most specific match that decides; a doubt between two that disagree is not verifiable."""
    undecided: Outcome | None = None
    for place, match in enumerate(found):
        outcome = judge(match, context.quantity, world, edition)
        if outcome.verdict is None:
            undecided = undecided or outcome
            continue
        for other in found[place + 1 :]:
            if other.score[0] != match.score[0] or other.score[1] - match.score[1] > SAME:
                break
            rival = judge(other, context.quantity, world, edition)
            if rival.verdict not in (None, outcome.verdict):
                both = f"« {match.definition.label} » ou « {other.definition.label} »"
                return Outcome("unverifiable", f"Le nombre peut désigner {both} : précisez lequel.")
        return outcome
    return undecided or Outcome("unverifiable", "Aucun chiffre ne convient.")


def judge(match: Match, quantity: Quantity, world: World, edition: Edition) -> Outcome:
    """The outcome of one match; where the sentence before named a place, that of the place, when both do not agree."""
    if match.besides:
        outcome = judge(replace(match, besides=""), quantity, world, edition)
        says = f"Le nombre est juste, mais ce que dit « {match.besides} » ne se vérifie pas."
        return Outcome("unverifiable", says) if outcome.verdict in APPROVING else outcome
    if not match.hinted:
        return _judged(match, quantity, world, edition)
    there = replace(match, params={**match.params, "territory": match.hinted}, hinted="")
    whole, local = (_judged(one, quantity, world, edition) for one in (replace(match, hinted=""), there))
    if whole.verdict in APPROVING and local.verdict not in APPROVING:
        return Outcome("unverifiable", "Le nombre est celui de tout le programme ; la phrase d’avant parle d’un lieu.")
    return local


def _judged(match: Match, quantity: Quantity, world: World, edition: Edition) -> Outcome:
    if quantity.kind == "event":
        return record(match, world, edition) if quantity.record else renewal(match, world, edition)
    if match.definition.kind == "declared":
        return _declared(match, quantity, edition)
    return _computed(match, quantity, world, edition)


def _computed(match: Match, quantity: Quantity, world: World, edition: Edition) -> Outcome:
    definition = match.definition
    figure = values.look(definition, edition, match.as_of, match.params)
    value = values.figure_value(figure, definition, match.entry.column, match.year)
    if value is None:
        return Outcome(None, figure.unknown_reason or "La valeur n’est pas connue à cette date.")
    shown, proof = values.proofs(figure, definition, edition, match.params)
    seen = values.observed(shown) if match.entry.fresh else None
    if seen and match.dated and (match.as_of - seen).days > match.entry.fresh:
        return Outcome(
            None, f"Le dernier relevé connu est du {format_day(seen)} : rien n’est publié pour le moment dit."
        )
    reference = reference_of(match, figure, value)
    said = said_of(match, figure, value)
    if quantity.kind == "date":
        return _dated(quantity, value, said, reference, proof)
    if match.other_scope:
        return _other_scope(match, quantity, value, said, reference, proof)
    note = f" (dernier relevé : {format_day(seen)})" if seen else ""
    if seen and match.dated and not holds(quantity, value) and match.as_of < world.as_of:
        today = replace(match, as_of=world.as_of, dated=False)
        again = values.look(definition, edition, today.as_of, today.params)
        shown_today = values.figure_value(again, definition, "", None) or 0.0
        if again.moment == seen.isoformat() and holds(quantity, shown_today):
            return _computed(today, quantity, world, edition)
    if holds(quantity, value):
        sure = quantity.hedge in ("exact", "universal")
        hedge = "" if sure else f" ; « {SAID[quantity.hedge]} » tient"
        return Outcome("confirmed" if sure else "compatible", f"{said}{note}{hedge}.", rounded(value), reference, proof)
    other = _other_day(match, quantity, value, edition)
    if other is not None:
        return Outcome("stale", f"{said}{note} ; le nombre était juste {other}.", rounded(value), reference, proof)
    gap = f"{_gap(match, quantity, value, edition)}{_mistaken(quantity, figure, definition)}"
    return Outcome("contradicted", f"{said}{note}{gap}.", rounded(value), reference, proof)


def _mistaken(quantity: Quantity, figure: Figure, definition: Definition) -> str:
    """The note of a declared fact of another unit or scope that states the very number of the text."""
    for fact in figure.declared:
        if fact.agrees is None and fact.note and exactly(quantity, values.in_unit(fact.value, definition) or 0.0):
            return f" ; {fact.publisher} écrit le même nombre : {lower(fact.note).rstrip('.')}"
    return ""


def _dated(quantity: Quantity, value: float, said: str, reference: Reference, proof: tuple[Proof, ...]) -> Outcome:
    day = date.fromordinal(int(value))
    right = quantity.value <= value <= (quantity.high or quantity.value)
    return Outcome("confirmed" if right else "contradicted", f"{said}.", day.isoformat(), reference, proof)


def _other_scope(
    match: Match, quantity: Quantity, value: float, said: str, reference: Reference, proof: tuple[Proof, ...]
) -> Outcome:
    if not holds(quantity, value):
        return Outcome(None, f"Le registre ne tient pas ce taux pour « {match.other_scope} » ; {lower(said)}.")
    reason = f"Le taux est celui d’une autre population : {lower(said)}, et non « {match.other_scope} »."
    return Outcome("inconsistent", reason, rounded(value), reference, proof)


def _other_day(match: Match, quantity: Quantity, value: float, edition: Edition) -> str | None:
    """ "du … au …" when the number was right on other days; None when it never was, or the figure has no past."""
    if (
        quantity.hedge not in ("exact", "about", "nearly")
        or match.definition.shape == "table"
        or match.entry.period == "none"
    ):
        return None
    days = values.days_of_change(match.definition, edition, edition.as_of)

    def on(day: date) -> float:
        return values.value_on(match.definition, edition, day, match.params) or 0.0

    for day in _near_days(days, on, quantity.value):
        then = on(day)
        following = days[days.index(day) - 1] if day != days[0] else None
        if then and then != value and holds(quantity, then) and _lasts(day, following):
            return (
                f"du {format_day(day)} au {format_day(following - ONE_DAY)}" if following else f"au {format_day(day)}"
            )
    return None


def _near_days(days: list[date], on: Callable[[date], float], stated: float) -> list[date]:
    """The days, latest first, whose value may be the one stated: all when few.

    Where they are many the value is a count of signatures, which only grows (or only shrinks): they are halved until
    the stated number lies between neighbours.
    """
    if len(days) <= FEW:
        return days
    rising = on(days[0]) >= on(days[-1])
    low, high = 0, len(days) - 1
    while low < high:
        middle = (low + high) // 2
        if (on(days[middle]) > stated) == rising and on(days[middle]) != stated:
            low = middle + 1
        else:
            high = middle
    return days[max(0, low - 2) : low + 3]


def _lasts(day: date, following: date | None) -> bool:
    """Whether a value that holds from `day` until `following` held at the end of a month, when people count."""
    return following is None or (day + ONE_DAY).day == 1 or (day.year, day.month) != (following.year, following.month)


def _gap(match: Match, quantity: Quantity, value: float, edition: Edition) -> str:
    """By how much the number is off, and whether it is that of the whole country."""
    if quantity.hedge in ("more_than", "at_least") and value >= 2 * quantity.value:
        return " : plus du double, la formule induit en erreur"
    if quantity.hedge in ("less_than", "at_most") and value <= quantity.value / 2:
        return " : moins de la moitié, la formule induit en erreur"
    if quantity.hedge == "universal" or quantity.high is not None:
        return ""
    if "territory" in match.params:
        wider = {name: one for name, one in match.params.items() if name != "territory"}
        whole = values.value_on(match.definition, edition, match.as_of, wider)
        if whole is not None and exactly(quantity, whole):
            return " ; le nombre du texte est celui de tout le programme"
    off = value - quantity.value
    return f", soit {'+' if off > 0 else '−'}{amount(abs(off), match.definition)} que le texte"


def _declared(match: Match, quantity: Quantity, edition: Edition) -> Outcome:
    figure, later = _known(match, edition)
    if not figure.known:
        return Outcome(None, figure.unknown_reason or "Aucune publication connue ne le déclare.")
    definition = match.definition
    compared = {fact.id for fact in definition.facts if fact.compare}
    held = [fact for fact in figure.declared if fact.fact_id in compared]
    loose = quantity.hedge != "exact"
    agreeing = [
        one for one in held if _bears_out(quantity, one, definition) and not (loose and one.value != held[0].value)
    ]
    value = values.in_unit(figure.value, definition) or 0.0
    reference, proof = reference_of(match, figure, value), tuple(values.facts(figure))
    said = f"{cited(held[0], definition)}{later_than(held[0], match.as_of) if later else ''}"
    if not agreeing:
        return Outcome(
            "contradicted", f"{said}{_gap(match, quantity, value, edition)}.", rounded(value), reference, proof
        )
    if held[0] not in agreeing:
        reason = f"Les publications se contredisent : {lower(said)}, mais {lower(cited(agreeing[0], definition))}."
        return Outcome("unverifiable", reason, rounded(value), reference, proof)
    if match.other_scope:
        return _other_scope(match, quantity, value, said, reference, proof)
    free = next((fact for fact in agreeing if fact.independent), None)
    if free is None:
        reason = f"{said} : aucune source n’est indépendante de l’administration qui l’affirme."
        return Outcome("circular", reason, rounded(value), reference, proof)
    sure = quantity.hedge == "exact"
    says = f"{cited(free, definition)}{later_than(free, match.as_of) if later else ''}"
    reserve = f" ; {definition.excludes[0].lower()}{definition.excludes[1:].rstrip('.')}"
    return Outcome("confirmed" if sure else "compatible", f"{says}{reserve}.", rounded(value), reference, proof)


def _known(match: Match, edition: Edition) -> tuple[Figure, bool]:
    """The declared figure as of the day; else as the edition knows it, when it was only published later."""
    figure = values.look(match.definition, edition, match.as_of, match.params)
    if figure.known:
        return figure, False
    return values.look(match.definition, edition, edition.as_of, match.params), True


def _bears_out(quantity: Quantity, fact: DeclaredValue, definition: Definition) -> bool:
    value = values.in_unit(fact.value, definition) or 0.0
    if fact.hedge in ("more_than", "at_least") and quantity.hedge in ("more_than", "at_least"):
        return value / 2 < quantity.value <= value
    return holds(quantity, value)


def _claim(reading: Reading, context: Context, outcome: Outcome) -> Claim:
    quantity = context.quantity
    end = context.noun[1] if not context.elliptic and context.noun[0] >= quantity.end else quantity.end
    if end - quantity.end > 60:
        end = quantity.end
    start, last = reading.plain.offsets(quantity.start, end)
    value: float | str = rounded(quantity.value)
    if quantity.kind == "date":
        value = date.fromordinal(int(quantity.value)).isoformat()
    noun = reading.plain.quote(*context.noun) if context.noun != (0, 0) and quantity.kind == "count" else ""
    assert outcome.verdict is not None  # noqa: S101
    return Claim(
        reading.plain.original[start:last], start, last, value, quantity.unit or noun, outcome.verdict, outcome.reason,
        outcome.expected, outcome.figure, outcome.evidence,
    )  # fmt: skip
