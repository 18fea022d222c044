"""A small country in the tables of an edition, for the tests of indicators."""

import random

import pyarrow as pa

SCORES = pa.table(
    {
        "theme": ["smart_city", "micro", "securite_numerique", "mobilite_intelligente"],
        "precision": [0.95, 0.93, 0.94, 1.0],
        "recall": [0.97, 0.95, 0.96, 1.0],
        "f1": [0.96, 0.94, 0.95, 1.0],
        "positives": [572, 585, 160, 24],
        "method": ["test"] * 4,
    }
)
REGIONS = {"38": "84", "69": "84", "35": "53", "29": "53"}
CLASSES = ("500-a-2000", "10000-a-20000")


def country(towns: int = 40, seed: int = 1) -> dict[str, pa.Table]:
    """`towns` communes over four départements and two classes, 0 to 8 actions each, a few judged by a person."""
    draw = random.Random(seed)
    places, actions, themes = [], [], []
    for number in range(towns):
        departement = list(REGIONS)[number % 4]
        code = f"{departement}{number:03d}"
        size = CLASSES[number % 2]
        places.append(("commune", code, departement, REGIONS[departement], size, 1_000 if number % 2 else 15_000))
        for rank in range(draw.randrange(9)):
            smart = draw.random() < 0.2
            name = f"a{number:03d}-{rank}"
            human = "human" if draw.random() < 0.1 else "machine"
            cost = None if draw.random() < 0.2 else round(draw.uniform(1e3, 1e6), 2)
            actions.append((name, "grant", "commune", code, 2018 + rank % 2, smart, float(smart), human, cost))
            if smart:
                themes.append((name, draw.choice(["securite_numerique", "mobilite_intelligente"]), human))
    return _tables(places, actions, themes)


def _tables(places: list[tuple], actions: list[tuple], themes: list[tuple]) -> dict[str, pa.Table]:
    columns = ["kind", "code", "departement_code", "region_code", "population_class", "population"]
    territories = pa.table(dict(zip(columns, map(list, zip(*places, strict=True)), strict=True)))
    columns = [
        "action_id",
        "kind",
        "territory_kind",
        "territory_code",
        "year",
        "smart_city",
        "probability",
        "decided_by",
        "cost_eur",
    ]
    made = dict(zip(columns, map(list, zip(*actions, strict=True)), strict=True))
    made["grant_eur"] = [None if cost is None else cost / 2 for cost in made["cost_eur"]]
    themed = dict(zip(("action_id", "theme", "decided_by"), map(list, zip(*themes, strict=True)), strict=True))
    codes = [place[1] for place in places[::2]]
    members = {"programme": ["acv"] * len(codes), "territory_kind": ["commune"] * len(codes), "territory_code": codes}
    return {
        "actions": pa.table(made).cast(_schema(made)),
        "themes": pa.table(themed),
        "memberships": pa.table(members),
        "territories": territories,
        "scores": SCORES,
    }


def _schema(made: dict[str, list]) -> pa.Schema:
    types = {"year": pa.int32(), "smart_city": pa.bool_(), "probability": pa.float64()}
    money = {"cost_eur": pa.float64(), "grant_eur": pa.float64()}
    return pa.schema([(name, {**types, **money}.get(name, pa.string())) for name in made])
