"""What is done in the register, and which role may do it inside its perimeter."""

from enum import StrEnum
from types import MappingProxyType

from jalon.register.models import Role


class Verb(StrEnum):
    """An act on the register; each route that writes, or shows what is not published, demands one."""

    CONSULT = "consult"
    UPLOAD = "upload"
    PROPOSE = "propose"
    CORRECT = "correct"
    REVIEW = "review"
    FREEZE = "freeze"
    FUND = "fund"
    EXPORT = "export"
    PUBLISH = "publish"
    ADMINISTER = "administer"


VERB_LABELS = MappingProxyType(
    {
        Verb.CONSULT: "consulter l’espace de travail",
        Verb.UPLOAD: "déposer des documents",
        Verb.PROPOSE: "proposer une correction",
        Verb.CORRECT: "corriger le registre",
        Verb.REVIEW: "relire et trancher",
        Verb.FREEZE: "figer une vérification",
        Verb.FUND: "décider d’un engagement",
        Verb.EXPORT: "exporter ce qui n’est pas publié",
        Verb.PUBLISH: "publier une édition",
        Verb.ADMINISTER: "gérer les comptes",
    }
)


ALLOWED = MappingProxyType(
    {
        Role.CONTRIBUTOR: frozenset({Verb.CONSULT, Verb.UPLOAD, Verb.PROPOSE}),
        Role.REVIEWER: frozenset({Verb.CONSULT, Verb.UPLOAD, Verb.PROPOSE, Verb.CORRECT, Verb.REVIEW, Verb.FREEZE}),
        Role.FUNDER: frozenset({Verb.CONSULT, Verb.PROPOSE, Verb.FUND, Verb.EXPORT}),
        Role.MANAGER: frozenset(set(Verb) - {Verb.ADMINISTER}),
        Role.ADMINISTRATOR: frozenset(Verb),
    }
)
