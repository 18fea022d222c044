"""The real files: counts verified by hand, the programme's own list, and speed."""

import csv
import json
from collections import Counter
from datetime import date

import pytest

from jalon.geography import geography
from jalon.programmes import programmes
from jalon.sources import CoverageRow, GrantRow, ListingRow, catalog, consolidate, read

pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("published")]
AS_OF = date(2020, 2, 24)


@pytest.fixture(scope="module")
def readings(mirror):
    geography()
    return {source.id: read(source, mirror) for source in catalog().values()}


@pytest.fixture(scope="module")
def towns(readings):
    return consolidate(readings[one] for one in readings if one.startswith("acv"))


def kinds(reading):
    return Counter(refusal.code for refusal in reading.refusals)


@pytest.mark.parametrize(
    ("source_id", "rows", "code", "times"),
    [
        ("acv-2018-10", 221, "permuted-row", 24),
        ("acv-2018-10", 221, "displaced-point", 13),
        ("acv-2018-10", 221, "planned-date", 18),
        ("acv-2018-10", 221, "signed-undated", 3),
        ("acv-2024-09", 245, "mojibake", 55),
        ("acv-2024-09", 245, "half-counted", 5),
        ("acv-2024-09", 245, "displaced-point", 16),
        ("acv-2024-09", 245, "parent-differs", 1),
        ("acv-2025-04", 244, "displaced-point", 16),
        ("dgcl-di-2018", 26295, "missing-amount", 8),
        ("dgcl-di-2018", 26295, "missing-title", 4),
        ("dgcl-di-2018", 26295, "siret", 2),
        ("dgcl-di-2019", 24811, "missing-title", 11),
        ("dgcl-di-2019", 24811, "zero-cost", 2),
        ("dgcl-di-2019", 24811, "rate-differs", 9),
        ("dgcl-di-2019", 24811, "duplicate", 2),
        ("barometre-services-publics-territoires", 12948, "doubled-series", 1159 + 216 + 12),
        ("ditp-barometre-2024", 1304, "unknown-zone", 0),
        ("pvd-2021-01", 1607, "bad-commune-code", 1),
        ("fonds-anct", 119, "displaced-outline", 10),
        ("fthd-operateurs-2024", 208, "duplicate", 104),
    ],
)
def test_known_defects_are_found(readings, source_id, rows, code, times):
    assert readings[source_id].rows_read == rows
    assert kinds(readings[source_id])[code] == times


def test_every_project_is_kept(readings):
    grants = [row for one in ("dgcl-di-2018", "dgcl-di-2019") for row in readings[one].rows]
    assert len({row.action_id for row in grants}) == 51_106
    assert all(isinstance(row, GrantRow) and row.category for row in grants)
    assert all(row.territory_code for row in grants if row.territory_kind == "commune")
    assert all(not (row.cost_cents and row.grant_cents) or row.grant_cents <= row.cost_cents for row in grants)


def test_fibre_of_the_country_and_its_departements(readings):
    rows = [row for row in readings["arcep-ftth-2018t1"].rows if isinstance(row, CoverageRow)]
    last = [row for row in rows if row.quarter == date(2018, 3, 31)]
    sums = Counter()
    for row in last:
        sums[row.territory_kind] += row.connectable
    assert sums["commune"] == sums["departement"] + sums["collectivite"] == 10_965_667
    assert sums["region"] == 10_967_000


def test_both_barometers_agree_where_they_meet(readings):
    def rates(source_id):
        rows = (row for row in readings[source_id].rows if isinstance(row, CoverageRow))
        there = (row for row in rows if row.quarter == date(2022, 9, 30) and row.territory_kind == "departement")
        return {row.territory_code: row.rate for row in there}

    rounded, exact = rates("barometre-services-publics-territoires"), rates("ditp-barometre-2024")
    assert len(set(rounded) & set(exact)) == 100
    assert all(abs(rounded[code] - exact[code]) < 0.01 for code in set(rounded) & set(exact))


def test_no_personal_datum_comes_in(readings):
    rows = readings["pvd-2021-01"].rows
    assert all(isinstance(row, ListingRow) for row in rows)
    assert "@" not in repr((rows, readings["pvd-2021-01"].refusals))


def test_the_lists_give_the_programme_its_beneficiaries(towns):
    assert towns.beneficiaries == programmes()["acv"].beneficiaries


def test_counts_of_towns_and_agreements(towns, shared):
    counts = json.loads((shared / "facts" / "acv_counts.json").read_text())
    signed = [one for one in towns.beneficiaries if one.signed_on and one.signed_on <= AS_OF]
    assert len(towns.beneficiaries) == counts["communes"] == 246
    assert len(signed) == counts["communes_signees_au_2020_02_24"] == 234
    assert len({one.group_id for one in signed}) == counts["territoires_signes_au_2020_02_24"] == 221
    published = {
        one.group_id for one in towns.beneficiaries if one.group_id.startswith("ACV") and "-" not in one.group_id
    }
    assert len(published) == counts["territoires_toutes_annees"] == 232
    kinds = Counter(refusal.code for refusal in towns.refusals)
    assert kinds["signature-differs"] + kinds["planned-differs"] == len(counts["desaccords_dates_2018_2024"])


def test_actions_are_never_counted_twice(towns, shared):
    counts = json.loads((shared / "facts" / "acv_counts.json").read_text())["somme_par_territoire"]
    once = {(one.group_id, "" if one.counts_shared else one.territory_code): one for one in towns.beneficiaries}
    assert sum(one.under_way or 0 for one in once.values()) == counts["en_cours"] == 2022
    assert sum(one.delivered or 0 for one in once.values()) == counts["livrees"] == 3007


def test_each_town_is_as_compiled_by_hand(towns, shared):
    by_hand = {row["code_insee"]: row for row in csv.DictReader((shared / "facts" / "acv_towns.csv").open())}
    assert set(by_hand) == {one.territory_code for one in towns.beneficiaries}
    for one in towns.beneficiaries:
        row = by_hand[one.territory_code]
        assert (one.signed_on.isoformat() if one.signed_on else "") == row["date_signature"]
        assert ("" if one.under_way is None else str(one.under_way)) == row["actions_en_cours"]
        assert ("" if one.delivered is None else str(one.delivered)) == row["actions_livrees"]
        assert one.counts_shared == (row["compteurs_partages"] == "oui")
        assert not row["id_acv"] or one.group_id == row["id_acv"]
