"""The labels of a fiche: what the left column, the bold heading or the capitals before a colon announce.

A label is known by its core: the words left when those that any fiche adds ("prévisionnel", "de l'action") are taken
away. So one entry covers many wordings; what remains unlike is compared letter by letter where text was guessed.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

from jalon.agreements.wording import fold

Name = Literal[
    "title",
    "reference",
    "heading",
    "axis",
    "signed",
    "description",
    "context",
    "objectives",
    "owner",
    "partners",
    "budget",
    "budget_initial",
    "budget_amended",
    "funding",
    "money",
    "calendar",
    "start",
    "end",
    "progress",
    "results",
    "indicators",
    "contents",
    "status",
    "group",
    "share",
    "other",
]

WORDINGS = tomllib.loads((Path(__file__).parent / "labels.toml").read_text())
PHRASES: dict[Name, list[str]] = WORDINGS["phrases"]
NOISE = frozenset(WORDINGS["noise"])
ALONE: dict[str, Name] = WORDINGS["alone"]
HEADS: dict[Name, list[str]] = WORDINGS["heads"]
NUMBERING = re.compile(
    r"^(?:[•●▪■◦○‣➢➤→✓*]|[-–—](?=\s)|\d{1,2}\s?[.)/](?=\s)|[a-z]\s?[.)](?=\s)|[ivx]{1,4}\s?[.)](?=\s))\s*"
)
CUT_WORD = re.compile(r"([a-z]{4,})(?:-\s|\s(?=[bcefgjkmnpqrstvxz]\b|l$))([a-z]+)")
LONGEST = 75
LIKE = 84


def core(text: str) -> str:
    """The words of a label that carry it.

    >>> core("Coût prévisionnel total de l'opération (€ HT) :")
    'cout'
    """
    return " ".join(word for word in _tokens(text) if word not in NOISE)


def _tokens(text: str) -> list[str]:
    folded = CUT_WORD.sub(r"\1\2", NUMBERING.sub("", fold(text)))
    folded = re.sub(r"\([^)]*\)?", " ", folded).replace("n°", " numero ").replace("nº", " numero ")
    folded = folded.replace("d'ouvrage", "ouvrage").replace("d'oeuvre", "oeuvre")
    return re.findall(r"[a-z]+|%|€", folded)


@dataclass(frozen=True, eq=False)
class Wordings:
    """What labels a document uses.

    `guessed`: its text comes from OCR; `own`: the labels that it repeats, by `own_key`; `mirrored`: they stand at the
    right of their values.
    """

    guessed: bool = False
    own: Mapping[str, Name] = field(default_factory=dict)
    mirrored: bool = False


USUAL = Wordings()


def own_key(text: str) -> str:
    """A label as it is compared with those that the document repeats."""
    return " ".join(_tokens(text))


CORES: dict[str, Name] = {}
for _name, _phrases in PHRASES.items():
    for _phrase in _phrases:
        CORES.setdefault(core(_phrase) or fold(_phrase), _name)
CORES |= {"numero": "reference", "numero intitule": "heading", "numero nom": "heading", "numero titre": "heading"}
LONG_NOISE = tuple(word for word in NOISE if len(word) > 5)
FUZZY = tuple(known for known in CORES if len(known) >= 5)


@lru_cache(maxsize=32_768)
def label(text: str, known: Wordings = USUAL) -> Name | None:
    """The field that a text announces when all of it is a label, else None."""
    if not text or len(text) > LONGEST:
        return None
    if known.own and (own := known.own.get(own_key(text))):
        return own
    return _usual(text, known.guessed)


def _usual(text: str, guessed: bool) -> Name | None:
    tokens = _tokens(text)
    if not tokens or len(tokens) > 10:
        return None
    carried = " ".join(token for token in tokens if token not in NOISE)
    if not carried:
        plain = " ".join(token for token in tokens if token not in {"de", "la", "le", "l", "du", "des", "d"})
        return None if re.search(r"\d", text) else ALONE.get(plain)
    if re.search(r"\d", NUMBERING.sub("", re.sub(r"\([^)]*\)", "", text))):
        return None
    exact = CORES.get(carried)
    if exact or len(carried) < 5 or not guessed:
        return exact
    carried = " ".join(word for word in carried.split() if not _like_noise(word)) or carried
    if carried in CORES:
        return CORES[carried]
    found = process.extractOne(carried, FUZZY, scorer=fuzz.ratio, score_cutoff=LIKE)
    return CORES[found[0]] if found else None


def _like_noise(word: str) -> bool:
    return len(word) > 5 and process.extractOne(word, LONG_NOISE, scorer=fuzz.ratio, score_cutoff=86) is not None


SPLIT = re.compile(r"^(.{2,75}?)\s?:(?:\s+|$)(.*)$", re.DOTALL)
DASHED = re.compile(r"^(.{3,60}?)\s[–—-]\s(.*)$", re.DOTALL)


@lru_cache(maxsize=32_768)
def run_in(text: str, known: Wordings = USUAL) -> tuple[Name, str, str] | None:
    """A label before a colon at the start of a text: (field, label, rest), or None."""
    found = SPLIT.match(text)
    if not found:
        return None
    name = label(found.group(1), known)
    return (name, found.group(1), found.group(2)) if name else None
