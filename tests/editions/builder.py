"""Build an edition of the tiny programme in a process of its own, to be killed or starved: `builder.py HOME DAY`."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tiny import tiny_tables

from jalon.errors import JalonError
from jalon.figures import build_with_figures
from jalon.home import Home


def main() -> int:
    place, day = Home(Path(sys.argv[1])), date.fromisoformat(sys.argv[2])
    print("ready", flush=True)
    try:
        print(build_with_figures(tiny_tables(), home=place, as_of=day).id, flush=True)
    except OSError as error:
        print(f"errno {error.errno}", flush=True)
        return 3
    except JalonError as error:
        print(error.user_message, flush=True)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
