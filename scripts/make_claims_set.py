"""Make the labelled sentences on which the checking of texts is scored.

Usage: python scripts/make_claims_set.py [EDITION] > tests/claims/claims_set.csv

Sentences in the ministerial manner, each with one number held to be right or wrong: from the ledger, evaluated on an
edition by SQL and not by the checker, through templates of our own (tests/claims/templates.toml); then those written by
hand (tests/claims/handwritten.csv). Split by figure: no figure is in both halves.
"""

import csv
import random
import re
import sys
import tomllib
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jalon.claims.scoring import COLUMNS
from jalon.editions import Edition, open_edition
from jalon.figures import evaluate, ledger
from jalon.home import home

TESTS = Path(__file__).resolve().parents[1] / "tests" / "claims"
DAYS = (date(2020, 2, 24), date(2018, 12, 31), date(2022, 6, 30), date(2025, 3, 1))
SPACES = (" ", "\u00a0", "\u202f")
UNITS = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
]  # fmt: skip
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
Row = dict[str, str]


def in_words(number: int) -> str:
    """A number under a thousand in French words."""
    if number >= 100:
        head = "cent" if number < 200 else f"{UNITS[number // 100]} cent{'s' if number % 100 == 0 else ''}"
        return head if number % 100 == 0 else f"{head} {in_words(number % 100)}"
    if number <= 16:
        return UNITS[number]
    ten = number // 10 * 10 if number // 10 not in (7, 9) else number // 10 * 10 - 10
    rest = number - ten
    if ten == 10:
        return f"dix-{UNITS[rest]}"
    if rest == 0:
        return TENS[ten] + ("s" if ten == 80 else "")
    link = " et " if rest in (1, 11) and ten != 80 else "-"
    return f"{TENS[ten]}{link}{in_words(rest)}"


def written(value: float, form: str, dice: random.Random) -> str:
    """The value as a text writes it, in the form of its template: count, money, percent, millions."""
    if form == "count":
        number = round(value)
        if 16 < number < 1000 and dice.random() < 0.2:
            return in_words(number)
        return f"{number:,}".replace(",", dice.choice(SPACES))
    if form == "percent":
        return f"{100 * value:.1f}".rstrip("0").rstrip(".").replace(".", ",") + f"{dice.choice(SPACES)}%"
    amount = f"{value / 1e6:.1f}".removesuffix(".0").replace(".", ",")
    unit = {"money": ("millions d’euros", "M€", "millions d'euros"), "millions": ("millions",)}[form]
    return f"{amount}{dice.choice(SPACES)}{dice.choice(unit)}"


def altered(value: float, form: str, dice: random.Random) -> float:
    """The value with one of its written digits changed."""
    scale = {"count": 1, "percent": 1000, "money": 1e-5, "millions": 1e-5}[form]
    digits = list(str(round(value * scale)))
    place = dice.randrange(len(digits))
    digits[place] = dice.choice([d for d in "123456789" if d != digits[place]])
    return int("".join(digits)) / scale


def rounded_under(value: float, form: str) -> float:
    """The round number just under: 220 for 221, 1 400 for 1 433."""
    size = {"count": 10.0 if value < 400 else 100.0, "percent": 0.05, "money": 1e7, "millions": 1e6}[form]
    return float((value - size / 1000) // size * size)


def rounded_over(value: float, form: str) -> float:
    size = {"count": 10.0 if value < 400 else 100.0, "percent": 0.05, "money": 1e7, "millions": 1e6}[form]
    return float(value // size * size + size)


class Maker:
    """Sentences of one figure."""

    def __init__(self, raw: dict, edition: Edition, dice: random.Random) -> None:
        self.figure, self.form, self.raw, self.edition, self.dice = raw["figure"], raw["form"], raw, edition, dice
        self.split = "test" if zlib.crc32(self.figure.encode()) % 2 else "dev"

    def rows(self) -> Iterator[Row]:
        fixed = [date.fromisoformat(day) for day in self.raw.get("days", [])] or [self.edition.as_of]
        for scope in self.raw.get("scopes", [{}]):
            for day in fixed:
                value = self.value(day, scope)
                if value is not None and value > 2 * (self.form == "count"):
                    yield from self.of_value(value, day, scope)

    def value(self, day: date, scope: dict, figure: str = "") -> float | None:
        definition = (ledger() | ledger(self.edition))[figure or self.figure]
        params = {
            key: scope[key] for key in ("territory", "theme", "year") if key in scope and key in definition.parameters
        }
        value = evaluate(definition, self.edition, as_of=day, **params).value
        return None if value is None or isinstance(value, (str, date)) else float(value)

    def of_value(self, value: float, day: date, scope: dict) -> Iterator[Row]:
        sound = "circular" if self.raw.get("circular") else "confirmed"
        for template in self.dice.sample(self.raw["templates"], min(2, len(self.raw["templates"]))):
            yield self.row("true", template, written(value, self.form, self.dice), sound, day, scope)
        wrong = altered(value, self.form, self.dice)
        if abs(wrong - value) > 1e-9:
            shown = written(wrong, self.form, self.dice)
            yield self.row("altered", self.pick(), shown, "contradicted|stale", day, scope)
        under, over = rounded_under(value, self.form), rounded_over(value, self.form)
        holds = "circular" if self.raw.get("circular") else "compatible"
        if under > value / 2:
            shown = written(under, self.form, self.dice)
            yield self.row("hedge", self.pick(), f"plus de {shown}", holds, day, scope, target=shown)
            yield self.row(
                "hedge_broken", self.pick(), f"moins de {shown}", "contradicted|stale", day, scope, target=shown
            )
        shown = written(over, self.form, self.dice)
        yield self.row("hedge_broken", self.pick(), f"plus de {shown}", "contradicted|stale", day, scope, target=shown)
        for other in self.raw.get("units", []):
            if round(value) != round(self.value(day, scope, other["figure"]) or 0):
                shown = written(value, self.form, self.dice)
                yield self.row("unit", other["template"], shown, "contradicted|inconsistent|stale", day, scope)
        for far in self.raw.get("scopes", []):
            if far.get("territory") and far != scope and self.value(day, far) not in (None, value):
                yield self.row(
                    "scope", self.pick(), written(value, self.form, self.dice), "contradicted|stale", day, far
                )
                break

    def pick(self) -> str:
        return str(self.dice.choice(self.raw["templates"]))

    def row(
        self, kind: str, template: str, number: str, expected: str, day: date, scope: dict, target: str = ""
    ) -> Row:
        text = (
            template.replace("{n}", number)
            .replace("{where}", scope.get("where", ""))
            .replace("{of}", scope.get("of", ""))
        )
        text = text.replace("{theme}", scope.get("says", "de ville intelligente")).replace(
            "{year}", scope.get("when", "")
        )
        text = re.sub(" +", " ", text).replace(" ,", ",").replace(" .", ".").strip()
        text = text[0].upper() + text[1:]
        target = target or number
        if target not in text:
            target = target[0].upper() + target[1:]
        return {
            "id": "", "split": self.split, "figure": self.figure, "kind": kind, "as_of": day.isoformat(),
            "target": target, "expected": expected, "text": text,
        }  # fmt: skip


def stale_rows(raw: dict, edition: Edition, dice: random.Random) -> Iterator[Row]:
    """The number of another day, said of this one."""
    maker = Maker(raw, edition, dice)
    for then in raw.get("stale", []):
        for scope in raw.get("scopes", [{}])[:2]:
            day = date.fromisoformat(then)
            old, new = maker.value(day, scope), maker.value(edition.as_of, scope)
            if old and new and old != new:
                number = written(old, maker.form, dice)
                yield maker.row("stale", maker.pick(), number, "stale|contradicted", edition.as_of, scope)


def made(edition: Edition, seed: int = 2020) -> list[Row]:
    """Every sentence made from the templates on an edition."""
    dice = random.Random(seed)
    templates = tomllib.loads((TESTS / "templates.toml").read_text(encoding="utf-8"))["template"]
    rows: list[Row] = []
    for raw in templates:
        if "territory" in str(raw.get("scopes", "")):
            raw = raw | {"scopes": [scope for scope in raw["scopes"] if _there(scope, edition)]}
        rows += Maker(raw, edition, dice).rows()
        rows += stale_rows(raw, edition, dice)
    return numbered(rows)


def _there(scope: dict, edition: Edition) -> bool:
    kind, _, code = scope.get("territory", ":").partition(":")
    return not code or bool(edition.query("SELECT 1 FROM territories WHERE kind = ? AND code = ?", [kind, code]))


def by_hand() -> list[Row]:
    with (TESTS / "handwritten.csv").open(encoding="utf-8", newline="") as lines:
        return [dict(row) for row in csv.DictReader(lines)]


def numbered(rows: list[Row]) -> list[Row]:
    seen: set[tuple[str, str]] = set()
    kept = [row for row in rows if not ((row["text"], row["as_of"]) in seen or seen.add((row["text"], row["as_of"])))]
    return [row | {"id": f"M{rank:04}"} for rank, row in enumerate(kept, 1)]


def main() -> None:
    edition = open_edition(home(), sys.argv[1] if len(sys.argv) > 1 else "current")
    out = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    out.writeheader()
    out.writerows([*made(edition), *by_hand()])


if __name__ == "__main__":
    main()
