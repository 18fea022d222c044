"""Secrets in links and tokens: shown once, kept as a hash."""

import hashlib
import secrets


def fresh() -> tuple[str, str]:
    """A secret of 256 bits and its SHA-256."""
    made = secrets.token_urlsafe(32)
    return made, hashed(made)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
