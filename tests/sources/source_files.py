"""Small files in the layouts of the producers, written by the tests."""

import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from jalon.sources import Source, catalog

Cell = str | int | float | None
ACV_2018 = {
    "codgeo": "01004", "dep": "01", "reg2016": "84", "libgeo": "Ambérieu-en-Bugey", "libgeo_m": "", "pop": 1.0,
    "NOM_REGION": "", "JUMELAGE": "NON", "NOM_COM": "Ambérieu-en-Bugey", "AV_PUBLIC": "Convention signée",
    "DATE_SIGN": "13 juillet 2018", "ACTION": None, "PROJET": None, "categorie": "sig", "INTERNET": None,
}  # fmt: skip
ACV_2024 = {
    "insee_com": "01004", "id_acv": "acv-008", "lib_acv": "Ambérieu-en-Bugey", "date_signature": "24/09/2019",
    "actions_en_cours": 2, "actions_livrees": 16, "lib_reg": "Auvergne-Rhône-Alpes", "lib_com": "Ambérieu-en-Bugey",
    "insee_dep": "01", "insee_reg": "84", "siren_epci": "240100883",
}  # fmt: skip
ACV_2025 = {
    "insee_com": 1004, "id_acv": "ACV008", "lib_com": "Ambérieu-en-Bugey", "lib_com_carto": "", "pop": 1,
    "iso_territoire_2": "FR", "insee_dep": 1, "insee_reg": 84, "siren_epci": 240100883,
    "lib_reg": "Auvergne-Rhône-Alpes",
}  # fmt: skip
HERE = [5.35893, 45.95814]


def place(folder: Path, source_id: str, contents: Sequence[str | bytes]) -> Source:
    """Write the files of a source at their catalogued paths below `folder`."""
    source = catalog()[source_id]
    for file, content in zip(source.files, contents, strict=True):
        path = folder / file.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return source


def geojson(*features: dict[str, Any], at: Sequence[float] = HERE) -> str:
    """A FeatureCollection of points; a feature may bring its own `geometry`."""
    point = {"type": "Point", "coordinates": list(at)}
    made = []
    for feature in features:
        properties = {name: value for name, value in feature.items() if name != "geometry"}
        made.append({"type": "Feature", "geometry": feature.get("geometry", point), "properties": properties})
    return json.dumps({"type": "FeatureCollection", "features": made}, ensure_ascii=False)


def csv_of(*rows: Iterable[Cell]) -> str:
    return "".join(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def ods(path: Path, sheets: dict[str, list[list[Cell]]]) -> Path:
    """A minimal OpenDocument spreadsheet."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(_ods_row(row) for row in rows)}</table:table>'
        for name, rows in sheets.items()
    )
    spaces = "".join(f' xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text"))
    body = f"<office:document-content{spaces}><office:body><office:spreadsheet>{tables}"
    content = f'<?xml version="1.0"?>{body}</office:spreadsheet></office:body></office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{entry}</manifest:manifest>")
        archive.writestr("content.xml", content)
    return path


def _ods_row(row: list[Cell]) -> str:
    return f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'


def xlsx(path: Path, sheets: dict[str, list[list[Cell]]], declared: int = 1_048_576) -> Path:
    """A minimal XLSX whose sheets declare a million rows, as those of the State do."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    names = list(sheets)
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(names, 1))
    linked = "".join(
        f'<Relationship Id="rId{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    root = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    kinds = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types">{kinds}</Types>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{root}</Relationships>')
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{linked}</Relationships>'
        )
        for i, rows in enumerate(sheets.values(), 1):
            body = "".join(_xlsx_row(number, row) for number, row in enumerate(rows, 1))
            size = f'<dimension ref="A1:N{declared}"/>'
            archive.writestr(
                f"xl/worksheets/sheet{i}.xml",
                f'<worksheet xmlns="{main}">{size}<sheetData>{body}</sheetData></worksheet>',
            )
    return path


def _xlsx_row(number: int, row: list[Cell]) -> str:
    cells = (f'<c r="{chr(65 + i)}{number}" {_xlsx_value(cell)}' for i, cell in enumerate(row) if cell is not None)
    return f'<row r="{number}">{"".join(cells)}</row>'


def _xlsx_value(cell: Cell) -> str:
    if isinstance(cell, str):
        return f't="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f"><v>{cell}</v></c>"
