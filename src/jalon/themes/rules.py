"""What the rules of the taxonomy say of the notions found in a text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jalon.themes.schema import Rule, Taxonomy

REMEMBERED = 20_000
SURE, DOUBT, SILENT, AGAINST = 3.5, 1.5, -7.0, -5.0


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule that applies: its theme and place in the taxonomy, and the notions it rests on."""

    theme: int
    rule: int
    says: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rules that apply to the notions of a text, and the log-odds they give each theme."""

    fired: tuple[Fired, ...]
    prior: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """One rule, its alternatives split."""

    theme: int
    number: int
    says: str
    when: tuple[tuple[str, ...], ...]
    unless: frozenset[str]


class RuleBook:
    """The rules of a taxonomy, ready to be asked; what the same notions gave is remembered."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.themes = len(taxonomy.themes)
        self._by_notion: dict[str, list[_Ready]] = defaultdict(list)
        rules = [(theme, rule) for theme, spec in enumerate(taxonomy.themes) for rule in spec.rules]
        for number, (theme, rule) in enumerate(rules):
            ready = _ready(theme, number, rule)
            for name in ready.when[0]:
                self._by_notion[name].append(ready)
        self.verdict = lru_cache(REMEMBERED)(self._verdict)

    def _verdict(self, said: frozenset[str]) -> Verdict:
        """What these notions (with `category:NAME` among them) give."""
        met = {ready.number: ready for name in said for ready in self._by_notion.get(name, ())}
        fired = tuple(_fired(ready, said) for _, ready in sorted(met.items()) if _applies(ready, said))
        return Verdict(fired, tuple(self.prior(fired)))

    def prior(self, fired: Iterable[Fired]) -> list[float]:
        """Log-odds of each theme before anything is learned."""
        best = [SILENT] * self.themes
        against = [0.0] * self.themes
        for rule in fired:
            if rule.says == "against":
                against[rule.theme] = AGAINST
            else:
                best[rule.theme] = max(best[rule.theme], SURE if rule.says == "sure" else DOUBT)
        return [value + minus for value, minus in zip(best, against, strict=True)]


def _ready(theme: int, number: int, rule: Rule) -> _Ready:
    when = tuple(tuple(item.split("|")) for item in rule.when)
    return _Ready(theme, number, rule.says, when, frozenset(name for item in rule.unless for name in item.split("|")))


def _applies(ready: _Ready, said: frozenset[str]) -> bool:
    return said.isdisjoint(ready.unless) and all(not said.isdisjoint(item) for item in ready.when)


def _fired(ready: _Ready, said: frozenset[str]) -> Fired:
    held = tuple(next(name for name in item if name in said) for item in ready.when)
    return Fired(ready.theme, ready.number, ready.says, held)
