"""What a text to check may be, and how it is refused."""

from jalon.errors import JalonError

LARGEST_FILE = 20 * 2**20
"""Bytes of a file."""
LONGEST_TEXT = 300_000
"""Characters of a text: about a hundred pages."""
MOST_QUANTITIES = 3_000
MEND = "vérifiez la réponse elle-même, ou découpez le document et vérifiez-le en plusieurs fois."


class TextRefused(JalonError):
    """A text or file that cannot be checked."""

    code = "text-refused"


def too_long(length: int) -> TextRefused:
    says = f"le texte a {length} caractères ; au-delà de {LONGEST_TEXT}, il n'est pas vérifié."
    return TextRefused(f"{length} characters", user_message=says, mend=MEND)


def too_many() -> TextRefused:
    says = f"le texte a plus de {MOST_QUANTITIES} nombres : ce n'est pas une réponse à vérifier."
    return TextRefused("too many quantities", user_message=says, mend=MEND)


def too_large(name: str, size: int) -> TextRefused:
    says = f"{name} pèse {size >> 20} Mio ; au-delà de {LARGEST_FILE >> 20} Mio, il n'est pas lu."
    return TextRefused(f"{name}: {size} bytes", user_message=says, mend=MEND)


def unreadable(name: str, why: str) -> TextRefused:
    return TextRefused(
        f"{name}: {why}",
        user_message=f"{name} n'est pas lisible : {why}.",
        mend="donnez un texte en UTF-8, ou un fichier DOCX, ODT, PDF ou HTML.",
    )
