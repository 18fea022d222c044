"""A programme's folder: programme.toml, beneficiaries.csv and, if any, declared.csv, amounts.csv and laureates.csv."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from jalon.programmes import rules
from jalon.programmes.issues import Issue, failure, from_pydantic
from jalon.programmes.model import Amount, Beneficiary, DeclaredFact, Group, Laureate, Programme
from jalon.programmes.rows import AmountRow, BeneficiaryRow, DeclaredRow, LaureateRow, Row
from jalon.programmes.schema import ProgrammeKeys
from jalon.programmes.tables import Numbered, Table, read_table, read_text

FILES = (rules.TOML, rules.TOWNS, rules.DECLARED, rules.AMOUNTS, rules.LAUREATES)
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of one table: read, and refused for at least one issue."""

    file: str
    read: int
    refused: int


@dataclass(frozen=True, slots=True)
class Report:
    """`programme` is None as soon as there is one issue."""

    folder: Path
    programme: Programme | None
    issues: tuple[Issue, ...]
    counts: tuple[Count, ...]


def load(folder: Path) -> Programme:
    """The programme of this folder. Raises ProgrammeError, which names the file, the key or row, and the mend."""
    report = check(folder)
    if report.programme is None:
        raise failure(folder.name, list(report.issues))
    return report.programme


def check(folder: Path) -> Report:
    """Everything wrong in the folder at once."""
    if not folder.is_dir():
        issue = Issue(str(folder), "", "ce n'est pas un dossier", "donnez le dossier qui contient programme.toml")
        return Report(folder, None, (issue,), ())
    keys, issues = _keys(folder / rules.TOML)
    towns = read_table(folder / rules.TOWNS, BeneficiaryRow)
    declared = _optional(folder / rules.DECLARED, DeclaredRow)
    amounts = _optional(folder / rules.AMOUNTS, AmountRow)
    laureates = _optional(folder / rules.LAUREATES, LaureateRow)
    issues += [*towns.issues, *declared.issues, *amounts.issues, *laureates.issues]
    if keys is not None:
        facts = {item.row.fact_id: item.row for item in declared.rows}
        issues += rules.of_keys(keys, facts)
        issues += rules.of_declared(keys, declared.rows)
        issues += rules.of_towns(keys, towns.rows)
        issues += rules.of_amounts(amounts.rows, towns.rows)
        issues += rules.of_laureates(keys, laureates.rows, towns.rows)
    counts = tuple(
        Count(name, table.read, _refused(name, issues))
        for name, table in (
            (rules.TOWNS, towns), (rules.DECLARED, declared), (rules.AMOUNTS, amounts), (rules.LAUREATES, laureates),
        )
    )  # fmt: skip
    made = _programme(keys, towns, declared, amounts, laureates) if keys is not None and not issues else None
    return Report(folder, made, tuple(issues), counts)


def _keys(path: Path) -> tuple[ProgrammeKeys | None, list[Issue]]:
    text = read_text(path)
    if isinstance(text, Issue):
        return None, [text]
    try:
        return ProgrammeKeys.model_validate(tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as error:
        return None, [Issue(path.name, "", f"TOML illisible ({error})", "corrigez la ligne que le message cite")]
    except RecursionError:
        return None, [Issue(path.name, "", "sections trop imbriquées", "reprenez le modèle de docs/how-to")]
    except ValidationError as error:
        return None, from_pydantic(path.name, error.errors())


def _optional(path: Path, model: type[R]) -> Table[R]:
    return read_table(path, model) if path.exists() else Table((), (), 0)


def _refused(file: str, issues: list[Issue]) -> int:
    """Distinct rows named by the issues of this file."""
    return len({issue.where.partition(",")[0] for issue in issues if issue.file == file and issue.where})


def _programme(
    keys: ProgrammeKeys,
    towns: Table[BeneficiaryRow],
    declared: Table[DeclaredRow],
    amounts: Table[AmountRow],
    laureates: Table[LaureateRow],
) -> Programme:
    return Programme(
        id=keys.id,
        name=keys.name,
        short_name=keys.short_name,
        description=keys.description,
        launched_on=keys.launched_on,
        ends_on=keys.ends_on,
        words=keys.words.made(),
        axes=tuple(axis.made() for axis in keys.axes),
        partners=tuple(partner.made() for partner in keys.partners),
        envelopes=tuple(envelope.made() for envelope in keys.envelopes),
        targets=tuple(target.made() for target in keys.targets),
        milestones=tuple(sorted((m.made() for m in keys.milestones), key=lambda milestone: milestone.on)),
        references=tuple(reference.made() for reference in keys.references),
        home_figures=tuple(keys.home_figures),
        groups=_groups(towns.rows),
        declared=tuple(DeclaredFact(**item.row.model_dump()) for item in declared.rows),
        amounts=tuple(Amount(**item.row.model_dump()) for item in amounts.rows),
        calls=tuple(call.made() for call in keys.calls),
        laureates=tuple(Laureate(**item.row.model_dump()) for item in laureates.rows),
    )


def _groups(towns: tuple[Numbered[BeneficiaryRow], ...]) -> tuple[Group, ...]:
    """Groups by identifier."""
    members: dict[str, list[BeneficiaryRow]] = {}
    for town in towns:
        members.setdefault(town.row.group_id, []).append(town.row)
    return tuple(_group(members[group_id]) for group_id in sorted(members))


def _group(rows: list[BeneficiaryRow]) -> Group:
    first = rows[0]
    counted = rows[:1] if first.counts_shared else rows
    return Group(
        id=first.group_id,
        name=first.group_name,
        members=tuple(_beneficiary(row) for row in rows if row.code is not None),
        signed_on=first.signed_on,
        signed_on_source=first.signed_on_source,
        planned_on=min((row.planned_on for row in rows if row.planned_on), default=None),
        under_way=_sum(row.under_way for row in counted),
        delivered=_sum(row.delivered for row in counted),
        note=" ".join(dict.fromkeys(row.note for row in rows if row.note)) or None,
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    """The sum of what is known, None when nothing is."""
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _beneficiary(row: BeneficiaryRow) -> Beneficiary:
    return Beneficiary(
        territory_kind=row.kind or "",
        territory_code=row.code or "",
        group_id=row.group_id,
        group_name=row.group_name,
        signed_on=row.signed_on,
        signed_on_source=row.signed_on_source,
        planned_on=row.planned_on,
        under_way=row.under_way,
        delivered=row.delivered,
        counted_on=row.counted_on,
        counts_shared=row.counts_shared,
        listed_in=row.listed_in,
    )
