"""Vega's SVG made fit for a page: small, without style nor script, with names for those who do not see it."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from lxml import etree

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
_BASE = "https://vega.github.io/vega-datasets/"
_CIRCLE = re.compile(r"^M([\d.]+),0A[\d.]+,[\d.]+,0,1,1,-[\d.]+,0A[\d.]+,[\d.]+,0,1,1,[\d.]+,0Z?$")
_SHIFT = re.compile(r"^translate\((-?[\d.e-]+),\s*(-?[\d.e-]+)\)$")
_COMMANDS = re.compile(r"([MLZz])(?:(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?))?")
_LONG = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_DRAWN = ("fill", "stroke", "stroke-width", "opacity", "stroke-dasharray", "fill-opacity")
_USELESS = ("style", "aria-roledescription", "role", "class", "pointer-events")
_MEASURES = {"transform", "d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox"}
_PAINT = ("fill", "stroke", "stroke-width", "opacity")
_DARK = ("#161616", "#5b5b5b", "black", "#000")
FORMAT = sha256(Path(__file__).read_bytes()).hexdigest()[:8]
"""Changes with this file, so that pictures kept from another version are not served."""


def inline(
    svg: str, key: str, title: str, description: str, *, linked: bool, live: Mapping[str, str] | None = None
) -> str:
    """The picture as an element to put in HTML. Text takes the page's font and colour; identifiers start with `key`.

    `live` are the `data-…` attributes by which charts.js makes it interactive. A picture with links is a `group` (a
    screen reader goes in), another an `img` (it reads title and description).
    """
    root = _parsed(svg)
    _light(root)
    _unique(root, key)
    for text in root.iter(f"{{{SVG}}}text"):
        text.attrib.pop("font-family", None)
        if text.get("fill") in _DARK:
            text.set("fill", "currentColor")
    _named(root, key, title, description, linked=linked)
    root.set("class", "jalon-picture")
    for name, value in (live or {}).items():
        root.set(f"data-{name}", value)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def standalone(svg: str, key: str, title: str, description: str, *, linked: bool) -> str:
    """The picture as a file of its own: same clean-up, with its own fonts and background."""
    root = _parsed(svg)
    _light(root)
    _named(root, key, title, description, linked=linked)
    return str(etree.tostring(root, encoding="unicode"))


def _parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _light(root: etree._Element) -> None:
    """Drop what draws nothing, round coordinates, make circles of circles, links of the site of links."""
    for element in list(root.iter(f"{{{SVG}}}path", f"{{{SVG}}}rect")):
        if _invisible(element):
            _drop(element)
    for link in list(root.iter(f"{{{SVG}}}a")):
        _mend_link(link)
    for element in list(root.iter(f"{{{SVG}}}path")):
        _circle(element)
        if len(element.get("d", "")) > 400:
            element.set("d", relative(element.get("d", "")))
    for group in list(root.iter(f"{{{SVG}}}g")):
        _share_paint(group)
    for element in root.iter():
        for name in _USELESS:
            element.attrib.pop(name, None)
        for name in _MEASURES & set(element.attrib):
            element.set(name, _LONG.sub(lambda m: f"{round(float(m.group()), 1):g}", element.get(name, "")))
    _hide_repeated_labels(root)


def _invisible(element: etree._Element) -> bool:
    """Groups carry a background and a foreground that most often draw nothing; so does a transparent page."""
    parent = element.getparent()
    if parent is not None and parent.tag == f"{{{SVG}}}clipPath":
        return False
    painted = [element.get(name) for name in ("fill", "stroke")]
    return element.get("class") in (None, "background", "foreground") and painted in (
        [None, None], ["transparent", None], ["none", None],
    )  # fmt: skip


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _mend_link(link: etree._Element) -> None:
    """A path of this site, named by the label of what it holds; anything else stops being a link."""
    target = link.attrib.pop(HREF, "").removeprefix(_BASE)
    link.attrib.pop("target", None)
    if not target.startswith("/") or target.startswith("//"):
        link.tag = f"{{{SVG}}}g"
        return
    link.set("href", target)
    for child in link:
        label = child.attrib.pop("aria-label", None)
        if label:
            link.set("aria-label", label)


def _circle(path: etree._Element) -> None:
    """`<path>` of a circle symbol as `<circle>`: a third of the size."""
    shape = _CIRCLE.match(path.get("d", ""))
    shift = _SHIFT.match(path.get("transform", "translate(0,0)"))
    if not shape or not shift:
        return
    path.tag = f"{{{SVG}}}circle"
    kept = {name: path.get(name) for name in (*_DRAWN, "aria-label") if path.get(name) not in (None, "")}
    path.attrib.clear()
    for name, value in (("cx", shift[1]), ("cy", shift[2]), ("r", shape[1])):
        path.set(name, f"{round(float(value), 1):g}")
    for name, text in kept.items():
        if (name, text) != ("opacity", "1"):
            path.set(name, str(text))


def _share_paint(group: etree._Element) -> None:
    """Put runs of linked marks of the same paint in a group that carries it once."""
    run: etree._Element | None = None
    for link in [child for child in group if child.tag == f"{{{SVG}}}a" and len(child) == 1]:
        paint = {name: link[0].get(name) for name in _PAINT if link[0].get(name) is not None}
        if run is None or dict(run.attrib) != paint:
            run = etree.Element(f"{{{SVG}}}g", attrib=paint)
            group.insert(group.index(link), run)
        for name in paint:
            del link[0].attrib[name]
        run.append(link)


def _hide_repeated_labels(root: etree._Element) -> None:
    """In a picture that says its data in its description, the label of each mark is left to links."""
    for element in root.iter():
        if element.tag != f"{{{SVG}}}a" and element is not root:
            element.attrib.pop("aria-label", None)


def _unique(root: etree._Element, key: str) -> None:
    """Prefix every identifier and every reference to one."""
    names = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"{key}-{value}")
            elif "url(#" in value:
                element.set(name, re.sub(r"url\(#([^)]+)\)", lambda m: _prefixed(m, names, key), value))


def _prefixed(found: re.Match[str], names: set[str | None], key: str) -> str:
    return f"url(#{key}-{found[1]})" if found[1] in names else found[0]


def _named(root: etree._Element, key: str, title: str, description: str, *, linked: bool) -> None:
    root.set("role", "group" if linked else "img")
    root.set("aria-labelledby", f"{key}-t")
    root.set("aria-describedby", f"{key}-d")
    for place, (tag, suffix, text) in enumerate((("title", "t", title), ("desc", "d", description))):
        element = etree.Element(f"{{{SVG}}}{tag}", id=f"{key}-{suffix}")
        element.text = text
        root.insert(place, element)


def relative(d: str) -> str:
    """A path of `M`, `L` and `Z` in relative steps: `M10,10L12,9L12,8Z` is `M10,10l2-1v-1z`."""
    out: list[str] = []
    x = y = 0.0
    last = ""
    for command, a, b in _steps(d):
        if command == "L":
            text, letter = _step(a - x, b - y)
            same = letter == last
            out.append(f"{letter}{text}" if not same else text if text.startswith("-") else f" {text}")
            last = letter
        else:
            out.append("z" if command == "Z" else f"M{a:g},{b:g}")
            last = command
        if command != "Z":
            x, y = a, b
    return "".join(out)


def _step(dx: float, dy: float) -> tuple[str, str]:
    """One relative step and its command: `l`, or `h` and `v` along an axis."""
    one, two = f"{round(dx, 1):g}", f"{round(dy, 1):g}"
    if two in ("0", "-0"):
        return one, "h"
    if one in ("0", "-0"):
        return two, "v"
    return f"{one}{'' if two.startswith('-') else ' '}{two}", "l"


def _steps(d: str) -> Iterator[tuple[str, float, float]]:
    for command, one, two in _COMMANDS.findall(d):
        yield command.upper(), float(one or 0), float(two or 0)
