"""Columns of the actions."""

from functools import lru_cache

from jalon.editions import Edition
from jalon.web import places
from jalon.web.queries import names
from jalon.web.queries.actions import Action, FundingLine
from jalon.web.tables import Column

WITHOUT_TEXT = "Projet sans texte diffusé"
INSTRUMENTS = {
    "grant": "subvention",
    "advance": "avance",
    "loan": "prêt",
    "equity": "fonds propres",
    "quasi-equity": "quasi-fonds propres",
}


def title(action: Action) -> str:
    return action.title or f"{WITHOUT_TEXT} ({action.action_id})"


@lru_cache(maxsize=3)
def columns(edition: Edition) -> tuple[Column[Action], ...]:
    """What a list of actions shows, and what its file holds besides."""
    themes = names.themes(edition)

    def labels(action: Action) -> list[str]:
        return [themes[theme].label for theme in action.themes]

    def place(action: Action) -> str:
        return names.place(edition, action.territory_kind, action.territory_code) or action.beneficiary or ""

    def region(action: Action) -> str:
        return names.place(edition, "region", action.region_code)

    def page_of(action: Action) -> str | None:
        known = names.place(edition, action.territory_kind, action.territory_code)
        return places.url(action.territory_kind, action.territory_code) if known else None

    return (
        Column("Identifiant", lambda a: a.action_id, "code", where="file"),
        Column("Action", title, link=lambda a: f"/actions/{a.action_id}", note=lambda a: a.category or "", tags=labels),
        Column("Catégorie", lambda a: a.category, where="file"),
        Column("Thèmes", lambda a: ", ".join(labels(a)), where="file"),
        Column("Bénéficiaire", place, link=page_of, note=region, sort="beneficiaire"),
        Column("Code du territoire", lambda a: a.territory_code, "code", where="file"),
        Column("Région", region, where="file"),
        Column("Année", lambda a: a.year, "code", sort="annee"),
        Column("Dispositif", lambda a: a.scheme, "code"),
        Column("Coût hors taxes", lambda a: a.cost_eur, "euros", sort="cout"),
        Column("Subvention", lambda a: a.grant_eur, "euros", sort="montant"),
        Column("Source", lambda a: a.source_id, "code", where="file"),
        Column("Ligne dans la source", lambda a: a.source_row, "number", where="file"),
    )


@lru_cache(maxsize=1)
def funding() -> tuple[Column[FundingLine], ...]:
    return (
        Column("Financeur", lambda line: line.funder),
        Column("Instrument", lambda line: INSTRUMENTS.get(line.instrument, line.instrument)),
        Column("Dispositif", lambda line: line.scheme, "code"),
        Column("Année", lambda line: line.year, "code"),
        Column("Montant", lambda line: line.amount_eur, "euros"),
    )
