"""How a programme names those who benefit from it, and sentences about some of them."""

import re

from jalon.programmes import Words, programmes
from jalon.web.typography import NO_BREAK, number

PLAIN = Words("territoire", "territoires", "territoire", "territoires", "convention", "conventions")
_FEMININE = re.compile(
    r"(petites? |grandes? )?(villes?|communes?|intercommunalités?|métropoles?|régions?|îles?|\w+(té|tion|sion)s?)\b"
)


def words(programme: str) -> Words:
    """Those of the programme's folder; plain ones for a programme that has none here."""
    folder = programmes().get(programme)
    return folder.words if folder else PLAIN


def feminine(noun: str) -> bool:
    return _FEMININE.match(noun.lower()) is not None


def agreed(participle: str, noun: str, count: int) -> str:
    """A participle as it goes with `count` of these: couvert, couverte, couverts, couvertes."""
    return f"{participle}{'e' if feminine(noun) else ''}{'s' if count > 1 else ''}"


def part(count: int, total: int, named: Words, of: str = "") -> str:
    """The subject of a sentence: « aucune des 3 villes », « 2 des 3 villes », « les 3 villes », « la seule ville ».

    `of` follows the noun, with its space: « les 3 villes d’Action Cœur de Ville ».
    """
    female = feminine(named.beneficiary)
    if total == 1:
        only = f"{'seule' if female else 'seul'} {named.beneficiary}{of}"
        return f"{'la' if female else 'le'} {only}"
    all_ = f"{number(total)}{NO_BREAK}{named.beneficiaries}{of}"
    if not count:
        return f"{'aucune' if female else 'aucun'} des {all_}"
    return f"les {all_}" if count == total else f"{number(count)} des {all_}"


def verb(count: int, one: str, many: str) -> str:
    """The verb after `part`: « n’a » for none, « a », « ont »."""
    return f"n’{one}" if not count else one if count == 1 else many


def capital(text: str) -> str:
    """The first letter raised, the others as they are."""
    return text[:1].upper() + text[1:]
