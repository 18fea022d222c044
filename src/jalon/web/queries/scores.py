"""How good the classifier is, theme by theme."""

from dataclasses import dataclass

from jalon.editions import Edition
from jalon.web import typography
from jalon.web.published import fetch


@dataclass(frozen=True, slots=True)
class Score:
    theme: str
    label: str
    precision: float
    precision_low: float
    precision_high: float
    recall: float
    recall_low: float
    recall_high: float
    f1: float
    f1_low: float
    f1_high: float
    tp: int
    fp: int
    fn: int
    tn: int
    positives: int
    method: str


def scores(edition: Edition) -> list[Score]:
    """All themes together first, then each in its order on screen."""
    sql = """
    SELECT s.theme, CASE s.theme WHEN 'smart_city' THEN 'Ville intelligente, oui ou non'
                                 WHEN 'micro' THEN 'Tous les thèmes ensemble' ELSE coalesce(t.label, s.theme) END,
           s.* EXCLUDE (theme)
    FROM theme_scores s LEFT JOIN themes t USING (theme) ORDER BY t.rank NULLS FIRST, s.theme DESC
    """
    return fetch(Score, edition.connect(), sql)


def exactness(edition: Edition) -> str:
    """How the smart city is decided and how well, in two sentences; empty when the edition holds no measure."""
    found = next((one for one in scores(edition) if one.theme == "smart_city"), None)
    if found is None:
        return ""
    f1, low, high = (typography.share(value, 1) for value in (found.f1, found.f1_low, found.f1_high))
    return (
        "Un classement automatique décide qu’un projet relève de la ville intelligente, d’après les mots de son "
        "intitulé : un lexique et des règles, corrigés par un modèle appris sur des projets étiquetés. "
        f"Son exactitude mesurée (F1) est de {f1}, entre {low} et {high} avec 95{typography.THIN}% de confiance ; "
        "c’est une borne haute, "
        "car l’auteur du lexique avait lu les textes qui ont servi à la mesure."
    )
