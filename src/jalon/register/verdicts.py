"""The one rule that makes a verdict of the machine's themes and of what people decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jalon.register.models.theme import ANY_THEME


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a theme, or of the action as a whole (`ANY_THEME`)."""

    theme: str
    accepted: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """The themes that stand, each with who decided it ("machine" or "human"), and whether it is the smart city."""

    themes: Mapping[str, str]
    smart_city: bool
    decided_by: str


def verdict(machine: Iterable[str], decisions: Iterable[Decision]) -> Verdict:
    """People win over the machine, and the latest decision over earlier ones.

    Refusing the action as a whole sweeps away the machine's themes and those that people accepted before; accepting it
    as a whole makes it a smart-city action even without a theme.
    """
    ordered = sorted(decisions, key=lambda each: (each.at, each.theme))
    whole = next((each for each in reversed(ordered) if each.theme == ANY_THEME), None)
    swept = whole is not None and not whole.accepted
    themes = {} if swept else dict.fromkeys(machine, "machine")
    for each in ordered:
        if each.theme == ANY_THEME or (whole and swept and each.at < whole.at):
            continue
        if each.accepted:
            themes[each.theme] = "human"
        else:
            themes.pop(each.theme, None)
    accepted = whole is not None and whole.accepted
    return Verdict(themes, accepted or bool(themes), "human" if ordered else "machine")
