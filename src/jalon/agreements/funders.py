"""Who finances: the kinds of funders, their schemes, and by which instrument."""

import re
from functools import lru_cache

from jalon.agreements.model import Instrument
from jalon.agreements.wording import fold

KINDS: tuple[tuple[str, str], ...] = (
    ("region", r"\bregion|\bconseil regional|\bcr\b"),
    ("departement", r"\bdepartement|\bconseil departemental|\bcd\s?\d*\b|\bconseil general"),
    ("etat", r"\betat\b|\bdsil\b|\bdetr\b|\bfnadt\b|\bdrac\b|\bfisac\b|\bfsil\b|\bprefecture|\bdsid\b"),
    ("bdt", r"\bcaisse des depots|\bbanque des territoires|\bbdt\b|\bcdc\b"),
    ("anah", r"\banah\b|agence nationale de l'habitat"),
    ("al", r"\baction logement"),
    ("anru", r"\banru\b"),
    ("ademe", r"\bademe\b"),
    ("agence-eau", r"\bagence de l'eau"),
    ("europe", r"\bfeder\b|\beurope|\bfse\b|\bleader\b|union europeenne"),
    ("epci", r"\bagglo|\bcommunaute\b|\bepci\b|\bintercommunalite|\bmetropole\b|^grand\b|\bcc\b|\bca\b"),
    ("commune", r"\bville\b|\bcommune\b|\bautofinancement|\bmairie|\bfonds propres|\bmaitre d'ouvrage"),
    ("prive", r"\bprive|\bcci\b|\bbailleur|\boph\b|\bmecenat|\bsyndicat|\bautres?\b|\bcaf\b|\bepf\b"),
)
INSTRUMENTS: tuple[tuple[Instrument, str], ...] = (
    ("quasi-equity", r"quasi[\s-]fonds propres"),
    ("equity", r"\bprise de participation|\bparticipation au capital|\bapport en capital"),
    ("own-funds", r"\bautofinancement|\bfonds propres"),
    ("advance", r"\bavance"),
    ("loan", r"\bprets?\b|\bemprunt"),
    ("grant", r"\bsubvention|\baide|\bdsil\b|\bdetr\b|\bfnadt\b|\bfeder\b|\bfisac\b|\bdrac\b"),
)
SCHEMES = re.compile(r"\b(DSIL|DETR|FNADT|DSID|FISAC|FEDER|FSE|LEADER|DRAC)\b")


@lru_cache(maxsize=4_096)
def kind(text: str) -> str | None:
    """The kind of funder that a short text names, None when it names none."""
    if len(text) > 80:
        return None
    folded = fold(text)
    return next((name for name, pattern in KINDS if re.search(pattern, folded)), None)


@lru_cache(maxsize=4_096)
def instrument(text: str) -> Instrument:
    folded = fold(text)
    return next((name for name, pattern in INSTRUMENTS if re.search(pattern, folded)), "unknown")


def scheme(text: str) -> str:
    found = SCHEMES.search(text)
    return found.group(1) if found else ""
