"""Towns that resemble one, with the reasons in words."""

from dataclasses import dataclass
from functools import lru_cache

from jalon.editions import Edition
from jalon.indicators.similarity import Likeness, Traits, nearest
from jalon.web import places, typography
from jalon.web.queries import names
from jalon.web.queries.members import Member, members

SIZES = {"close": "taille proche", "less": "plus petite", "more": "plus grande", "unknown": "population inconnue"}
FIBRE = {"close": "fibre comparable", "less": "moins fibrée", "more": "plus fibrée", "unknown": ""}


@dataclass(frozen=True, slots=True)
class Similar:
    name: str
    href: str
    place: str
    why: str


@lru_cache(maxsize=512)
def similar(edition: Edition, code: str, programme: str) -> tuple[Similar, ...]:
    """The five nearest members of the programme; empty when the territory is not one."""
    by_code = {one.code: one for one in members(edition, programme)}
    target = by_code.get(code)
    if target is None:
        return ()
    profiles = _profiles(edition)
    found = nearest(_traits(target, profiles), [_traits(one, profiles) for one in by_code.values()])
    return tuple(_told(edition, target, by_code[one.key], one) for one in found)


@lru_cache(maxsize=3)
def _profiles(edition: Edition) -> dict[tuple[str, str], dict[str, int]]:
    """Counts of actions by theme, for each territory."""
    sql = """
    SELECT a.territory_kind, a.territory_code, x.theme, count(*) FROM actions a JOIN action_themes x USING (action_id)
    WHERE a.territory_code IS NOT NULL GROUP BY ALL ORDER BY ALL
    """
    found: dict[tuple[str, str], dict[str, int]] = {}
    for kind, code, theme, count in edition.connect().execute(sql).fetchall():
        found.setdefault((kind, code), {})[theme] = count
    return found


def _traits(one: Member, profiles: dict[tuple[str, str], dict[str, int]]) -> Traits:
    return Traits(one.code, one.population, one.region_code, fibre(one), profiles.get((one.kind, one.code), {}))


def fibre(one: Member) -> float | None:
    """Share of premises connectable where published; else premises connectable for one inhabitant."""
    if one.rate is not None:
        return one.rate
    return one.connectable / one.population if one.connectable is not None and one.population else None


def _told(edition: Edition, target: Member, other: Member, likeness: Likeness) -> Similar:
    people = f" ({typography.plural(other.population, 'habitant')})" if other.population is not None else ""
    reasons = [f"{SIZES[likeness.size]}{people}"]
    reasons.append("même région" if likeness.same_region else "autre région")
    reasons.append(FIBRE[likeness.fibre])
    reasons.append(_themes(edition, target, other, likeness))
    place = ", ".join(typography.apostrophes(part) for part in (other.departement, other.region) if part)
    name = typography.apostrophes(other.name)
    reasons.append(f"distance {typography.number(likeness.distance, 2)}")
    return Similar(name, places.url(other.kind, other.code) or "", place, f"{', '.join(filter(None, reasons))}.")


def _themes(edition: Edition, target: Member, other: Member, likeness: Likeness) -> str:
    labels = names.themes(edition)
    if likeness.shared:
        return f"mêmes thèmes : {', '.join(labels[theme].label for theme in likeness.shared if theme in labels)}"
    if target.themes or other.themes:
        return "autres thèmes"
    return "aucune des deux n’a de projet de ville intelligente"
