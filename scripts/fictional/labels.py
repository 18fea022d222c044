"""Wordings of the labels of a fiche; an agreement keeps one of each from end to end."""

import random

WORDINGS = {
    "reference": ("Référence", "N° de fiche", "Numéro", "Code action"),
    "title": ("Intitulé du projet", "Nom de l’opération", "Titre", "Action", "Intitulé"),
    "axis": ("Axe concerné", "Axe stratégique", "Axe du programme", "Rattachement à l’axe"),
    "description": (
        "Description du projet",
        "Descriptif",
        "Présentation de l’action",
        "Résumé du projet",
        "Description synthétique",
    ),
    "objectives": ("Objectifs", "Objectifs visés", "Finalités", "Résultats attendus"),
    "owner": ("Porteur de projet", "Maître d’ouvrage", "Maîtrise d’ouvrage", "Pilote", "Structure porteuse"),
    "partners": ("Partenaires", "Partenaires mobilisés", "Acteurs associés", "Partenaires techniques"),
    "budget": (
        "Coût prévisionnel",
        "Coût total de l’opération",
        "Budget prévisionnel",
        "Montant estimé",
        "Estimation financière",
    ),
    "funding": (
        "Financement",
        "Plan de financement prévisionnel",
        "Cofinancements",
        "Répartition des financements",
        "Financeurs",
    ),
    "calendar": ("Échéancier", "Planning", "Calendrier de réalisation", "Période de réalisation", "Délais"),
    "progress": ("Indicateurs d’avancement", "Indicateurs de suivi", "Indicateurs de réalisation"),
    "results": ("Indicateurs de résultat", "Indicateurs d’évaluation", "Critères d’évaluation"),
}
EXTRA = ("Localisation", "Bénéficiaires", "Observations")


def choose(rng: random.Random) -> dict[str, str]:
    return {name: rng.choice(wordings) for name, wordings in WORDINGS.items()}
