"""From what was read in a document to the blocks of its page."""

from collections.abc import Mapping, Sequence
from typing import Any

from jalon.documents import Box
from jalon.web import typography
from jalon.web.reading import wording
from jalon.web.reading.model import Block, ChangeRead, FieldRead, Place
from jalon.workers import Outcome

DOUBTFUL = 0.8
AGREEMENT = "c"


def blocks(outcome: Outcome) -> tuple[Block, ...]:
    """The agreement, then its actions in the order of the document."""
    if outcome.status != "read":
        return ()
    return (_agreement(outcome.agreement), *(_action(rank, each) for rank, each in enumerate(outcome.actions)))


def _agreement(told: Mapping[str, Any]) -> Block:
    names = ", ".join(town["name"] for town in told["towns"])
    values = {
        "towns": names,
        "epci": told["epci"] or "",
        "signed": wording.value("signed", told),
    }
    fields = tuple(
        FieldRead(f"{AGREEMENT}-{name}", wording.LABELS[name], values[name], _places(told["evidence"].get(name, ())))
        for name in values
        if values[name]
    )
    signers = " ; ".join(f"{one['name']}, {one['capacity']} ({one['role']})" for one in told["signatories"])
    if signers:
        fields += (FieldRead(f"{AGREEMENT}-signatories", "Signataires", signers, ()),)
    return Block(AGREEMENT, "La convention", "", tuple(sorted({p.page for f in fields for p in f.places})), fields)


def _action(rank: int, told: Mapping[str, Any]) -> Block:
    names = [name for name in wording.LABELS if name in told["evidence"]]
    fields = tuple(_field(f"{rank}-{name}", name, told) for name in names)
    pages = range(told["page_start"], told["page_end"] + 1) if told["page_start"] else ()
    return Block(
        key=str(rank),
        title=told["title"],
        reference=told["reference"] or "",
        pages=tuple(sorted({*pages, *(place.page for each in fields for place in each.places)})),
        fields=fields,
        flags=tuple(told["flags"]),
        changes=tuple(map(_change, told["changes"])),
    )


def _field(key: str, name: str, told: Mapping[str, Any]) -> FieldRead:
    sure = told["confidence"].get(name)
    doubt = f"lecture peu sûre ({typography.share(sure)})" if sure is not None and sure < DOUBTFUL else ""
    value = wording.value(name, told) or "écrit, mais sans valeur lue"
    return FieldRead(key, wording.LABELS[name], value, _places(told["evidence"][name]), doubt)


def _places(evidence: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(each["page"] or 0, box(each["box"]), each["quote"]) for each in evidence)


def box(sides: Sequence[float]) -> Box | None:
    """Four sides, None where they enclose nothing."""
    if len(sides) != 4 or sides[2] <= sides[0] or sides[3] <= sides[1]:
        return None
    return Box(*map(float, sides))


def _change(told: Mapping[str, Any]) -> ChangeRead:
    place: Mapping[str, Any] = next(iter(told["evidence"]), {"page": 0, "quote": ""})
    label = wording.CHANGES.get(told["kind"], told["kind"])
    amendment = f"avenant n° {told['amendment']}" if told["amendment"] else "avenant"
    return ChangeRead(f"{label} ({amendment})", told["before"], told["after"], place["page"] or 0, place["quote"])
