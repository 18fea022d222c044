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
    recall: float
    f1: float
    positives: int
    method: str


def scores(edition: Edition) -> list[Score]:
    """All themes together first, then each in its order on screen."""
    sql = """
    SELECT s.theme, CASE s.theme WHEN 'smart_city' THEN 'Ville intelligente, oui ou non'
                                 WHEN 'micro' THEN 'Tous les thèmes ensemble' ELSE coalesce(t.label, s.theme) END,
           s.precision, s.recall, s.f1, s.positives, s.method
    FROM theme_scores s LEFT JOIN themes t USING (theme) ORDER BY t.rank NULLS FIRST, s.theme DESC
    """
    return fetch(Score, edition.connect(), sql)


def exactness(edition: Edition) -> str:
    """How the smart city is decided and how well, in two sentences; empty when the edition holds no measure.

    The interval is that of the shipped classifier, told only when the edition was made with the same one.
    """
    found = next((one for one in scores(edition) if one.theme == "smart_city"), None)
    if found is None:
        return ""
    f1 = typography.share(found.f1, 1)
    return (
        "Un classement automatique décide qu’un projet relève de la ville intelligente, d’après les mots de son "
        "intitulé : un lexique et des règles, corrigés par un modèle appris sur des projets étiquetés. "
        f"Son exactitude mesurée (F1) est de {f1}{_interval(found)} ; c’est une borne haute, "
        "car l’auteur du lexique avait lu les textes qui ont servi à la mesure."
    )


def _interval(found: Score) -> str:
    from jalon import themes

    shipped = next((one for one in themes.scores() if one.theme == found.theme), None)
    if shipped is None or (shipped.f1, shipped.positives, shipped.method) != (found.f1, found.positives, found.method):
        return ""
    low, high = typography.share(shipped.low, 1), typography.share(shipped.high, 1)
    return f", entre {low} et {high} avec 95{typography.THIN}% de confiance"
