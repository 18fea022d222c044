"""What tests read in a page: its links, its text, its headings."""

import re
from urllib.parse import urldefrag, urljoin

from lxml import html

VOID = "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905


def tree(body: bytes) -> html.HtmlElement:
    return html.document_fromstring(body.decode(), parser=html.HTMLParser(encoding="utf-8"))


def links(body: bytes, at: str) -> set[str]:
    """Addresses of this site that the page leads to or loads, without their fragment."""
    found = tree(body).xpath("//@href | //@src | //form[not(@method) or @method='get']/@action")
    whole = (urldefrag(urljoin(at, str(link)))[0] for link in found)
    return {link for link in whole if link.startswith("/")}


def text(body: bytes) -> str:
    """The words on screen, without what is published as it was found: codes, queries, citations."""
    page = tree(body)
    for element in page.xpath("//script | //style | //pre | //code | //svg"):
        element.drop_tree()
    return re.sub(r"[ \t\n]+", " ", page.text_content())


def unbalanced(body: str) -> list[str]:
    """Tags opened and not closed, or closed and not opened, in order of appearance."""
    stack, wrong = [], []
    bare = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<!DOCTYPE[^>]*>", "", body, flags=re.DOTALL)
    for closing, name, own in re.findall(r"<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*?(/?)>", bare):
        if name.lower() in VOID or own:
            continue
        if not closing:
            stack.append(name)
        elif stack and stack[-1] == name:
            stack.pop()
        else:
            wrong.append(f"</{name}>")
    return wrong + stack
