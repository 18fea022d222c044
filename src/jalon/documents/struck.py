"""Struck-out text: a thin rule across the middle of its words. An amended agreement keeps old amounts that way."""

from collections import defaultdict
from collections.abc import Sequence

from jalon.documents.model import Rule, Word

HIGHEST, LOWEST = 0.30, 0.72
TALLEST = 400.0
COVERED = 0.7


def mark(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """The words, `struck` where a horizontal rule crosses most of their width between the two heights."""
    rows: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.y0 == rule.y1:
            rows[int(rule.y0)].append(rule)
    if not rows:
        return list(words)
    return [word._replace(struck=True) if _crossed(word, rows) else word for word in words]


def _crossed(word: Word, rows: dict[int, list[Rule]]) -> bool:
    tall = word.y1 - word.y0
    if not 0 < tall < TALLEST:
        return False
    top, low = word.y0 + HIGHEST * tall, word.y0 + LOWEST * tall
    covered = 0.0
    for row in range(int(top), int(low) + 1):
        for rule in rows.get(row, ()):
            if top <= rule.y0 <= low and rule.x1 - rule.x0 < 40 * tall:
                covered += max(0.0, min(word.x1, rule.x1) - max(word.x0, rule.x0))
    return covered >= COVERED * (word.x1 - word.x0)
