"""The dossier as DOCX, for a file that people go on working in."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Cm, Pt, RGBColor

from jalon.claims.marks import marked
from jalon.dossiers.pdf import INK
from jalon.dossiers.record import Dossier, final, label, on, proofs, sign
from jalon.dossiers.wording import HEADS, RECOMPUTE, decided, heading, summary


def to_docx(dossier: Dossier) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    document.core_properties.title, document.core_properties.author = dossier.title, dossier.author
    document.core_properties.created = document.core_properties.modified = dossier.frozen_at.replace(tzinfo=None)
    document.add_heading(dossier.title, 1)
    document.add_paragraph(heading(dossier))
    document.add_paragraph().add_run(summary(dossier)).bold = True
    _text(document, dossier)
    _verdicts(document, dossier)
    _figures(document, dossier)
    document.add_heading("Recalculer", 2)
    document.add_paragraph(RECOMPUTE.format(edition=dossier.check.edition))
    document.add_paragraph(f"{dossier.address}\nSHA-256 : {dossier.sha256}")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _text(document: Any, dossier: Dossier) -> None:
    document.add_heading("Le texte", 2)
    for paragraph in marked(dossier.check).paragraphs:
        made = document.add_paragraph()
        for piece in paragraph:
            run = made.add_run(piece.text.replace("\n", " "))
            if piece.numbers:
                verdict = dossier.check.claims[piece.numbers[0] - 1].verdict
                run.bold = run.underline = True
                run.font.color.rgb = RGBColor(*INK[verdict])
                after = made.add_run(f"{sign(verdict)}{piece.numbers[0]}")
                after.font.superscript = True
                after.font.color.rgb = RGBColor(*INK[verdict])


def _verdicts(document: Any, dossier: Dossier) -> None:
    document.add_heading("Point par point", 2)
    table = document.add_table(rows=1, cols=len(HEADS), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = words
    for number, claim in enumerate(dossier.check.claims, 1):
        decision = dossier.decision(number)
        verdict = final(claim, decision)
        machine = "" if verdict == claim.verdict else f" (machine : {label(claim.verdict)})"
        value = f"{claim.figure.label} : {claim.figure.display}" if claim.figure else "—"
        told = decided(decision)
        line = (
            str(number), " ".join(claim.text.split()), f"{sign(verdict)} {label(verdict)}{machine}", value,
            f"{claim.reason}{f' {told}' if told else ''}",
        )  # fmt: skip
        for cell, one in zip(table.add_row().cells, line, strict=True):
            cell.text = one
    for row in table.rows:
        for cell in row.cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = Pt(8.5)


def _figures(document: Any, dossier: Dossier) -> None:
    document.add_heading("Les chiffres", 2)
    for figure in dossier.figures:
        document.add_paragraph().add_run(f"{figure.label} : {figure.value}").bold = True
        document.add_paragraph(f"Au {on(figure.as_of)}, {figure.kind}. {figure.definition}")
        document.add_paragraph(figure.excludes)
        document.add_paragraph(f"{dossier.origin}{figure.permalink}")
    document.add_heading("Les preuves", 2)
    for number, claim in enumerate(dossier.check.claims, 1):
        for line in proofs(claim):
            document.add_paragraph(f"{number}. {line}", style="List Bullet")
