"""A draft as DOCX: the template filled, each note a true footnote."""

from copy import deepcopy
from html import escape
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from jalon.claims.draft import Draft, Note, Sentence
from jalon.claims.draft_files import BODY, fields, said, unusable

PART = PackURI("/word/footnotes.xml")
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def to_docx(draft: Draft, template: bytes, origin: str) -> bytes:
    """The template filled with the draft. Raises ConfigurationError when it has no place for the answer."""
    document = Document(BytesIO(template))
    paragraphs = list(document.element.body.iter(qn("w:p")))
    body = next((one for one in paragraphs if _text(one).strip() == BODY), None)
    if body is None:
        raise unusable(f"aucun paragraphe ne contient {BODY} seul")
    if any(rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES for rel in document.part.rels.values()):
        raise unusable("il a déjà des notes de bas de page")
    for sentence in draft.sentences:
        body.addprevious(_paragraph(body, sentence))
    body.getparent().remove(body)
    for paragraph in document.element.body.iter(qn("w:p")):
        _fill(paragraph, fields(draft))
    part = Part(PART, KIND, _footnotes(draft.notes, origin).encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _paragraph(model: Any, sentence: Sentence) -> Any:
    """A paragraph in the style of the model; a typed sentence is in italics."""
    made = deepcopy(model)
    first, *others = made.findall(qn("w:r"))
    for run in others:
        made.remove(run)
    for node in list(first.iter(qn("w:t"))):
        node.text = said(sentence)
    if sentence.note:
        made.append(_run(f'{_RAISED}<w:footnoteReference w:id="{sentence.note.number}"/>'))
    else:
        first.get_or_add_rPr().append(parse_xml(f"<w:i {nsdecls('w')}/>"))
    return made


def _fill(paragraph: Any, values: dict[str, str]) -> None:
    """Put values in place of the words between braces, which may run over several runs."""
    whole = _text(paragraph)
    if not any(name in whole for name in values):
        return
    for name, value in values.items():
        whole = whole.replace(name, value)
    first, *others = list(paragraph.iter(qn("w:t")))
    first.text = whole
    for node in others:
        node.text = ""


def _run(inner: str) -> Any:
    return parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>")


def _footnotes(notes: tuple[Note, ...], origin: str) -> str:
    own = "".join(
        f'<w:footnote w:id="{note.number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {escape(note.text)}. '
        f"{escape(origin + note.reference.permalink)}</w:t></w:r></w:p></w:footnote>"
        for note in notes
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{_RULES}{own}</w:footnotes>'
