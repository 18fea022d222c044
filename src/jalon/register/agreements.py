"""Agreements into the register: each document read once, kept, matched, folded into the actions of its agreement."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from django.db import transaction

from jalon.agreements import VERSION
from jalon.errors import JalonError, RegisterError
from jalon.home import Home, home
from jalon.programmes import programmes
from jalon.register import linking
from jalon.register.health import told_plainly
from jalon.register.importing import originals
from jalon.register.importing.agreements import Effects, Writer
from jalon.register.imports import alone, import_programmes
from jalon.register.models import Programme
from jalon.workers import AHEAD, Outcome, read_all, read_file

Progress = Callable[[str], None]
"""Called with the name of each document once it is done."""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document. `unmatched`: read and kept, but of no agreement of the programme.

    `reason`, `mend` and `doubts` are French. `actions` are those of its whole agreement.
    """

    name: str
    status: Literal["read", "unmatched", "refused"]
    agreement: str = ""
    pages: int = 0
    actions: int = 0
    changed: int = 0
    withdrawn: int = 0
    doubts: tuple[str, ...] = ()
    reason: str = ""
    mend: str = ""


ATTACH = "rattachez-le à sa convention dans l’administration du registre, puis relancez : il est gardé."


def import_agreements(
    paths: Sequence[Path],
    programme: str,
    pool: Executor,
    *,
    ahead: int = AHEAD,
    progress: Progress = lambda name: None,
) -> tuple[DocumentReport, ...]:
    """Read documents and bring the register up to date, one transaction a document, in the order of the paths.

    Nothing is read twice, and a second import of the same documents changes nothing. A document that cannot be read or
    matched has its reason and stops no other. Raises RegisterError for an unknown programme, when another import runs,
    or when the database fails.
    """
    with alone(), told_plainly():
        _demand(programme)
        where = home()
        writer = Writer(programme, lambda sha256: _again(where, sha256))
        reports = tuple(_settled(paths, writer, where, pool, ahead, progress))
        if any(report.changed or report.withdrawn for report in reports):
            linking.refresh()
        return reports


def import_document(
    path: Path, programme: str, *, then: Callable[[DocumentReport], None], patience: float = 0.0
) -> DocumentReport:
    """Bring one document into the register and call `then`, in one transaction: both are written, or neither.

    The document is read before, outside of it. Raises RegisterError as `import_agreements` does, once another import
    has run for more than `patience` seconds.
    """
    where = home()
    outcome = read_file(str(path), str(where.root), VERSION)
    with alone(patience), told_plainly():
        _demand(programme)
        writer = Writer(programme, lambda sha256: _again(where, sha256))
        with transaction.atomic():
            report = _settle(path, outcome, writer, where)
            then(report)
    return report


def _demand(programme: str) -> None:
    """The programme with its groups, written first where this register has none yet."""
    known = programmes()
    if programme not in known:
        raise RegisterError(
            f"unknown programme {programme}",
            user_message=f"le programme {programme} n’existe pas.",
            mend=f"choisissez parmi : {', '.join(known)}.",
        )
    if not Programme.objects.filter(pk=programme).exists():
        import_programmes(known)


def _again(where: Home, sha256: str) -> Outcome:
    return read_file(str(originals.place(where, sha256)), str(where.root), VERSION)


def _settled(
    paths: Sequence[Path], writer: Writer, where: Home, pool: Executor, ahead: int, progress: Progress
) -> Iterator[DocumentReport]:
    outcomes = read_all(paths, where, VERSION, pool, ahead=ahead)
    for path, outcome in zip(paths, outcomes, strict=True):
        try:
            yield _settle(path, outcome, writer, where)
        except JalonError as error:
            yield DocumentReport(outcome.name, "refused", reason=error.user_message, mend=error.mend)
        progress(outcome.name)


def _settle(path: Path, outcome: Outcome, writer: Writer, where: Home) -> DocumentReport:
    refused = DocumentReport(outcome.name, "refused", reason=outcome.reason, mend=outcome.mend)
    if not outcome.sha256:
        return refused
    if outcome.status == "read":
        originals.keep(where, path, outcome.sha256)
    effects = writer.write(outcome, path.stat().st_size)
    return refused if outcome.status == "refused" else _report(outcome, effects)


def _report(outcome: Outcome, effects: Effects) -> DocumentReport:
    report = DocumentReport(outcome.name, "read", effects.agreement or "", outcome.pages)
    if effects.agreement is None:
        return replace(report, status="unmatched", reason=effects.refusal, mend=ATTACH)
    return replace(
        report,
        actions=effects.actions,
        changed=effects.changed,
        withdrawn=effects.withdrawn,
        doubts=effects.doubts,
    )
