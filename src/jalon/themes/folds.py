"""Folds for measuring: all rows of a territory, and all rows with the same words, stay on one side."""

import hashlib
from collections.abc import Hashable, Sequence

from jalon.themes.text import words


def groups(territories: Sequence[str], texts: Sequence[str | None]) -> list[int]:
    """A group number a row; rows that share a territory or a normalised text, even through others, share a group."""
    parent = list(range(len(territories)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[Hashable, int] = {}
    for i, (territory, text) in enumerate(zip(territories, texts, strict=True)):
        for key in (("territory", territory), ("text", " ".join(words(text or "")))):
            if key in first:
                parent[max(root(i), root(first[key]))] = min(root(i), root(first[key]))
            else:
                first[key] = i
    return [root(i) for i in range(len(territories))]


def folds(group: Sequence[int], names: Sequence[str], count: int, salt: str = "") -> list[int]:
    """A fold in 0..count-1 for each row, by the hash of its group's first name."""
    by_group = {g: _draw(salt + names[g], count) for g in set(group)}
    return [by_group[g] for g in group]


def _draw(name: str, count: int) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % count
