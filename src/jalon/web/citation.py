"""How to cite a figure: short, long, BibTeX, CSL-JSON."""

from dataclasses import dataclass
from typing import Any

from jalon.figures import Definition, Figure
from jalon.web import typography


@dataclass(frozen=True, slots=True)
class Citation:
    short: str
    long: str
    bibtex: str


def cite(figure: Figure, definition: Definition, shown: str, url: str, scope: str = "") -> Citation:
    """`url` is the permalink, with the edition, so that what is cited does not change; `scope` as in `titled`."""
    day, title = typography.day(figure.as_of), titled(definition, scope)
    if figure.is_table and figure.known:
        return Citation(
            short=f"« {title} » (Jalon, édition {figure.edition}, au {day}). {url}",
            long=f"Jalon, « {title} », tableau, édition {figure.edition}, au {day}. {url}",
            bibtex=_bibtex(figure, title, _stated(figure, shown), url),
        )
    value = shown if figure.known else "valeur inconnue"
    return Citation(
        short=f"{value} (Jalon, édition {figure.edition}, au {day}).",
        long=f"Jalon, « {title} », édition {figure.edition}, valeur au {day} : {value}. {url}",
        bibtex=_bibtex(figure, title, _stated(figure, shown), url),
    )


def titled(definition: Definition, scope: str) -> str:
    """The label, with what the parameters narrow it to: "Projets de ville intelligente… (Occitanie)"."""
    return f"{definition.label} ({scope})" if scope else definition.label


def csl(figure: Figure, definition: Definition, shown: str, url: str, scope: str = "") -> list[dict[str, Any]]:
    """One item of CSL-JSON 1.0, for Zotero and its like."""
    day = [figure.as_of.year, figure.as_of.month, figure.as_of.day]
    return [
        {
            "id": f"jalon-{figure.id}-{figure.edition}",
            "type": "dataset",
            "title": titled(definition, scope),
            "author": [{"literal": "Jalon"}],
            "publisher": "Jalon",
            "version": figure.edition,
            "issued": {"date-parts": [day]},
            "note": _stated(figure, shown),
            "URL": url,
            "language": "fr-FR",
        }
    ]


def _stated(figure: Figure, shown: str) -> str:
    day = figure.as_of.isoformat()
    if figure.is_table and figure.known:
        return f"tableau au {day}"
    return f"valeur au {day} : {shown if figure.known else 'valeur inconnue'}"


def _bibtex(figure: Figure, title: str, stated: str, url: str) -> str:
    fields = {
        "title": title,
        "author": "{Jalon}",
        "year": str(figure.as_of.year),
        "note": f"Édition {figure.edition}, {stated}",
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
