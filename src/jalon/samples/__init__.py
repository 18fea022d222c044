"""The fictional agreements that the product carries, so that a newcomer sees a reading within a minute.

Made by scripts/make_sample_agreements.py. Their towns are in no official geography: they enter no agreement, no
edition and no figure.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Sample:
    """`slug` names it in addresses; `label` and `says` are French."""

    slug: str
    file: str
    label: str
    says: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file


SAMPLES: tuple[Sample, ...] = (
    Sample("pdf", "convention-fictive-pdf.pdf", "Sainte-Ygerne, PDF", "Huit pages, une fiche par page, en tableau."),
    Sample(
        "docx",
        "convention-fictive-docx.docx",
        "Vieuxpré-sur-Orne, Word",
        "Neuf pages, des fiches à la suite, et un avenant qui change trois actions.",
    ),
    Sample(
        "odt", "convention-fictive-odt.odt", "Castelmaure-le-Neuf, LibreOffice", "Six pages, des fiches sans cadre."
    ),
    Sample("scan", "convention-fictive-scan.pdf", "Saint-Aubric, papier numérisé", "Neuf images de pages, de travers."),
)


@lru_cache(maxsize=1)
def hashes() -> frozenset[str]:
    """SHA-256 of each of them."""
    return frozenset(hashlib.sha256(sample.path.read_bytes()).hexdigest() for sample in SAMPLES)
