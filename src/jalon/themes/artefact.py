"""The shipped model as one small file: compressed JSON and numbers, the same bytes for the same content."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jalon.themes.errors import ArtefactError
from jalon.themes.model import HUNDREDTHS, Weights
from jalon.themes.schema import HERE, LEXICON_FILE, TAXONOMY_FILE

MODEL_FILE = HERE / "model" / "themes.model"
SCORES_FILE = HERE / "model" / "scores.json"
LABELS = HERE / "labels"
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
    """Whether an artefact was learned with the taxonomy and the lexicon that are in the package."""
    now = inputs()
    return all(artefact.made_from.get(file.name) == now[file.name] for file in (TAXONOMY_FILE, LEXICON_FILE))


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
