"""The words of each figure, read strictly from vocabulary.toml."""

import re
import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from jalon.errors import ConfigurationError

FILE = Path(__file__).with_name("vocabulary.toml")
THEME = "@theme"
Terms = tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Entry(_Strict):
    """How one figure is claimed: see the head of vocabulary.toml."""

    figure: str
    kind: Literal["count", "money", "percent", "duration", "date", "event"]
    column: str = ""
    against: str = ""
    nouns: Terms = ()
    require: tuple[Terms, ...] = ()
    near: tuple[Terms, ...] = ()
    forbid: Terms = ()
    words: Terms = ()
    other_scope: Terms = ()
    period: Literal["stock", "dated", "year", "flow", "stated", "none"]
    moment: str = ""
    moment_optional: bool = False
    fresh: int = 0
    programme: Literal["named", "none"] = "named"
    bare: Terms = ()
    universal: bool = False
    negative: bool = False
    national: bool = False
    record: bool = False
    delta: bool = False
    flow: bool = False


class Programme(_Strict):
    id: str
    names: Terms


class Neutral(_Strict):
    """Words that qualify nothing, and words that put a sentence out of reach."""

    words: Terms
    small: Terms
    verbs: Terms
    auxiliaries: Terms
    spent: Terms
    money: Terms
    stops: Terms
    anaphora: Terms
    negation: Terms
    unsure: Terms
    other: Terms
    happened: Terms
    places: Terms
    foreign: Terms


class Vocabulary(_Strict):
    terms: dict[str, Terms]
    neutral: Neutral
    programme: tuple[Programme, ...]
    theme: dict[str, Terms]
    entry: tuple[Entry, ...]
    not_claimable: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the product. Raises ConfigurationError that names the key at fault."""
    return read(FILE)


def read(path: Path) -> Vocabulary:
    """One vocabulary file, its "@name" spelt out; a typo in a key, a term that is not folded are errors."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        raw["entry"] = [_expanded(entry, raw["terms"]) for entry in raw["entry"]]
        found = Vocabulary.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(path, ".".join(map(str, first["loc"])), first["msg"]) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _wrong(path, str(error), "illisible") from error
    strange = [term for term in all_terms(found) if not re.fullmatch(r"[a-z0-9]+\*?(?: [a-z0-9]+\*?)*|@theme", term)]
    if strange:
        raise _wrong(path, strange[0], "un terme s'écrit sans accent, tiret ni apostrophe")
    return found


def all_terms(found: Vocabulary) -> set[str]:
    neutral = found.neutral
    lists = [
        neutral.words,
        neutral.small,
        neutral.verbs,
        neutral.auxiliaries,
        neutral.spent,
        neutral.money,
        neutral.stops,
        neutral.anaphora,
        neutral.negation,
        neutral.unsure,
        neutral.happened,
    ]
    lists += [
        neutral.other,
        neutral.places,
        neutral.foreign,
        *found.theme.values(),
        *(p.names for p in found.programme),
    ]
    for entry in found.entry:
        lists += [entry.nouns, *entry.require, *entry.near, entry.forbid, entry.words, entry.other_scope, entry.bare]
    return {term for terms in lists for term in terms}


def _expanded(entry: dict[str, Any], shared: dict[str, list[str]]) -> dict[str, Any]:
    def spread(terms: list[str]) -> list[str]:
        return [t for term in terms for t in (shared[term[1:]] if term[0] == "@" and term != THEME else [term])]

    whole = dict(entry)
    for key in ("nouns", "forbid", "words", "other_scope", "bare"):
        whole[key] = tuple(spread(entry.get(key, [])))
    for key in ("require", "near"):
        whole[key] = tuple(tuple(spread(group)) for group in entry.get(key, []))
    return whole


def _wrong(path: Path, key: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        f"{path.name}: {key}: {what}",
        user_message=f"vocabulaire fautif ({path.name}, {key}) : {what}.",
        mend="corrigez cette clé ; les clés admises sont dans src/jalon/claims/vocabulary.py.",
    )
