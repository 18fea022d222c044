"""Layouts of the third set, written after the reader and not tuned for: their scores are those of documents never seen."""

from collections.abc import Callable
from html import escape

from fictional.content import Action
from fictional.forms import ORDER, Sheet, begin, called, end, front, values
from fictional.texts import AXES

QUESTIONS = {
    "axis": "À quel axe l’action se rattache-t-elle ?",
    "owner": "Quel est le maître d’ouvrage ?",
    "description": "Que va-t-on faire ?",
    "objectives": "Quels sont les objectifs ?",
    "partners": "Quels partenaires sont associés ?",
    "budget": "Combien cela coûte-t-il ?",
    "funding": "Qui participe au financement ?",
    "calendar": "Sur quelle période ?",
    "progress": "Comment suivra-t-on l’avancement ?",
    "results": "Comment mesurera-t-on les effets ?",
}
CHAPTERS = (
    ("Identification", ("axis", "owner", "partners")),
    ("Contenu", ("description", "objectives")),
    ("Moyens", ("budget", "funding", "calendar")),
    ("Suivi", ("progress", "results")),
)


def questions(s: Sheet) -> str:
    """Labels that are whole questions, in a two-column table."""
    out = [front(s, summary=True)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        rows = "".join(
            f"<tr {end(rank) if n == ORDER[-1] else ''}><td class=left><i>{QUESTIONS[n]}</i></td><td>{v[n]}</td></tr>"
            for n in ORDER
        )
        out.append(f"<h2 {begin(rank)}>{escape(called(a))}</h2><table class=g>{rows}</table><div class=break></div>")
    return "".join(out)


def numbered(s: Sheet) -> str:
    """Labels as numbered headings: 1. …, 2. …"""
    out = [front(s)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        out.append(f"<div class=break></div><h2 {begin(rank)}>{escape(called(a, ' : '))}</h2>")
        for number, name in enumerate(ORDER, 1):
            last = end(rank) if name == ORDER[-1] else ""
            out.append(f"<h4>{number}. {escape(s.labels[name])}</h4><div class=p {last}>{v[name]}</div>")
    return "".join(out)


def three_columns(s: Sheet) -> str:
    """A number, the label, the value."""
    out = [front(s)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        names = ("title", *ORDER)
        rows = "".join(
            f"<tr {begin(rank) if i == 0 else end(rank) if n == ORDER[-1] else ''}><td style='width:5%'>{i + 1}</td>"
            f"<th style='width:27%'>{escape(s.labels[n])}</th><td>{v[n]}</td></tr>"
            for i, n in enumerate(names)
        )
        head = f"<p><b>{escape(a.reference)}</b></p>" if a.reference else ""
        out.append(f"{head}<table class=g>{rows}</table><div class=break></div>")
    return "".join(out)


def arrows(s: Sheet) -> str:
    """Labels led by arrows, run in, nothing bold but the title; fiches follow each other."""
    out = [front(s, summary=True)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        out.append(
            f"<p {begin(rank)} style='font-size:13pt;border-bottom:1px solid {s.colour}'><b>{escape(called(a))}</b></p>"
        )
        for name in ("axis", "owner", "partners", "description", "budget", "funding", "calendar"):
            last = end(rank) if name == "calendar" else ""
            text = v[name].replace("<br>", " ; ")
            out.append(f"<div class=p {last}>➢ {escape(s.labels[name])} : {text}</div>")
    return "".join(out)


def one_line(s: Sheet) -> str:
    """A title, one line of facts parted by bars, a paragraph."""
    out = [front(s)]
    shown: int | None = -1
    for rank, a in enumerate(s.of.actions):
        if a.axis != shown:
            out.append(
                f"<h2>{'Axe ' + str(a.axis) + ' : ' + escape(AXES[a.axis]) if a.axis else 'Actions transversales'}</h2>"
            )
            shown = a.axis
        facts = f"MO : {escape(a.owner)} | Coût : {escape(a.budget.raw)} | Calendrier : {escape(a.calendar)}"
        out.append(
            f"<h4 {begin(rank)}>{escape(called(a))}</h4><div class=p>{facts}</div><div class=p {end(rank)}>{escape(a.description)}</div>"
        )
        a.partners, a.funding = [], []
    return "".join(out)


def chapters(s: Sheet) -> str:
    """Turned chapter headings at the left, then label and value."""
    s.css = ".turn{writing-mode:vertical-rl;transform:rotate(180deg);width:22px;text-align:center;background:#ddd;font-weight:bold}"
    out = [front(s)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        rows = f"<tr {begin(rank)}><td colspan=3><b>{escape(called(a))}</b></td></tr>"
        for chapter, names in CHAPTERS:
            for i, n in enumerate(names):
                lead = f"<td rowspan={len(names)} class=turn>{chapter}</td>" if i == 0 else ""
                last = end(rank) if n == "results" else ""
                rows += f"<tr {last}>{lead}<td style='width:25%'><b>{escape(s.labels[n])}</b></td><td>{v[n]}</td></tr>"
        out.append(f"<table class=g>{rows}</table><div class=break></div>")
    return "".join(out)


def two_tables(s: Sheet) -> str:
    """No fiche: one table says what and who, a second one how much and when."""
    out = [front(s), "<h2>Plan d’actions</h2>"]
    first = second = ""
    for rank, a in enumerate(s.of.actions):
        number = a.reference or f"{rank + 1}"
        a.reference = number
        first += f"<tr {begin(rank)}><td>{escape(number)}</td><td>{escape(a.title)}</td><td>{a.axis or 'T'}</td><td>{escape(a.owner)}</td></tr>"
        second += f"<tr><td>{escape(number)}</td><td>{escape(a.title)}</td><td>{escape(a.budget.raw)}</td><td>{escape(a.calendar)}</td></tr>"
        a.partners, a.funding, a.description = [], [], ""
    heads = "<tr><th>N°</th><th>Action</th><th>Axe</th><th>Porteur</th></tr>"
    money = "<tr><th>N°</th><th>Action</th><th>Coût prévisionnel</th><th>Échéance</th></tr>"
    return "".join(out) + (
        f"<table class=g>{heads}{first}</table><div class=break></div><h2>Maquette financière</h2><table class=g>{money}{second}</table>"
    )


def capitals(s: Sheet) -> str:
    """Labels in capitals on a line of their own, in the size of the text."""
    out = [front(s, summary=True)]
    for rank, a in enumerate(s.of.actions):
        out.append(
            f"<div class=break></div><p {begin(rank)} style='text-align:center;font-size:14pt'>FICHE ACTION {escape(_number(a, rank))}</p>"
        )
        out.append(f"<p style='text-align:center;font-size:14pt'>{escape(a.title)}</p>")
        v = values(s, a)
        for name in ORDER:
            last = end(rank) if name == ORDER[-1] else ""
            out.append(f"<div class=p>{escape(s.labels[name].upper())}</div><div class=p {last}>{v[name]}</div>")
    return "".join(out)


def _number(a: Action, rank: int) -> str:
    a.reference = a.reference or str(rank + 1)
    return a.reference.removeprefix("Fiche projet ").removeprefix("Action ")


LAST: dict[str, Callable[[Sheet], str]] = {
    f.__name__.replace("_", "-"): f
    for f in (questions, numbered, three_columns, arrows, one_line, chapters, two_tables, capitals)
}
