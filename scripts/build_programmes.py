"""Compile the tables of the bundled programmes from the facts gathered in a folder (acv_towns.csv, declared.csv…).

    .venv/bin/python scripts/build_programmes.py FACTS

Only facts are carried: codes, dates, counts, amounts, and sentences of our own about cited publications.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jalon.geography import geography
from jalon.programmes.rows import AmountRow, BeneficiaryRow, DeclaredRow

PROGRAMMES = Path(__file__).resolve().parents[1] / "src" / "jalon" / "programmes"
LISTS = {"2018": "acv-2018-10", "2024": "acv-2024-09", "2025": "acv-2025-04"}
COUNTED_ON = "2024-09-09"
SPEAKS_OF = {"C1": "acv", "C2": "acv", "C3": "acv", "C4": "acv", "C5": "tiga", "C6": "thd", "C7": "thd"}
SAME_NAMES = ("value", "unit", "hedge", "as_of", "published", "publisher", "title", "url", "note")
Row = dict[str, Any]
TOWN_COLUMNS = tuple(BeneficiaryRow.model_fields)
WITHOUT_ID = {
    "78517": ("ACV2018-78517", "Sans identifiant dans les listes : cité en 2018 seulement. Identifiant de Jalon.")
}
INTERREGIONAL = {"LIT Ouesterel": ("28", "52", "53")}
SECOND_IN_ITS_REGION = {"OccitANum (Occit@Num)": "Périmètre : région Occitanie, territoire déjà porté par Littoral +."}


def main() -> None:
    facts = Path(sys.argv[1])
    write("acv", "beneficiaries", TOWN_COLUMNS, acv_rows(read(facts / "acv_towns.csv")))
    laureates = read(facts / "tiga.csv")
    ids = {row["projet"]: f"TIGA{int(row['rang']):02}" for row in laureates}
    write("tiga", "beneficiaries", TOWN_COLUMNS, tiga_rows(laureates, ids))
    write("tiga", "amounts", tuple(AmountRow.model_fields), amount_rows(read(facts / "tiga_montants.csv"), ids))
    country = {"kind": "pays", "code": "FR", "group_id": "THD", "group_name": "France", "counts_shared": "non"}
    write("thd", "beneficiaries", TOWN_COLUMNS, [country])
    declared = declared_rows(read(facts / "declared.csv"))
    for programme in ("acv", "tiga", "thd"):
        spoken_of = [row for row in declared if row["programme"] == programme]
        write(programme, "declared", tuple(DeclaredRow.model_fields), spoken_of)


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(programme: str, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    path = PROGRAMMES / programme / f"{table}.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def official(kind: str, code: str) -> Row:
    place = geography().place(kind, code)
    if place is None:
        sys.exit(f"{kind} {code}: unknown to the official geography")
    return {
        "kind": kind, "code": code, "name": place.name, "departement": place.departement_code,
        "region": place.region_code, "epci_siren": place.epci_code, "population": place.population,
        "lon": place.lon, "lat": place.lat,
    }  # fmt: skip


def acv_rows(towns: list[Row]) -> list[Row]:
    rows = []
    for town in towns:
        place = official("commune", town["code_insee"])
        group_id, note = WITHOUT_ID.get(town["code_insee"], (town["id_acv"], ""))
        counted = town["actions_en_cours"] or town["actions_livrees"]
        rows.append(place | {
            "group_id": group_id,
            "signed_on": town["date_signature"],
            "signed_on_source": LISTS[town["source_date"]] if town["date_signature"] else "",
            "planned_on": town["date_2018"] if town["statut_2018"] == "signature prévue" else "",
            "under_way": town["actions_en_cours"], "delivered": town["actions_livrees"],
            "counts_shared": town["compteurs_partages"] or "non",
            "counted_on": COUNTED_ON if counted else "",
            "listed_in": "|".join(LISTS[year] for year in town["millesimes"].split("|")),
            "note": note,
        })  # fmt: skip
    groups = defaultdict(list)
    for row in rows:
        groups[row["group_id"]].append(row)
    for members in groups.values():
        name_group(members)
    return sorted(rows, key=lambda row: row["code"])


def name_group(members: list[Row]) -> None:
    """Name the group after its towns, the most populous first."""
    names = [row["name"] for row in sorted(members, key=lambda row: (-row["population"], row["code"]))]
    for row in members:
        row["group_name"] = " et ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def tiga_rows(laureates: list[Row], ids: dict[str, str]) -> list[Row]:
    rows = []
    for laureate in laureates:
        group = {"group_id": ids[laureate["projet"]], "group_name": laureate["projet"], "counts_shared": "non"}
        second = SECOND_IN_ITS_REGION.get(laureate["projet"])
        if second:
            rows.append(group | {"note": second})
            continue
        note = "Chef de file : " + laureate["chef_de_file"] + "."
        rows += [official(kind, code) | group | {"note": note} for kind, code in territories(laureate)]
    return rows


def territories(laureate: Row) -> list[tuple[str, str]]:
    if laureate["projet"] in INTERREGIONAL:
        return [("region", code) for code in INTERREGIONAL[laureate["projet"]]]
    if laureate["siren_epci"]:
        others = re.findall(r"\b\d{9}\b", laureate["note"])
        return [("epci", siren) for siren in [laureate["siren_epci"], *others]]
    kind = {"département": "departement", "région": "region"}[laureate["maille_code"]]
    return [(kind, laureate["code_insee_departement_ou_region"])]


def amount_rows(amounts: list[Row], ids: dict[str, str]) -> list[Row]:
    rows = []
    for amount in amounts:
        url, _, rest = amount["source"].partition(" ")
        rows.append({
            "group_id": ids[amount["projet"]], "amount_eur": round(float(amount["montant_meur"]) * 1_000_000),
            "nature": amount["nature"], "url": url,
            "note": " ".join(part for part in (amount["note"], rest) if part),
        })  # fmt: skip
    return rows


def declared_rows(facts: list[Row]) -> list[Row]:
    return [
        {
            "fact_id": fact["fact_id"], "programme": SPEAKS_OF[fact["fact_id"][:2]], "statement": fact["statement_fr"],
            "independent": {"yes": "oui", "no": "non"}[fact["independent_of_seed"]],
            "agrees": fact["agrees_with_seed"],
            **{name: fact[name] for name in SAME_NAMES},
        }
        for fact in facts
    ]  # fmt: skip


if __name__ == "__main__":
    main()
