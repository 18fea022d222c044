"""A data folder prepared once with the facts that Jalon carries, and copied for each test."""

import shutil
import subprocess
from pathlib import Path

import pytest
from run_help import Jalon, command, environment


@pytest.fixture(scope="session")
def jalon() -> Jalon:
    """Run a command of Jalon to its end in a data folder: `jalon(home, "edition", "list", JALON_MIRROR=…)`."""

    def run(home: Path, *words: str, before: tuple[str, ...] = (), **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, *command(*words)], env=environment(home, **more), capture_output=True, text=True, timeout=240
        )

    return run


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, jalon: Jalon) -> Path:
    home = tmp_path_factory.mktemp("prepared")
    done = jalon(home, "prepare")
    assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture
def ready(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared folder, free to be damaged."""
    home = tmp_path / "home"
    shutil.copytree(prepared, home)
    return home


@pytest.fixture
def fourth(tmp_path: Path) -> Path:
    """The folder of a fourth programme: two towns that share an agreement."""
    folder = tmp_path / "petites-villes"
    folder.mkdir()
    (folder / "programme.toml").write_text(
        """
id = "petites-villes"
name = "Petites villes d’essai"
short_name = "Petites villes"
description = "Un quatrième programme, pour l’essai."
launched_on = 2020-10-01

[words]
beneficiary = "ville"
beneficiaries = "villes"
group = "groupement"
groups = "groupements"
agreement = "convention d’adhésion"
agreements = "conventions d’adhésion"

[[partners]]
id = "etat"
label = "État"

[[references]]
about = ["launched_on"]
publisher = "Essai"
url = "https://example.org/"
""",
        encoding="utf-8",
    )
    (folder / "beneficiaries.csv").write_text(
        "kind,code,name,departement,region,epci_siren,population,lon,lat,group_id,group_name,signed_on,signed_on_source,"
        "planned_on,under_way,delivered,counts_shared,counted_on,listed_in,note\n"
        "commune,78003,Ablis,78,11,,,,,PV1,Ablis,2021-01-15,essai,,,,non,,,\n"
        "commune,23001,Ahun,23,75,,,,,PV2,Ahun,,,,,,non,,,\n",
        encoding="utf-8",
    )
    return folder
