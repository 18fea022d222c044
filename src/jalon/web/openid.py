"""Signing in with an OpenID provider, ProConnect among them: authorization code, PKCE, signed tokens checked whole.

The provider is named by `JALON_OIDC_ISSUER`; its addresses come from its discovery document (OpenID Connect Discovery
1.0), read when first needed and kept an hour.
"""

import logging
from collections.abc import Mapping
from typing import Any

import httpx
import jwt
import requests
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from jalon.errors import ConfigurationError
from jalon.register.access import mandates

log = logging.getLogger("jalon.web")
KEPT_SECONDS = 3600
ENDPOINTS = {
    "OIDC_OP_AUTHORIZATION_ENDPOINT": "authorization_endpoint",
    "OIDC_OP_TOKEN_ENDPOINT": "token_endpoint",
    "OIDC_OP_USER_ENDPOINT": "userinfo_endpoint",
    "OIDC_OP_JWKS_ENDPOINT": "jwks_uri",
}


def discovered() -> Mapping[str, Any]:
    """The provider's discovery document. Raises ConfigurationError when it cannot be read, or names another issuer."""
    issuer = settings.JALON_OIDC_ISSUER
    kept: Mapping[str, Any] | None = cache.get(f"oidc {issuer}")
    if kept is not None:
        return kept
    try:
        answer = httpx.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration", timeout=10, follow_redirects=True)
        found: dict[str, Any] = answer.raise_for_status().json()
        missing = [name for name in ENDPOINTS.values() if not found.get(name)]
    except (httpx.HTTPError, ValueError, AttributeError) as error:
        raise _unusable(str(error)) from error
    if missing or found.get("issuer", "").rstrip("/") != issuer.rstrip("/"):
        raise _unusable(f"issuer {found.get('issuer')!r}, missing {missing}")
    cache.set(f"oidc {issuer}", found, KEPT_SECONDS)
    return found


def _unusable(why: str) -> ConfigurationError:
    return ConfigurationError(
        why,
        user_message=f"le fournisseur d’identité {settings.JALON_OIDC_ISSUER} ne répond pas comme il faut.",
        mend="réessayez plus tard, ou connectez-vous avec un mot de passe ; l’adresse est dans JALON_OIDC_ISSUER.",
    )


class _Found:
    """Addresses from discovery; the rest from Django's settings."""

    @staticmethod
    def get_settings(attr: str, *args: Any) -> Any:
        if attr in ENDPOINTS:
            return discovered()[ENDPOINTS[attr]]
        return OIDCAuthenticationBackend.get_settings(attr, *args)


class Backend(_Found, OIDCAuthenticationBackend):  # type: ignore[misc]
    """Ties a person to the provider's subject, never to an address of mail that anybody could have typed."""

    def __init__(self) -> None:
        if settings.JALON_OIDC_ISSUER:
            self.UserModel = User

    def authenticate(self, request: HttpRequest | None, **kwargs: Any) -> User | None:
        if not settings.JALON_OIDC_ISSUER or "nonce" not in kwargs:
            return None
        super().__init__()
        found: User | None = super().authenticate(request, **kwargs)
        return found

    def verify_token(self, token: str, **kwargs: Any) -> Any:
        """The claims of a signed token, for this client and from this issuer only (OpenID Connect Core 3.1.3.7)."""
        claims = super().verify_token(token, **kwargs)
        audience = claims.get("aud", [])
        audience = [audience] if isinstance(audience, str) else audience
        if claims.get("iss") != discovered()["issuer"] or settings.OIDC_RP_CLIENT_ID not in audience:
            raise SuspiciousOperation("token of another issuer or for another client")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Claims of the userinfo address, JSON or signed as ProConnect does; the subject must be the token's."""
        answer = httpx.get(self.OIDC_OP_USER_ENDPOINT, headers={"Authorization": f"Bearer {access_token}"}, timeout=10)
        answer.raise_for_status()
        signed = answer.headers.get("content-type", "").startswith("application/jwt")
        claims = self._signed(answer.text) if signed else answer.json()
        if claims.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("userinfo of another subject")
        return {**claims, "iss": payload["iss"]}

    def retrieve_matching_jwk(self, token: str) -> jwt.PyJWK:
        """The key that signed a token: the one it names; unnamed, the provider's only key of its algorithm."""
        header = jwt.get_unverified_header(token)
        published = httpx.get(self.OIDC_OP_JWKS_ENDPOINT, timeout=10).raise_for_status().json()["keys"]
        named = [key for key in published if key.get("kid") == header.get("kid") or "kid" not in header]
        usable = [key for key in named if key.get("alg", header["alg"]) == header["alg"]]
        if len(usable) != 1:
            raise SuspiciousOperation(f"{len(usable)} keys of the provider could have signed this token")
        return jwt.PyJWK(usable[0])

    def _signed(self, token: str) -> Any:
        return self.get_payload_data(token, self.retrieve_matching_jwk(token))

    def verify_claims(self, claims: Mapping[str, Any]) -> bool:
        return bool(claims.get("sub"))

    def filter_users_by_claims(self, claims: Mapping[str, Any]) -> list[User]:
        known = mandates.known(claims["iss"], claims["sub"])
        return [known] if known else []

    def create_user(self, claims: Mapping[str, Any]) -> User:
        """A new account without role; an invitation opened in the same browser gives its own."""
        taken = User.objects.filter(username=claims["sub"][:150]).exists()
        name = f"{claims['sub'][:120]}-{timezone.now():%f}" if taken else claims["sub"][:150]
        user = User.objects.create_user(name)
        mandates.tie(user, claims["iss"], claims["sub"])
        return self.update_user(user, claims)

    def update_user(self, user: User, claims: Mapping[str, Any]) -> User:
        user.email = claims.get("email", "")[:254]
        user.first_name = claims.get("given_name", "")[:150]
        user.last_name = (claims.get("usual_name") or claims.get("family_name") or "")[:150]
        user.save()
        return user


class Start(_Found, OIDCAuthenticationRequestView):  # type: ignore[misc]
    def __init__(self, **kwargs: Any) -> None:
        if not settings.JALON_OIDC_ISSUER:
            raise Http404
        super().__init__(**kwargs)


class Back(_Found, OIDCAuthenticationCallbackView):  # type: ignore[misc]
    def get(self, request: HttpRequest) -> HttpResponse:
        """Whatever the provider answers amiss, or a stranger forges, ends on the sign-in page."""
        try:
            response: HttpResponse = super().get(request)
        except (SuspiciousOperation, jwt.PyJWTError, httpx.HTTPError, requests.RequestException, ValueError) as error:
            log.warning("OpenID sign-in failed: %s", error)
            return self.login_failure()
        return response

    def login_success(self) -> HttpResponse:
        response: HttpResponse = super().login_success()
        secret = self.request.session.pop("invitation", "")
        invitation = mandates.invited(secret) if secret else None
        if invitation:
            return HttpResponseRedirect(reverse("invitation", args=[secret]))
        return response

    def login_failure(self) -> HttpResponse:
        messages.error(self.request, "La connexion n’a pas abouti chez le fournisseur d’identité. Réessayez.")
        return HttpResponseRedirect(reverse("sign-in"))
