"""The shipped model as one small file: compressed JSON and numbers, the same bytes for the same content."""

import hashlib
import json
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from jalon.themes import own
from jalon.themes.errors import ArtefactError
from jalon.themes.model import HUNDREDTHS, Weights
from jalon.themes.schema import HERE, LEXICON_FILE, TAXONOMY_FILE

MODEL_FILE = HERE / "model" / "themes.model"
SCORES_FILE = HERE / "model" / "scores.json"
LABELS = HERE / "labels"
REVIEWED = "reviewed"
MAGIC = b"JALON-THEMES-1\n"
MEND = "reconstruisez-le : jalon themes train"


@dataclass(frozen=True, slots=True)
class Artefact:
    """Weights with what they were made from: hashes of taxonomy, lexicon and labels."""

    weights: Weights
    made_from: dict[str, str]


def inputs() -> dict[str, str]:
    """SHA-256 of each file of the package that the model is made from."""
    files = [TAXONOMY_FILE, LEXICON_FILE, *sorted(LABELS.glob("*.csv"))]
    return {file.relative_to(HERE).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def fits(artefact: Artefact) -> bool:
    """Whether an artefact was learned with the taxonomy and the lexicon that are in the package.

    One learned on this site must also know the operator's files as they are; the shipped one knows of none.
    """
    now = inputs()
    theirs = {name: digest for name, digest in artefact.made_from.items() if name.startswith("own/")}
    return all(artefact.made_from.get(file.name) == now[file.name] for file in (TAXONOMY_FILE, LEXICON_FILE)) and (
        artefact.made_from.get(REVIEWED) is None or theirs == own.hashes()
    )


def active() -> Path:
    """The model in use: the one learned on this site when it fits, else the shipped one."""
    return _active(own.model(), own.stamp())


@lru_cache(maxsize=4)
def _active(learned: Path | None, stamp: own.Stamp) -> Path:
    return learned if learned is not None and fits(read(learned)) else MODEL_FILE


def widened(weights: Weights, themes: tuple[str, ...]) -> Weights:
    """The same weights with a column a theme of `themes`; a theme not learned yet rests on its rules alone."""
    if weights.themes == themes:
        return weights
    columns = {theme: weights.table[:, i] for i, theme in enumerate(weights.themes)}
    silent = np.zeros(len(weights.features), np.float32)
    table = np.stack([columns.get(theme, silent) for theme in themes], axis=1)
    return replace(weights, themes=themes, table=table)


def in_use() -> str:
    """SHA-256 of all that decides a label: the model in use and the operator's files."""
    return _in_use(active(), own.stamp())


@lru_cache(maxsize=4)
def _in_use(file: Path, stamp: own.Stamp) -> str:
    alone = version(file)
    return hashlib.sha256(f"{alone} {sorted(own.hashes().items())}".encode()).hexdigest() if stamp else alone


def dump(artefact: Artefact) -> bytes:
    """The bytes of an artefact; weights are kept to a hundredth."""
    weights = artefact.weights
    head = {
        "themes": weights.themes,
        "features": weights.features,
        "smart": weights.smart,
        "made_from": artefact.made_from,
    }
    numbers = np.round(weights.table * HUNDREDTHS).astype("<i2")
    text = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    body = len(text).to_bytes(8, "little") + text + numbers.tobytes()
    return MAGIC + hashlib.sha256(body).digest() + zlib.compress(body, 9)


def load(data: bytes) -> Artefact:
    """The artefact of these bytes; raises `ArtefactError` when they are not one or are damaged."""
    try:
        if not data.startswith(MAGIC):
            raise ValueError("ce n'est pas un modèle de thèmes")
        start = len(MAGIC) + 32
        body = zlib.decompress(data[start:])
        if hashlib.sha256(body).digest() != data[len(MAGIC) : start]:
            raise ValueError("empreinte fausse")
        size = int.from_bytes(body[:8], "little")
        head = json.loads(body[8 : 8 + size])
        numbers = (
            np.frombuffer(body[8 + size :], "<i2").reshape(-1, len(head["themes"])).astype(np.float32) / HUNDREDTHS
        )
    except (ValueError, KeyError, zlib.error) as error:
        raise ArtefactError(
            str(error), user_message=f"le modèle des thèmes est illisible ({error}).", mend=MEND
        ) from None
    weights = Weights(tuple(head["themes"]), tuple(head["features"]), numbers, tuple(head["smart"]))
    return Artefact(weights, head["made_from"])


def read(file: Path = MODEL_FILE) -> Artefact:
    """The artefact in a file; raises `ArtefactError`."""
    if not file.exists():
        raise _absent(file)
    return load(file.read_bytes())


def version(file: Path = MODEL_FILE) -> str:
    """SHA-256 of a model file; raises `ArtefactError` when it is absent."""
    if not file.exists():
        raise _absent(file)
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _absent(file: Path) -> ArtefactError:
    return ArtefactError(str(file), user_message=f"le modèle des thèmes manque : {file}.", mend=MEND)
