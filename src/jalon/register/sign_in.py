"""The sign-in of the register: a few failures for one name from one address, then a quarter of an hour of refusal."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django_otp.plugins.otp_totp.models import TOTPDevice

REFUSED = (
    "Trop d’essais pour ce nom depuis cette adresse : la connexion est refusée pendant un quart d’heure. "
    "Mot de passe oublié : « jalon manage changepassword NOM » le remplace."
)


class SignIn(AuthenticationForm):
    """Counts attempts before passwords are compared, in files that all worker processes share."""

    code = forms.CharField(
        label="Code du second facteur (si vous en avez un)",
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean(self) -> dict[str, Any]:
        counts = caches["sign-in"]
        key = self._key()
        attempts = counts.get(key, 0)
        if attempts >= settings.JALON_SIGN_IN_FAILURES:
            raise ValidationError(REFUSED, code="throttled")
        counts.set(key, attempts + 1)
        cleaned: dict[str, Any] = super().clean()
        self._demand_second_factor(cleaned.get("code", ""))
        counts.delete(key)
        return cleaned

    def _demand_second_factor(self, code: str) -> None:
        """Once the password is good: the code of those who set up a second factor."""
        user = self.get_user()
        device = TOTPDevice.objects.filter(user=user, confirmed=True).first() if user else None
        if device is None:
            return
        if not code:
            raise ValidationError("Ce compte a un second facteur : donnez aussi son code.", code="second-factor")
        if not device.verify_token(code):
            raise ValidationError(
                "Ce code n’est pas le bon, ou il vient de servir. Attendez le suivant.", code="second-factor"
            )
        user.otp_device = device  # type: ignore[attr-defined]

    def _key(self) -> str:
        """A hash: the folder keeps no name and no address."""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        who = f"{self.data.get('username', '').strip().casefold()}\n{address}"
        return hashlib.sha256(who.encode(errors="replace")).hexdigest()
