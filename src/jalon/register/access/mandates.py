"""Giving and ending mandates, and inviting those who will hold them."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from jalon.errors import RegisterError
from jalon.register.access import secret
from jalon.register.access.deciding import demand
from jalon.register.access.verbs import Verb
from jalon.register.models import Identity, Invitation, Mandate, Perimeter, Programme, Role, Territory

INVITATION_DAYS = 14
_KINDS = {
    Perimeter.REGION: ("region",),
    Perimeter.DEPARTEMENT: ("departement",),
    Perimeter.TERRITORY: ("commune", "epci"),
}


def give(
    to: User, role: str, perimeter: str, code: str, by: User, reason: str, *, ends_on: date | None = None
) -> Mandate:
    """Give a mandate; giving again one that stands changes its end. Raises RegisterError or PermissionDenied."""
    demand(by, Verb.ADMINISTER)
    _check(role, perimeter, code, reason)
    held = Mandate.objects.filter(user=to, role=role, perimeter=perimeter, code=code).first()
    mandate = held or Mandate(user=to, role=role, perimeter=perimeter, code=code)
    mandate.ends_on, mandate.reason, mandate.given_by, mandate.given_at = ends_on, reason.strip(), by, timezone.now()
    _save(mandate, by, reason)
    return mandate


def end(mandate: Mandate, by: User, reason: str) -> None:
    """End a mandate yesterday: it stays in the list with who ended it and why."""
    demand(by, Verb.ADMINISTER)
    _demand_reason(reason)
    mandate.ends_on = timezone.localdate() - timedelta(days=1)
    _save(mandate, by, reason)


def invite(
    email: str, role: str, perimeter: str, code: str, by: User, reason: str, *, ends_on: date | None = None
) -> tuple[Invitation, str]:
    """An invitation good for `INVITATION_DAYS`, and the secret of its link, which is not kept."""
    demand(by, Verb.ADMINISTER)
    _check(role, perimeter, code, reason)
    shown, kept = secret.fresh()
    invitation = Invitation.objects.create(
        email=email.strip(), role=role, perimeter=perimeter, code=code, reason=reason.strip(), ends_on=ends_on,
        token_hash=kept, made_by=by, expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )  # fmt: skip
    return invitation, shown


def withdraw(invitation: Invitation, by: User) -> None:
    demand(by, Verb.ADMINISTER)
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


def invited(shown: str) -> Invitation | None:
    """The open invitation of a link."""
    found = Invitation.objects.filter(token_hash=secret.hashed(shown)).first()
    return found if found and found.open else None


def accept(invitation: Invitation, user: User) -> Mandate:
    """Give the person the mandate promised, once. Raises RegisterError when another was faster."""
    with transaction.atomic():
        taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        if not taken.update(accepted_at=timezone.now(), accepted_by=user):
            raise RegisterError(
                f"invitation {invitation.pk} already used",
                user_message="cette invitation a déjà servi, ou a été retirée.",
                mend="demandez-en une autre à qui vous l’a envoyée.",
            )
        mandate = invitation.mandate(user)
        _save(mandate, invitation.made_by, invitation.reason)
    return mandate


def known(issuer: str, subject: str) -> User | None:
    """The person that an account of an OpenID provider is tied to."""
    found = Identity.objects.select_related("user").filter(issuer=issuer, subject=subject).first()
    return found.user if found else None


def tie(user: User, issuer: str, subject: str) -> Identity:
    return Identity.objects.get_or_create(issuer=issuer, subject=subject, defaults={"user": user})[0]


def _check(role: str, perimeter: str, code: str, reason: str) -> None:
    _demand_reason(reason)
    if role not in Role.values or perimeter not in Perimeter.values:
        raise RegisterError(
            f"unknown role or perimeter {role!r} {perimeter!r}",
            user_message="ce rôle ou ce périmètre n’existe pas.",
            mend=f"rôles : {', '.join(Role.labels)} ; périmètres : {', '.join(Perimeter.labels)}.",
        )
    if role == Role.ADMINISTRATOR and perimeter != Perimeter.ALL:
        raise RegisterError(
            "an administrator of a part",
            user_message="un administrateur l’est de tout le registre.",
            mend="choisissez le périmètre « tout le registre », ou le rôle de responsable de programme.",
        )
    if not _exists(Perimeter(perimeter), code):
        raise RegisterError(
            f"unknown {perimeter} {code!r}",
            user_message=f"{Perimeter(perimeter).label} « {code} » : inconnu du registre.",
            mend="donnez l’identifiant du programme, le code INSEE, le SIREN de l’intercommunalité ou la clé de "
            "l’enveloppe ; laissez vide pour tout le registre.",
        )


def _exists(perimeter: Perimeter, code: str) -> bool:
    if perimeter == Perimeter.ALL:
        return not code
    if perimeter == Perimeter.PROGRAMME:
        return Programme.objects.filter(pk=code).exists()
    if perimeter in _KINDS:
        return Territory.objects.filter(kind__in=_KINDS[perimeter], code=code).exists()
    return bool(code)


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise RegisterError(
            "a mandate without a reason",
            user_message="ce mandat n’a pas de motif.",
            mend="dites en quelques mots pourquoi cette personne reçoit ou perd ce rôle.",
        )


def _save(mandate: Mandate, by: User, reason: str) -> None:
    mandate._history_user = by  # type: ignore[attr-defined]
    mandate._change_reason = reason.strip()  # type: ignore[attr-defined]
    mandate.save()
