"""An amendment that comes as a file of its own, in prose: the actions that it changes are read from its clauses."""

import io

import pytest
from docx import Document as Docx

from jalon.agreements import read, record
from jalon.documents.opening import read_bytes

CLAUSES = (
    ("Le budget de l’action FA-03 « Halle du marché couvert » est porté de 120 000 € à 150 000 €.", "budget", 150_000),
    ("L’action n° 4 « Parking de la gare routière » est retirée de la convention.", "withdrawn", None),
    ("L’action A.II.4 « Maison des mobilités douces » est ajoutée au plan d’actions.", "added", None),
)


def amendment() -> bytes:
    made, out = Docx(), io.BytesIO()
    made.add_heading("Avenant n° 2 à la convention-cadre", 1)
    made.add_paragraph("Signé le 12 mars 2021")
    for rank, (text, _, _) in enumerate(CLAUSES, 1):
        made.add_heading(f"Article {rank}", 2)
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def test_each_clause_gives_its_action_and_its_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.documents.office.command", lambda: None)
    found = list(record.actions(read(read_bytes("avenant.docx", amendment()))))
    assert [one["title"] for one in found] == [
        "Halle du marché couvert", "Parking de la gare routière", "Maison des mobilités douces",
    ]  # fmt: skip
    assert [one["reference"] for one in found] == ["FA-03", "Action n°4", "A.II.4"]
    for one, (text, kind, euros) in zip(found, CLAUSES, strict=True):
        assert [change["kind"] for change in one["changes"]] == [kind]
        assert one["budget_eur"] == euros
        assert " ".join(one["changes"][0]["evidence"][0]["quote"].split()) == text
    assert [one["state"] for one in found] == ["active", "withdrawn", "active"]
