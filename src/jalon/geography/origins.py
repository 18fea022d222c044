"""Where the carried geography comes from."""

import tomllib
from dataclasses import dataclass
from functools import cache

from jalon.geography.places import HERE


@dataclass(frozen=True, slots=True)
class Package:
    """One registry package, as pinned when the tables were compiled. `vintage` is the year of the official code."""

    id: str
    registry: str
    name: str
    version: str
    file: str
    sha256: str
    vintage: str
    licence: str
    homepage: str
    producer: str
    used_for: str


@cache
def packages() -> tuple[Package, ...]:
    listed = tomllib.loads((HERE / "sources.toml").read_text("utf-8"))["package"]
    return tuple(Package(**package) for package in listed)
