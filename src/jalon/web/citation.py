"""How to cite a figure: short, long, BibTeX."""

from dataclasses import dataclass

from jalon.figures import Definition, Figure
from jalon.web import typography


@dataclass(frozen=True, slots=True)
class Citation:
    short: str
    long: str
    bibtex: str


def cite(figure: Figure, definition: Definition, shown: str, url: str) -> Citation:
    """`url` is the permalink, with the edition, so that what is cited does not change."""
    day = typography.day(figure.as_of)
    if figure.is_table and figure.known:
        return Citation(
            short=f"« {definition.label} » (Jalon, édition {figure.edition}, au {day}). {url}",
            long=f"Jalon, « {definition.label} », tableau, édition {figure.edition}, au {day}. {url}",
            bibtex=_bibtex(figure, definition, f"tableau au {figure.as_of.isoformat()}", url),
        )
    value = shown if figure.known else "valeur inconnue"
    return Citation(
        short=f"{value} (Jalon, édition {figure.edition}, au {day}).",
        long=f"Jalon, « {definition.label} », édition {figure.edition}, valeur au {day} : {value}. {url}",
        bibtex=_bibtex(figure, definition, f"valeur au {figure.as_of.isoformat()} : {value}", url),
    )


def _bibtex(figure: Figure, definition: Definition, shown: str, url: str) -> str:
    fields = {
        "title": definition.label,
        "author": "{Jalon}",
        "year": str(figure.as_of.year),
        "note": f"Édition {figure.edition}, {shown}",
        "url": url,
    }
    lines = ",\n".join(
        f"  {name} = {{{_escaped(value) if name != 'url' else value}}}" for name, value in fields.items()
    )
    return f"@misc{{jalon-{figure.id}-{figure.edition},\n{lines}\n}}"


def _escaped(text: str) -> str:
    for sign in ("&", "%", "#", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text
