# ruff: noqa: E501
"""A hand-made programme of fictional towns, as the tables of an edition: small enough to count by hand.

Six towns in five groups, two régions (one overseas), forty subsidised projects, fibre over three quarters.
Signed: ACV901 (two towns, shared counters), ACV902, ACV903; ACV904 is only planned; nothing is known of ACV905.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from jalon.editions.tables import DERIVED, TABLES
from jalon.geography import population_class

AS_OF = date(2026, 11, 22)
MAP_DAY = date(2024, 9, 9)
FUNDERS = {"banque-des-territoires": "Banque des Territoires", "anah": "Anah", "action-logement": "Action Logement"}
THEMES = {
    "securite_numerique": "Sécurité numérique",
    "education_numerique": "Éducation numérique",
    "connectivite": "Connectivité",
    "eclairage_intelligent": "Éclairage intelligent",
    "mobilite_intelligente": "Mobilité intelligente",
}
# code, name, département, région, EPCI, population, lon, lat, group
TOWNS = (
    ("15901", "Roche-Noire", "15", "84", "200099001", 9_400, 2.44, 44.93, "ACV903"),
    ("43901", "Valmont-les-Eaux", "43", "84", "200099002", 24_000, 3.88, 45.04, "ACV901"),
    ("43902", "Brécy-sur-Lignon", "43", "84", "200099002", 12_500, 3.95, 45.10, "ACV901"),
    ("43903", "L’Étang-Sainte-Mauve", "43", "84", "200099002", 18_200, 3.60, 45.20, "ACV902"),
    ("97490", "Anse-du-Phare", "974", "04", "200099003", 61_000, 55.45, -20.88, "ACV904"),
    ("97491", "Les Hauts-Fleuris", "974", "04", "200099003", 33_000, 55.50, -21.10, "ACV905"),
)
AGREEMENTS = {
    "ACV901": (date(2018, 9, 28), None),
    "ACV902": (date(2019, 9, 24), None),
    "ACV903": (date(2023, 5, 2), date(2018, 9, 30)),
    "ACV904": (None, date(2018, 10, 15)),
    "ACV905": (None, None),
}
# agreement, town counted apart, under way, delivered
COUNTS = (
    ("acv:ACV901", "", 10, 20),
    ("acv:ACV902", "", 4, 6),
    ("acv:ACV903", "", 3, None),
    ("acv:ACV904", "", 7, 1),
)
# place, year, title, category, cost, grant, themes
ACTIONS: tuple[tuple[str, int, str | None, str, int | None, int | None, tuple[str, ...]], ...] = (
    ("43901", 2018, "Extension de la vidéoprotection du centre-ville", "Sécurité", 80_000, 32_000, ("securite_numerique",)),
    ("43901", 2018, "Rénovation de l’école Jules-Ferry", "Éducation", 420_000, 126_000, ()),
    ("43901", 2018, "Tablettes et tableaux numériques pour les écoles", "Éducation", 36_000, 18_000, ("education_numerique",)),
    ("43901", 2019, "Éclairage public : télégestion et détection", "Transition énergétique", 150_000, 60_000, ("eclairage_intelligent",)),
    ("43901", 2019, "Réfection de la toiture de la halle", "Patrimoine", 210_000, 63_000, ()),
    ("43901", 2019, "Wi-Fi public et bornes de recharge", "Transport", 90_000, 30_000, ("connectivite", "mobilite_intelligente")),
    ("43902", 2018, "Mise en accessibilité de la mairie", "Bâtiments publics", 55_000, 16_500, ()),
    ("43902", 2019, "Caméras aux entrées de ville", "Sécurité", 41_000, 20_500, ("securite_numerique",)),
    ("43902", 2019, "Aménagement de la place du Marché", "Aménagement", 600_000, 150_000, ()),
    ("43903", 2018, "Construction d’un gymnase", "Sport", 2_400_000, 500_000, ()),
    ("43903", 2018, "Rénovation énergétique de la médiathèque", "Transition énergétique", 310_000, 124_000, ()),
    ("43903", 2019, "Informatisation des écoles", "Éducation", 28_000, 14_000, ("education_numerique",)),
    ("43903", 2019, "Voirie : rue des Tanneurs", "Voirie", 95_000, 19_000, ()),
    ("15901", 2018, "Restauration du lavoir", "Patrimoine", 18_000, 5_400, ()),
    ("15901", 2019, "Création d’une maison de santé", "Santé", 890_000, 267_000, ()),
    ("15901", 2019, None, "Éducation", 12_000, 6_000, ()),
    ("97490", 2018, "Vidéosurveillance du port", "Sécurité", 120_000, 60_000, ("securite_numerique",)),
    ("97490", 2018, "Assainissement du quartier bas", "Eau", 1_500_000, 450_000, ()),
    ("97490", 2019, "Raccordement à la fibre des bâtiments communaux", "Numérique", 70_000, 35_000, ("connectivite",)),
    ("97490", 2019, "Reconstruction de l’école des Filaos", "Éducation", 3_100_000, 900_000, ()),
    ("97491", 2018, "Réhabilitation du marché couvert", "Commerce", 640_000, 160_000, ()),
    ("97491", 2019, "Vestiaires du stade", "Sport", None, 40_000, ()),
    ("97491", 2019, "Sécurisation des abords de l’école", "Voirie", 33_000, None, ()),
    ("200099002", 2018, "Plateforme de données et SIG intercommunal", "Numérique", 140_000, 70_000, ("connectivite",)),
    ("200099002", 2018, "Station d’épuration du Lignon", "Eau", 4_200_000, 900_000, ()),
    ("200099002", 2019, "Billettique et information des voyageurs", "Transport", 260_000, 104_000, ("mobilite_intelligente",)),
    ("200099002", 2019, "Piscine intercommunale", "Sport", 5_000_000, 1_000_000, ()),
    ("200099001", 2019, "Crèche intercommunale", "Social", 700_000, 210_000, ()),
    ("200099003", 2018, "Déchèterie des Hauts", "Environnement", 900_000, 270_000, ()),
    ("200099003", 2019, "Vidéoprotection des zones d’activités", "Sécurité", 65_000, 26_000, ("securite_numerique",)),
    ("43950", 2018, "Tableau numérique interactif à l’école", "Éducation", 4_000, 2_000, ("education_numerique",)),
    ("43950", 2018, "Réfection du chemin du Bois", "Voirie", 22_000, 6_600, ()),
    ("43950", 2019, "Chauffage de la salle des fêtes", "Bâtiments publics", 31_000, 9_300, ()),
    ("43950", 2019, "Vidéoprotection de la place", "Sécurité", 15_000, 7_500, ("securite_numerique",)),
    ("15950", 2018, "Adduction d’eau potable", "Eau", 180_000, 54_000, ()),
    ("15950", 2018, "Restauration de l’église", "Patrimoine", 260_000, 78_000, ()),
    ("15950", 2019, "Columbarium", "Bâtiments publics", 9_000, 2_700, ()),
    ("15950", 2019, "Éclairage public à diodes", "Transition énergétique", 48_000, 19_200, ()),
    ("97495", 2018, "Aire de jeux", "Sport", 27_000, 8_100, ()),
    ("97495", 2019, "Vidéoprotection des écoles", "Sécurité", 38_000, 19_000, ("securite_numerique",)),
)  # fmt: skip
QUARTERS = (date(2017, 9, 30), date(2017, 12, 31), date(2018, 3, 31))
CONNECTABLE = {
    "15901": (0, 0, 120), "43901": (1_000, 1_500, 2_400), "43902": (0, 200, 500), "43903": (300, 300, 300),
    "43950": (0, 0, 0), "15950": (10, 20, 30), "97490": (9_000, 12_000, 15_000), "97491": (2_000, 3_000, 4_000),
    "97495": (500, 600, 700), "15": (10, 20, 150), "43": (1_300, 2_000, 3_200), "974": (11_500, 15_600, 19_700),
}  # fmt: skip
RATES = {
    "15": (0.02, 0.03, 0.04), "43": (0.05, 0.06, 0.08), "974": (0.40, 0.48, 0.55), "FR": (0.24, 0.26, 0.28),
}  # fmt: skip
# fact, programme, statement, value, unit, hedge, as of, publisher, independent, agrees
DECLARED = (
    ("C1-05", "acv", "L’ensemble des 222 conventions-cadres est signé au 4 juin 2019.", 222.0, "conventions", "exact", "2019-06-04", "CGET", False, "yes"),
    ("C1-06", "acv", "222 villes ont signé une convention quinquennale.", 222.0, "villes", "exact", "2019-07", "Revue fictive", True, "yes"),
    ("C1-07", "acv", "Le programme porte sur 222 territoires, soit 234 communes.", 234.0, "communes", "exact", "2020", "Cour fictive", True, "partly"),
    ("C2-02", "acv", "Plus de 4 000 actions élaborées par les communes.", 4000.0, "actions", "more_than", "2019", "Journal fictif", False, "yes"),
    ("C4-03", "acv", "50 M€ de crédits d’ingénierie pour les solutions « smart ».", 50.0, "M€", "exact", "2018/2019", "Banque des Territoires", True, "yes"),
    ("C5-07", "tiga", "L’appel est doté de 450 M€.", 450.0, "M€", "exact", "2018-11-23", "Association fictive", True, "yes"),
    ("C5-10", "tiga", "24 lauréats sont annoncés.", 24.0, "projets", "exact", "2019-09-13", "Gouvernement", False, "yes"),
    ("C6-06", "thd", "4,8 millions de locaux rendus raccordables en 2019.", 4.8, "millions de locaux", "record", "2019", "Arcep", True, "yes"),
    ("C6-21", "thd", "Le taux exact était de 79 % au quatrième trimestre 2022.", 79.0, "% des locaux", "exact", "2022-12-31", "Arcep", True, "no"),
    ("C6-28", "thd", "Objectif : 80 % des locaux en FttH en 2022.", 80.0, "% des locaux", "target", "2022", "Cour fictive", True, "partly"),
)  # fmt: skip
SOURCES = {
    "acv-2024-09": ("Liste fictive des villes", date(2024, 9, 9), 6),
    "arcep-ftth-2018t1": ("Fibre fictive par commune", date(2018, 6, 12), 36),
    "barometre-services-publics-territoires": ("Baromètre fictif", date(2018, 6, 30), 12),
    "dgcl-di-2018": ("Subventions fictives de 2018", date(2019, 10, 1), 19),
    "dgcl-di-2019": ("Subventions fictives de 2019", date(2020, 10, 1), 21),
}


def tiny_tables() -> dict[str, pa.Table]:
    """Every table of an edition that is not computed from the others, by name, with the schema of `jalon.editions.tables`."""
    rows = {**_programme_rows(), **_action_rows(), **_network_rows(), **_source_rows()}
    empty = (
        "funding_lines", "series", "evidence", "documents", "action_changes", "envelopes", "envelope_years",
        "commitments", "instruments", "instrument_rules", "calls", "laureates", "laureate_amounts", "milestones",
        "links", "same_projects",
    )  # fmt: skip
    return {
        name: pa.Table.from_pylist([] if name in empty else rows[name], schema=TABLES[name].schema)
        for name in TABLES
        if name not in DERIVED
    }


def _rows(table: str, *values: tuple) -> list[dict[str, Any]]:
    names = TABLES[table].schema.names
    return [dict(zip(names, row, strict=True)) for row in values]


def _programme_rows() -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[str]] = {}
    for _, name, *_, group in TOWNS:
        groups.setdefault(group, []).append(name)
    return {
        "programmes": _rows(
            "programmes",
            ("acv", "Action Cœur de Ville", "Action Cœur de Ville", "Redynamiser les villes.", date(2018, 3, 27), None),
            ("thd", "Plan France très haut débit", "Plan THD", "Le très haut débit.", date(2013, 2, 20), None),
            ("tiga", "Territoires d’innovation", "TIGA", "Des écosystèmes.", date(2019, 9, 13), date(2029, 9, 13)),
        ),
        "axes": _rows("axes", *(("acv", n, f"Axe {n}") for n in range(1, 6))),
        "partners": _rows(
            "partners", ("acv", "etat", "État", False), *(("acv", p, n, True) for p, n in FUNDERS.items())
        ),
        "territories": _territories(),
        "groups": _rows(
            "groups",
            *(("acv", group, " et ".join(names)) for group, names in groups.items()),
            ("tiga", "TI001", "Port fictif"),
            ("tiga", "TI002", "Vallée fictive"),
        ),
        "memberships": _rows(
            "memberships",
            *(("acv", "commune", code, group, "2018|2024") for code, *_, group in TOWNS),
            ("tiga", "epci", "200099002", "TI001", "2019"),
        ),
        "agreements": _rows(
            "agreements",
            *((f"acv:{g}", "acv", g, signed, planned, "acv-2024-09") for g, (signed, planned) in AGREEMENTS.items()),
        ),
        "signatories": _rows("signatories", *((f"acv:{g}", p) for g in AGREEMENTS for p in ("etat", *FUNDERS))),
        "action_counts": _rows("action_counts", *((a, t, MAP_DAY, u, d, "acv-2024-09") for a, t, u, d in COUNTS)),
    }


def _territories() -> list[dict[str, Any]]:
    others = (
        ("43950", "Petit-Bois", "43", "84"),
        ("15950", "Croix-Haute", "15", "84"),
        ("97495", "Îlet-Vert", "974", "04"),
    )
    return _rows(
        "territories",
        *(("commune", c, n, d, r, e, p, population_class(p), x, y) for c, n, d, r, e, p, x, y, _ in TOWNS),
        *(("commune", c, n, d, r, None, 800, population_class(800), 3.0, 45.0) for c, n, d, r in others),
        *(("epci", f"20009900{i}", f"CC fictive {i}", d, r, None, None, None, None, None)
          for i, (d, r) in enumerate((("15", "84"), ("43", "84"), ("974", "04")), 1)),
        ("departement", "15", "Cantal", None, "84", None, 144_000, None, 2.67, 45.05),
        ("departement", "43", "Haute-Loire", None, "84", None, 227_000, None, 3.81, 45.13),
        ("departement", "974", "La Réunion", None, "04", None, 860_000, None, 55.53, -21.13),
        ("region", "84", "Auvergne-Rhône-Alpes", None, None, None, 8_000_000, None, None, None),
        ("region", "04", "La Réunion", None, None, None, 860_000, None, None, None),
        ("pays", "FR", "France", None, None, None, 67_000_000, None, None, None),
    )  # fmt: skip


def _action_rows() -> dict[str, list[dict[str, Any]]]:
    actions, labels = [], []
    parents = {row["code"]: row for row in _territories()}
    for number, (code, year, title, category, cost, grant, themes) in enumerate(ACTIONS, 1):
        key, place = f"di{year % 100}_{number:03}", parents[code]
        actions.append((
            key, "grant", None, None, place["kind"], code, code, place["name"], place["departement_code"],
            place["region_code"], title, category, None, year, "DETR" if number % 3 else "DSIL", _euros(cost), _euros(grant),
            date(year, 12, 31), bool(themes), 0.9 if themes else 0.05, "machine", f"dgcl-di-{year}", number + 1,
            *[None] * 6,
        ))  # fmt: skip
        labels += [(key, theme, 0.9, "machine", "vidéoprotection") for theme in themes]
    scores = (
        ("smart_city", 0.9, 0.7, 0.97, 0.8, 0.6, 0.9, 0.85, 0.7, 0.93, 12, 1, 3, 60, 15, "validation croisée"),
        ("micro", 0.85, 0.6, 0.95, 0.8, 0.6, 0.9, 0.82, 0.6, 0.91, 14, 2, 3, 900, 17, "validation croisée"),
    )
    return {
        "actions": _rows("actions", *actions),
        "action_themes": _rows("action_themes", *labels),
        "themes": _rows("themes", *((t, n, f"Définition de {n}.", i) for i, (t, n) in enumerate(THEMES.items()))),
        "theme_scores": _rows("theme_scores", *scores),
    }


def _euros(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def _network_rows() -> dict[str, list[dict[str, Any]]]:
    rows: list[tuple] = []
    for code, values in CONNECTABLE.items():
        kind = "commune" if len(code) == 5 else "departement"
        rows += [
            (kind, code, day, value, None, None, None, None, None, date(2018, 10, 4), "arcep-ftth-2018t1")
            for day, value in zip(QUARTERS, values, strict=True)
        ]
    for code, rates in RATES.items():
        kind = "pays" if code == "FR" else "departement"
        rows += [
            (
                kind,
                code,
                day,
                None,
                None,
                rate,
                None,
                None,
                None,
                date(2022, 12, 1),
                "barometre-services-publics-territoires",
            )
            for day, rate in zip(QUARTERS, rates, strict=True)
        ]
    return {"coverage": _rows("coverage", *rows)}


def _source_rows() -> dict[str, list[dict[str, Any]]]:
    facts = (
        (f, p, says, v, u, h, at, at[:7], publisher, None, f"https://exemple.fr/{f}", own, agrees, None)
        for f, p, says, v, u, h, at, publisher, own, agrees in DECLARED
    )
    sources = (
        (s, f"{s}.csv", title, "Producteur fictif", "Licence Ouverte 2.0", f"https://exemple.fr/{s}", str(day.year), day,
         f"{number:064x}", 1000 + number, rows, number % 2, "mirror")
        for number, (s, (title, day, rows)) in enumerate(SOURCES.items())
    )  # fmt: skip
    refusals = (
        ("acv-2024-09", "acv-2024-09.csv", 7, "code", "TEST", "test-row", "ligne d’essai", "row"),
        ("dgcl-di-2018", "dgcl-di-2018.csv", 12, "cost", "indefini", "not-a-number", "coût illisible", "field"),
    )
    return {
        "declared_facts": _rows("declared_facts", *facts),
        "sources": _rows("sources", *sources),
        "refusals": _rows("refusals", *refusals),
    }
