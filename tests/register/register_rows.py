"""One sound row of each noun of the register."""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from jalon.register.models import (
    Action,
    ActionCount,
    Agreement,
    ApiToken,
    Axis,
    CapitalOperation,
    Change,
    Commitment,
    DeclaredFact,
    Delegation,
    Document,
    Entry,
    Envelope,
    Evidence,
    FundingLine,
    Group,
    Identity,
    Investee,
    Invitation,
    LedgerImport,
    Mandate,
    Membership,
    OpenSession,
    Partner,
    Point,
    Programme,
    Proposal,
    Reading,
    Refusal,
    Scenario,
    Signatory,
    SourceFile,
    Taken,
    Territory,
    ThemeLabel,
    Valuation,
)
from jalon.register.models.verification import (
    FrozenVerification,
    Verification,
    VerificationDecision,
    VerificationFile,
    VerificationNote,
)

DAY = date(2019, 1, 1)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SUM = "a" * 64
CHECK = "a" * 16


def sound() -> dict[type[models.Model], dict[str, Any]]:
    """One sound row of each noun; the keys of the others follow from `NATURAL`."""
    return {
        Programme: {"id": "acv", "name": "Action", "short_name": "ACV", "launched_on": DAY},
        Axis: {"programme_id": "acv", "number": 1, "label": "Habitat"},
        Partner: {"programme_id": "acv", "code": "etat", "label": "État"},
        Territory: {"kind": "commune", "code": "01004", "name": "Ambérieu"},
        Group: {"programme_id": "acv", "group_id": "ACV008", "name": "Ambérieu"},
        Membership: {"programme_id": "acv", "territory_id": "commune:01004", "group_id": "acv:ACV008"},
        Agreement: {"programme_id": "acv", "group_id": "acv:ACV008", "signed_on": DAY},
        Signatory: {"agreement_id": "acv:ACV008", "partner_id": "acv:etat"},
        ActionCount: {"agreement_id": "acv:ACV008", "counted_on": DAY, "under_way": 2},
        Document: {"sha256": SUM, "name": "convention.pdf", "bytes": 10, "kind": "agreement"},
        Action: {"action_id": "di19_com1", "kind": "grant", "territory_kind": "commune", "known_on": DAY},
        FundingLine: {"action_id": "di19_com1", "line": 1, "funder": "État", "amount_cents": 10},
        Change: {"action_id": "di19_com1", "document_id": SUM, "rank": 0, "kind": "budget"},
        Evidence: {"subject": "action", "subject_id": "di19_com1", "source_id": "dgcl"},
        ThemeLabel: {"action_id": "di19_com1", "theme": "connectivite", "origin": "machine", "probability": 0.9},
        SourceFile: {
            "source_id": "dgcl", "file": "f.csv", "title": "t", "producer": "p", "licence": "l", "vintage": "2019",
            "sha256": SUM, "bytes": 1, "rows_read": 1, "rows_refused": 0, "origin": "mirror",
            "reader": "1", "imported_at": NOW,
        },
        Refusal: {
            "source_id": "dgcl", "file": "f.csv", "row": 1, "field": "x", "code": "bad", "reason": "r", "effect": "row",
        },
        DeclaredFact: {
            "fact_id": "C1", "programme_id": "acv", "statement": "222 villes", "value": 222, "unit": "villes",
            "hedge": "exact", "publisher": "Europe 1", "url": "http://example.org",
        },
        Envelope: {
            "programme_id": "acv", "code": "fonds", "label": "Fonds", "funder": "Banque", "kind": "grant",
            "starts_on": DAY,
        },
        Delegation: {"envelope_id": "acv:fonds", "territory_id": "commune:01004"},
        Commitment: {
            "envelope_id": "acv:fonds", "reference": "D1", "label": "Étude", "territory_id": "commune:01004",
        },
        Investee: {"siren": "552100554", "name": "Société", "form": "sem"},
        Valuation: {"investee_id": "552100554", "year": 2020, "cents": 10, "method": "actif net"},
    }  # fmt: skip


def signed(author: User) -> dict[type[models.Model], dict[str, Any]]:
    """One sound row of each noun that has an author or an owner."""
    held = {"role": "reviewer", "perimeter": "programme", "code": "acv", "reason": "relit"}
    return {
        Mandate: {"user": author, **held},
        Verification: {
            "id": CHECK, "title": "réponse", "edition": "e", "as_of": DAY, "result": {}, "author": author,
        },
        VerificationDecision: {
            "verification_id": CHECK, "claim": 1, "accepted": True, "verdict": "confirmed", "author": author,
        },
        FrozenVerification: {"verification_id": CHECK, "sha256": SUM, "author": author, "frozen_at": NOW},
        VerificationFile: {"frozen_id": CHECK, "kind": "pdf", "content": b"%PDF", "sha256": SUM},
        VerificationNote: {"frozen_id": CHECK, "text": "remplacée", "author": author},
        Invitation: {
            **held, "email": "a@exemple.fr", "token_hash": SUM, "made_by": author, "expires_at": NOW,
        },
        Identity: {"user": author, "issuer": "https://idp.test", "subject": "s"},
        OpenSession: {"user": author, "session_key": "k"},
        ApiToken: {"user": author, "name": "script", "token_hash": SUM, "verbs": ["review"], "expires_at": NOW},
        Taken: {"user": author, "what": "engagements", "address": "/espace/", "rows": 3},
        Reading: {"token": "t" * 32, "batch": "b", "name": "convention.pdf", "sha256": SUM, "bytes": 10},
        Point: {"kind": "unmatched", "subject_id": SUM, "title": "convention.pdf"},
        Proposal: {
            "subject": "group", "subject_id": "acv:ACV008", "field": "name", "before": "a", "after": "b",
            "reason": "usage", "author": author,
        },
        LedgerImport: {"file": "suivi.csv", "sha256": SUM, "rows_read": 1, "rows_refused": 0, "author": author},
        Entry: {
            "envelope_id": "acv:fonds", "measure": "announced", "cents": 10, "on": DAY, "author": author,
            "reason": "dotation",
        },
        CapitalOperation: {
            "investee_id": "552100554", "on": DAY, "holder": "Banque", "security": "shares", "units": 1, "cents": 10,
            "author": author, "reason": "création",
        },
        Scenario: {"owner": author, "name": "Essai"},
    }  # fmt: skip
