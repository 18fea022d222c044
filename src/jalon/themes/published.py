"""The published texts the labels speak of, through the sources of Jalon."""

from collections.abc import Iterable

from jalon.errors import SourceMissing
from jalon.sources import GrantRow, catalog, read, require
from jalon.themes.labels import Text

SOURCES = ("dgcl-di-2018", "dgcl-di-2019")


def texts() -> dict[str, Text]:
    """Every subsidised project's text by action id; raises `SourceError` when a source is not on this machine."""
    return {text.action_id: text for source_id in SOURCES for text in _texts(source_id)}


def _texts(source_id: str) -> Iterable[Text]:
    located = require(catalog()[source_id])
    if located.origin == "carried":
        raise SourceMissing(
            f"{source_id}: facts without texts",
            user_message=f"les textes de la source {source_id} ne sont pas sur cette machine.",
            mend=f"téléchargez-la : jalon sources fetch {source_id} ; ou donnez son dossier : JALON_MIRROR=/chemin.",
        )
    for row in read(located.source, located).rows:
        if isinstance(row, GrantRow):
            territory = row.territory_code or row.beneficiary or row.action_id
            yield Text(label_id(row.action_id), row.title, row.category, f"{row.territory_kind}:{territory}")


def label_id(action_id: str) -> str:
    """The identifier the labels use: theirs for 2018 counts records ("di18_12") where the file says "2018DI00012"."""
    number = action_id.removeprefix("2018DI")
    return f"di18_{int(number)}" if number != action_id and number.isdigit() else action_id
