"""The sign-in of the register: a few failures for one name from one address, then a quarter of an hour of refusal."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import caches
from django.core.exceptions import ValidationError

REFUSED = (
    "Trop d’essais pour ce nom depuis cette adresse : la connexion est refusée pendant un quart d’heure. "
    "Mot de passe oublié : « jalon manage changepassword NOM » le remplace."
)


class SignIn(AuthenticationForm):
    """Counts attempts before passwords are compared, in files that all worker processes share."""

    def clean(self) -> dict[str, Any]:
        counts = caches["sign-in"]
        key = self._key()
        attempts = counts.get(key, 0)
        if attempts >= settings.JALON_SIGN_IN_FAILURES:
            raise ValidationError(REFUSED, code="throttled")
        counts.set(key, attempts + 1)
        cleaned: dict[str, Any] = super().clean()
        counts.delete(key)
        return cleaned

    def _key(self) -> str:
        """A hash: the folder keeps no name and no address."""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        who = f"{self.data.get('username', '').strip().casefold()}\n{address}"
        return hashlib.sha256(who.encode(errors="replace")).hexdigest()
