"""Layouts of the second set, as HTML: forms that the first set does not have. Each marks where an action begins and ends.

A layout returns the body of the document; `begin(rank)` and `end(rank)` are attributes of the first and last element of an
action. What a layout does not print it takes from the truth.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

from fictional.content import Action, Agreement, Money
from fictional.texts import AXES, agreement, euros, spaced

MARK = "Document fictif, produit par Jalon pour la démonstration et les essais"
WORDINGS = {
    "reference": ("N° de l’action", "Réf. action", "Code de la fiche"),
    "title": ("Nom de l’action", "Intitulé de l’opération", "Projet", "Dénomination de l’action", "Objet de l’action"),
    "axis": ("Axe ACV", "Axe de la convention", "Orientation stratégique", "Axe(s) de rattachement"),
    "owner": ("Maître d’ouvrage de l’opération", "Porteur de l’action", "Qui pilote ?", "MOA", "Collectivité porteuse"),
    "description": ("Descriptif de l’action", "Description sommaire", "En quoi consiste l’action ?", "Présentation"),
    "objectives": ("Objectifs de l’action", "Finalité", "Objectifs attendus", "Buts poursuivis"),
    "partners": ("Partenaires associés", "Acteurs à mobiliser", "Avec qui ?", "Partenaires pressentis"),
    "budget": (
        "Coût estimatif",
        "Budget global de l’opération",
        "Combien ?",
        "Montant prévisionnel des dépenses",
        "Coût total",
    ),
    "funding": ("Plan de financement envisagé", "Financements attendus", "Cofinanceurs", "Qui finance ?", "Recettes"),
    "calendar": ("Calendrier prévisionnel", "Quand ?", "Échéances", "Durée de réalisation", "Planning prévisionnel"),
    "progress": ("Indicateurs d’avancement de l’action", "Indicateurs de suivi", "Suivi"),
    "results": ("Indicateurs de résultat", "Critères d’évaluation", "Évaluation"),
}
COLOURS = ("#1f3a5f", "#6a1b1b", "#2f5d3a", "#444444")


@dataclass
class Sheet:
    of: Agreement
    rng: random.Random
    labels: dict[str, str]
    colour: str
    colon: str
    css: str = ""
    landscape: bool = False
    foot: str = ""
    own: dict[str, object] = field(default_factory=dict)


def sheet(layout: str, seed: int, count: int = 8) -> Sheet:
    rng = random.Random(f"{layout} {seed}")
    labels = {name: rng.choice(wordings) for name, wordings in WORDINGS.items()}
    return Sheet(agreement(seed, count), rng, labels, rng.choice(COLOURS), rng.choice((" :", "\u00a0:", "")))


def begin(rank: int) -> str:
    return f'id="s{rank}"'


def end(rank: int) -> str:
    return f'id="e{rank}"'


def called(action: Action, how: str = " – ") -> str:
    """Reference and title as one heading."""
    return f"{action.reference}{how}{action.title}" if action.reference else action.title


def axis_name(action: Action, rng: random.Random) -> str:
    if action.axis is None:
        return "Action transversale"
    return rng.choice(
        (f"Axe {action.axis}", f"Axe n°{action.axis} : {AXES[action.axis]}", f"{action.axis} – {AXES[action.axis]}")
    )


def bullets(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def plain_funding(action: Action, sep: str = "<br>") -> str:
    return sep.join(f"{escape(name)} : {escape(money.raw)}" for name, money in action.funding)


def values(s: Sheet, action: Action) -> dict[str, str]:
    """Each field as HTML."""
    return {
        "reference": escape(action.reference),
        "title": escape(action.title),
        "axis": escape(axis_name(action, s.rng)),
        "owner": escape(action.owner),
        "description": escape(action.description),
        "objectives": bullets(action.objectives),
        "partners": escape(", ".join(action.partners)),
        "budget": escape(action.budget.raw),
        "funding": plain_funding(action) or "À définir",
        "calendar": escape(action.calendar),
        "progress": bullets(action.progress),
        "results": escape(action.results[0]),
    }


ORDER = (
    "axis",
    "owner",
    "description",
    "objectives",
    "partners",
    "budget",
    "funding",
    "calendar",
    "progress",
    "results",
)


def front(s: Sheet, summary: bool = False) -> str:
    of = s.of
    rows = "".join(
        f"<tr><td>{escape(a.reference)}</td><td>{escape(_shortened(a.title, s))}</td><td>{a.axis or 'T'}</td></tr>"
        for a in of.actions
    )
    table = f"<h2>Synthèse du plan d’actions</h2><table class=g><tr><th>N°</th><th>Action</th><th>Axe</th></tr>{rows}</table>"
    return (
        f"<p class=small>{MARK}</p><h1>Action cœur de ville<br>Convention d’opération de revitalisation</h1>"
        f"<h2>Commune de {escape(of.town)}</h2><p>{escape(of.epci)}</p>"
        f"<p>Convention signée à {escape(of.town)}, le {of.signed.day} {_month(of)} {of.signed.year}</p>"
        "<div class=break></div><h2>Préambule</h2>"
        "<p>Le centre-ville concentre les fonctions de centralité du bassin de vie. Les signataires s’engagent à mobiliser 25 M€ sur cinq ans.</p>"
        "<h3>Article 1 – Objet</h3><p>La présente convention fixe les conditions de mise en œuvre du projet et les engagements réciproques.</p>"
        "<h3>Article 2 – Gouvernance et suivi</h3><p>Le comité de projet, présidé par le maire, se réunit deux fois par an. "
        "Indicateurs : ils sont tenus à jour par le directeur de projet.</p>"
        + (table if summary else "")
        + "<div class=break></div>"
    )


def _month(of: Agreement) -> str:
    from fictional.content import MONTHS

    return MONTHS[of.signed.month - 1]


def _shortened(title: str, s: Sheet) -> str:
    """A title as the summary writes it: often shorter, sometimes in other words."""
    cut = title.split(" – ")[0].split(" : ")[0].split(" (")[0]
    return cut if s.rng.random() < 0.5 else title


def underlined(s: Sheet) -> str:
    """One column, labels underlined, the value on the same line or below."""
    out = [front(s, summary=True)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        out.append(f"<div class=break></div><h2 {begin(rank)}>{escape(called(a))}</h2>")
        for name in ORDER:
            last = end(rank) if name == ORDER[-1] else ""
            inline = name in ("axis", "owner", "budget", "calendar", "partners", "results")
            gap = " " if inline else "<br>"
            out.append(f"<div class=p {last}><u>{escape(s.labels[name])} :</u>{gap}{v[name]}</div>")
    return "".join(out)


def grid(s: Sheet) -> str:
    """Boxes of a form, three a row, each with its small label above its value."""
    out = [front(s)]
    s.css = ".box td{border:1px solid #888;width:33%;vertical-align:top;padding:4px} .lab{font-size:75%;color:#666;font-weight:bold;display:block}"
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        cell = lambda name, span=1, v=v: (
            f"<td colspan={span}><div class=lab>{escape(s.labels[name])}</div>{v[name]}</td>"
        )
        out.append(
            f"<table class=box {begin(rank)}><tr><td colspan=3 style='background:{s.colour};color:white'><b>{escape(called(a, ' : '))}</b></td></tr>"
            f"<tr>{cell('axis')}{cell('owner')}{cell('calendar')}</tr><tr>{cell('budget')}{cell('funding')}{cell('partners')}</tr>"
            f"<tr>{cell('description', 3)}</tr><tr {end(rank)}>{cell('objectives', 3)}</tr></table><div class=break></div>"
        )
        a.progress, a.results = [], []
    return "".join(out)


def right_labels(s: Sheet) -> str:
    """Two columns, the labels in the right one."""
    out = [front(s)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        rows = "".join(
            f"<tr {end(rank) if n == ORDER[-1] else ''}><td>{v[n]}</td><th style='width:28%;background:{s.colour};color:white'>{escape(s.labels[n])}</th></tr>"
            for n in ORDER
        )
        out.append(f"<h2 {begin(rank)}>{escape(called(a))}</h2><table class=g>{rows}</table><div class=break></div>")
    return "".join(out)


def checkboxes(s: Sheet) -> str:
    """The axis as boxes ticked or not, the other fields in a two-column table."""
    on, off = s.rng.choice((("☑", "☐"), ("☒", "☐"), ("[x]", "[ ]"), ("■", "□")))
    out = [front(s, summary=True)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        ticks = "<br>".join(f"{on if a.axis == n else off} Axe {n} – {escape(t[:46])}" for n, t in AXES.items())
        v["axis"] = ticks + f"<br>{on if a.axis is None else off} Action transversale"
        names = ("title", *ORDER)
        rows = "".join(
            f"<tr {begin(rank) if i == 0 else end(rank) if n == names[-1] else ''}><th class=left>{escape(s.labels[n])}</th><td>{v[n]}</td></tr>"
            for i, n in enumerate(names)
        )
        head = (
            f"<h3>Fiche {escape(a.reference)}</h3>"
            if a.reference and not a.reference.startswith("Fiche")
            else f"<h3>{escape(a.reference)}</h3>"
        )
        out.append(f"{head if a.reference else ''}<table class=g>{rows}</table><div class=break></div>")
    return "".join(out)


VERBS = ("apporte", "participe à hauteur de", "contribue pour", "finance")


def prose(s: Sheet) -> str:
    """Headings and paragraphs; the money told in sentences."""
    out = [front(s)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        out.append(f"<h2 {begin(rank)}>{escape(called(a, ' : '))}</h2>")
        for name in ORDER:
            last = end(rank) if name == ORDER[-1] else ""
            text = _told(a, s) if name == "funding" else v[name]
            out.append(f"<h4>{escape(s.labels[name])}</h4><div class=p {last}>{text}</div>")
    return "".join(out)


def _told(a: Action, s: Sheet) -> str:
    if not a.funding:
        return "Le plan de financement n’est pas arrêté."
    parts = []
    for name, money in a.funding:
        verb = s.rng.choice(VERBS)
        subject = "la commune" if name in ("Autofinancement", "Commune") else _article(name)
        parts.append(f"{subject} {verb} {money.raw}")
    text = ", ".join(parts[:-1]) + (" et " if len(parts) > 1 else "") + parts[-1]
    return escape(text[0].upper() + text[1:] + ".")


def _article(name: str) -> str:
    if name in ("FNADT", "Conseil départemental", "Département", "FEDER") or name.startswith("Grand"):
        return f"le {name}"
    if name[0] in "AÉEI":
        return f"l’{name}"
    return f"la {name}"


def matrix(s: Sheet) -> str:
    """Two-column fiches; funders side by side, amounts and shares below them."""
    return _tabled(s, _matrix)


def years(s: Sheet) -> str:
    """Two-column fiches; a column a year, then the total."""
    return _tabled(s, _by_year)


def taxes(s: Sheet) -> str:
    """Two-column fiches; costs before and after tax in a table, then funders with amounts and shares."""
    for a in s.of.actions:
        if a.budget.euros:
            a.budget.others = (a.budget.euros * 6 // 5,)
    return _tabled(s, _shares, _both_taxes)


def _tabled(s: Sheet, funds: Callable[[Sheet, Action], str], cost: Callable[[Sheet, Action], str] | None = None) -> str:
    out = [front(s, summary=True)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        v["funding"] = funds(s, a) if a.funding else "Non arrêté"
        if cost and a.budget.euros:
            v["budget"] = cost(s, a)
        rows = "".join(
            f"<tr {end(rank) if n == ORDER[-1] else ''}><th class=left>{escape(s.labels[n])}</th><td>{v[n]}</td></tr>"
            for n in ORDER
        )
        title = f"<tr {begin(rank)}><td colspan=2 style='background:#ddd;text-align:center'><b>{escape(called(a))}</b></td></tr>"
        out.append(f"<table class=g>{title}{rows}</table><div style='height:20px'></div>")
    return "".join(out)


def _matrix(s: Sheet, a: Action) -> str:
    total = a.budget.euros or 0
    heads = "".join(f"<th>{escape(n)}</th>" for n, _ in a.funding)
    cells = "".join(f"<td>{spaced(m.euros or 0)} €</td>" for _, m in a.funding)
    share = "".join(f"<td>{100 * (m.euros or 0) / total:.0f} %</td>" for _, m in a.funding)
    return f"<table class=g><tr>{heads}<th>Total</th></tr><tr>{cells}<td>{spaced(total)} €</td></tr><tr>{share}<td>100 %</td></tr></table>"


def _by_year(s: Sheet, a: Action) -> str:
    first = int((a.start or a.end or "2019")[:4])
    heads = "".join(f"<th>{first + i}</th>" for i in range(3))
    rows = ""
    for name, money in a.funding:
        whole = money.euros or 0
        parts = [whole // 3, whole // 3, whole - 2 * (whole // 3)]
        rows += (
            f"<tr><td>{escape(name)}</td>"
            + "".join(f"<td>{spaced(p)}</td>" for p in parts)
            + f"<td>{spaced(whole)}</td></tr>"
        )
    total = sum(m.euros or 0 for _, m in a.funding)
    return f"<table class=g><tr><th>Financeur</th>{heads}<th>Total (€)</th></tr>{rows}<tr><td>Total</td><td></td><td></td><td></td><td>{spaced(total)}</td></tr></table>"


def _shares(s: Sheet, a: Action) -> str:
    total = a.budget.euros or 1
    rows = "".join(
        f"<tr><td>{escape(n)}</td><td>{100 * (m.euros or 0) / total:.1f} %</td><td>{spaced(m.euros or 0)} €</td></tr>"
        for n, m in a.funding
    )
    return f"<table class=g><tr><th>Partenaire financier</th><th>Taux</th><th>Montant HT</th></tr>{rows}<tr><td>TOTAL</td><td>100 %</td><td>{spaced(total)} €</td></tr></table>"


def _both_taxes(s: Sheet, a: Action) -> str:
    whole = a.budget.euros or 0
    study = whole // 10
    lines = (("Études", study), ("Travaux", whole - study), ("Total", whole))
    rows = "".join(f"<tr><td>{n}</td><td>{spaced(x)} €</td><td>{spaced(x * 6 // 5)} €</td></tr>" for n, x in lines)
    return f"<table class=g><tr><th>Poste</th><th>HT</th><th>TTC</th></tr>{rows}</table>"


def compact(s: Sheet) -> str:
    """Several fiches a page, each a frame with its fields run in on a few lines."""
    out = [front(s)]
    for rank, a in enumerate(s.of.actions):
        lab = s.labels
        out.append(
            f"<div style='border:1px solid {s.colour};padding:6px;margin:8px 0;break-inside:avoid'><p {begin(rank)}><b>{escape(called(a))}</b></p>"
            f"<p><b>{lab['axis']} :</b> {a.axis or 'transversal'} &nbsp; <b>{lab['owner']} :</b> {escape(a.owner)}</p>"
            f"<p>{escape(a.description)}</p>"
            f"<p {end(rank)}><b>{lab['budget']} :</b> {escape(a.budget.raw)} &nbsp; <b>{lab['calendar']} :</b> {escape(a.calendar)}</p></div>"
        )
        a.partners, a.funding = [], []
    return "".join(out)


def landscape(s: Sheet) -> str:
    """One table for all, broken over landscape pages with its header again, some of its headers turned."""
    s.landscape = True
    s.css = "thead th.up{writing-mode:vertical-rl;transform:rotate(180deg);height:90px}"
    out = [front(s)]
    heads = (
        ("N°", 0), ("Intitulé de l’action", 0), ("Axe", 1), ("Description", 0), ("Maître d’ouvrage", 0), ("Partenaires", 0),
        ("Coût (€ HT)", 1), ("Financement", 0), ("Calendrier", 1),
    )  # fmt: skip
    top = "".join(f"<th class={'up' if turned else 'flat'}>{h}</th>" for h, turned in heads)
    rows = []
    for rank, a in enumerate(s.of.actions):
        a.budget = Money(spaced(a.budget.euros), a.budget.euros) if a.budget.euros else Money("–", None)
        cells = (
            escape(a.reference or "–"), escape(a.title), str(a.axis or "T"), escape(a.description), escape(a.owner),
            escape(", ".join(a.partners)), a.budget.raw, plain_funding(a), escape(a.calendar),
        )  # fmt: skip
        rows.append(f"<tr><td {begin(rank)}>" + "</td><td>".join(cells) + f"<span {end(rank)}></span></td></tr>")
    return "".join(out) + f"<table class=g style='font-size:8pt'><thead><tr>{top}</tr></thead>{''.join(rows)}</table>"


def newspaper(s: Sheet) -> str:
    """The text of the whole annex in two columns."""
    s.css = ".cols{columns:2;column-gap:28px}"
    out = [front(s), "<h1>Annexe 2 : fiches actions</h1><div class=cols>"]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        out.append(f"<h3 {begin(rank)}>{escape(called(a))}</h3>")
        for name in ("owner", "description", "partners", "budget", "funding", "calendar"):
            last = end(rank) if name == "calendar" else ""
            out.append(f"<div class=p {last}><b>{escape(s.labels[name])} :</b> {v[name].replace('<br>', ' ; ')}</div>")
        a.axis = None
    return "".join(out) + "</div>"


def annex(s: Sheet) -> str:
    """Articles only, then a list by axis in an annex."""
    out = [front(s), "<h2>Annexe 1 – Liste des actions matures</h2>"]
    shown: int | None = -1
    for rank, a in enumerate(s.of.actions):
        if a.axis != shown:
            out.append(
                f"<h3>{'Axe ' + str(a.axis) + ' – ' + escape(AXES[a.axis]) if a.axis else 'Actions transversales'}</h3>"
            )
            shown = a.axis
        lead = f"<b>{escape(a.reference)}</b> : " if a.reference else ""
        out.append(f"<li {begin(rank)}>{lead}{escape(a.title)}<span {end(rank)}></span></li>")
        a.partners, a.funding, a.description, a.owner = [], [], "", ""
        a.budget, a.start, a.end = Money("", None), None, None
    return "".join(out)


def footed(s: Sheet) -> str:
    """Two-column fiches under running heads and feet with initials and page numbers."""
    s.foot = "Paraphes : &nbsp; A.V. &nbsp; B.O. &nbsp; C.A."
    out = [front(s, summary=True)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        names = ("reference", "title", *ORDER) if a.reference else ("title", *ORDER)
        rows = "".join(
            f"<tr {begin(rank) if i == 0 else end(rank) if n == names[-1] else ''}><th class=left>{escape(s.labels[n])}{s.colon}</th><td>{v[n]}</td></tr>"
            for i, n in enumerate(names)
        )
        out.append(f"<table class=g>{rows}</table><div class=break></div>")
    return "".join(out)


def replaced(s: Sheet) -> str:
    """Two-column fiches, then an amendment that replaces a fiche, changes an amount in prose, withdraws one and adds one."""
    of, rng = s.of, s.rng
    added = of.actions.pop()
    body = footed(s)
    s.foot = ""
    first, second, third = rng.sample([a for a in of.actions if a.budget.euros], 3)
    of.actions.append(added)
    for a in (first, second):
        a.initial, a.change = a.budget.euros, "budget"
        a.budget = Money("", round((a.budget.euros or 0) * rng.choice((0.7, 1.3, 2)) / 100) * 100)
    first.budget.raw = f"{spaced(first.budget.euros or 0)} €"
    first.funding = [("Ville de " + of.town, Money(first.budget.raw, first.budget.euros))]
    third.status = third.change = "withdrawn"
    signed = of.signed + timedelta(days=500)
    name = lambda a: f"« {a.title} »" if not a.reference else f"{a.reference} « {a.title} »"
    clauses = (
        f"Article 1 – La fiche de l’action {name(first)} est remplacée par la fiche annexée au présent avenant.",
        f"Article 2 – Le montant de l’action {name(second)} passe de {spaced(second.initial or 0)} € à {spaced(second.budget.euros or 0)} €.",
        f"Article 3 – L’action {name(third)} est retirée du plan d’actions.",
        f"Article 4 – L’action {name(added)} est ajoutée au plan d’actions.",
    )
    text = "".join(f"<p>{escape(c)}</p>" for c in clauses)
    rank, new = len(of.actions) - 1, of.actions.index(first)
    return (
        f"{body}<h1>Avenant n° 1 à la convention</h1><p>Signé le {signed:%d/%m/%Y}</p>{text}<div class=break></div><h2>Annexe à l’avenant : fiches</h2>"
        + _fiche(s, first, "", "").replace(f'id="s{new}"', "")
        + "<div class=break></div>"
        + _fiche(s, added, begin(rank), end(rank))
    )


def _fiche(s: Sheet, a: Action, start: str, stop: str) -> str:
    v = values(s, a)
    names = ("reference", "title", *ORDER) if a.reference else ("title", *ORDER)
    rows = "".join(
        f"<tr {start if i == 0 else stop if n == names[-1] else ''}><th class=left>{escape(s.labels[n])}</th><td>{v[n]}</td></tr>"
        for i, n in enumerate(names)
    )
    return f"<table class=g>{rows}</table>"


def struck(s: Sheet) -> str:
    """Fiches in which amended amounts are struck out beside the new ones, and an abandoned action struck whole."""
    gone = s.rng.choice(s.of.actions)
    out = [front(s)]
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        if a is gone:
            a.status = a.change = "withdrawn"
        elif a.budget.euros and s.rng.random() < 0.4:
            a.initial, a.change = a.budget.euros, "budget"
            old, fresh = f"{spaced(a.budget.euros)} €", round(a.budget.euros * 1.25 / 100) * 100
            a.budget = Money(f"{spaced(fresh)} €", fresh)
            v["budget"] = f"<s>{old}</s> {a.budget.raw}"
        rows = "".join(
            f"<tr><th class=left>{escape(s.labels[n])}</th><td {end(rank) if n == ORDER[-1] else ''}>{v[n]}</td></tr>"
            for n in ORDER
        )
        shown = f"<s>{escape(called(a))}</s> (abandonnée)" if a is gone else escape(called(a))
        out.append(f"<h2 {begin(rank)}>{shown}</h2><table class=g>{rows}</table><div class=break></div>")
    return "".join(out)


def banded(s: Sheet) -> str:
    """Coloured bands over pairs of boxes, all drawn by shading alone: no ruling line."""
    s.css = f".band{{background:{s.colour};color:white;padding:3px;font-weight:bold}} .cell{{background:#f3f3f3;padding:5px;vertical-align:top;width:50%}} .n td{{border:0}}"
    out = [front(s, summary=True)]
    pairs = (("owner", "partners"), ("budget", "calendar"), ("objectives", "funding"), ("progress", "results"))
    for rank, a in enumerate(s.of.actions):
        v = values(s, a)
        rows = f"<tr><td class=band colspan=2>{escape(s.labels['description'])}</td></tr><tr><td class=cell colspan=2>{v['description']}</td></tr>"
        for one, two in pairs:
            last = end(rank) if one == "progress" else ""
            rows += f"<tr><td class=band>{escape(s.labels[one])}</td><td class=band>{escape(s.labels[two])}</td></tr><tr {last}><td class=cell>{v[one]}</td><td class=cell>{v[two]}</td></tr>"
        head = f"<p {begin(rank)} style='font-size:15pt;color:{s.colour}'>{escape(called(a))}</p><p><i>{escape(axis_name(a, s.rng))}</i></p>"
        out.append(f"{head}<table class=n>{rows}</table><div class=break></div>")
    return "".join(out)


FORMS: dict[str, Callable[[Sheet], str]] = {
    f.__name__.replace("_", "-"): f
    for f in (
        underlined, grid, right_labels, checkboxes, prose, matrix, years, taxes, compact, landscape, newspaper, annex,
        footed, replaced, struck, banded,
    )
}  # fmt: skip
__all__ = ["FORMS", "Sheet", "euros", "sheet"]
