"""One document into the register, in one transaction: its row, and the actions of its agreement folded again."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from jalon.errors import RegisterError
from jalon.geography import fold, geography
from jalon.register import bulk, corrections, decisions, points
from jalon.register.importing import folding, grants
from jalon.register.importing.folding import Folded
from jalon.register.models import (
    Action,
    Agreement,
    Change,
    Correction,
    Document,
    DocumentKind,
    Evidence,
    FundingLine,
    Membership,
    Origin,
    Standing,
    ThemeLabel,
)
from jalon.register.models.base import spell
from jalon.workers import Outcome

ACTION_COLUMNS = (
    "action_id", "kind", "programme_id", "agreement_id", "territory_kind", "territory_id", "published_code",
    "beneficiary", "departement_code", "region_code", "title", "category", "axis", "scheme", "cost_cents", "owner",
    "partners", "description", "schedule", "starts_on", "ends_on", "known_on", "standing", "probability", "source_id",
    "source_row", "fingerprint", "label_key",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "sha256", "name", "kind", "media_type", "bytes", "pages", "dated_on", "given_on", "agreement_id", "replaced_by_id",
    "refusal", "doubts",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "key", "subject", "subject_id", "field", "document_id", "source_id", "row", "page", "box", "quote", "confidence",
)  # fmt: skip
CHANGE_COLUMNS = ("key", "action_id", "document_id", "rank", "kind", "amendment", "before", "after", "page", "quote")
EARLY_PAGES = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document belongs, or why it belongs nowhere."""

    agreement: str | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Effects:
    """What a document made of the actions of its agreement."""

    agreement: str | None
    refusal: str
    doubts: tuple[str, ...] = ()
    actions: int = 0
    changed: int = 0
    withdrawn: int = 0


def place(agreement: dict[str, Any], programme: str) -> Place:
    """The agreement of the programme that the towns of a document sign. Towns without a code are no real towns."""
    towns = agreement.get("towns") or ()
    if not towns:
        return Place(None, "aucune commune n’y est nommée assez clairement")
    codes = [code for town in towns if (code := geography().successor(town["code"] or ""))]
    named = " et ".join(town["name"] for town in towns)
    if not codes:
        told = f"« {named} » n’est pas une commune de la géographie officielle (document fictif, ou nom mal lu)"
        return Place(None, told)
    keys = [spell("commune", code) for code in codes]
    found = Membership.objects.filter(programme=programme, territory__in=keys).values_list("group_id", flat=True)
    held = sorted(Agreement.objects.filter(pk__in=found).values_list("pk", flat=True))
    if not held:
        return Place(None, f"{named} ({', '.join(codes)}) n’a pas de convention dans le programme {programme}")
    return Place(held[0]) if len(held) == 1 else Place(None, f"plusieurs conventions répondent à {named}")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes documents of one programme; `reread` gives what was read in a document that the register keeps."""

    programme: str
    reread: Callable[[str], Outcome]

    def write(self, outcome: Outcome, size: int) -> Effects:
        """Record a document, read or refused, and fold its agreement again; a document read before is never unread.

        Raises RegisterError when another document of the agreement is lost and cannot be read again.
        """
        with transaction.atomic():
            before = Document.objects.filter(pk=outcome.sha256).first()
            if before and before.pages is not None and outcome.status == "refused":
                return Effects(None, outcome.reason)
            row = self._row(outcome, size, before)
            bulk.upsert(Document, [row], DOCUMENT_COLUMNS)
            document = Document.objects.get(pk=outcome.sha256)
            if before is None and document.agreement_id:
                _replace_older(document)
            moved = before.agreement_id if before and before.agreement_id != document.agreement_id else None
            if moved:
                self._refold(moved, {})
            points.unmatched(document)
            if document.agreement_id is None:
                return Effects(None, document.refusal)
            _write_agreement(document, outcome.agreement)
            return self._refold(document.agreement_id, {outcome.sha256: outcome})

    def _row(self, outcome: Outcome, size: int, before: Document | None) -> tuple[Any, ...]:
        read = outcome.status == "read"
        where = place(outcome.agreement, self.programme) if read else Place(None, outcome.reason)
        kind, dated_on = _nature(outcome) if read else (DocumentKind.OTHER, None)
        row = (
            outcome.sha256, before.name if before else outcome.name[:300], kind.value, "", size,
            outcome.pages if read else None, dated_on, before.given_on if before else timezone.localdate(),
            where.agreement, before.replaced_by_id if before else None, where.refusal,
            json.dumps(outcome.doubts, ensure_ascii=False),
        )  # fmt: skip
        (laid,) = corrections.overlay(Document, [row], DOCUMENT_COLUMNS)
        placed = laid[DOCUMENT_COLUMNS.index("agreement_id")] and read
        return tuple("" if placed and name == "refusal" else v for name, v in zip(DOCUMENT_COLUMNS, laid, strict=True))

    def _refold(self, agreement: str, known: dict[str, Outcome]) -> Effects:
        held = Agreement.objects.select_related("programme").get(pk=agreement)
        documents = list(Document.objects.filter(agreement=agreement, replaced_by=None).order_by("pk"))
        outcomes = {one.pk: known.get(one.pk) or self._again(one) for one in documents}
        given = [_given(one, outcomes[one.pk], held) for one in documents]
        towns = [town for one in outcomes.values() for town in one.agreement.get("towns") or ()]
        folded = folding.fold_all(agreement, given)
        doubts = tuple(doubt for one in known.values() for doubt in (*one.doubts, *_doubts(one, held)))
        before = points.held(agreement)
        effects = _write_actions(held, folded, _town(held, towns), doubts)
        points.refresh(agreement, before, outcomes)
        return effects

    def _again(self, document: Document) -> Outcome:
        outcome = self.reread(document.pk)
        if outcome.status != "read":
            raise RegisterError(
                f"{document.pk}: {outcome.code}",
                user_message=f"{document.name}, déjà lu pour la même convention, ne se relit plus : {outcome.reason}",
                mend="remettez ce document dans le dossier importé, puis relancez ; rien n’a été changé.",
            )
        return outcome


def _nature(outcome: Outcome) -> tuple[DocumentKind, date | None]:
    """An amendment opens on its first page, or says so in its name; one bound at the end makes no amendment."""
    told = outcome.agreement
    first = next(iter(told["amendments"]), None)
    opens = first is not None and (
        first["page"] == 1 or (first["page"] <= EARLY_PAGES and "avenant" in fold(outcome.name))
    )
    if first is not None and opens:
        return DocumentKind.AMENDMENT, _day(first["signed"] or told["signed"])
    return DocumentKind.AGREEMENT, _day(told["signed"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _replace_older(document: Document) -> None:
    """A new file of the same name, nature and agreement speaks instead of the one before."""
    older = Document.objects.filter(
        agreement=document.agreement_id, kind=document.kind, name=document.name, replaced_by=None
    )
    older.exclude(pk=document.pk).update(replaced_by=document)


def _given(document: Document, outcome: Outcome, agreement: Agreement) -> folding.Given:
    return folding.Given(
        sha256=document.pk,
        name=document.name,
        amends=document.kind == DocumentKind.AMENDMENT,
        known_on=_known_on(document, agreement),
        actions=outcome.actions,
    )


def _known_on(document: Document, agreement: Agreement) -> date:
    """The day the document was signed; else that of its agreement; else the day it was given, the first sure one."""
    day = document.dated_on
    if day is not None and _likely(day, document.given_on, agreement):
        return day
    return agreement.signed_on or document.given_on


def _likely(day: date, given_on: date, agreement: Agreement) -> bool:
    return agreement.programme.launched_on <= day <= given_on


def _doubts(outcome: Outcome, agreement: Agreement) -> list[str]:
    """What does not agree between a document and the register, in French."""
    kind, day = _nature(outcome)
    found = []
    if day is None:
        found.append("date de signature non lue")
    elif not _likely(day, timezone.localdate(), agreement):
        found.append(f"date de signature lue peu vraisemblable : {day:%d/%m/%Y}")
    elif kind == DocumentKind.AGREEMENT and agreement.signed_on not in (None, day):
        found.append(f"signée le {day:%d/%m/%Y} selon le document, le {agreement.signed_on:%d/%m/%Y} selon la liste")
    if not outcome.actions:
        found.append("aucune action n’y est lue")
    return found


def _town(agreement: Agreement, towns: Iterable[dict[str, Any]]) -> str | None:
    """The key of the member of the group that the documents name, its first town otherwise."""
    members = Membership.objects.filter(group=agreement.group_id).order_by("territory_id")
    keys = list(members.values_list("territory_id", flat=True))
    named = (spell("commune", geography().successor(town["code"] or "")) for town in towns)
    return next((key for key in named if key in keys), keys[0] if keys else None)


def _write_agreement(document: Document, told: dict[str, Any]) -> None:
    found = folding.proofs(document.pk, told["evidence"], {})
    Evidence.objects.filter(subject="agreement", document=document).delete()
    rows = [_evidence("agreement", document.agreement_id or "", proof) for proof in found]
    bulk.insert(Evidence, rows, EVIDENCE_COLUMNS)


def _evidence(subject: str, of: str, proof: folding.Proof) -> tuple[Any, ...]:
    """The values of `EVIDENCE_COLUMNS`."""
    own = spell(subject, of, proof.field, proof.document, "", proof.rank)
    return (
        own, subject, of, proof.field, proof.document, "", proof.rank, proof.page, proof.box, proof.quote,
        proof.confidence,
    )  # fmt: skip


def _write_actions(
    agreement: Agreement, folded: Sequence[Folded], town: str | None, doubts: tuple[str, ...]
) -> Effects:
    columns = ("action_id", "fingerprint", "label_key", "probability")
    known = {row[0]: row[1:] for row in Action.objects.filter(agreement=agreement).values_list(*columns)}
    prints = {one.action_id: grants.digest(f"{town} {one!r}") for one in folded}
    keys = {one.action_id: grants.label_key(grants.told(one.title, one.description), None) for one in folded}
    unseen = [one for one in folded if known.get(one.action_id, ("", ""))[1] != keys[one.action_id]]
    labels = dict(zip([one.action_id for one in unseen], _labels(unseen), strict=True))
    changed = [one for one in folded if one.action_id in labels or known[one.action_id][0] != prints[one.action_id]]
    chances = {own: row[2] for own, row in known.items()} | {own: label.probability for own, label in labels.items()}
    rows = [
        _action(one, agreement, town, (chances[one.action_id], prints[one.action_id], keys[one.action_id]))
        for one in changed
    ]
    bulk.upsert(Action, corrections.overlay(Action, rows, ACTION_COLUMNS), ACTION_COLUMNS)
    _write_labels(labels, known)
    _write_parts(changed)
    gone = _withdraw(own for own, row in known.items() if row[0] and own not in prints)
    return Effects(agreement.pk, "", doubts, len(folded), len(changed), gone)


def _labels(folded: Sequence[Folded]) -> list[grants.Label]:
    return list(grants.classify([grants.told(one.title, one.description) for one in folded], [None] * len(folded)))


def _write_labels(labels: dict[str, grants.Label], known: Iterable[str]) -> None:
    bulk.delete(ThemeLabel, "action", [own for own in labels if own in known], origin=Origin.MACHINE)
    lines = [line for own, label in labels.items() for line in grants.label_lines(own, label)]
    bulk.insert(ThemeLabel, lines, grants.LABEL_COLUMNS)


def _action(
    one: Folded, agreement: Agreement, town: str | None, machine: tuple[float | None, str, str]
) -> tuple[Any, ...]:
    """The values of `ACTION_COLUMNS`."""
    kind, _, code = (town or "commune:").partition(":")
    place = geography().place(kind, code)
    probability, fingerprint, label_key = machine
    return (
        one.action_id, "agreement", agreement.programme_id, agreement.pk, kind, town, code, "",
        (place.departement_code if place else None) or "", (place.region_code if place else None) or "", one.title, "",
        one.axis, "", one.cost_cents, one.owner, one.partners, one.description, one.schedule, one.starts_on,
        one.ends_on, one.known_on, "withdrawn" if one.withdrawn else "current", probability, "", 0, fingerprint,
        label_key,
    )  # fmt: skip


def _write_parts(changed: Sequence[Folded]) -> None:
    """Evidence, changes and funding of actions, in the place of what was there."""
    own = [one.action_id for one in changed]
    bulk.delete(Evidence, "subject_id", own, subject="action", document__isnull=False)
    proofs = [_evidence("action", one.action_id, proof) for one in changed for proof in one.proofs]
    bulk.insert(Evidence, proofs, EVIDENCE_COLUMNS)
    bulk.delete(Change, "action", own)
    bulk.insert(Change, [row for one in changed for row in _changes(one)], CHANGE_COLUMNS)
    funding = [row for one in changed for row in _funding(one)]
    held = set(decisions.by_a_person(FundingLine).values_list("pk", flat=True)) | {row[0] for row in funding}
    there = FundingLine.objects.filter(action__in=own).values_list("pk", flat=True)
    bulk.delete(FundingLine, "key", [key for key in there if key not in held])
    laid = corrections.overlay(FundingLine, funding, grants.FUNDING_COLUMNS)
    bulk.upsert(FundingLine, laid, grants.FUNDING_COLUMNS)


def _changes(one: Folded) -> Iterable[tuple[Any, ...]]:
    for rank, change in enumerate(one.changes):
        yield (
            spell(one.action_id, change.document, rank), one.action_id, change.document, rank, change.kind,
            change.amendment, change.before, change.after, change.page, change.quote,
        )  # fmt: skip


def _funding(one: Folded) -> Iterable[tuple[Any, ...]]:
    for line, (funder, instrument, cents) in enumerate(one.funding, 1):
        yield spell(one.action_id, line), one.action_id, line, funder, instrument, "", cents, None


def _withdraw(vanished: Iterable[str]) -> int:
    """Actions that no document names any more: kept with their decisions, written again if they come back."""
    kept = Correction.objects.filter(subject="action", field="standing").values("subject_id")
    gone = Action.objects.filter(action_id__in=list(vanished)).exclude(action_id__in=kept)
    return gone.update(standing=Standing.WITHDRAWN, fingerprint="")
