"""The text of what is to be checked: pasted, or in a file of text, HTML, DOCX, ODT or PDF."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree, html

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
_PARTS = ("word/document.xml", "content.xml")
_STRUCK = ("tracked-changes", "del", "delText", "annotation", "instrText", "note")
LARGEST_PART = 100 * 2**20
"""Bytes of the text of a DOCX or ODT once decompressed."""


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
    if data.startswith(b"%PDF"):
        return _bounded(run_bounded(pdf_text, name, data, what=name))
    if data.startswith(b"PK\x03\x04"):
        return _bounded(run_bounded(office_text, name, data, what=name))
    text = _decoded(name, data)
    if re.match(r"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html)", text[:500], re.IGNORECASE):
        return _bounded(run_bounded(html_text, data, what=name))
    return _bounded(text)


def html_text(data: bytes) -> str:
    """The text that an HTML page shows: no script, style nor hidden part; blocks are lines apart."""
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


def pdf_text(name: str, data: bytes) -> str:
    """The text of a PDF, a blank line between lines that stand apart."""
    from jalon.documents.opening import read_bytes

    pages = read_bytes(name, data).pages
    return "\n\n".join(_page_text([(word.y0, word.y1, word.text) for word in page.words]) for page in pages)


def office_text(name: str, data: bytes) -> str:
    """The text of a DOCX or ODT, a blank line between paragraphs; without what a tracked change struck, nor notes."""
    with ZipFile(BytesIO(data)) as archive:
        part = next((part for part in _PARTS if part in archive.namelist()), None)
        if part is None:
            raise unreadable(name, "cette archive n'est ni un DOCX ni un ODT")
        if archive.getinfo(part).file_size > LARGEST_PART:
            raise unreadable(name, "son contenu décompressé est trop grand")
        content = archive.read(part)
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    return "".join(_words(root))


def _words(node: etree._Element) -> Iterator[str]:
    """Text in reading order, whatever the depth."""
    for event, one in etree.iterwalk(node, events=("start", "end")):
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if event == "start" and name in _STRUCK:
            one.clear(keep_tail=True)
        elif event == "start":
            yield {"tab": " ", "br": "\n", "line-break": "\n", "s": " "}.get(name, "")
            yield one.text or "" if name not in ("document", "body") else ""
        else:
            yield "\n\n" if name in ("p", "h") else ""
            yield one.tail or ""


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
