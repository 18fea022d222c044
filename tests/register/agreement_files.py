"""Small agreements as PDF, made without any tool: a town, a date, and fiches."""

from pathlib import Path

TOWN = "Ambérieu-en-Bugey"
HALLE = "Réhabilitation de la halle"
CAMERAS = "Installation de caméras de vidéoprotection"
VELO = "Plan vélo du centre"


def fiche(number: int, title: str, euros: int, owner: str = "Ville") -> str:
    return f"Action n°{number} : {title}\nPorteur : {owner}\nBudget : {euros:,} euros\nDates : 2019".replace(",", " ")


def agreement(folder: Path, name: str, *fiches: str, town: str = TOWN, head: str = "Convention-cadre") -> Path:
    """A PDF whose first page names the town and the day of signature, then a page of fiches."""
    folder.mkdir(parents=True, exist_ok=True)
    given = folder / name
    given.write_bytes(_pdf([f"{head}\n{town}\nSigné le 12/09/2019 à {town}", "\n".join(fiches)]))
    return given


def _pdf(pages: list[str]) -> bytes:
    kids = " ".join(f"{3 + 2 * rank} 0 R" for rank in range(len(pages)))
    body = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    body += f"2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>\nendobj\n"
    for rank, page in enumerate(pages):
        body += _page(3 + 2 * rank, page)
    return (body + "trailer << /Root 1 0 R >>\n%%EOF").encode("latin-1")


def _page(number: int, text: str) -> str:
    lines = " ".join(f"({line}) Tj 0 -16 Td" for line in text.split("\n"))
    content = f"BT /F1 11 Tf 60 780 Td {lines} ET"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    return (
        f"{number} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
        f"/Resources << /Font << /F1 {font} >> >> >>\nendobj\n"
        f"{number + 1} 0 obj\n<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream\nendobj\n"
    )
