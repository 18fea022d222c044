"""Where the files of a source are on this machine: the mirror, the fetched files, or the facts the product carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jalon.errors import SourceMissing
from jalon.home import home, mirror
from jalon.sources.catalog import HERE, Source

CARRIED = HERE / "carried"


@dataclass(frozen=True, slots=True)
class Located:
    """A folder that holds every file of the source at its catalogued path; origin: mirror, producer or carried."""

    source: Source
    origin: str
    folder: Path


def locate(source: Source) -> Located | None:
    """The best place that holds the whole source, None when no place does. Nothing is opened."""
    for origin, folder in _places():
        if all((folder / file.file).is_file() for file in source.files):
            return Located(source, origin, folder)
    if (CARRIED / f"{source.id}.csv").is_file():
        return Located(source, "carried", CARRIED)
    return None


def _places() -> Iterator[tuple[str, Path]]:
    given = mirror()
    if given is not None:
        yield "mirror", given
    yield "producer", home().sources


def require(source: Source) -> Located:
    """As `locate`, or SourceMissing that names the files looked for and the two ways to have them."""
    found = locate(source)
    if found is None:
        names = ", ".join(f.file for f in source.files)
        raise SourceMissing(
            f"{source.id}: no file found",
            user_message=f"la source {source.id} n'est pas sur cette machine ({names}).",
            mend=f"téléchargez-la : jalon sources fetch {source.id} ; ou donnez le dossier qui la contient : "
            "JALON_MIRROR=/chemin.",
        )
    return found
