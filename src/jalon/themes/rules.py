"""What the rules of the taxonomy say of the notions found in a text."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from jalon.themes.schema import Rule, Taxonomy

SURE, DOUBT, SILENT, AGAINST = 3.5, 1.5, -7.0, -4.0


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule that applies: its theme and place in the taxonomy, and the notions it rests on."""

    theme: int
    rule: int
    says: str
    concepts: tuple[str, ...]


class RuleBook:
    """The rules of a taxonomy, ready to be asked."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.themes = len(taxonomy.themes)
        self._rules: list[tuple[int, int, Rule]] = []
        for theme, spec in enumerate(taxonomy.themes):
            for rule in spec.rules:
                self._rules.append((theme, len(self._rules), rule))
        self.size = len(self._rules)
        self._parts = [
            ([item.split("|") for item in rule.when], [n for item in rule.unless for n in item.split("|")])
            for _, _, rule in self._rules
        ]

    def fired(self, said: AbstractSet[str]) -> list[Fired]:
        """The rules that apply to these notions (with `category:N` among them)."""
        if not said:
            return []
        found = []
        for (theme, number, rule), (when, unless) in zip(self._rules, self._parts, strict=True):
            held = [next((name for name in item if name in said), None) for item in when]
            if None not in held and said.isdisjoint(unless):
                found.append(Fired(theme, number, rule.says, tuple(name for name in held if name)))
        return found

    def prior(self, fired: Sequence[Fired]) -> list[float]:
        """Log-odds of each theme before anything is learned."""
        best = [SILENT] * self.themes
        against = [0.0] * self.themes
        for rule in fired:
            if rule.says == "against":
                against[rule.theme] = AGAINST
            else:
                best[rule.theme] = max(best[rule.theme], SURE if rule.says == "sure" else DOUBT)
        return [value + minus for value, minus in zip(best, against, strict=True)]
