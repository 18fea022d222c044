"""API tokens: a name, a scope of verbs, an end; revoked at once."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from jalon.errors import RegisterError
from jalon.register.access import secret
from jalon.register.access.deciding import may_at_all
from jalon.register.access.verbs import VERB_LABELS, Verb
from jalon.register.models import ApiToken

LONGEST_DAYS = 365


def issue(user: User, name: str, verbs: Iterable[str], days: int) -> tuple[ApiToken, str]:
    """A token and its secret, shown once. Raises RegisterError for a scope its owner has not, or an odd life."""
    asked = [Verb(verb) for verb in verbs]
    if not name.strip() or not asked or not 1 <= days <= LONGEST_DAYS:
        raise RegisterError(
            "a token without name, scope or a sound life",
            user_message="ce jeton n’a pas de nom, pas de portée, ou pas une durée admise.",
            mend=f"nommez-le, choisissez au moins une portée et une durée de 1 à {LONGEST_DAYS} jours.",
        )
    for verb in asked:
        if not may_at_all(user, verb):
            raise RegisterError(
                f"{user} may not {verb}",
                user_message=f"votre compte ne permet pas de {VERB_LABELS[verb]}, un jeton non plus.",
                mend="ôtez cette portée, ou demandez ce droit à un administrateur.",
            )
    shown, kept = secret.fresh()
    ends = timezone.now() + timedelta(days=days)
    return ApiToken.objects.create(
        user=user, name=name.strip(), verbs=sorted(asked), token_hash=kept, expires_at=ends
    ), shown


def holder(shown: str) -> User | None:
    """The owner of a live token, narrowed to its scope; None for a token unknown, revoked or expired."""
    found = ApiToken.objects.select_related("user").filter(token_hash=secret.hashed(shown)).first()
    if found is None or not found.live or not found.user.is_active:
        return None
    ApiToken.objects.filter(pk=found.pk).update(used_at=timezone.now())
    found.user.limited_to = frozenset(Verb(verb) for verb in found.verbs)  # type: ignore[attr-defined]
    return found.user


def revoke(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
