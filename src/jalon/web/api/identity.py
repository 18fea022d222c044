"""Who calls the API: a token in `Authorization: Bearer …`, narrowed to its scope."""

from django.contrib.auth.models import User
from django.http import HttpRequest

from jalon.register.access import Verb, may_at_all, tokens
from jalon.register.access.deciding import mandates
from jalon.register.access.verbs import VERB_LABELS
from jalon.web.api.errors import NotAllowed, Unknown


def caller(request: HttpRequest, verb: Verb | None = None) -> User:
    """The token's owner. Raises Unknown without a live token, NotAllowed when it does not allow `verb`."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    user = tokens.holder(secret.strip()) if scheme.casefold() == "bearer" and secret else None
    if user is None:
        raise Unknown(
            "no live token",
            user_message="cette adresse demande un jeton d’API en cours de validité.",
            mend="envoyez l’en-tête Authorization: Bearer JETON ; un jeton se fait sur la page Mon compte.",
        )
    if verb is not None and not may_at_all(user, verb):
        raise NotAllowed(
            f"token may not {verb}",
            user_message=f"ce jeton ne permet pas de {VERB_LABELS[verb]}.",
            mend="faites un jeton dont la portée le contient, si votre compte le permet.",
        )
    return user


def shown(user: User) -> dict[str, object]:
    return {
        "name": user.get_full_name() or user.get_username(),
        "mandates": [
            {"role": m.role, "perimeter": m.perimeter, "code": m.code or None, "ends_on": m.ends_on}
            for m in mandates(user)
        ],
        "verbs": [verb.value for verb in Verb if may_at_all(user, verb)],
    }
