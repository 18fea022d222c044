"""One source into the register, in one transaction: a crash leaves it whole, as it was or as it is to be."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from jalon.errors import RegisterError
from jalon.register import bulk, corrections
from jalon.register.importing import grants, places
from jalon.register.importing.preparing import Prepared, classifier_version, reader_version
from jalon.register.models import Action, FundingLine, Origin, Refusal, SourceFile, Standing, ThemeLabel
from jalon.register.models.base import spell
from jalon.sources import FileRead, Source

REFUSAL_COLUMNS = ("source_id", "file", "row", "field", "value", "code", "reason", "effect")


def write(prepared: Prepared, source: Source) -> None:
    """Replace what the register holds of a source. Raises RegisterError when an action belongs to another source."""
    with transaction.atomic():
        _demand_own(prepared.grants, source.id)
        _write_grants(prepared.grants)
        _write_refusals(prepared)
        _write_files(prepared, source)


def _demand_own(found: grants.Grants, source_id: str) -> None:
    others = Action.objects.exclude(source_id=source_id).values_list("action_id", flat=True)
    taken = sorted({row[0] for row in found.actions}.intersection(others)) if found.actions else []
    if taken:
        raise RegisterError(
            f"{source_id}: actions of another source: {taken[:3]}",
            user_message=f"la source {source_id} reprend des identifiants d’une autre source : {', '.join(taken[:3])}"
            f"{'…' if len(taken) > 3 else ''}.",
            mend="vérifiez que le même fichier n’a pas été donné pour deux sources ; rien n’a été écrit.",
        )


def _write_grants(found: grants.Grants) -> None:
    names = grants.ACTION_COLUMNS
    at = names.index("territory_id")
    places.ensure({row[at] for row in found.actions if row[at]})
    bulk.upsert(Action, corrections.overlay(Action, found.actions, names), names)
    _write_funding(found)
    bulk.delete(ThemeLabel, "action", found.relabelled, origin=Origin.MACHINE)
    bulk.insert(ThemeLabel, found.labels, grants.LABEL_COLUMNS)
    for start in range(0, len(found.vanished), bulk.BATCH):
        gone = found.vanished[start : start + bulk.BATCH]
        Action.objects.filter(action_id__in=gone).update(standing=Standing.WITHDRAWN)


def _write_funding(found: grants.Grants) -> None:
    names = grants.FUNDING_COLUMNS
    funded = {row[0] for row in found.funding}
    lines = {f"{row[0]}:1" for row in found.actions}
    bulk.delete(FundingLine, "key", sorted(lines - funded))
    bulk.upsert(FundingLine, corrections.overlay(FundingLine, found.funding, names), names)


def _write_refusals(prepared: Prepared) -> None:
    Refusal.objects.filter(source_id=prepared.source_id).delete()
    rows = [
        (prepared.source_id, each.file, each.row, each.field, each.value, each.code, each.reason, each.effect)
        for each in prepared.refusals
    ]
    bulk.insert(Refusal, rows, REFUSAL_COLUMNS)


def _write_files(prepared: Prepared, source: Source) -> None:
    SourceFile.objects.filter(source_id=source.id).delete()
    SourceFile.objects.bulk_create(_files(prepared.files, prepared, source))


def _files(read: Sequence[FileRead], prepared: Prepared, source: Source) -> list[SourceFile]:
    urls = {file.file: source.url(file) for file in source.files}
    return [
        SourceFile(
            key=spell(source.id, file.file),
            source_id=source.id,
            file=file.file,
            title=source.title,
            producer=source.producer,
            licence=source.licence,
            url=urls.get(file.file) or source.homepage or source.repository,
            vintage=source.vintage,
            published_on=source.published_on,
            sha256=file.sha256,
            bytes=file.bytes,
            rows_read=file.rows_read,
            rows_refused=file.rows_refused,
            origin=prepared.origin,
            reader=reader_version(),
            classifier=classifier_version(source.tables),
            clean_tables=" ".join(prepared.clean_tables) if rank == 0 else "",
            imported_at=timezone.now(),
        )
        for rank, file in enumerate(read)
    ]
