"""The peer of the whole job: a straightforward pandas script, one file after the other, ten figures at the end.

Usage: pandas_job.py MIRROR [calamine]. Without `calamine`, pandas takes its default readers (odfpy, openpyxl).
"""

import json
import re
import sys
from pathlib import Path

import pandas as pd

SMART = re.compile(
    r"vid[ée]o ?-?(?:protection|surveillance)|num[ée]rique|informati|fibre|wi-?fi|t[ée]l[ée]gestion|intelligent"
    r"|borne|tablette|ordinateur|logiciel|coworking|fablab|\btbi\b|\btni\b|\bvpi\b",
    re.IGNORECASE,
)


def towns(path: Path) -> pd.DataFrame:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return pd.DataFrame([feature["properties"] for feature in features])


def main(mirror: Path, engine: str | None) -> None:
    acv = {v: towns(mirror / f"acv-{v}" / "coeurdeville.geojson") for v in ("2018-10", "2024-09", "2025-04")}
    listed = acv["2024-09"]
    listed["signed"] = pd.to_datetime(listed.date_signature, format="%d/%m/%Y", errors="coerce")
    for counter in ("actions_en_cours", "actions_livrees"):
        listed[counter] = pd.to_numeric(listed[counter], errors="coerce")
    of_2018 = pd.read_excel(mirror / "dgcl-di-2018/Projets_DI_2018.ods", sheet_name=0, engine=engine)
    of_2019 = pd.read_excel(
        mirror / "dgcl-di-2019/projets_dotations_investissement_2019.xlsx", sheet_name=1, engine=engine
    ).dropna(subset=["id_projet"])
    of_2018["cost"] = pd.to_numeric(
        of_2018.COUT.astype(str).str.replace(",", ".").str.replace(" ", ""), errors="coerce"
    )
    projects = pd.concat(
        [
            of_2018.rename(columns={"CODGEO": "code", "DESCRIPTION": "text", "SUBVENTION": "grant"})[
                ["code", "text", "cost", "grant"]
            ],
            of_2019.rename(
                columns={"id_terr": "code", "description": "text", "cout_total": "cost", "montant_sub": "grant"}
            )[["code", "text", "cost", "grant"]],
        ]
    )
    projects["smart"] = projects.text.fillna("").str.contains(SMART)
    communes = pd.read_csv(mirror / "arcep-ftth-2018t1/ftthCommunes.csv", skiprows=4, dtype={"Code commune": str})
    lines = communes[communes.Champ == "Locaux Raccordables"]
    fibre = pd.read_csv(mirror / "barometre-services-publics-territoires/detail-departemental.csv")
    later = pd.read_csv(mirror / "ditp-barometre-2024/ind-306.csv")
    small = pd.read_csv(mirror / "pvd-2021-01/pvd_carte-interactive_20200122.csv")
    for name in ("ftthDepartements", "ftthRegions", "ftthEpci", "ftthArrondissements"):
        pd.read_csv(mirror / f"arcep-ftth-2018t1/{name}.csv", skiprows=4)
    of_towns = projects[projects.code.astype(str).isin(listed.insee_com)]
    once = listed.drop_duplicates(["id_acv", "actions_en_cours", "actions_livrees"])
    as_of = pd.Timestamp("2020-02-24")
    figures = {
        "towns": len(listed),
        "groups signed": listed[listed.signed <= as_of].id_acv.nunique(),
        "towns signed": int((listed.signed <= as_of).sum()),
        "actions": float(once.actions_en_cours.sum() + once.actions_livrees.sum()),
        "projects of the towns": len(of_towns),
        "grants of the towns": float(of_towns.grant.sum()),
        "smart-city projects": int(of_towns.smart.sum()),
        "towns with one": of_towns[of_towns.smart].code.nunique(),
        "FTTH of the towns": int(lines[lines["Code commune"].isin(listed.insee_com)]["T1 2018"].astype(float).sum()),
        "départements in the series": fibre.code_departement.nunique() + later.enforce_zone_id.nunique() + len(small),
    }
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
