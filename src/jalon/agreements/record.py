"""An agreement as JSON: one object an action, in the shape that the scorer of labelled agreements takes."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.agreements.amounts import rounded
from jalon.agreements.model import Action, Agreement, Field

EVIDENCED = (
    "title",
    "reference",
    "axis",
    "owner",
    "partners",
    "description",
    "objectives",
    "budget",
    "funding",
    "calendar",
    "signed",
    "progress",
    "results",
    "contents",
)


def agreement(one: Agreement) -> dict[str, Any]:
    """The parties, dates and amendments of an agreement."""
    towns = _value(one.towns) or ()
    return {
        "document": one.document,
        "sha256": one.sha256,
        "paged": one.paged,
        "towns": [asdict(town) for town in towns],
        "epci": _value(one.epci),
        "signed": _plain(_value(one.signed)),
        "signatories": [asdict(signatory.value) for signatory in one.signatories],
        "amendments": [_plain(asdict(amendment)) for amendment in one.amendments],
        "evidence": {
            name: _evidence(found) for name in ("towns", "epci", "signed") if (found := getattr(one, name)) is not None
        },
    }


def actions(agreement: Agreement) -> Iterator[dict[str, Any]]:
    """One JSON object an action, in the order of the document."""
    for one in agreement.actions:
        yield action(one, agreement)


def action(one: Action, agreement: Agreement) -> dict[str, Any]:
    axis = _value(one.axis)
    when = _value(one.calendar)
    return {
        "document": agreement.document,
        "sha256": agreement.sha256,
        "title": one.title.value,
        "reference": _value(one.reference),
        "axis": axis.number if axis else None,
        "transversal": axis.transversal if axis else None,
        "owner": _value(one.owner),
        "partners": list(_value(one.partners) or ()),
        **_budget(one),
        "funding": [
            {"funder": line.funder, "amount_eur": rounded(line.amount), "instrument": line.instrument}
            for line in _value(one.funding) or ()
        ],
        "start": _plain(when.start) if when else None,
        "end": _plain(when.end) if when else None,
        "signed": _plain(_value(one.signed)),
        "description": _value(one.description),
        "objectives": list(_value(one.objectives) or ()),
        "progress_indicators": list(_value(one.progress) or ()),
        "result_indicators": list(_value(one.results) or ()),
        "contents": [_plain(asdict(line)) for line in _value(one.contents) or ()],
        "page_start": one.page_start,
        "page_end": one.page_end,
        "state": one.state,
        "changes": [_plain(asdict(change)) for change in one.changes],
        "flags": list(one.flags),
        "confidence": {name: found.confidence for name in EVIDENCED if (found := getattr(one, name))},
        "evidence": {name: _evidence(found) for name in EVIDENCED if (found := getattr(one, name))},
    }


def _budget(one: Action) -> dict[str, Any]:
    money = _value(one.budget)
    if money is None:
        return {"budget_eur": None}
    out: dict[str, Any] = {"budget_eur": rounded(money.amount), "budget_basis": money.basis}
    if money.alternatives:
        out["budget_alternatives"] = [rounded(amount) for amount in money.alternatives]
    if money.amount is None:
        out["budget_range"] = [rounded(money.low), rounded(money.high)]
    if money.initial is not None:
        out["budget_initial_eur"] = rounded(money.initial)
    return out


def _evidence(found: Field[Any]) -> list[dict[str, Any]]:
    return [{"page": e.page, "box": [round(side, 1) for side in e.box], "quote": e.quote} for e in found.evidence]


def _value(found: Field[Any] | None) -> Any:
    return found.value if found else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return rounded(value) if isinstance(value, Decimal) else value
