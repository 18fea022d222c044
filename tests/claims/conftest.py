"""Two editions to check texts on: the tiny programme, and the facts that Jalon carries."""

import subprocess
import sys
from pathlib import Path

import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, open_edition
from jalon.figures import build_with_figures
from jalon.home import Home

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPT = CHECKOUT / "scripts" / "make_claims_set.py"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return build_with_figures(tiny_tables(), home=Home(tmp_path_factory.mktemp("claims")), as_of=AS_OF)


@pytest.fixture(scope="session")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition that `jalon prepare` makes without any download."""
    home = tmp_path_factory.mktemp("carried")
    command = [sys.executable, "-m", "jalon", "prepare"]
    environment = {"JALON_HOME": str(home), "PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "jalon.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    return open_edition(Home(home), "current")
