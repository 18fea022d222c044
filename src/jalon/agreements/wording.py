"""French text made comparable, and lines of a page made into sentences again."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from jalon.documents.lines import Line

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'", "`": "'", "´": "'"})
BULLET = re.compile(r"^\s*(?:[•●▪■◦○‣➢➤→✓✔·\uf0b7\uf0a7*]|[-–—](?=\s))\s*")
UNFINISHED = re.compile(r"(?:^|\s)(?:de|des|du|la|le|les|et|à|au|aux|en|par|pour|sur|avec|ou|un|une|[ld]['’])$")
EMPTY_BOX = re.compile(r"[☐□❏❑◻▢]|\[\s*\](?!\w)|\(\s+\)")
BOXES = re.compile(r"([☐□❏❑◻▢☑☒✓✔✗✘⊠⊗■◼]|\[\s*[xX]?\s*\](?!\w)|\(\s*[xX]?\s*\)(?!\w))")
AMOUNT_GOES_ON = re.compile(r"\d{3}\D*$|[kKmM]?€|euros?")
LONELY = frozenset("ebcfgjklmnpqrstuvwxz")
CUT_AMOUNT = re.compile(r"(?:\d{3}\b|[kKmM]?\s?€|euros?\b|millions?\b)")
KEPT_HYPHEN = re.compile(
    r"(?:^|[-\s'’(])(?:non|sous|sur|vis|ci|mi|semi|pré|co|auto|éco|saint|sainte|St|Ste|demi|quasi|peut|c'est|au|lès|lez"
    r"|le|la|les|de|du|des|en|et|aux|grand|petit|inter|multi|ex|vice|contre|après|avant|porte|rez|bas|haut|centre"
    r"|chef|hors|plus|mont|pont|bourg|ville|villes)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case, no accents, no ligatures, straight apostrophes, single blanks.

    >>> fold("Maître d’œuvre\\xa0:")
    "maitre d'oeuvre :"
    """
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def words_of(text: str) -> list[str]:
    """The words of a text, folded, without punctuation."""
    return re.findall(r"[a-z0-9€]+", fold(text))


def join(texts: Iterable[str], known: frozenset[str] = frozenset()) -> str:
    """Lines that follow each other as one text: a hyphen at a line's end goes, unless it belongs to the word."""
    out = ""
    for text in texts:
        if not text:
            continue
        if out.endswith("-") and len(out) > 1 and out[-2].isalnum():
            out = _mend(out, text, known)
        elif _broken(out, text, known):
            out += text
        else:
            out = f"{out} {text}" if out else text
    return out


def _broken(out: str, text: str, known: frozenset[str]) -> bool:
    """Whether a narrow column cut a word without a hyphen: its halves are no words of the document, the whole is."""
    last, first = out.rsplit(maxsplit=1)[-1] if out.split() else "", text.split(maxsplit=1)[0]
    if first in LONELY and len(last) > 4 and last[-1:].islower():
        return True
    if len(first) > 4 or not first[:1].islower() or not last[-1:].isalpha():
        return False
    return fold(_bare(last + first)) in known and fold(_bare(last)) not in known


def _mend(out: str, text: str, known: frozenset[str]) -> str:
    first = text.split(maxsplit=1)[0]
    head = re.split(r"[\s'’(]", out[:-1])[-1]
    whole = fold(_bare(head + first))
    if fold(_bare(out[:-1].rsplit(maxsplit=1)[-1] + "-" + first)) in known or fold(_bare(f"{head}-{first}")) in known:
        return out + text
    if whole in known:
        return out[:-1] + text
    if not first[0].islower() or KEPT_HYPHEN.search(out[:-1]):
        return out + text
    return out[:-1] + text


def _bare(word: str) -> str:
    return word.strip('.,;:!?()[]«»"')


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """The folded words that a document holds inside its lines, which tells hyphens of words from hyphens of lines."""
    held: set[str] = set()
    for line in lines:
        held.update(fold(_bare(word.text)) for word in line.words[1:-1] if len(word.text) > 3)
    return frozenset(held)


def paragraphs(lines: Sequence[Line], right: float | None = None) -> list[list[Line]]:
    """Lines grouped by paragraph.

    A new one begins at a bullet, after a line that ended although the next word had room, and at a larger step down.
    `right` is where lines may end, in points; by default where the longest ends.
    """
    if not lines:
        return []
    edge = right if right is not None else max(line.box.x1 for line in lines)
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(before, line, edge, groups[-1]):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _begins(before: Line, line: Line, edge: float, group: list[Line]) -> bool:
    if BULLET.match(line.words[0].text + " "):
        return True
    if before.page != line.page:
        return not (before.words[-1].text[-1] not in ".;:!?" and line.words[0].text[:1].islower())
    if line.box.y0 - before.box.y1 > 0.9 * before.size:
        return True
    if line.bold and not before.bold and line.size > 1.05 * before.size:
        return True
    if UNFINISHED.search(before.text):
        return False
    if line.bold != before.bold and len(before.text) < 60 and before.text.rstrip().endswith(":"):
        return True
    first = line.words[0]
    if before.words[-1].text[-1:].isdigit() and CUT_AMOUNT.match(line.text):
        return False
    if before.words[-1].text.endswith("-") and first.text[:1].islower():
        return False
    return before.box.x1 + 0.3 * before.size + _unbroken(line) < edge - 0.25 * before.size


def _unbroken(line: Line) -> float:
    """Width of what a line begins with and no break may cut: a word, or an amount with its unit."""
    end = line.words[0]
    for left, right in pairwise(line.words[:5]):
        if not (left.text[-1:].isdigit() and AMOUNT_GOES_ON.match(right.text)):
            break
        end = right
    return end.x1 - line.words[0].x0


def spelled(lines: Sequence[Line], known: frozenset[str] = frozenset()) -> str:
    """Lines as one text."""
    return join((line.text for line in lines), known)


def ticked(text: str) -> str:
    """Of options with boxes, those whose box is ticked; a text without an empty box as it is.

    >>> ticked("☐ Axe 1 ☑ Axe 2 ☐ Axe 3")
    'Axe 2'
    """
    if not EMPTY_BOX.search(text):
        return text
    parts = BOXES.split(text)
    return " ; ".join(
        option.strip(" ;") for box, option in zip(parts[1::2], parts[2::2], strict=True) if not EMPTY_BOX.match(box)
    )


def unbulleted(text: str) -> str:
    return BULLET.sub("", text)
