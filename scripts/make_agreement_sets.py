#!/usr/bin/env python3
"""Make the fictional agreements on which readings are measured, one folder a set; what is there is kept.

usage: make_agreement_sets.py FOLDER   (needs LibreOffice, and Chromium for the second and the third set)
"""

import sys
from pathlib import Path

from fictional.forms import FORMS
from fictional.last import LAST
from fictional.layouts import LAYOUTS
from fictional.making import make as written
from fictional.printing import make as printed

SCANS = (
    ("footed", "scan150"), ("grid", "scan300"), ("taxes", "scangrey"), ("underlined", "scan2up"),
    ("checkboxes", "scan200"), ("prose", "scan200"), ("right-labels", "scan200"), ("compact", "scan200"),
    ("years", "scan300"), ("banded", "scan200"),
)  # fmt: skip
OFFICE = (
    "underlined",
    "right-labels",
    "checkboxes",
    "matrix",
    "years",
    "taxes",
    "footed",
    "replaced",
    "struck",
    "grid",
)
UNAMENDED = ("bullets", "by-funder")


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(sys.argv[1])
    _first(root / "first")
    _printed(root / "second", [(layout, "pdf", seed) for layout in FORMS for seed in (4001, 4002)])
    _printed(
        root / "second-office", [(one, form, 5000 + n) for n, one in enumerate(OFFICE) for form in ("docx", "odt")]
    )
    _printed(root / "second-scans", [(one, form, 6000 + n) for n, (one, form) in enumerate(SCANS)])
    _printed(root / "third", [(layout, "pdf", seed) for layout in LAST for seed in (7001, 7002)], LAST)
    return 0


def _first(folder: Path) -> None:
    if (folder / "done").exists():
        return
    for number, layout in enumerate(LAYOUTS):
        written(folder, layout, "pdf", 900 + number)
        written(folder, layout, "pdf", 950 + number, amended=layout not in UNAMENDED)
    (folder / "done").touch()


def _printed(folder: Path, wanted: list[tuple[str, str, int]], forms: dict = FORMS) -> None:
    if not (folder / "done").exists():
        printed(folder, wanted, forms, count=6 if "scans" in folder.name else 8)
        (folder / "done").touch()


if __name__ == "__main__":
    sys.exit(main())
