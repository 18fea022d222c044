"""The ledger: every definition of the TOML files of this folder and of the data folder, or those an edition froze."""

import json
import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rapidfuzz.process import extract

from jalon.editions import Edition
from jalon.editions.edition import select_only
from jalon.editions.manifest import digest
from jalon.errors import EditionError, FigureError, UnknownFigure
from jalon.figures.definition import Definition
from jalon.home import home

HERE = Path(__file__).parent
FRAGMENTS = "fragments.toml"
FROZEN = "ledger.json"
OWN = "figures"
Ledger = dict[str, Definition]
_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
_SQL_KEYS = ("value", "evidence", "interval")


def ledger(edition: Edition | None = None) -> Ledger:
    """Definitions by id: those the edition was built with, else those of the product and of `JALON_HOME/figures`.

    In the order of the files. Raises FigureError that names file, figure, key and mend.
    """
    frozen = edition.attached(FROZEN) if edition else None
    return _all_definitions() if frozen is None else _restored(frozen)


def _all_definitions() -> Ledger:
    own = home().root / OWN
    return _read(own, read_ledger(HERE)) if own.is_dir() else read_ledger(HERE)


@lru_cache(maxsize=8)
def _restored(frozen: bytes) -> Ledger:
    return {row["id"]: Definition.model_validate(row) for row in json.loads(frozen)}


@cache
def read_ledger(folder: Path) -> Ledger:
    """Every `*.toml` of a folder. Raises FigureError that names file, figure, key and mend."""
    return _read(folder, {})


def _read(folder: Path, before: Ledger) -> Ledger:
    """The definitions of a folder after others; the pieces of `fragments.toml` are put in place of their `{name}`."""
    fragments = _fragments(HERE) | _fragments(folder)
    found = dict(before)
    for path in sorted(folder.glob("*.toml")):
        if path.name == FRAGMENTS:
            continue
        for raw in _load(path).get("figure", []):
            definition = _definition(path.name, raw, fragments)
            if definition.id in found:
                raise _wrong(path.name, definition.id, "id", "cet identifiant est déjà pris")
            found[definition.id] = definition
    _check_against(found)
    return found


def _fragments(folder: Path) -> dict[str, str]:
    path = folder / FRAGMENTS
    return dict(_load(path)["fragments"]) if path.exists() else {}


def get(figure: str, edition: Edition | None = None) -> Definition:
    """One definition. Raises UnknownFigure, with the nearest ids, when there is none."""
    known = ledger(edition)
    if figure not in known:
        raise _unknown(figure, known)
    return known[figure]


def dump(definitions: Ledger) -> bytes:
    """The ledger as an edition keeps it: JSON, with the SQL complete."""
    rows = [definition.model_dump() for definition in definitions.values()]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def fingerprint(definitions: Ledger) -> str:
    return digest(dump(definitions))


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(path.name, "", "", f"fichier illisible : {error}") from error


def _definition(file: str, raw: dict[str, Any], fragments: dict[str, str]) -> Definition:
    name = str(raw.get("id", "(sans id)"))
    whole = {key: _expanded(file, name, key, value, fragments) for key, value in raw.items()}
    try:
        definition = Definition.model_validate(whole)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise _wrong(file, name, key, _says(first["type"], first["msg"])) from error
    for key in _SQL_KEYS:
        _check_select(file, name, key, getattr(definition, key))
    return definition


def _check_select(file: str, figure: str, key: str, sql: str) -> None:
    try:
        if sql:
            select_only(sql)
    except EditionError as error:
        raise _wrong(file, figure, key, error.user_message.rstrip(".")) from error


def _expanded(file: str, figure: str, key: str, value: Any, fragments: dict[str, str]) -> Any:
    if key not in _SQL_KEYS or not isinstance(value, str):
        return value
    unknown = set(_FRAGMENT.findall(value)) - set(fragments)
    if unknown:
        raise _wrong(file, figure, key, f"fragments inconnus : {', '.join(sorted(unknown))}")
    whole = _FRAGMENT.sub(lambda match: fragments[match[1]].strip(), value).strip()
    return whole.replace("\n) SELECT", "\n)\nSELECT")


def _check_against(found: Ledger) -> None:
    for definition in found.values():
        other = found.get(definition.against)
        if definition.against and (other is None or other.kind != "computed"):
            raise _wrong("", definition.id, "against", f"« {definition.against} » n'est pas un chiffre calculé")


def _says(kind: str, message: str) -> str:
    return {
        "extra_forbidden": "clé inconnue",
        "missing": "clé absente",
    }.get(kind, message.removeprefix("Value error, "))


def _wrong(file: str, figure: str, key: str, what: str) -> FigureError:
    where = ", ".join(part for part in (file, figure and f"chiffre {figure}", key and f"clé {key}") if part)
    return FigureError(
        f"{where}: {what}",
        user_message=f"définition de chiffre fautive ({where}) : {what}.",
        mend="corrigez cette clé ; les clés admises sont dans src/jalon/figures/definition.py.",
    )


def _unknown(figure: str, known: Ledger) -> UnknownFigure:
    near = ", ".join(name for name, *_ in extract(figure[:80], known.keys(), limit=3))
    return UnknownFigure(
        f"unknown figure {figure!r}",
        user_message=f"le chiffre « {figure[:80]} » n'existe pas. Proches : {near}.",
        mend="« jalon figure list » les donne tous.",
    )
