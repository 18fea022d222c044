"""A draft as ODT: the template filled, each note a true footnote."""

from copy import deepcopy
from io import BytesIO

from lxml import etree
from odfdo import Document

from jalon.claims.draft import Draft, Note, Sentence
from jalon.claims.draft_files import BODY, fields, said, unusable

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
CONTENT = "content.xml"


def to_odt(draft: Draft, template: bytes, origin: str) -> bytes:
    """The template filled with the draft. Raises ConfigurationError when it has no place for the answer."""
    document = Document(BytesIO(template))
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(document.container.get_part(CONTENT), safe)
    body = next((one for one in root.iter(f"{{{TEXT}}}p") if _words(one).strip() == BODY), None)
    parent = None if body is None else body.getparent()
    if body is None or parent is None:
        raise unusable(f"aucun paragraphe ne contient {BODY} seul")
    for sentence in draft.sentences:
        body.addprevious(_paragraph(body, sentence, origin))
    parent.remove(body)
    for paragraph in root.iter(f"{{{TEXT}}}p", f"{{{TEXT}}}h"):
        _fill(paragraph, fields(draft))
    document.container.set_part(CONTENT, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    file = BytesIO()
    document.container.save(file)
    return file.getvalue()


def _words(paragraph: etree._Element) -> str:
    return "".join(str(piece) for piece in paragraph.itertext())


def _paragraph(model: etree._Element, sentence: Sentence, origin: str) -> etree._Element:
    made = deepcopy(model)
    for child in list(made):
        made.remove(child)
    made.tail, made.text = None, said(sentence)
    if sentence.note:
        made.append(_note(sentence.note, origin))
    return made


def _note(note: Note, origin: str) -> etree._Element:
    made = etree.Element(f"{{{TEXT}}}note", {f"{{{TEXT}}}id": f"n{note.number}", f"{{{TEXT}}}note-class": "footnote"})
    etree.SubElement(made, f"{{{TEXT}}}note-citation").text = str(note.number)
    body = etree.SubElement(made, f"{{{TEXT}}}note-body")
    etree.SubElement(body, f"{{{TEXT}}}p").text = f"{note.text}. {origin}{note.reference.permalink}"
    return made


def _fill(paragraph: etree._Element, values: dict[str, str]) -> None:
    whole = _words(paragraph)
    if not any(name in whole for name in values):
        return
    for name, value in values.items():
        whole = whole.replace(name, value)
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.text = whole
