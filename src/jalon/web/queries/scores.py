"""How good the classifier is, theme by theme."""

from dataclasses import dataclass

from jalon.editions import Edition
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
