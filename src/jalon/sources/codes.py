"""Official codes as files hold them: INSEE, département, région, SIREN, SIRET, with their lost zeros."""

import re
from typing import NamedTuple

from jalon.sources.fields import SPACES, Raw, line

INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
DEPARTEMENT = re.compile(r"\d{2}|2[AB]|9[78]\d")
CORSICA = {"20A": "2A", "20B": "2B", "02A": "2A", "02B": "2B"}


def commune_code(raw: Raw) -> str | None:
    """An INSEE code of five characters, its lost leading zeros given back; ValueError when it cannot be one."""
    code = _code(raw)
    if code is None:
        return None
    padded = code.zfill(5)
    if not INSEE.fullmatch(padded) or padded.startswith("00") or len(code) < 4:
        raise ValueError(f"not a commune code: {code!r}")
    return padded


def departement_code(raw: Raw) -> str | None:
    """01 to 95, 2A, 2B, 971 and on; "1" gives 01, "20A" 2A, "075" 75; ValueError otherwise."""
    code = _code(raw)
    if code is None:
        return None
    padded = CORSICA.get(code, code[1:] if len(code) == 3 and code[0] == "0" else code.zfill(2))
    if not DEPARTEMENT.fullmatch(padded) or padded in {"00", "20", "96", "97", "98", "99"}:
        raise ValueError(f"not a département code: {code!r}")
    return padded


def region_code(raw: Raw) -> str | None:
    """Two digits, a lost zero given back; ValueError otherwise."""
    code = _code(raw)
    if code is None:
        return None
    if not re.fullmatch(r"\d{1,2}", code) or int(code) == 0:
        raise ValueError(f"not a région code: {code!r}")
    return code.zfill(2)


def siren(raw: Raw) -> str | None:
    """Nine digits whose Luhn key holds; ValueError otherwise."""
    code = _code(raw)
    if code is None:
        return None
    if not (len(code) == 9 and luhn(code)):
        raise ValueError(f"not a SIREN: {code!r}")
    return code


def _code(raw: Raw) -> str | None:
    """A code as text, whatever a sheet or JSON made of it: 1004, 1004.0, " 2a004 "."""
    if isinstance(raw, float):
        if not raw.is_integer():
            raise ValueError(f"not a code: {raw!r}")
        raw = int(raw)
    clean = line(raw)
    if clean is None:
        return None
    return SPACES.sub("", clean).upper().removesuffix(".0")


def luhn(digits: str) -> bool:
    """Luhn's key (ISO/IEC 7812-1) over ASCII digits: what SIREN and SIRET end with."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


class Identifier(NamedTuple):
    """What a code column that mixes keys holds: kind is commune, siren, siret or damaged; `code` None if damaged."""

    kind: str
    code: str | None


def identifier(raw: Raw) -> Identifier | None:
    """Tell INSEE, SIREN and SIRET apart by shape and Luhn key; a SIRET gives its SIREN. None when empty or zero."""
    code = _code(raw)
    if code is None or set(code) == {"0"}:
        return None
    if INSEE.fullmatch(code):
        return Identifier("commune", code)
    if len(code) == 9 and luhn(code):
        return Identifier("siren", code)
    if len(code) == 14 and luhn(code) and luhn(code[:9]):
        return Identifier("siret", code[:9])
    return Identifier("damaged", None)
