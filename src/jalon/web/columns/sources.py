"""Columns of the sources and of their refusals."""

from jalon.web.queries.sources import Defect, RefusalRow, SourceFile
from jalon.web.tables import Column

EFFECTS = {"row": "ligne écartée", "field": "valeur tenue pour inconnue", "repaired": "valeur réparée"}
ORIGINS = {
    "mirror": "copie locale des fichiers publiés",
    "producer": "téléchargé chez le producteur",
    "carried": "faits portés par Jalon",
}

FILES: tuple[Column[SourceFile], ...] = (
    Column(
        "Fichier", lambda s: s.file, link=lambda s: f"/sources/{s.source_id}/",
        note=lambda s: " · ".join(part for part in (s.title, s.vintage) if part),
    ),
    Column("Source", lambda s: s.title, where="file"),
    Column("Identifiant", lambda s: s.source_id, "code", where="file"),
    Column("Producteur", lambda s: s.producer),
    Column("Licence", lambda s: s.licence),
    Column("Publié le", lambda s: s.published_on, "day"),
    Column("Lignes lues", lambda s: s.rows_read, "number"),
    Column("Lignes écartées", lambda s: s.rows_refused, "number"),
    Column("Origine", lambda s: ORIGINS.get(s.origin, s.origin), where="file"),
    Column("SHA-256", lambda s: s.sha256, "code", where="file"),
    Column("Adresse", lambda s: s.url, where="file"),
)  # fmt: skip
REFUSALS: tuple[Column[RefusalRow], ...] = (
    Column("Raison", lambda r: r.reason),
    Column("Source", lambda r: r.source_id, "code", link=lambda r: f"/sources/{r.source_id}/"),
    Column("Fichier", lambda r: r.file, where="file"),
    Column("Ligne", lambda r: r.row, "number"),
    Column("Champ", lambda r: r.field, "code"),
    Column("Valeur publiée", lambda r: r.value),
    Column("Effet", lambda r: EFFECTS.get(r.effect, r.effect)),
    Column("Code", lambda r: r.code, "code"),
)
OF_ONE_SOURCE = tuple(column for column in REFUSALS if column.label != "Source")
DEFECTS: tuple[Column[Defect], ...] = (
    Column("Sorte de défaut", lambda d: d.code, "code", link=lambda d: f"?code={d.code}#refus"),
    Column("Par exemple", lambda d: d.reason),
    Column("Ce que Jalon en a fait", lambda d: EFFECTS.get(d.effect, d.effect)),
    Column("Nombre", lambda d: d.count, "number"),
)
