"""What the reader says of a field, in French."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.web import typography

LABELS = {
    "title": "Intitulé",
    "reference": "Référence",
    "axis": "Axe",
    "owner": "Maître d’ouvrage",
    "partners": "Partenaires",
    "budget": "Budget",
    "funding": "Plan de financement",
    "calendar": "Calendrier",
    "description": "Description",
    "objectives": "Objectifs",
    "contents": "Contenu",
    "progress": "Indicateurs d’avancement",
    "results": "Indicateurs de résultat",
    "signed": "Date de signature",
    "towns": "Communes",
    "epci": "Intercommunalité",
}
INSTRUMENTS = {
    "grant": "subvention",
    "advance": "avance",
    "loan": "prêt",
    "equity": "fonds propres",
    "quasi-equity": "quasi-fonds propres",
    "own-funds": "autofinancement",
    "unknown": "",
}
CHANGES = {
    "budget": "Budget",
    "withdrawn": "Abandon",
    "added": "Ajout",
    "replaced": "Remplacement",
    "calendar": "Calendrier",
    "owner": "Maître d’ouvrage",
}
Told = Mapping[str, Any]


def value(name: str, action: Told) -> str:
    """A field of an action, as `jalon.agreements.record` gives it, in the words of a page."""
    special = SPECIAL.get(name)
    if special:
        return special(action)
    raw = action.get({"progress": "progress_indicators", "results": "result_indicators"}.get(name, name))
    if isinstance(raw, (list, tuple)):
        return " ; ".join(map(str, raw))
    return str(raw or "")


def amount(euros: float | None) -> str:
    if euros is None:
        return "montant non écrit"
    whole = Decimal(str(euros))
    return typography.euros(whole) if whole == int(whole) else f"{typography.number(whole, 2)}{typography.NO_BREAK}€"


def days(first: str | None, last: str | None) -> str:
    start, end = (typography.day(date.fromisoformat(each)) if each else "" for each in (first, last))
    if start and end:
        return f"du {start} au {end}"
    return f"à partir du {start}" if start else f"jusqu’au {end}" if end else ""


def _budget(action: Told) -> str:
    basis = {"ht": " HT", "ttc": " TTC"}.get(str(action.get("budget_basis") or "").lower(), "")
    low, high = action.get("budget_range") or (None, None)
    if action.get("budget_eur") is not None:
        told = amount(action["budget_eur"]) + basis
    elif low is not None or high is not None:
        told = f"entre {amount(low)} et {amount(high)}{basis}"
    else:
        told = "non chiffré"
    others = [amount(each) for each in action.get("budget_alternatives") or ()]
    return f"{told} (aussi écrit : {', '.join(others)})" if others else told


def _funding(action: Told) -> str:
    lines = []
    for line in action.get("funding") or ():
        kind = INSTRUMENTS.get(line["instrument"], "")
        lines.append(f"{line['funder']} : {amount(line['amount_eur'])}{f' ({kind})' if kind else ''}")
    return "\n".join(lines)


def _axis(action: Told) -> str:
    if action.get("axis"):
        return f"Axe {action['axis']}"
    return f"Axe transversal ({action['transversal']})" if action.get("transversal") else ""


def _contents(action: Told) -> str:
    return "\n".join(
        " : ".join(filter(None, (f"{each['reference']} {each['description']}".strip(), _part(each.get("amount")))))
        for each in action.get("contents") or ()
    )


def _part(euros: float | None) -> str:
    return "" if euros is None else amount(euros)


SPECIAL: dict[str, Callable[[Told], str]] = {
    "budget": _budget,
    "funding": _funding,
    "axis": _axis,
    "calendar": lambda action: days(action.get("start"), action.get("end")),
    "signed": lambda action: typography.day(date.fromisoformat(action["signed"])) if action.get("signed") else "",
    "contents": _contents,
}
