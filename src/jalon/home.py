"""Where Jalon keeps what it is given and what it makes: one folder, `JALON_HOME`."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Home:
    """The folders below one root; none is made before it is needed."""

    root: Path

    @property
    def register(self) -> Path:
        """The SQLite register, when no `DATABASE_URL` names another."""
        return self.root / "register.sqlite3"

    @property
    def sources(self) -> Path:
        """Files fetched from their producers, one folder a source."""
        return self.root / "sources"

    @property
    def clean(self) -> Path:
        """Tables read from sources, kept by content hash."""
        return self.root / "clean"

    @property
    def documents(self) -> Path:
        """Agreements as they were given, each under its content hash."""
        return self.root / "documents"

    @property
    def uploads(self) -> Path:
        """Files given on the site, until they are read."""
        return self.root / "uploads"

    @property
    def trials(self) -> Path:
        """Files that visitors try, each in a folder of its own that is deleted whole."""
        return self.root / "trials"

    @property
    def editions(self) -> Path:
        return self.root / "editions"

    @property
    def cache(self) -> Path:
        """What can be thrown away: rendered charts."""
        return self.root / "cache"


def home() -> Home:
    """`JALON_HOME`, else `var/` of the checkout, else the user's data folder."""
    given = os.environ.get("JALON_HOME")
    if given:
        return Home(Path(given).expanduser().resolve())
    if (CHECKOUT / "pyproject.toml").exists():
        return Home(CHECKOUT / "var")
    return Home(user_data_path("jalon"))


def mirror() -> Path | None:
    """`JALON_MIRROR`: a folder that holds the sources' files as published, or None."""
    given = os.environ.get("JALON_MIRROR")
    return Path(given).expanduser().resolve() if given else None
