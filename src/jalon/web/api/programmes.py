"""Programmes followed by the edition."""

from typing import Any

from jalon.editions import Edition
from jalon.geography.names import fold
from jalon.web.api.errors import absent
from jalon.web.api.sql import rows

SQL = """
    SELECT p.programme AS id, p.name, p.short_name, p.description, p.launched_on, p.ends_on,
           (SELECT count(*) FROM memberships m WHERE m.programme = p.programme) AS territories,
           (SELECT count(*) FROM agreements a WHERE a.programme = p.programme) AS agreements,
           (SELECT count(*) FROM agreements a WHERE a.programme = p.programme AND a.signed_on <= $as_of) AS signed,
           (SELECT coalesce(list({'axis': axis, 'label': label} ORDER BY axis), []) FROM axes x
            WHERE x.programme = p.programme) AS axes,
           (SELECT coalesce(list({'partner': partner, 'label': label, 'funds': funds} ORDER BY funds, label), [])
            FROM partners x WHERE x.programme = p.programme) AS partners
    FROM programmes p ORDER BY p.launched_on, p.programme
"""


def listed(edition: Edition, q: str) -> list[dict[str, Any]]:
    """Rows as `schemas.Programme`, oldest programme first."""
    found = rows(edition, SQL, {"as_of": edition.as_of})
    return [
        row for row in found if fold(q) in fold(f"{row['id']} {row['name']} {row['short_name']} {row['description']}")
    ]


def one(edition: Edition, given: str) -> dict[str, Any]:
    """One programme. Raises NotHere."""
    for row in rows(edition, SQL, {"as_of": edition.as_of}):
        if row["id"] == given:
            return row
    raise absent("programme", given, "/api/v1/programmes les liste.")
