"""Towns that sign together."""

from jalon.agreements.parties import towns
from jalon.documents.lines import Line, lines
from jalon.documents.model import Word


def page(*texts: str) -> list[Line]:
    words = [
        Word(word, 60.0 + 40 * rank, 20.0 * row, 95.0 + 40 * rank, 20.0 * row + 10, 10)
        for row, text in enumerate(texts, 1)
        for rank, word in enumerate(text.split())
    ]
    return lines(1, words)


def test_every_commune_that_is_represented_signs() -> None:
    read = towns(
        page(
            "Convention-cadre de la ville de Castres",
            "La commune de Castres, représentée par son maire,",
            "La commune de Mazamet, représentée par son maire,",
            "L’opération prolonge celle de la commune de Albi, livrée en 2017.",
        ),
        [],
    )
    assert read is not None
    assert [(town.name, town.code) for town in read.value] == [("Castres", "81065"), ("Mazamet", "81163")]
    assert "Mazamet" in read.evidence[0].quote
