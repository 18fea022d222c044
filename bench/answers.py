"""Checking and drafting: a two-page answer in a fresh process, then sentences a second once warm."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from measure import run

JALON = str(Path(sys.executable).with_name("jalon"))
TWO_PAGES = 5_500
"""Characters of two pages."""
WARM = """
import sys, time
from jalon.claims import check
from jalon.claims.draft import Asked, compose
from jalon.claims.marks import marked
from jalon.editions import current
from jalon.home import home
edition, text = current(home()), open(sys.argv[1], encoding="utf-8").read()
sentences = marked(check(text, edition)).sentences
started = time.perf_counter()
for _ in range(20):
    check(text, edition)
print(20 * sentences / (time.perf_counter() - started))
asked = [Asked(one) for one in ("acv-communes", "acv-conventions-signees", "acv-projets", "acv-actions-ville-intelligente")]
started = time.perf_counter()
compose("", asked, edition)
print(time.perf_counter() - started)
"""


def section(env: Mapping[str, str], folder: Path) -> str:
    """The part of results.md; `env` names the data folder."""
    from jalon.web.sample import SAMPLE

    text = (SAMPLE * (1 + TWO_PAGES // len(SAMPLE)))[:TWO_PAGES]
    file = folder / "answer.txt"
    file.write_text(text, encoding="utf-8")
    fresh = run([JALON, "check", str(file)], env)
    again = [sys.executable, "-c", WARM, str(file)]
    done = subprocess.run(again, env=dict(env), check=True, capture_output=True, text=True)
    rate, drafted = map(float, done.stdout.split())
    return (
        "## Answers\n\n"
        "A two-page text in the ministerial manner, checked against the whole ledger; no system we know does the same, "
        "so nothing stands beside.\n\n"
        "| | |\n| --- | ---: |\n"
        f"| two pages checked by the command, fresh process, first use included, seconds | {fresh.seconds:.2f} |\n"
        f"| peak memory of that process, MB | {fresh.peak_mb:.0f} |\n"
        f"| sentences checked a second, warm | {rate:.0f} |\n"
        f"| a draft of four figures, each sentence confirmed, seconds | {drafted:.2f} |\n"
    )


if __name__ == "__main__":
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as one:
        print(section(os.environ, Path(one)))
