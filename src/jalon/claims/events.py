"""Claims that are not numbers: a record, a renewal."""

from jalon.claims import values
from jalon.claims.matching import Match
from jalon.claims.outcome import Outcome
from jalon.claims.vocabulary import vocabulary
from jalon.claims.wording import count, money, reference_of
from jalon.claims.world import World
from jalon.editions import Edition
from jalon.figures import Figure
from jalon.figures.format import according_to


def record(match: Match, world: World, edition: Edition) -> Outcome:
    """A record holds when no earlier year of the same series is above; the figures of the series are one a year."""
    series = _series(world, edition)
    amounts = {year: float(figure.value) for year, figure in series.items() if isinstance(figure.value, (int, float))}
    year = match.year or 0
    before = {one: amount for one, amount in amounts.items() if one < year}
    if year not in amounts or not before:
        return Outcome(None, "Aucune année antérieure n’est connue : un record ne se compare à rien.")
    best = max(before, key=lambda one: before[one])
    unit, figure = match.definition.unit, series[year]
    said = f"{count(amounts[year], unit)} en {year}, contre {count(before[best], unit)} en {best}"
    beaten = next((one for one in sorted(amounts) if one > year and amounts[one] > amounts[year]), None)
    after = f" ; record dépassé en {beaten} ({count(amounts[beaten], unit)})" if beaten else ""
    right = amounts[year] > before[best]
    proof = tuple(fact for other in series.values() for fact in list(values.facts(other))[:1])
    reason = f"{said}, {according_to(figure.declared[0].publisher)}{after}."
    return Outcome("confirmed" if right else "contradicted", reason, None, reference_of(match, figure, 0.0), proof)


def _series(world: World, edition: Edition) -> dict[int, Figure]:
    """The figures of which a record may be claimed, by the year they speak of, as the edition knows them."""
    entries = [entry for entry in vocabulary().entry if entry.record and entry.figure in world.ledger]
    return {int(one.moment): values.look(world.ledger[one.figure], edition, edition.as_of, {}) for one in entries}


def renewal(match: Match, world: World, edition: Edition) -> Outcome:
    """A renewal holds when the first selection was endowed as the second: two envelopes, not one."""
    first = values.look(match.definition, edition, edition.as_of, {})
    second = values.look(world.ledger[match.entry.against], edition, edition.as_of, {})
    if not (isinstance(first.value, (int, float)) and isinstance(second.value, (int, float))):
        return Outcome(None, "Les dotations des deux temps ne sont pas connues.")
    reference = reference_of(match, first, float(first.value))
    proof = (*values.facts(first), *values.facts(second))
    amounts = f"{money(first.value)} pour la première sélection ({first.declared[0].publisher}), "
    amounts += f"{money(second.value)} pour la seconde ({second.declared[0].publisher})"
    if first.value >= second.value:
        return Outcome("confirmed", f"Deux dotations égales : {amounts}.", None, reference, proof)
    reason = f"Il n’y a pas eu de reconduction, mais une seule enveloppe : {amounts}."
    return Outcome("contradicted", reason, None, reference, proof)
