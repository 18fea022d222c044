"""Rows for the tests of money: a programme, its fund, and commitments on it."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User

from jalon.register import ledger
from jalon.register.importing import places
from jalon.register.models import Commitment, Envelope, Programme

ENVELOPE = "acv:fonds"
OPENED = date(2024, 1, 1)
TOWN = "commune:01004"


def an_envelope(cents: int, author: User, code: str = "fonds", **changes: Any) -> Envelope:
    Programme.objects.get_or_create(id="acv", defaults={"name": "Programme", "short_name": "P", "launched_on": OPENED})
    places.ensure([TOWN])
    row = Envelope(
        **{
            "programme_id": "acv",
            "code": code,
            "label": "Le fonds",
            "funder": "Banque",
            "kind": "grant",
            "starts_on": OPENED,
        }
        | changes
    )
    return ledger.open_envelope(row, cents, ledger.Signed(author, "dotation", OPENED))


def commitment(reference: str, envelope: str = ENVELOPE, **changes: Any) -> Commitment:
    return Commitment(
        **{"envelope_id": envelope, "reference": reference, "label": f"Étude {reference}", "territory_id": TOWN}
        | changes
    )
