"""Layouts of fictional agreements: each writes the actions of an agreement into a DOCX, in its own way."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from fictional.content import AXES, Action, Agreement
from fictional.labels import EXTRA, choose

MARK = "Document fictif, produit par Jalon pour la démonstration et les essais"


class Sheet:
    """A document being written, with the wordings and the look chosen for it."""

    def __init__(self, agreement: Agreement, seed: int) -> None:
        self.rng = random.Random(seed * 7 + 1)
        self.of = agreement
        self.labels = choose(self.rng)
        self.docx: Docx = Document()
        style = self.docx.styles["Normal"]
        style.font.name = self.rng.choice(("Liberation Sans", "Liberation Serif", "DejaVu Sans", "Carlito"))
        style.font.size = Pt(self.rng.choice((9.5, 10, 11)))
        style.paragraph_format.space_after = Pt(self.rng.choice((2, 4, 6)))
        self.color = RGBColor(*self.rng.choice(((0x1F, 0x3A, 0x5F), (0x7A, 0x1F, 0x1F), (0, 0, 0))))
        self.docx.sections[0].header.paragraphs[0].text = MARK
        self.colon = self.rng.choice((" :", " :", ""))

    def each(self) -> Iterator[Action]:
        """The actions one by one; what is written for each is bookmarked, from its title to its last line."""
        body = self.docx.element.body
        for rank, action in enumerate(self.of.actions):
            before = len(body) - 1
            yield action
            written = [p for made in list(body)[before:-1] for p in made.iter(qn("w:p")) if _words(p)]
            first = next(p for p in written if action.title in _words(p) or action.reference in _words(p))
            _bookmark(first, f"s{rank}", 2 * rank)
            _bookmark(written[-1], f"e{rank}", 2 * rank + 1)

    def line(self, text: str, *, bold: bool = False, size: float | None = None, style: str | None = None) -> Paragraph:
        paragraph = self.docx.add_paragraph(style=style)
        run = paragraph.add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
            run.font.color.rgb = self.color
        return paragraph

    def heading(self, text: str, size: float = 13) -> None:
        paragraph = self.line(text, bold=True, size=size)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(8)

    def new_page(self) -> None:
        self.docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def axis(self, action: Action) -> str:
        if action.axis is None:
            return "Transversal : transition écologique"
        return self.rng.choice(
            (f"Axe {action.axis} – {AXES[action.axis]}", f"Axe {action.axis}", f"{action.axis}. {AXES[action.axis]}")
        )

    def values(self, action: Action) -> list[tuple[str, str]]:
        """(field, text) of an action in the order of a fiche."""
        return [
            ("reference", action.reference),
            ("title", action.title),
            ("axis", self.axis(action)),
            ("owner", action.owner),
            ("description", action.description),
            ("objectives", "\n".join(action.objectives)),
            ("partners", ", ".join(action.partners)),
            ("budget", action.budget.raw),
            ("funding", self.funding(action)),
            ("calendar", action.calendar),
            ("progress", "\n".join(action.progress)),
            ("results", "\n".join(action.results)),
        ]

    def funding(self, action: Action, sep: str = "\n") -> str:
        return sep.join(f"{name} : {money.raw}" for name, money in action.funding) or "À définir"


def _words(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph.append(start)
    paragraph.append(end)


def front(sheet: Sheet, summary: bool) -> None:
    """Cover, parties, articles, and the summary table where there is one."""
    of = sheet.of
    sheet.line(MARK, size=8)
    sheet.heading("CONVENTION-CADRE PLURIANNUELLE ACTION CŒUR DE VILLE", 18)
    sheet.heading(f"Ville de {of.town}", 16)
    sheet.line(f"{of.epci}")
    sheet.line(f"Signée le {of.signed:%d/%m/%Y}")
    sheet.new_page()
    sheet.line("ENTRE", bold=True)
    for who, name in (
        ("La commune de " + of.town, "Alma Verrier, maire"),
        (of.epci, "Basile Orsan, président"),
        ("L’État", "Colombe Astier, préfète du département"),
        ("La Caisse des Dépôts – Banque des Territoires", "Denis Vauclair, directeur régional"),
        ("L’Agence nationale de l’habitat", "Élise Morvan, déléguée locale"),
        ("Action Logement", "Fabien Lorrain, président du comité régional"),
    ):
        sheet.line(f"{who}, représentée par {name},", style="List Bullet")
    for number, (title, text) in enumerate(
        (
            ("Objet de la convention", "La présente convention décrit le projet et les engagements des parties."),
            (
                "Durée",
                "La convention est signée pour six ans. Le coût total du programme est de 5 milliards d’euros.",
            ),
            (
                "Gouvernance",
                "Le comité de projet se réunit chaque trimestre. Budget : il est suivi par le directeur de projet.",
            ),
        ),
        1,
    ):
        sheet.heading(f"Article {number}. {title}")
        sheet.line(text)
    if summary:
        sheet.heading("Article 4. Plan d’action")
        heads = ["N°", "Intitulé", "Axe", "Coût"]
        rows = [[a.reference, a.title, str(a.axis or "T"), a.budget.raw] for a in of.actions]
        table(sheet, heads, rows, [2.5, 8, 1.5, 5])
    sheet.new_page()
    sheet.heading("ANNEXE – FICHES ACTIONS", 15)


def table(sheet: Sheet, heads: list[str], rows: list[list[str]], widths: list[float], *, ruled: bool = True) -> None:
    made = sheet.docx.add_table(rows=0, cols=len(widths))
    if ruled:
        made.style = "Table Grid"
    for rank, row in enumerate([heads, *rows] if heads else rows):
        cells = made.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = Cm(width)
            write(cell, text, bold=bool(heads) and rank == 0, size=8 if len(widths) > 5 else None)
    sheet.docx.add_paragraph()


def write(cell: _Cell, text: str, *, bold: bool = False, size: float | None = None, bullet: str = "") -> None:
    for rank, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if rank == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run((bullet + " " if bullet and "\n" in text else "") + line)
        run.bold = bold
        if size:
            run.font.size = Pt(size)


def shade(cell: _Cell, fill: str) -> None:
    made = OxmlElement("w:shd")
    made.set(qn("w:val"), "clear")
    made.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(made)


def landscape(sheet: Sheet) -> None:
    section = sheet.docx.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.2)


def strike(cell: _Cell, old: str) -> None:
    """Old text struck out before what replaces it."""
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(old)
    run.font.strike = True
    paragraph.add_run("  ")


def borderless(sheet: Sheet) -> None:
    """Two columns set apart by blanks only."""
    front(sheet, summary=True)
    for action in sheet.each():
        sheet.heading(f"{action.reference} – {action.title}")
        rows = [
            [sheet.labels[name] + sheet.colon, text]
            for name, text in sheet.values(action)
            if name not in ("reference", "title")
        ]
        made = sheet.docx.add_table(rows=0, cols=2)
        for label, text in rows:
            cells = made.add_row().cells
            cells[0].width, cells[1].width = Cm(4.5), Cm(12)
            write(cells[0], label, bold=sheet.colon == "")
            write(cells[1], text)
        sheet.docx.add_paragraph()


def four_columns(sheet: Sheet) -> None:
    """Label, value, label, value; long fields across."""
    front(sheet, summary=True)
    for action in sheet.each():
        value = dict(sheet.values(action))
        made = sheet.docx.add_table(rows=0, cols=4)
        made.style = "Table Grid"
        for pair in (("reference", "axis"), ("owner", "calendar"), ("budget", "partners")):
            cells = made.add_row().cells
            for rank, name in enumerate(pair):
                write(cells[2 * rank], sheet.labels[name], bold=True)
                shade(cells[2 * rank], "E7E6E6")
                write(cells[2 * rank + 1], value[name])
            if pair[0] == "reference":
                cells = made.add_row().cells
                write(cells[0], sheet.labels["title"], bold=True)
                write(cells[1].merge(cells[3]), value["title"])
        for name in ("description", "objectives", "funding", "progress", "results"):
            cells = made.add_row().cells
            write(cells[0], sheet.labels[name], bold=True)
            write(cells[1].merge(cells[3]), value[name], bullet="-" if name == "objectives" else "")
        sheet.new_page()


def by_funder(sheet: Sheet) -> None:
    """One wide table, a column for each funder, amounts in thousands."""
    front(sheet, summary=False)
    landscape(sheet)
    kinds = ("État", "Région", "Département", "Banque des Territoires", "Ville")
    heads = ["N°", "Projet", "Axe", "Porteur", "Coût total HT (€)", *kinds, "Début", "Fin"]
    rows = []
    for action in sheet.of.actions:
        total = sheet.rng.randint(100, 4000) * 1000
        parts = {
            kind: total * sheet.rng.randint(5, 30) // 100 // 1000 * 1000 for kind in sheet.rng.sample(kinds[:4], 2)
        }
        parts["Ville"] = total - sum(parts.values())
        year = sheet.rng.randint(2018, 2020)
        action.budget.raw, action.budget.euros, action.budget.others = f"{total:,}".replace(",", " "), total, ()
        money = type(action.budget)
        action.funding = [(kind, money("", parts[kind])) for kind in kinds if kind in parts]
        action.start, action.end = f"{year}-01-01", f"{year + 2}-12-31"
        action.description, action.partners = "", []
        cells = [f"{parts[kind]:,}".replace(",", " ") if kind in parts else "" for kind in kinds]
        rows.append(
            [
                action.reference,
                action.title,
                str(action.axis or "T"),
                action.owner,
                action.budget.raw,
                *cells,
                str(year),
                str(year + 2),
            ]
        )
    table(sheet, heads, rows, [1.8, 4.5, 1.0, 3.0, 2.3, 1.9, 1.9, 2.2, 2.2, 1.9, 1.4, 1.4])


def stacked(sheet: Sheet) -> None:
    """Label in a shaded row, value in the row below."""
    front(sheet, summary=True)
    for action in sheet.each():
        made = sheet.docx.add_table(rows=0, cols=1)
        made.style = "Table Grid"
        for name, text in sheet.values(action):
            cell = made.add_row().cells[0]
            write(cell, sheet.labels[name] + sheet.colon, bold=True)
            shade(cell, "D9E2F3")
            write(made.add_row().cells[0], text, bullet="•" if name in ("objectives", "funding") else "")
        sheet.new_page()


def plain(sheet: Sheet) -> None:
    """Headings and lines "Label : value", nothing bold but the heading."""
    front(sheet, summary=False)
    for action in sheet.each():
        sheet.heading(f"{action.reference} : {action.title}" if sheet.rng.random() < 2 else "", 12)
        for name, text in sheet.values(action):
            if name in ("reference", "title"):
                continue
            shown = text.replace("\n", " ; ")
            sheet.line(f"{sheet.labels[name]} : {shown}")


def paragraphs(sheet: Sheet) -> None:
    """Label as a heading of its own, value in paragraphs and bullets; the fiche runs over pages."""
    front(sheet, summary=True)
    section = None
    for action in sheet.each():
        if action.axis != section:
            section = action.axis
            sheet.heading(f"AXE {section} – {AXES[section].upper()}" if section else "ACTIONS TRANSVERSALES", 15)
        sheet.heading(f"Fiche action {action.reference.replace('Action n° ', '').replace('Fiche n° ', '')}", 13)
        sheet.line(action.title, bold=True)
        for name, text in sheet.values(action):
            if name in ("reference", "title", "axis"):
                continue
            sheet.line(sheet.labels[name], bold=True)
            for part in text.split("\n"):
                sheet.line(part, style="List Bullet" if "\n" in text else None)
        sheet.line(EXTRA[0], bold=True)
        sheet.line("Centre ancien")


def long_rows(sheet: Sheet) -> None:
    """Two-column fiches with a funding table inside, set one after the other so that pages break them anywhere."""
    front(sheet, summary=True)
    for action in sheet.each():
        made = sheet.docx.add_table(rows=0, cols=2)
        made.style = "Table Grid"
        banner = made.add_row().cells
        merged = banner[0].merge(banner[1])
        write(merged, f"{action.reference} : {action.title}", bold=True)
        shade(merged, "1F3A5F" if sheet.rng.random() < 0 else "C5E0B3")
        for name, text in sheet.values(action):
            if name in ("reference", "title"):
                continue
            cells = made.add_row().cells
            cells[0].width, cells[1].width = Cm(4), Cm(12.5)
            write(cells[0], sheet.labels[name], bold=True)
            if name == "funding" and action.funding:
                _funding_table(cells[1], action)
            else:
                write(cells[1], text * (3 if name == "description_" else 1))
        sheet.docx.add_paragraph()


def _funding_table(cell: _Cell, action: Action) -> None:
    made = cell.add_table(rows=1, cols=3)
    made.style = "Table Grid"
    total = sum(money.euros or 0 for _, money in action.funding)
    for head, text in zip(made.rows[0].cells, ("Financeur", "Montant", "Part"), strict=True):
        write(head, text, bold=True)
    for name, money in action.funding:
        cells = made.add_row().cells
        share = f"{round(100 * money.euros / total)} %" if money.euros and total else "–"
        for one, text in zip(cells, (name, money.raw, share), strict=True):
            write(one, text)
    cells = made.add_row().cells
    for one, text in zip(cells, ("Total", f"{total:,} €".replace(",", " ") if total else "–", "100 %"), strict=True):
        write(one, text, bold=True)
    cell.add_paragraph()


def headed_rows(sheet: Sheet) -> None:
    """Rows of labels over rows of values, as forms do."""
    front(sheet, summary=True)
    for action in sheet.each():
        value = dict(sheet.values(action))
        sheet.heading(f"{action.reference} – {action.title}")
        for names in (("axis", "owner", "calendar"), ("partners", "budget", "funding")):
            made = sheet.docx.add_table(rows=2, cols=3)
            made.style = "Table Grid"
            for column, name in enumerate(names):
                write(made.rows[0].cells[column], sheet.labels[name], bold=True)
                shade(made.rows[0].cells[column], "EDEDED")
                write(made.rows[1].cells[column], value[name])
            sheet.docx.add_paragraph()
        for name in ("description", "objectives"):
            sheet.line(f"{sheet.labels[name]} :", bold=True)
            sheet.line(value[name].replace("\n", " ; "))
        action.progress, action.results = [], []


def listed(sheet: Sheet) -> None:
    """No fiche: a table with the axes as bands."""
    front(sheet, summary=False)
    heads = ["Réf.", "Opération", "Maître d’ouvrage", "Montant prévisionnel", "Échéance"]
    made = sheet.docx.add_table(rows=1, cols=5)
    made.style = "Table Grid"
    for cell, text in zip(made.rows[0].cells, heads, strict=True):
        write(cell, text, bold=True)
    band = -1
    for action in sheet.of.actions:
        if (action.axis or 0) != band:
            band = action.axis or 0
            cells = made.add_row().cells
            write(
                cells[0].merge(cells[4]), f"Axe {band} : {AXES[band]}" if band else "Actions transversales", bold=True
            )
        for cell, text in zip(
            made.add_row().cells,
            (action.reference, action.title, action.owner, action.budget.raw, action.calendar),
            strict=True,
        ):
            write(cell, text, size=9)
        action.description, action.partners, action.funding = "", [], []


def bullets(sheet: Sheet) -> None:
    """Nothing but a numbered list."""
    front(sheet, summary=False)
    band = -1
    for action in sheet.each():
        if (action.axis or 0) != band:
            band = action.axis or 0
            sheet.heading(f"Axe {band} – {AXES[band]}" if band else "Actions transversales")
        sheet.line(f"{action.reference} : {action.title}", style="List Bullet")
        action.description, action.partners, action.funding, action.owner = "", [], [], ""
        action.budget.euros, action.budget.others, action.start, action.end = None, (), None, None


LAYOUTS: dict[str, Callable[[Sheet], None]] = {
    "borderless": borderless,
    "four-columns": four_columns,
    "by-funder": by_funder,
    "stacked": stacked,
    "plain": plain,
    "paragraphs": paragraphs,
    "long-rows": long_rows,
    "headed-rows": headed_rows,
    "listed": listed,
    "bullets": bullets,
}
