"""The sentences that the page, the PDF and the DOCX share."""

from jalon.claims.marks import counts, marked
from jalon.dossiers.record import Decision, Dossier, label
from jalon.figures import format_day
from jalon.figures.format import NARROW

WHY = {"given": "date demandée", "text": "date que dit le texte", "edition": "date de l’édition"}
HEADS = ("N°", "Ce que dit le texte", "Verdict", "Valeur du registre", "Raison")
RECOMPUTE = (
    "Tout chiffre calculé de ce dossier se recalcule sur les fichiers de l’édition, qui ne changent plus : "
    "« jalon figure recompute {edition} » refait chaque valeur et la compare ; la requête de chaque chiffre est dans "
    "l’enregistrement JSON et sur la page du chiffre."
)


def heading(dossier: Dossier) -> str:
    check = dossier.check
    return (
        f"Vérifié au {format_day(check.as_of)} ({WHY[check.dated_by]}) sur l’édition {check.edition}. "
        f"Figé le {format_day(dossier.frozen_at.date())} à {dossier.frozen_at:%H:%M} par {dossier.author}."
    )


def summary(dossier: Dossier) -> str:
    """How many points, how many of each machine verdict, how many sentences say no quantity."""
    found = marked(dossier.check)
    said = ", ".join(
        f"{count} {label(verdict)}{'s' if count > 1 else ''}" for verdict, count in counts(dossier.check).items()
    )
    points = f"{len(dossier.check.claims)} point{'s' if len(dossier.check.claims) > 1 else ''}"
    silent = f"{found.silent} phrase{'s' if found.silent > 1 else ''} sur {found.sentences} sans quantité"
    return f"{points}{f'{NARROW}: {said}' if said else ''} ; {silent}."


def decided(decision: Decision | None) -> str:
    """What a person decided, with who and when; empty when nobody did."""
    if decision is None:
        return ""
    who = f"{decision.author}, {format_day(decision.decided_at.date())} à {decision.decided_at:%H:%M}"
    if decision.accepted:
        return f"Accepté ({who}){f' : {decision.reason}' if decision.reason else ''}"
    return f"Écarté, tenu pour {label(decision.verdict)} ({who}) : {decision.reason}"
