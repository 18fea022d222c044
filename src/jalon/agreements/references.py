"""How agreements number their actions, and how a heading splits into reference and title."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jalon.agreements.wording import fold

KEYWORD = r"fiche[\s-]*(?:action|projet|op[ée]ration)s?|fiche|action|projet|op[ée]ration"
SIGN = r"(?:n\s?[°ºo’'”\"*˚]{1,2}\s?|n\.\s|num[ée]ro\s|#\s?|r[ée]f\.?\s)"
NESTED = (
    r"[A-Z]{1,3}(?:\s?[.\-–/]\s?(?:[IVX]{1,4}|\d{1,3}|[A-Z]))*\s?[.\-–/]\s?\d{1,3}[a-z]?"
    r"|[IVX]{1,4}(?:\s?[.\-–]\s?\d{1,3}){1,2}"
)
CODE = (
    rf"{NESTED}|"
    r"(?:[A-Z]{1,5}\d?\s?[-–._/]?\s?)?\d{1,3}(?:\s?[.\-–_/]\s?\d{1,3}){0,3}(?:\s?(?:bis|ter)\b|[a-z]\b)?"
    r"|[A-Z]{1,2}[.\-–]?[A-Z]?\d{0,3}(?![A-Za-zÀ-ÿ'’])"
)
AFTER = r"\s*(?:[:–—|]|-(?=\s)|\.(?=\s)|\)|(?=\s|$))\s*"
NAMED = re.compile(
    rf"^(?P<key>{KEYWORD})(?![A-Za-zÀ-ÿ])\s*[-–—:]?\s*(?P<sign>{SIGN})?(?P<code>{CODE}){AFTER}(?P<title>.*)$",
    re.IGNORECASE | re.DOTALL,
)
SIGNED = re.compile(rf"^(?P<sign>{SIGN})(?P<code>{CODE}){AFTER}(?P<title>.*)$", re.IGNORECASE | re.DOTALL)
CODED = re.compile(
    rf"^(?P<code>{NESTED}|"
    r"[A-Z]{1,5}\d?\s?[-–._]?\s?\d{1,3}(?:[.\-–]\d{1,3}){0,3}[a-z]?|\d{1,2}(?:[.\-]\d{1,3}){1,3}|\d{1,3}|[A-Z]{1,2}[.:,;\-]{1,2}\d{1,2})"
    r"\s*(?P<after>[:–—|]|-(?=\s)|\.(?=\s)|\)|(?=\s))\s*(?P<title>\S.*)$",
    re.DOTALL,
)
DATED = re.compile(r"^[TS]\s?[1-4]\s+(?:19|20)\d\d\b|^(?:19|20)\d\d\b")
CONTINUED = re.compile(r"\(?\b(?:suite|fin|suite et fin)\)?\s*$", re.IGNORECASE)
SENTENCE = re.compile(r"[.;]\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """`strong`: the word "action" or "fiche" is written before the code, or the code is of several parts."""

    reference: str
    title: str
    strong: bool


@lru_cache(maxsize=16_384)
def heading(text: str) -> Heading | None:
    """A heading that numbers an action.

    >>> heading("Fiche action n°3 : Halle")
    Heading(reference='Action n°3', title='Halle', strong=True)
    >>> heading("4.2 – Musée").reference
    '4.2'
    >>> heading("Action Logement") is None
    True
    """
    text = CONTINUED.sub("", text).strip()
    if DATED.match(text):
        return None
    if named := NAMED.match(text) or SIGNED.match(text):
        code = named.group("code").strip()
        if named.groupdict().get("key") and not re.search(r"\d", code) and not (len(code) <= 2 and code.isupper()):
            return None
        reference = f"Action n°{code}" if named.group("sign") and code.isdigit() else code
        return Heading(reference, _title(named.group("title")), True)
    coded = CODED.match(text)
    if not coded:
        return None
    code, after = re.sub(r"[:,;]+\.?|\.[:,;]+", ".", coded.group("code").strip()), coded.group("after")
    plain = code.isdigit()
    if plain and not after:
        return None
    return Heading(code, _title(coded.group("title")), not plain and not _sentence(text))


def _sentence(text: str) -> bool:
    return bool(SENTENCE.search(text)) and len(text) > 80


def _title(text: str) -> str:
    return text.strip().strip("–—:|").strip()


def is_code(text: str) -> bool:
    """Whether a short text is a reference and nothing else."""
    text = text.strip()
    if not text or len(text) > 24:
        return False
    found = heading(text + " : x")
    return bool(found and found.title == "x")


@lru_cache(maxsize=16_384)
def key(reference: str | None) -> str:
    """A reference made comparable: "Fiche action n° 03" and "Action n°3" are both "3"."""
    folded = re.sub(r"\bn\s?[°ºo]\s?", " ", fold(reference or ""))
    words = re.sub(r"[^a-z0-9]+", " ", folded)
    words = re.sub(r"\b(fiche|action|projet|operation|n|no|numero|ref|reference)\b", " ", words)
    words = re.sub(r"([a-z])(\d)", r"\1 \2", words)
    return re.sub(r"\b0+(?=\d)", "", " ".join(words.split()))


def is_part(reference: str, whole: str) -> bool:
    """Whether a reference numbers a part of another: 3.1 of 3, 1.1.2 of 1.1, AM-1.2 of AM-1."""
    inner, outer = key(reference), key(whole)
    return bool(outer) and inner.startswith(outer + " ")
