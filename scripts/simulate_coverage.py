"""How often the intervals of appetite hold the truth, beside simpler methods: the table of docs/method.md.

.venv/bin/python scripts/simulate_coverage.py [RUNS]
"""

import sys

from jalon.indicators.simulation import WORLDS, simulate

NAMES = {
    "share": "part des communes actives",
    "prevalence": "part des actions",
    "per_town": "actions par commune",
}


def main(runs: int) -> None:
    print(f"| monde ({runs} tirages) | mesure | vérité | méthode | couvre | biais relatif | largeur relative |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for world in WORLDS:
        for held in simulate(world, runs, draws=500):
            relative = f"{held.bias / held.truth:+.1%} | {held.width / held.truth:.0%}"
            measured = f"{NAMES[held.measure]} | {held.truth:.4f} | {held.method} | {held.coverage:.1%}"
            print(f"| {held.world} | {measured} | {relative} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 800)
