"""The text of what is to be checked: pasted, or in a file of text, HTML, DOCX, ODT or PDF."""

import re
from pathlib import Path

from jalon.bounded import run_bounded
from jalon.claims.limits import LARGEST_FILE, LONGEST_TEXT, too_large, too_long, unreadable

_HIDDEN = ("script", "style", "template", "noscript", "head", "svg", "iframe", "object", "nav")
_BLOCKS = (
    "p",
    "div",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "td",
    "th",
    "dd",
    "dt",
)
_DOCUMENTS = (b"%PDF", b"PK\x03\x04")


def text_of_file(path: Path) -> str:
    """The text of a file. Raises TextRefused, or DocumentError and SourceUnreadable of the readers."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise too_large(path.name, size)
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path.name, error.strerror or "fichier absent") from error
    return text_of_bytes(path.name, data)


def text_of_bytes(name: str, data: bytes) -> str:
    """The text of the bytes of a file, its kind told by what they begin with. Raises as `text_of_file`."""
    if len(data) > LARGEST_FILE:
        raise too_large(name, len(data))
    if data.startswith(_DOCUMENTS):
        return _bounded(run_bounded(document_text, name, data, what=name))
    text = _decoded(name, data)
    if re.match(r"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html)", text[:500], re.IGNORECASE):
        return _bounded(run_bounded(html_text, data, what=name))
    return _bounded(text)


def html_text(data: bytes) -> str:
    """The text that an HTML page shows: no script, style nor hidden part; blocks are lines apart."""
    from lxml import html

    root = html.document_fromstring(
        data, parser=html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    )
    for node in list(root.iter(*_HIDDEN)):
        node.drop_tree()
    for node in root.iter(*_BLOCKS):
        node.tail = f"\n\n{node.tail or ''}"
    for node in root.iter("br"):
        node.tail = f"\n{node.tail or ''}"
    return str(root.text_content())


def document_text(name: str, data: bytes) -> str:
    """The text of a PDF, DOCX or ODT, a blank line between lines that stand apart."""
    from jalon.documents.opening import read_bytes

    pages = read_bytes(name, data).pages
    return "\n\n".join(_page_text([(word.y0, word.y1, word.text) for word in page.words]) for page in pages)


def _page_text(words: list[tuple[float, float, str]]) -> str:
    """Words in reading order as lines; a gap wider than a line ends a paragraph."""
    text, bottom = "", None
    for top, low, word in words:
        height = max(low - top, 1.0)
        if bottom is None:
            text = word
        elif top < bottom - height / 2:
            text += f" {word}"
        else:
            text += f"\n\n{word}" if top > bottom + 0.9 * height else f"\n{word}"
        bottom = low if bottom is None else max(low, bottom) if top < bottom else low
    return text


def _decoded(name: str, data: bytes) -> str:
    if b"\x00" in data[:4096]:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16", errors="replace")
        raise unreadable(name, "ce n'est pas un texte")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise too_long(len(text))
    return text
