"""Follow-up spreadsheets: three formats, one report, the same before and after; hostile files refused; undone whole."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.contrib.auth.models import User
from ledger_rows import an_envelope
from odfdo import Cell, Document, Row, Table

from jalon.errors import SourceUnreadable
from jalon.funding.followup import guessed, read_sheet
from jalon.register import followups, ledger
from jalon.register.models import Commitment, Entry, Envelope, LedgerImport

pytestmark = pytest.mark.django_db
TITLES = ("N°", "Intitulé", "Code INSEE", "Montant engagé", "Date de décision", "Payé", "Payé le")
ROWS = (
    ("A-1", "Étude", "01004", "30 000,50", "15/03/2024", "10 000", "01/06/2024"),
    ("A-2", "Plateforme", "01004", "20000", "16/03/2024", "", ""),
    ("A-3", "Trop", "01004", "60 000", "17/03/2024", "", ""),
    ("A-4", "Illisible", "01004", "beaucoup", "17/03/2024", "", ""),
    ("A-1", "Doublon", "01004", "1", "17/03/2024", "", ""),
    ("A-5", "Ailleurs", "99999", "1", "17/03/2024", "", ""),
    ("A-6", "Demain", "01004", "1", "17/03/2999", "", ""),
    ("A-7", "Date", "01004", "1", "31/02/2024", "", ""),
)


@pytest.fixture
def fund(claire: User) -> Envelope:
    return an_envelope(100_000_00, claire)


def as_csv() -> bytes:
    return "\n".join(";".join(row) for row in (TITLES, *ROWS)).encode("cp1252")


def as_xlsx() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((TITLES, *ROWS)):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value)
    return made.getvalue()


def as_ods() -> bytes:
    document, table = Document("spreadsheet"), Table("Suivi")
    for values in (TITLES, *ROWS):
        row = Row()
        for value in values:
            row.append_cell(Cell(value))
        table.append_row(row)
    document.body.clear()
    document.body.append(table)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("made", [as_csv, as_xlsx, as_ods])
def test_a_report_writes_nothing_and_the_import_does_what_it_said(fund: Envelope, claire: User, made: object) -> None:
    data = made()  # type: ignore[operator]
    said = followups.bring(fund, data, "suivi", claire, {}, write=False)
    assert (said.rows_read, said.kept, said.committed_cents, said.paid_cents) == (8, 2, 50_000_50, 10_000_00)
    assert [each.row for each in said.refused] == [4, 5, 6, 7, 8, 9]
    assert "il reste" in said.refused[0].reason
    assert (Commitment.objects.count(), LedgerImport.objects.count(), Entry.objects.count()) == (0, 0, 1)
    done = followups.bring(fund, data, "suivi", claire, {}, write=True)
    assert (done.kept, done.refused) == (said.kept, said.refused)
    held = Envelope.objects.get()
    assert (held.committed_cents, held.paid_cents) == (50_000_50, 10_000_00)
    assert Commitment.objects.get(reference="A-1").decided_on == date(2024, 3, 15)
    assert done.batch is not None
    ledger.undo_import(done.batch, ledger.Signed(claire, "mauvais fichier"))
    assert Envelope.objects.get().committed_cents == 0


def test_the_same_file_twice_adds_nothing(fund: Envelope, claire: User) -> None:
    followups.bring(fund, as_csv(), "suivi.csv", claire, {}, write=True)
    before = Entry.objects.count()
    assert followups.bring(fund, as_csv(), "suivi.csv", claire, {}, write=True).kept == 0
    assert Entry.objects.count() == before


def test_columns_are_chosen_by_hand(fund: Envelope, claire: User) -> None:
    data = b"X;Y;Z\nB-1;01004;500"
    with pytest.raises(SourceUnreadable, match="référence"):
        followups.bring(fund, data, "s.csv", claire, {}, write=False)
    chosen = {"reference": "X", "territory": "Y", "committed": "Z"}
    assert followups.bring(fund, data, "s.csv", claire, chosen, write=False).kept == 1
    with pytest.raises(SourceUnreadable, match="Q"):
        followups.bring(fund, data, "s.csv", claire, {**chosen, "label": "Q"}, write=False)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02", b"\n\n\n"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read_sheet(data, "suivi")
    assert refused.value.mend


def test_titles_are_recognised_whatever_their_accents() -> None:
    assert guessed(["RÉFÉRENCE", "Montant_engagé", "Date d’engagement"]) == {
        "reference": "RÉFÉRENCE",
        "committed": "Montant_engagé",
        "decided_on": "Date d’engagement",
    }
