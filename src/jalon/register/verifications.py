"""Keep a check, decide on its claims, freeze it into a dossier, add a note. Nothing is ever changed or deleted."""

import hashlib
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from jalon.claims import LABELS, Check, Verdict, as_json
from jalon.claims.stored import from_json
from jalon.dossiers import Decision, Dossier, dossier, written
from jalon.editions import open_edition
from jalon.errors import RegisterError
from jalon.home import home
from jalon.register.models import (
    FrozenVerification,
    Verification,
    VerificationDecision,
    VerificationFile,
    VerificationNote,
)


def keep(check: Check, title: str, author: User) -> Verification:
    """A check that people can decide on. Raises RegisterError without a title."""
    title = " ".join(title.split())[:200]
    if not title:
        raise _refused("elle n’a pas de titre", "donnez-lui le titre sous lequel on la retrouvera.")
    return Verification.objects.create(  # type: ignore[no-any-return]
        title=title, edition=check.edition, as_of=check.as_of, result=as_json(check), author=author
    )


def decide(
    kept: Verification, claim: int, author: User, *, verdict: str = "", reason: str = ""
) -> VerificationDecision:
    """Accept the machine's verdict on a claim, counted from 1, or hold another with a reason.

    Raises RegisterError when the check is frozen, has no such claim, or the reason is missing.
    """
    if is_frozen(kept):
        raise _refused("elle est figée", "ajoutez une note, ou vérifiez de nouveau le texte.")
    claims = kept.result["claims"]
    if not 1 <= claim <= len(claims):
        raise _refused("ce point n’existe pas", f"choisissez un point de 1 à {len(claims)}.")
    machine: Verdict = claims[claim - 1]["verdict"]
    chosen = verdict or machine
    if chosen not in LABELS:
        raise _refused("ce verdict n’existe pas", "choisissez l’un des verdicts de la légende.")
    if chosen != machine and not reason.strip():
        raise _refused("écarter un verdict demande un motif", "dites pourquoi, en une phrase.")
    return VerificationDecision.objects.create(  # type: ignore[no-any-return]
        verification=kept, claim=claim, accepted=chosen == machine, verdict=chosen, reason=reason.strip(), author=author
    )


def freeze(kept: Verification, author: User, origin: str) -> FrozenVerification:
    """Seal the dossier: its files are written once, in one transaction. Raises RegisterError when it already is.

    EditionError when the edition it was checked on is gone.
    """
    if is_frozen(kept):
        raise _refused("elle est déjà figée", "son adresse permanente est dans la liste.")
    made = assembled(kept, author, origin)
    files = written(made)
    with transaction.atomic():
        frozen = FrozenVerification.objects.create(
            verification=kept, sha256=made.sha256, author=author, frozen_at=made.frozen_at
        )
        for kind, content in files.items():
            digest = hashlib.sha256(content).hexdigest()
            VerificationFile.objects.create(frozen=frozen, kind=kind, content=content, sha256=digest)
    return frozen  # type: ignore[no-any-return]


def assembled(kept: Verification, author: User, origin: str) -> Dossier:
    """The dossier as it stands now."""
    return dossier(
        from_json(kept.result),
        open_edition(home(), kept.edition),
        decisions(kept),
        key=kept.id,
        title=kept.title,
        author=name_of(author),
        frozen_at=timezone.localtime().replace(microsecond=0),
        origin=origin,
    )


def annotate(frozen: FrozenVerification, text: str, author: User, replaced_by: str = "") -> VerificationNote:
    """A note on a frozen verification, which may name the one that replaces it. Raises RegisterError."""
    if not text.strip():
        raise _refused("la note est vide", "dites ce qui a changé.")
    other = FrozenVerification.objects.filter(pk=replaced_by).exclude(pk=frozen.pk).first() if replaced_by else None
    if replaced_by and other is None:
        raise _refused("celle qui la remplace n’existe pas", "donnez l’identifiant d’une autre vérification figée.")
    return VerificationNote.objects.create(  # type: ignore[no-any-return]
        frozen=frozen, text=text.strip(), replaced_by=other, author=author
    )


def decisions(kept: Verification) -> tuple[Decision, ...]:
    """Every decision, the first first."""
    rows = kept.decisions.select_related("author")
    return tuple(
        Decision(
            row.claim,
            row.accepted,
            cast(Verdict, row.verdict),
            row.reason,
            name_of(row.author),
            timezone.localtime(row.decided_at),
        )
        for row in rows
    )


def is_frozen(kept: Verification) -> bool:
    return bool(FrozenVerification.objects.filter(pk=kept.pk).exists())


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _refused(why: str, mend: str) -> RegisterError:
    return RegisterError(why, user_message=f"cette vérification n’est pas enregistrée : {why}.", mend=mend)
