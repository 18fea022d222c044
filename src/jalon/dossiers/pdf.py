"""The dossier as PDF: the text with its marks, the verdicts, the figures, the evidence, how to recompute."""

from typing import Any

import font_source_sans_pro as face
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from jalon.claims.marks import marked
from jalon.dossiers.record import Dossier, final, label, on, proofs, sign
from jalon.dossiers.wording import HEADS, RECOMPUTE, decided, heading, summary

INK = {
    "confirmed": (24, 117, 60), "compatible": (55, 99, 95), "contradicted": (206, 5, 0), "stale": (138, 74, 0),
    "circular": (110, 68, 90), "unverifiable": (85, 85, 85), "inconsistent": (168, 28, 91),
}  # fmt: skip
BLUE, GREY, BLACK = (0, 0, 145), (102, 102, 102), (22, 22, 22)
FAMILY = "sans"
WIDTHS = (7, 38, 24, 40, 61)


class _Pages(FPDF):  # type: ignore[misc]
    """A4 pages with a foot that names the dossier, the edition and the page."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(format="A4")
        self.dossier = dossier
        files = face.font_files_ttf
        for style, name in (("", "SourceSansPro"), ("B", "SourceSansProSemibold"), ("I", "SourceSansProIt")):
            self.add_font(FAMILY, style, files[name])
        self.set_margins(20, 20, 20)
        self.set_auto_page_break(True, 22)
        self.alias_nb_pages()
        self.set_creation_date(dossier.frozen_at)
        self.set_title(dossier.title)
        self.set_author(dossier.author)
        self.set_lang("fr-FR")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(FAMILY, "", 8)
        self.set_text_color(*GREY)
        self.cell(0, 4, f"{self.dossier.address} · édition {self.dossier.check.edition}")
        self.set_x(-40)
        self.cell(20, 4, f"{self.page_no()} / {{nb}}", align="R")


def to_pdf(dossier: Dossier) -> bytes:
    pages = _Pages(dossier)
    pages.add_page()
    _head(pages, dossier)
    _text(pages, dossier)
    _verdicts(pages, dossier)
    _figures(pages, dossier)
    _evidence(pages, dossier)
    _recompute(pages, dossier)
    return bytes(pages.output())


def _head(pages: _Pages, dossier: Dossier) -> None:
    pages.set_fill_color(*BLUE)
    pages.rect(20, 18, 14, 1.4, style="F")
    pages.set_y(22)
    _say(pages, "Dossier de vérification", 9, GREY)
    _say(pages, dossier.title, 19, BLACK, "B")
    pages.ln(1)
    _say(pages, heading(dossier), 10, GREY)
    _say(pages, summary(dossier), 11, BLACK, "B")
    pages.ln(1)
    pages.set_font(FAMILY, "", 9)
    for verdict in dict.fromkeys(claim.verdict for claim in dossier.check.claims):
        pages.set_text_color(*INK[verdict])
        pages.write(5, f"{sign(verdict)} {label(verdict)}     ")
    pages.ln(8)


def _text(pages: _Pages, dossier: Dossier) -> None:
    _title(pages, "Le texte")
    for paragraph in marked(dossier.check).paragraphs:
        for piece in paragraph:
            words = " ".join(piece.text.split("\n"))
            if not piece.numbers:
                pages.set_font(FAMILY, "", 11)
                pages.set_text_color(*BLACK)
                pages.write(6, words)
                continue
            claim = dossier.check.claims[piece.numbers[0] - 1]
            pages.set_text_color(*INK[claim.verdict])
            pages.set_font(FAMILY, "BU", 11)
            pages.write(6, words)
            pages.set_font(FAMILY, "B", 8)
            pages.write(6, f"\u00a0{sign(claim.verdict)}{piece.numbers[0]}")
        pages.ln(9)


def _verdicts(pages: _Pages, dossier: Dossier) -> None:
    if not dossier.check.claims:
        return
    _title(pages, "Point par point")
    pages.set_font(FAMILY, "", 9)
    pages.set_text_color(*BLACK)
    pages.set_fill_color(255)
    head = FontFace(emphasis="BOLD", color=BLUE)
    layout: Any = TableBordersLayout.HORIZONTAL_LINES
    with pages.table(
        col_widths=WIDTHS,
        line_height=4.4,
        padding=1.2,
        borders_layout=layout,
        headings_style=head,
        text_align="LEFT",
        v_align="TOP",
    ) as table:
        table.row(HEADS)
        for number, claim in enumerate(dossier.check.claims, 1):
            decision = dossier.decision(number)
            row = table.row()
            row.cell(str(number))
            row.cell(f"«\u202f{' '.join(claim.text.split())}\u202f»")
            verdict = final(claim, decision)
            kept = "" if verdict == claim.verdict else f"\n(machine : {label(claim.verdict)})"
            style = FontFace(color=INK[verdict], emphasis="BOLD")
            row.cell(f"{sign(verdict)} {label(verdict)}{kept}", style=style)
            row.cell(f"{claim.figure.label} : {claim.figure.display}" if claim.figure else "—")
            told = decided(decision)
            row.cell(f"{claim.reason}{chr(10) + told if told else ''}")
    pages.ln(4)


def _figures(pages: _Pages, dossier: Dossier) -> None:
    if not dossier.figures:
        return
    _title(pages, "Les chiffres")
    for figure in dossier.figures:
        if pages.will_page_break(24):
            pages.add_page()
        _say(pages, f"{figure.label} : {figure.value}", 11, BLACK, "B")
        _say(pages, f"Au {on(figure.as_of)}, {figure.kind}. {figure.definition}", 9.5, BLACK)
        _say(pages, figure.excludes, 9.5, GREY)
        _say(pages, f"{dossier.origin}{figure.permalink}", 8, BLUE)
        pages.ln(2.5)


def _evidence(pages: _Pages, dossier: Dossier) -> None:
    told = [(number, claim, proofs(claim)) for number, claim in enumerate(dossier.check.claims, 1)]
    if not any(lines for *_, lines in told):
        return
    _title(pages, "Les preuves")
    for number, claim, lines in told:
        if lines:
            _say(pages, f"{number}. «\u202f{' '.join(claim.text.split())}\u202f»", 10, INK[claim.verdict], "B")
            for line in lines:
                _say(pages, f"– {line}", 8.5, BLACK)
            pages.ln(1.5)


def _recompute(pages: _Pages, dossier: Dossier) -> None:
    _title(pages, "Recalculer")
    _say(pages, RECOMPUTE.format(edition=dossier.check.edition), 10, BLACK)
    _say(pages, f"Enregistrement : {dossier.address}.json", 9, GREY)
    _say(pages, f"SHA-256 : {dossier.sha256}", 9, GREY)


def _title(pages: _Pages, words: str) -> None:
    if pages.will_page_break(24):
        pages.add_page()
    pages.ln(3)
    _say(pages, words, 14, BLUE, "B")
    pages.ln(1)


def _say(pages: _Pages, words: str, size: float, colour: tuple[int, int, int], style: Any = "") -> None:
    pages.set_font(FAMILY, style, size)
    pages.set_text_color(*colour)
    pages.multi_cell(0, size * 0.48, words, align="L", new_x="LMARGIN", new_y="NEXT")
