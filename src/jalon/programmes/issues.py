"""What is wrong in a programme's folder, where, and how to mend it: in French, for the person who edits it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jalon.errors import ProgrammeError
from jalon.programmes.schema import ID, URL


@dataclass(frozen=True, slots=True)
class Issue:
    """`where` is a key of the TOML file ("axes[2].label"), a row and column of a table, or "" for the whole file."""

    file: str
    where: str
    problem: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return f"{place} : {self.problem}"


FRENCH: dict[str, tuple[str, str]] = {
    "missing": ("clé absente", "ajoutez-la"),
    "extra_forbidden": ("clé inconnue", "corrigez son orthographe ou retirez-la"),
    "string_type": ("un texte est attendu", "écrivez la valeur entre guillemets"),
    "string_too_short": ("texte vide", "écrivez une valeur"),
    "string_pattern_mismatch": ("forme refusée", "{pattern}"),
    "date_type": ("une date est attendue", "écrivez-la sans guillemets ni heure, comme 2018-03-27"),
    "int_type": ("un nombre entier est attendu", "écrivez-le sans guillemets ni virgule"),
    "float_type": ("un nombre est attendu", "écrivez-le sans guillemets, avec un point décimal"),
    "bool_type": ("true ou false est attendu", "écrivez true ou false, sans guillemets"),
    "decimal_type": ("un nombre est attendu", "écrivez-le sans guillemets, en euros"),
    "greater_than_equal": ("valeur trop petite : minimum {ge}", "corrigez la valeur"),
    "finite_number": ("nombre infini ou indéfini", "écrivez un nombre"),
    "list_type": ("une liste est attendue", "écrivez-la entre crochets, ou [[deux crochets]] pour des sections"),
    "model_type": ("une section est attendue", "ouvrez-la par son nom entre crochets"),
    "literal_error": ("valeur refusée", "choisissez parmi {expected}"),
    "too_long": ("trop de valeurs : maximum {max_length}", "retirez-en"),
    "too_short": ("il en manque : minimum {min_length}", "ajoutez-en"),
}
PATTERNS = {
    ID: "en minuscules sans accent, chiffres et traits d'union, comme petites-villes",
    URL: "une adresse complète, qui commence par https://",
}


def from_pydantic(file: str, errors: Iterable[Any], prefix: str = "") -> list[Issue]:
    """Issues for the error records of a pydantic ValidationError."""
    return [_issue(file, error, prefix) for error in errors]


def _issue(file: str, error: Any, prefix: str) -> Issue:
    context = error.get("ctx") or {}
    where = prefix + _path(error["loc"])
    if error["type"] == "value_error":
        problem, _, mend = str(context["error"]).rpartition(" | ")
        return Issue(file, where, problem, mend)
    problem, mend = FRENCH.get(error["type"], ("valeur refusée", "corrigez la valeur d'après docs/how-to"))
    mend = PATTERNS.get(context.get("pattern", ""), mend)
    shown = problem.format(**context)
    if error["type"] not in ("missing", "extra_forbidden"):
        shown += f" (lu : {str(error['input'])[:60]!r})"
    return Issue(file, where, shown, mend.format(**context).replace(" or ", " ou "))


def _path(location: Iterable[str | int]) -> str:
    path = ""
    for part in location:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def failure(name: str, issues: list[Issue]) -> ProgrammeError:
    """The exception that stops on the first issue and counts the others."""
    first, others = issues[0], len(issues) - 1
    more = f" ; et {others} autre(s) défaut(s)" if others else ""
    return ProgrammeError(
        f"programme {name}: {len(issues)} issues, first: {first}",
        user_message=f"programme « {name} », {first}{more}.",
        mend=f"{first.mend} ; puis vérifiez : jalon programme check CHEMIN.",
    )
