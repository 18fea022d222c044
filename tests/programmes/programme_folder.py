"""A small sound programme that tests damage one way at a time."""

from pathlib import Path

TOML = """\
id = "petites-villes"
name = "Petites villes fictives"
short_name = "Petites villes"
description = "Un programme inventé pour les essais."
launched_on = 2020-10-01
ends_on = 2026-12-31
home_figures = ["petites-villes-communes"]

[words]
beneficiary = "ville"
beneficiaries = "villes"
group = "territoire"
groups = "territoires"
agreement = "convention d’adhésion"
agreements = "conventions d’adhésion"

[[axes]]
number = 1
label = "Habitat"

[[axes]]
number = 2
label = "Commerce"

[[partners]]
id = "etat"
label = "État"
funds = true

[[envelopes]]
id = "tout"
label = "Ensemble"
amount_eur = 3_000_000_000
fact = "P1"
partner = "etat"

[[targets]]
id = "villes"
label = "Villes aidées"
value = 1000.0
unit = "villes"
due_on = 2026-12-31
fact = "P2"

[[milestones]]
on = 2020-10-01
label = "Lancement"
fact = "P2"
"""
TOWNS = """\
kind,code,name,departement,region,epci_siren,population,lon,lat,group_id,group_name,signed_on,signed_on_source,\
planned_on,under_way,delivered,counts_shared,counted_on,listed_in,note
commune,15012,Arpajon-sur-Cère,15,84,,6217,,,G1,Aurillac et Arpajon,2021-05-04,liste-2022,,2,11,oui,2022-01-01,liste,
commune,15014,Aurillac,15,84,,25499,,,G1,Aurillac et Arpajon,2021-05-04,liste-2022,,2,11,oui,2022-01-01,liste,
commune,2A004,Ajaccio,2A,94,,,,,G2,Ajaccio,,,2021-06-30,,,non,,liste-2021|liste-2022,
commune,97302,Cayenne,973,03,,,-52.33,4.94,G3,Cayenne,,,,4,,non,2022-01-01,liste-2022,
"""
DECLARED = """\
fact_id,programme,statement,value,unit,hedge,as_of,published,publisher,title,url,independent,agrees,note
P1,petites-villes,Trois milliards sur six ans.,3000,M€,exact,2020/2026,2020-10,Un journal,,https://example.org/a,oui,,
P2,petites-villes,Un millier de villes.,1000,villes,about,2020-10-01,,Un autre,,https://example.org/b,non,yes,
"""
AMOUNTS = """\
group_id,amount_eur,nature,url,note
G1,1500000,subvention,https://example.org/c,
"""
FILES = {"programme.toml": TOML, "beneficiaries.csv": TOWNS, "declared.csv": DECLARED, "amounts.csv": AMOUNTS}


def write(folder: Path, **changed: tuple[str, str]) -> Path:
    """Write the programme in `folder`, replacing text in one file: `toml=("old", "new")`, `towns=`, `declared=`…"""
    short = {
        "toml": "programme.toml",
        "towns": "beneficiaries.csv",
        "declared": "declared.csv",
        "amounts": "amounts.csv",
    }
    folder.mkdir(parents=True, exist_ok=True)
    texts = dict(FILES)
    for name, (old, new) in changed.items():
        file = short[name]
        assert old in texts[file], f"{old!r} is not in {file}"
        texts[file] = texts[file].replace(old, new, 1)
    for file, text in texts.items():
        (folder / file).write_text(text, "utf-8")
    return folder
