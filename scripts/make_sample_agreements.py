#!/usr/bin/env python3
"""Write the fictional agreements that a newcomer reads within a minute: four towns that do not exist, in four formats.

usage: make_sample_agreements.py FOLDER   (needs LibreOffice)

Every page says that the document is fictional; the truth of what each says is written beside, in FOLDER/truth.
"""

import sys
from pathlib import Path

from fictional.making import make

SAMPLES = (
    ("four-columns", "pdf", 11, False),
    ("long-rows", "docx", 12, True),
    ("borderless", "odt", 13, False),
    ("stacked", "scan", 14, False),
)


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    for layout, form, seed, amended in SAMPLES:
        print(make(Path(sys.argv[1]), layout, form, seed, amended=amended, count=6))
    return 0


if __name__ == "__main__":
    sys.exit(main())
