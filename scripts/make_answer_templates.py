"""Make src/jalon/claims/answer.docx and answer.odt, the templates of a drafted answer."""

from pathlib import Path

from docx import Document
from docx.shared import Cm, Pt, RGBColor
from odfdo import Document as Odt
from odfdo import Header, Paragraph, Style

HERE = Path(__file__).resolve().parents[1] / "src" / "jalon" / "claims"
FOOT = "Réponse arrêtée au {{date}}. Chaque note mène au chiffre, à sa définition et à ses preuves."


def docx() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(9), 1.25
    title = document.add_paragraph().add_run("Projet de réponse")
    title.bold, title.font.size, title.font.color.rgb = True, Pt(16), RGBColor(0, 0, 0x91)
    question = document.add_paragraph().add_run("{{question}}")
    question.italic = True
    document.add_paragraph("{{réponse}}")
    small = document.add_paragraph().add_run(FOOT)
    small.font.size, small.font.color.rgb = Pt(9), RGBColor(0x66, 0x66, 0x66)
    document.core_properties.title, document.core_properties.author = "Projet de réponse", "Jalon"
    document.save(str(HERE / "answer.docx"))


def odt() -> None:
    document = Odt("text")
    document.body.clear()
    body = Style("paragraph", name="Reponse", area="text", font_size="11pt", font_family="Liberation Sans")
    body.set_properties(area="paragraph", margin_bottom="0.32cm", line_height="130%")
    small = Style("paragraph", name="Pied", area="text", font_size="9pt", color="#666666")
    question = Style("paragraph", name="Question", area="text", font_size="11pt", font_style="italic")
    for style in (body, small, question):
        document.insert_style(style, automatic=True)
    document.body.append(Header(1, "Projet de réponse"))
    for text, style in (("{{question}}", "Question"), ("{{réponse}}", "Reponse"), (FOOT, "Pied")):
        document.body.append(Paragraph(text, style=style))
    document.save(str(HERE / "answer.odt"))


if __name__ == "__main__":
    docx()
    odt()
