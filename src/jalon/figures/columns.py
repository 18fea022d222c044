"""French labels and formats of the columns that evidence shows."""

from jalon.figures.definition import Column, Format

_KNOWN: dict[str, tuple[str, Format]] = {
    "action_id": ("Identifiant", "text"),
    "actions": ("Projets", "integer"),
    "agreement_id": ("Convention", "text"),
    "as_of": ("Moment", "text"),
    "beneficiary": ("Bénéficiaire", "text"),
    "category": ("Catégorie", "text"),
    "code": ("Code", "text"),
    "communes": ("Communes", "integer"),
    "connectable": ("Locaux raccordables", "integer"),
    "connectable_before": ("Raccordables au trimestre d’avant", "integer"),
    "cost_eur": ("Coût hors taxes", "euros"),
    "counted_on": ("Compté le", "date"),
    "decided_by": ("Décidé par", "text"),
    "delivered": ("Actions livrées", "integer"),
    "departement_code": ("Département", "text"),
    "effect": ("Effet", "text"),
    "f1": ("F1", "decimal"),
    "fact_id": ("Fait", "text"),
    "field": ("Colonne", "text"),
    "file": ("Fichier", "text"),
    "grant_eur": ("Subvention de l’État", "euros"),
    "group_id": ("Territoire du programme", "text"),
    "group_name": ("Communes", "text"),
    "hedge": ("Réserve", "text"),
    "independent": ("Source indépendante", "text"),
    "label": ("Libellé", "text"),
    "listed_in": ("Listes publiées", "text"),
    "method": ("Méthode", "text"),
    "name": ("Nom", "text"),
    "partner": ("Partenaire", "text"),
    "planned_on": ("Signature annoncée pour le", "date"),
    "population_class": ("Taille de la commune", "population"),
    "population": ("Population", "integer"),
    "positives": ("Exemples", "integer"),
    "precision": ("Précision", "percent"),
    "probability": ("Probabilité", "percent"),
    "producer": ("Producteur", "text"),
    "published": ("Publié", "text"),
    "published_on": ("Publié le", "date"),
    "published_value": ("Valeur publiée", "text"),
    "publisher": ("Éditeur", "text"),
    "quarter": ("Trimestre", "date"),
    "rate": ("Taux", "percent"),
    "reason": ("Raison", "text"),
    "recall": ("Rappel", "percent"),
    "region": ("Région", "text"),
    "region_code": ("Région", "text"),
    "row": ("Ligne", "integer"),
    "rows_read": ("Lignes lues", "integer"),
    "rows_refused": ("Lignes écartées", "integer"),
    "scheme": ("Dispositif", "text"),
    "signed_on": ("Signée le", "date"),
    "smart_city": ("Ville intelligente", "text"),
    "source_id": ("Source", "text"),
    "source_row": ("Ligne", "integer"),
    "statement": ("Énoncé", "text"),
    "territory_code": ("Code", "text"),
    "territory_kind": ("Maille", "text"),
    "theme": ("Thème", "text"),
    "title": ("Intitulé", "text"),
    "town": ("Commune", "text"),
    "under_way": ("Actions en cours", "integer"),
    "unit": ("Unité", "text"),
    "url": ("Adresse", "text"),
    "value": ("Valeur", "decimal"),
    "weight": ("Poids (population)", "integer"),
    "year": ("Année", "text"),
}


def evidence_column(name: str) -> Column:
    """The column of that name; a name without a label is shown as it is."""
    label, kind = _KNOWN.get(name, (name.replace("_", " ").capitalize(), "text"))
    return Column(name=name, label=label, format=kind)


def labelled() -> frozenset[str]:
    return frozenset(_KNOWN)
