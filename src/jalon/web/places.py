"""Addresses of territories. Communes and EPCI go by their code alone; départements and régions share numbers."""

import re

PREFIXED = {"departement": "departement", "region": "region"}
KIND_LABELS = {
    "commune": "commune",
    "epci": "intercommunalité",
    "departement": "département",
    "region": "région",
    "pays": "pays",
    "syndicat": "syndicat",
    "autre": "autre bénéficiaire",
}
_PREFIXED = re.compile(r"(departement|region)-(\w{2,3})")
SHOWN = ("commune", "epci", "departement", "region")


def slug(kind: str, code: str) -> str:
    return f"{PREFIXED[kind]}-{code}" if kind in PREFIXED else code


def parse(text: str) -> tuple[str, str] | None:
    """`69123`, `200046977`, `departement-69`, `region-84` to a kind and a code; None for anything else."""
    match = _PREFIXED.fullmatch(text)
    if match:
        return match[1], match[2]
    if re.fullmatch(r"\d{9}", text):
        return "epci", text
    if re.fullmatch(r"\d[0-9AB]\d{3}", text):
        return "commune", text
    return None


def url(kind: str | None, code: str | None) -> str | None:
    """The page of a territory; None for a beneficiary that has none."""
    return f"/territoires/{slug(kind, code)}/" if kind in SHOWN and code else None


def actions_url(kind: str, code: str | None) -> str:
    """The actions of one beneficiary."""
    return f"/actions/?territoire={kind}%3A{code}"
