"""French words as the full-text index keeps them: folded, stemmed, the same way on both sides.

The French Snowball stemmer needs its accents ("sécurité" gives "sécur", "securite" gives "securit"), while people
search without them. So a word is kept under several forms: itself folded, its stem folded, and the stem of its
folded form taken to a fixed point. A search matches when any form does.
"""

import re
import unicodedata
from functools import lru_cache
from threading import local

import snowballstemmer

LONGEST = 40
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_STOP_WORDS = """
    a ai au aux avec c ce ces cet cette d dans de des du elle en est et eux il ils j je l la le les leur leurs lui
    m ma mes n ne nos notre nous on ou où par pas pour qu que qui s sa se ses son sont sur t ta te tes un une vos
    votre vous y à
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_thread = local()


def fold(text: str) -> str:
    """Lower case without accents nor ligatures: "Cœur d’Été" gives "coeur d’ete"."""
    spread = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(c for c in spread if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text in order, lower case; a hyphenated word stays whole."""
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def forms(word: str) -> tuple[str, ...]:
    """Every form under which one word without hyphen is kept, the word itself first; none for a word too common."""
    return () if word in STOP_WORDS else _forms(word[:LONGEST])


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, ...]:
    folded = fold(word)
    if not word.isalpha():
        return (folded,)
    accented = () if word == folded else (fold(_stem(word)),)
    return tuple(dict.fromkeys((folded, *accented, _settled(folded))))


def _stem(word: str) -> str:
    if not hasattr(_thread, "stemmer"):
        _thread.stemmer = snowballstemmer.stemmer("french")
    return str(_thread.stemmer.stemWord(word))


def _settled(word: str) -> str:
    """Stem until nothing changes, so that "renovee" and "renove" meet in "renov"."""
    for _ in range(4):
        shorter = _stem(word)
        if shorter == word:
            break
        word = shorter
    return word
