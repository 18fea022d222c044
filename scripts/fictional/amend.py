"""An amendment bound at the end of an agreement: amounts changed, an action withdrawn, an action added."""

from datetime import timedelta

from fictional.content import Action, Money, grouped
from fictional.layouts import Sheet, table


def amend(sheet: Sheet) -> None:
    """Change two budgets, withdraw an action, and say so, in one of three manners."""
    of, rng = sheet.of, sheet.rng
    first, second, third = rng.sample([a for a in of.actions if a.budget.euros], 3)
    for action in (first, second):
        action.initial = action.budget.euros
        action.budget.euros = round((action.initial or 0) * rng.choice((0.8, 1.2, 1.5)) / 1000) * 1000
        action.budget.others, action.change = (), "budget"
    third.status, third.change = "withdrawn", "withdrawn"
    sheet.new_page()
    signed = of.signed + timedelta(days=400)
    sheet.heading("AVENANT N° 1 À LA CONVENTION-CADRE", 16)
    sheet.line(f"Signé le {signed:%d/%m/%Y} à {of.town}")
    (_prose if rng.random() < 0.5 else _tabled)(sheet, [first, second], third)


def _prose(sheet: Sheet, changed: list[Action], gone: Action) -> None:
    rng = sheet.rng
    for number, action in enumerate(changed, 1):
        sheet.heading(f"Article {number}. Modification de l’action {action.reference}")
        old, new = grouped(action.initial or 0, rng), grouped(action.budget.euros or 0, rng)
        sheet.line(
            rng.choice(
                (
                    f"Le budget de l’action {action.reference} « {action.title} » est porté de {old} € à {new} €.",
                    f"Le coût de l’action « {action.title} », initialement fixé à {old} €, est ramené à {new} €.",
                    f"Le coût de l’action {action.reference} « {action.title} » est fixé à {new} € au lieu de {old} €.",
                )
            )
        )
    sheet.heading("Article 3. Abandon")
    sheet.line(
        rng.choice(
            (
                f"L’action {gone.reference} « {gone.title} » est abandonnée.",
                f"L’action {gone.reference} « {gone.title} » est retirée de la convention.",
                f"Les parties conviennent de supprimer l’action {gone.reference} « {gone.title} ».",
            )
        )
    )


def _tabled(sheet: Sheet, changed: list[Action], gone: Action) -> None:
    money = lambda value: Money(f"{grouped(value or 0, sheet.rng)} €", value).raw
    rows = [[a.reference, a.title, money(a.initial), money(a.budget.euros)] for a in changed]
    rows.append([gone.reference, gone.title, gone.budget.raw, "Action abandonnée"])
    sheet.heading("Article 1. Actions modifiées")
    table(sheet, ["Référence", "Action", "Montant initial", "Nouveau montant"], rows, [2.5, 7, 3.5, 3.5])
