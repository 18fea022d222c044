"""The three programmes Jalon carries, and a fourth added by adding a folder."""

import re
import shutil
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from programme_folder import write

from jalon.cli.programme import app
from jalon.editions.tables import TABLES
from jalon.errors import ProgrammeError
from jalon.geography import geography
from jalon.programmes import Programme, add, check, programmes, shelf
from jalon.programmes.rows import AmountRow, BeneficiaryRow, DeclaredRow
from jalon.programmes.schema import ProgrammeKeys

ANSWER = date(2020, 2, 24)
run = CliRunner()


@pytest.fixture(scope="module")
def acv() -> Programme:
    return programmes()["acv"]


def test_three_programmes_are_carried() -> None:
    assert list(programmes()) == ["acv", "thd", "tiga"]


def test_towns_and_territories_signed_by_the_day_of_the_answer(acv: Programme) -> None:
    signed = acv.signed_groups(ANSWER)
    assert len(signed) == 221
    assert sum(len(group.members) for group in signed) == 234
    assert min(group.signed_on for group in signed if group.signed_on) == date(2018, 6, 8)
    assert max(group.signed_on for group in signed if group.signed_on) == date(2019, 9, 24)


def test_the_declared_222_stands_beside_the_computed_221(acv: Programme) -> None:
    declared = {fact.fact_id: fact for fact in acv.declared}
    assert (declared["C1-05"].value, declared["C1-07"].value) == (222, 234)


def test_counts_of_a_shared_agreement_are_added_once(acv: Programme) -> None:
    assert sum(group.under_way or 0 for group in acv.groups) == 2_022
    assert sum(group.delivered or 0 for group in acv.groups) == 3_007
    assert sum(town.under_way or 0 for town in acv.beneficiaries) == 2_165
    counted = [group for group in acv.groups if (group.under_way, group.delivered) != (None, None)]
    assert len(counted) == 169


def test_every_published_town_is_there_once(acv: Programme) -> None:
    assert len({town.territory_code for town in acv.beneficiaries}) == len(acv.beneficiaries) == 246
    assert sum(town.signed_on is None for town in acv.beneficiaries) == 6
    lists = {name for town in acv.beneficiaries for name in town.listed_in}
    assert lists == {"acv-2018-10", "acv-2024-09", "acv-2025-04"}


def test_a_town_of_the_first_list_only_has_a_group_of_its_own(acv: Programme) -> None:
    rambouillet = next(group for group in acv.groups if group.name == "Rambouillet")
    assert rambouillet.id == "ACV2018-78517"
    assert rambouillet.note
    assert rambouillet.members[0].listed_in == ("acv-2018-10",)


def test_towns_of_one_group_may_be_counted_apart(acv: Programme) -> None:
    group = next(group for group in acv.groups if group.id == "ACV114")
    assert len(group.members) == 2
    assert not any(town.counts_shared for town in group.members)
    assert group.under_way == sum(town.under_way or 0 for town in group.members)


def test_axes_partners_and_home_figures(acv: Programme) -> None:
    assert [axis.number for axis in acv.axes] == [1, 2, 3, 4, 5]
    assert [partner.id for partner in acv.partners] == ["etat", "banque-des-territoires", "anah", "action-logement"]
    assert len(acv.home_figures) == 6


def test_shares_of_the_programme_add_up_to_it(acv: Programme) -> None:
    amounts = {envelope.id: envelope.amount_eur for envelope in acv.envelopes}
    parts = [envelope.amount_eur for envelope in acv.envelopes if envelope.part_of == "programme"]
    assert sum(parts, Decimal()) == amounts["programme"] == Decimal(5_000_000_000)


def test_innovation_territories_name_22_of_24_and_fill_nothing() -> None:
    tiga = programmes()["tiga"]
    assert len(tiga.groups) == 22
    assert [group.name for group in tiga.groups if not group.members] == ["OccitANum (Occit@Num)"]
    assert all(group.signed_on is None for group in tiga.groups)
    assert {fact.value for fact in tiga.declared if fact.fact_id in ("C5-10", "C5-11")} == {24}
    assert {amount.nature for amount in tiga.amounts} > {"subvention", "budget total", "fonds propres potentiels"}


def test_broadband_has_its_target_of_80_per_cent() -> None:
    targets = {target.id: target for target in programmes()["thd"].targets}
    assert (targets["ftth-2022"].value, targets["ftth-2022"].due_on) == (80.0, date(2022, 12, 31))


def test_all_96_declared_facts_are_carried_once() -> None:
    facts = [fact for programme in programmes().values() for fact in programme.declared]
    assert len({fact.fact_id for fact in facts}) == len(facts) == 96
    assert tuple(DeclaredRow.model_fields) == tuple(column.name for column in TABLES["declared_facts"].columns)


def test_every_beneficiary_is_in_the_official_geography() -> None:
    for programme in programmes().values():
        for town in programme.beneficiaries:
            assert geography().place(town.territory_kind, town.territory_code)


@pytest.mark.shared
def test_the_carried_table_says_what_the_gathered_facts_say(acv: Programme, shared: Path) -> None:
    import csv

    with (shared / "facts" / "acv_towns.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["code_insee"]: row for row in csv.DictReader(file)}
    assert set(facts) == {town.territory_code for town in acv.beneficiaries}
    for town in acv.beneficiaries:
        fact = facts[town.territory_code]
        assert (str(town.signed_on or ""), town.group_id) == (
            fact["date_signature"],
            fact["id_acv"] or "ACV2018-78517",
        )
        assert str(town.under_way if town.under_way is not None else "") == fact["actions_en_cours"]


def test_a_fourth_programme_is_a_folder(own_home: Path) -> None:
    write(own_home / "programmes" / "petites-villes")
    assert list(programmes()) == ["acv", "petites-villes", "thd", "tiga"]
    assert programmes()["petites-villes"].words.agreement == "convention d’adhésion"


def test_an_edited_folder_is_read_again(own_home: Path) -> None:
    folder = write(own_home / "programmes" / "petites-villes")
    assert programmes()["petites-villes"].name == "Petites villes fictives"
    write(folder, toml=("Petites villes fictives", "Petites villes, deuxième"))
    assert programmes()["petites-villes"].name == "Petites villes, deuxième"


def test_a_folder_named_otherwise_is_an_error(own_home: Path) -> None:
    write(own_home / "programmes" / "autre")
    with pytest.raises(ProgrammeError) as caught:
        programmes()
    assert "autre nom" in caught.value.user_message
    assert caught.value.mend


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "mon-dossier")


def test_add_from_the_command_line_then_list(folder: Path, own_home: Path) -> None:
    added = run.invoke(app, ["add", str(folder)])
    assert added.exit_code == 0, added.output
    assert "4 ligne(s) lue(s), 0 refusée(s)" in added.output
    assert "Petites villes fictives" in run.invoke(app, ["list"]).output
    assert run.invoke(app, ["check"]).exit_code == 0
    kept = own_home / "programmes" / "petites-villes"
    assert sorted(path.name for path in kept.iterdir()) == sorted(path.name for path in folder.iterdir())
    assert [path.name for path in (own_home / "programmes").iterdir()] == ["petites-villes"]


def test_add_refuses_an_id_that_is_taken_unless_told_to_replace(folder: Path) -> None:
    assert run.invoke(app, ["add", str(folder)]).exit_code == 0
    again = run.invoke(app, ["add", str(folder)])
    assert isinstance(again.exception, ProgrammeError)
    assert "--replace" in again.exception.mend
    write(folder, toml=("Petites villes fictives", "Remplacées"))
    assert run.invoke(app, ["add", "--replace", str(folder)]).exit_code == 0
    assert programmes()["petites-villes"].name == "Remplacées"


def test_add_refuses_a_damaged_folder_and_copies_nothing(folder: Path, own_home: Path) -> None:
    write(folder, towns=("2A004", "99999"))
    refused = run.invoke(app, ["add", str(folder)])
    assert refused.exit_code == 1
    assert "beneficiaries.csv, ligne 4, colonne code" in refused.output
    assert "Que faire" in refused.output
    assert not (own_home / "programmes").exists()


def test_check_of_one_folder_says_what_is_wrong(folder: Path) -> None:
    assert run.invoke(app, ["check", str(folder)]).exit_code == 0
    write(folder, toml=("ends_on", "end_on"))
    refused = run.invoke(app, ["check", str(folder)])
    assert refused.exit_code == 1
    assert "programme.toml, end_on : clé inconnue" in refused.output


def test_a_replacement_killed_between_its_two_renames_keeps_the_old_programme(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder)
    write(folder, toml=("Petites villes fictives", "Remplacées"))
    renames = iter([True, False])
    rename = Path.rename

    def killed(self: Path, target: Path) -> Path:
        if not next(renames):
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            add(folder, replace=True)
    assert programmes()["petites-villes"].name == "Petites villes fictives"
    add(folder, replace=True)
    assert programmes()["petites-villes"].name == "Remplacées"
    assert [path.name for path in shelf.added().iterdir()] == ["petites-villes"]


def test_the_example_of_the_how_to_is_a_sound_programme(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "add-a-programme.md").read_text("utf-8")
    blocks = re.findall(r"```(toml|csv)\n(.*?)```", guide, flags=re.DOTALL)
    for name, (_, text) in zip(("programme.toml", "beneficiaries.csv", "declared.csv"), blocks, strict=True):
        (tmp_path / name).write_text(text, "utf-8")
    report = check(tmp_path)
    assert report.issues == ()


def test_every_column_of_the_tables_is_in_the_how_to() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "add-a-programme.md").read_text("utf-8")
    names = {*BeneficiaryRow.model_fields, *DeclaredRow.model_fields, *AmountRow.model_fields}
    assert not [name for name in names if not re.search(rf"\b{name}\b", guide)]
    assert not [name for name in ProgrammeKeys.model_fields if not re.search(rf"\b{name}\b", guide)]


def test_a_bundled_programme_may_be_replaced_by_an_added_one(tmp_path: Path) -> None:
    copy = tmp_path / "acv"
    shutil.copytree(shelf.BUNDLED / "acv", copy)
    text = (copy / "programme.toml").read_text("utf-8")
    (copy / "programme.toml").write_text(
        text.replace('short_name = "Action Cœur de Ville"', 'short_name = "ACV"'), "utf-8"
    )
    with pytest.raises(ProgrammeError):
        add(copy)
    add(copy, replace=True)
    assert programmes()["acv"].short_name == "ACV"
