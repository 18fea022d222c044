"""When and where a number is said of: which moment and which place of its sentence are its own."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from jalon.claims.context import Frame
from jalon.claims.periods import Moment
from jalon.claims.places import Named
from jalon.claims.quantity import Quantity

Said = TypeVar("Said", Moment, Named)
_NOW = re.compile(r"\b(?:aujourd'hui|desormais|actuellement|a present|a ce jour|a l'heure actuelle|maintenant)\b")
_LAUNCHED = re.compile(
    r"\b(?:lancee?s?|creee?s?|annoncee?s?|initiee?s?|demarree?s?|instituee?s?|lancement|creation|annonce|"
    r"demarrage|mise? en place|mise? en oeuvre|entree en vigueur)\b[^,;:.()]{0,40}$"
)


def moment_of(frame: Frame, quantity: Quantity, numbers: list[Quantity], *, total: bool) -> Moment | None:
    if quantity.kind in ("date", "event"):
        own = [moment for moment in frame.moments if moment.start >= quantity.start and moment.end <= quantity.end]
        if own:
            return own[0]
    usable = [moment for moment in frame.moments if not (moment.start < quantity.end and quantity.start < moment.end)]
    usable = [moment for moment in usable if not _of_another(frame, quantity, moment)]
    plainly = [moment for moment in usable if moment.role != "since"] or usable
    if total and len({moment.first for moment in plainly if moment.end <= quantity.start}) > 1:
        return None
    return _attached(frame, quantity, numbers, plainly)


def place_of(frame: Frame, quantity: Quantity, numbers: list[Quantity]) -> Named | None:
    usable = [place for place in frame.places if not place.example and place.kind != "pays"]
    if len({place.code for place in usable}) > 1 and _listed(frame, usable):
        return None
    after = [place for place in usable if place.start >= quantity.end and not place.follows]
    return _attached(frame, quantity, numbers, [place for place in usable if place not in after])


def _of_another(frame: Frame, quantity: Quantity, moment: Moment) -> bool:
    """Whether a moment before the number dates something else: "Lancé en mars 2018, il compte 246 communes"."""
    text = frame.plain.text
    if moment.start > quantity.start or moment.role == "since":
        return False
    between = text[moment.end : quantity.start]
    launched = _LAUNCHED.search(text, max(frame.sentence[0], moment.start - 60), moment.start)
    apart = re.search(r"[,;:(]| et ", between) is not None
    return (launched is not None and apart) or _NOW.search(text, moment.end, quantity.end + 40) is not None


def _listed(frame: Frame, usable: list[Named]) -> bool:
    """Three places or more one after the other are a list, not a scope."""
    gaps = [frame.plain.text[a.end : b.start] for a, b in pairwise(usable)]
    return len(usable) > 2 and sum(gap.strip() in (",", "et", "ou", ", et", "ou encore") for gap in gaps) >= 2


def _attached(frame: Frame, quantity: Quantity, numbers: list[Quantity], said: Sequence[Said]) -> Said | None:
    """What follows the number in its own clause, else what precedes it, else what follows further off."""
    following = min((n.start for n in numbers if n.start >= quantity.end), default=frame.sentence[1])
    behind = [one for one in said if one.start >= quantity.end]
    ahead = [one for one in said if one.end <= quantity.start]
    close = [one for one in behind if one.start < following and not _apart(frame, quantity.end, one.start)]
    if close:
        return close[0]
    if ahead:
        return ahead[-1]
    return behind[0] if behind and (behind[0].start < following or len(behind) == 1) else None


def _apart(frame: Frame, start: int, end: int) -> bool:
    between = frame.plain.text[start:end]
    return bool(re.search(r"[;:]|, (?!dont)", between)) or bool(
        re.search(r" et (?:a|au|en|dans|fin|le|la|l'|les|pour|celle|d[eu])? ?(?:la |le |l'|les )?$", between)
    )
