"""A draft as a file: DOCX, ODT or text. DOCX and ODT come from a template, which the user can replace.

A template is any document whose paragraphs hold `{{question}}`, `{{date}}`, `{{édition}}` and, alone in its own,
`{{réponse}}`: each sentence takes the style of that paragraph. The notes are footnotes of the document.
"""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from jalon.claims.draft import Draft, Sentence
from jalon.errors import ConfigurationError
from jalon.figures import format_day
from jalon.home import home

BODY = "{{réponse}}"
TYPED = "[rédigé par l’auteur, sans chiffre vérifié]"
MEND = f"ouvrez le modèle et écrivez {BODY} seul dans un paragraphe, ou ôtez-le pour revenir à celui du produit."
Writer = Callable[[Draft, bytes, str], bytes]


def write(draft: Draft, suffix: str, *, origin: str = "", template: Path | None = None) -> bytes:
    """The bytes of a `.docx`, `.odt` or `.txt`; `origin` is put before the permalinks.

    Raises ConfigurationError for another suffix, or for a template that cannot be used.
    """
    if suffix == ".txt":
        return as_text(draft, origin).encode()
    writer = _writer(suffix)
    try:
        return writer(draft, _template(suffix, template), origin)
    except ConfigurationError:
        raise
    except Exception as error:
        raise unusable(str(error)) from error


def as_text(draft: Draft, origin: str = "") -> str:
    """The draft as bare text, its notes at the end."""
    lines = [f"Projet de réponse, {_dated(draft)}.", *([f"Question : {draft.question}"] if draft.question else [])]
    lines += [f"{said(sentence)}{_call(sentence)}" for sentence in draft.sentences]
    lines += [f"Note {note.number} : {origin}{note.reference.permalink}" for note in draft.notes]
    return "\n\n".join(lines) + "\n"


def said(sentence: Sentence) -> str:
    """A sentence, marked when no figure stands behind it."""
    return sentence.text if sentence.note else f"{sentence.text} {TYPED}"


def fields(draft: Draft) -> dict[str, str]:
    """What the words between braces of a template stand for, the answer itself aside."""
    return {
        "{{question}}": draft.question,
        "{{date}}": format_day(draft.as_of),
        "{{édition}}": draft.edition,
    }


def unusable(why: str) -> ConfigurationError:
    return ConfigurationError(
        f"template: {why}", user_message=f"le modèle de réponse ne peut pas servir : {why}.", mend=MEND
    )


def _writer(suffix: str) -> Writer:
    from jalon.claims.draft_docx import to_docx
    from jalon.claims.draft_odt import to_odt

    writers: dict[str, Writer] = {".docx": to_docx, ".odt": to_odt}
    if suffix not in writers:
        raise ConfigurationError(
            f"unknown suffix {suffix!r}",
            user_message=f"« {suffix[:20]} » n’est pas une sorte de fichier connue.",
            mend="demandez un fichier .docx, .odt ou .txt.",
        )
    return writers[suffix]


def _template(suffix: str, given: Path | None) -> bytes:
    """The template given, else `JALON_HOME/templates/answer.*`, else that of the product."""
    own = home().root / "templates" / f"answer{suffix}"
    chosen = given or (own if own.is_file() else None)
    if chosen is None:
        return resources.files("jalon.claims").joinpath(f"answer{suffix}").read_bytes()
    try:
        return chosen.read_bytes()
    except OSError as error:
        raise unusable(f"{chosen.name} est illisible") from error


def _dated(draft: Draft) -> str:
    return f"réponse arrêtée au {format_day(draft.as_of)}"


def _call(sentence: Sentence) -> str:
    return f" (note {sentence.note.number})" if sentence.note else ""
