"""Checks of texts that people kept: seen here, never changed."""

from django.contrib import admin

from jalon.register.admin.base import ReadOnlyAdmin
from jalon.register.models.verification import (
    FrozenVerification,
    Verification,
    VerificationDecision,
    VerificationFile,
    VerificationNote,
)

KEPT = (Verification, VerificationDecision, FrozenVerification, VerificationFile, VerificationNote)
admin.site.register(KEPT, ReadOnlyAdmin)
