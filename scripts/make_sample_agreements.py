#!/usr/bin/env python3
"""Write the fictional agreements that a newcomer reads within a minute: four towns that do not exist, in four formats.

usage: make_sample_agreements.py [FOLDER]   (needs LibreOffice; without FOLDER, renews those the product carries)

Every page says that the document is fictional; in FOLDER, the truth of what each says is written beside.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import pypdfium2
from fictional.making import make

CARRIED = Path(__file__).resolve().parents[1] / "src" / "jalon" / "samples"
SAMPLES = (
    ("four-columns", "pdf", 11, False),
    ("long-rows", "docx", 15, True),
    ("borderless", "odt", 13, False),
    ("stacked", "scan", 14, False),
)
DPI, PAPER = 150, 150


def main() -> int:
    if len(sys.argv) > 2:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as beside:
        folder = Path(sys.argv[1]) if len(sys.argv) == 2 else Path(beside)
        for layout, form, seed, amended in SAMPLES:
            made = make(folder, layout, form, seed, amended=amended, count=6)
            print(made if len(sys.argv) == 2 else carry(made, form))
    return 0


def carry(made: Path, form: str) -> Path:
    """Put a document among those the product carries, a scan in black and white so that it stays small."""
    CARRIED.mkdir(exist_ok=True)
    target = CARRIED / f"convention-fictive-{form}{made.suffix}"
    bleach(made, target) if form == "scan" else shutil.copyfile(made, target)
    return target


def bleach(made: Path, target: Path) -> None:
    with pypdfium2.PdfDocument(made) as pdf:
        greys = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in pdf]
    pages = [grey.point(lambda shade: 255 if shade > PAPER else 0).convert("1") for grey in greys]
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=DPI)


if __name__ == "__main__":
    sys.exit(main())
