"""Check a text on an edition."""

from datetime import date

from jalon.claims.claim import Check
from jalon.claims.consistency import reconciled
from jalon.claims.periods import stated_day
from jalon.claims.places import gazetteer
from jalon.claims.sentences import read
from jalon.claims.text import plain
from jalon.claims.verdicts import verdict
from jalon.claims.world import World
from jalon.editions import Edition
from jalon.figures import ledger


def check(text: str, edition: Edition, *, as_of: date | None = None) -> Check:
    """Every quantity of the text with its verdict, in order, as of a day: the one given, else the one the text says it
    was published on, else that of the edition. Raises TextRefused for a text that is too long or all numbers.
    """
    whole = plain(text)
    said = stated_day(whole.text)
    day = as_of or said or edition.as_of
    reading = read(whole, gazetteer(edition))
    world = world_of(edition, day)
    judged = [(context, verdict(reading, context, world, edition)) for context in reading.contexts]
    claims = reconciled(reading, [(context, claim) for context, claim in judged if claim is not None])
    return Check(edition.id, day, "given" if as_of else "text" if said else "edition", text, tuple(claims))


def world_of(edition: Edition, day: date) -> World:
    """What matching needs of an edition; the figures of the product stand in for those an old edition lacks."""
    kept = edition.memo.get("claims.world")
    if kept is None:
        years = edition.query("SELECT min(year), max(year) FROM actions WHERE kind = 'grant'")[0]
        launched = dict(edition.query("SELECT programme, launched_on FROM programmes"))
        kept = ({**ledger(), **ledger(edition)}, (years[0] or 0, years[1] or 0), launched)
        edition.remember("claims.world", kept)
    return World(kept[0], day, kept[1], kept[2])
