"""Columns of the territories of a programme."""

from functools import lru_cache

from jalon.editions import Edition
from jalon.web import places
from jalon.web.queries import names
from jalon.web.queries.members import Member
from jalon.web.tables import Column


def counted(member: Member) -> int | None:
    """Actions under way and delivered, as the agency counts them; None when it counts neither."""
    if member.under_way is None and member.delivered is None:
        return None
    return (member.under_way or 0) + (member.delivered or 0)


def shared(member: Member) -> str:
    """Whether the agency's count is that of several towns."""
    several = member.shared and counted(member) is not None and member.group_size > 1
    return "compté pour le groupe entier" if several else ""


@lru_cache(maxsize=3)
def columns(edition: Edition) -> tuple[Column[Member], ...]:
    themes = names.themes(edition)

    def labels(member: Member) -> list[str]:
        return [themes[theme].label for theme in member.themes if theme in themes]

    return (
        Column("Code", lambda m: m.code, "code", where="file"),
        Column(
            "Territoire", lambda m: m.name, link=lambda m: places.url(m.kind, m.code),
            note=lambda m: ", ".join(part for part in (m.departement, m.region) if part), sort="nom",
        ),
        Column("Département", lambda m: m.departement, where="file"),
        Column("Région", lambda m: m.region, where="file"),
        Column("Population", lambda m: m.population, "number", sort="population"),
        Column("Groupe", lambda m: m.group_id, "code", where="file"),
        Column("Convention signée le", lambda m: m.signed_on, "day", sort="signature"),
        Column("Actions, selon l’agence", counted, "number", note=shared, sort="actions"),
        Column("Projets subventionnés", lambda m: m.actions, "number", sort="projets"),
        Column("dont ville intelligente", lambda m: m.smart, "number", sort="intelligente"),
        Column("Thèmes", lambda m: ", ".join(labels(m)), where="file"),
        Column("Subventions de l’État", lambda m: m.grants, "euros", sort="subventions"),
        Column("Locaux raccordables à la fibre", lambda m: m.connectable, "number", where="file"),
        Column("Part raccordable", lambda m: m.rate, "share", where="file"),
        Column("Trimestre de la fibre", lambda m: m.quarter, "quarter", where="file"),
    )  # fmt: skip
