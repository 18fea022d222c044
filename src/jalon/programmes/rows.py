"""The strict shape of the four tables of a programme's folder: one model a row, cells read from text."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from jalon.programmes.schema import URL

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}(-\d{2}){0,2}|\d{4}/\d{4}")


def _day(text: str) -> date:
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"« {text[:40]} » n'est pas une date | écrivez année-mois-jour, comme 2018-09-28") from None


def _moment(text: str) -> str:
    if not MOMENT.fullmatch(text):
        raise ValueError(
            f"« {text[:40]} » n'est ni une année, ni un mois, ni un jour | comme 2019, 2019-06, 2019-06-04 ou 2018/2022"
        )
    return text


def _count(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,12}", text):
        raise ValueError(
            f"« {text[:40]} » n'est pas un nombre entier | écrivez des chiffres seuls, ou laissez vide si inconnu"
        )
    if text.startswith("-"):
        raise ValueError(f"« {text[:40]} » est négatif | un compte ne peut pas l'être : laissez vide si inconnu")
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", text):
        raise ValueError(f"« {text[:40]} » n'est pas un nombre | écrivez-le avec un point décimal, sans espace")
    return float(text)


def _euros(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,2})?", text):
        raise ValueError(f"« {text[:40]} » n'est pas un montant | écrivez des euros, comme 50000000")
    if text.startswith("-"):
        raise ValueError(f"« {text[:40]} » est négatif | un montant ne peut pas l'être")
    return Decimal(text)


def _flag(text: str) -> bool:
    if text not in ("oui", "non"):
        raise ValueError(f"« {text[:40]} » n'est ni oui ni non | écrivez oui ou non")
    return text == "oui"


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _or_none(read: Callable[[str], Any]) -> Callable[[str | None], Any]:
    return lambda text: None if text in (None, "") else read(text)


Cell = Annotated[str, Field(min_length=1, max_length=4000)]
Optional = Annotated[str | None, BeforeValidator(_or_none(str))]
Day = Annotated[date | None, BeforeValidator(_or_none(_day))]
Count = Annotated[int | None, BeforeValidator(_or_none(_count))]
Degree = Annotated[float | None, BeforeValidator(_or_none(_number))]
Flag = Annotated[bool, BeforeValidator(_flag)]
Names = Annotated[tuple[str, ...], BeforeValidator(_list)]
Euros = Annotated[Decimal, BeforeValidator(_euros)]
Number = Annotated[float, BeforeValidator(_number)]
Moment = Annotated[str, BeforeValidator(_moment)]
Published = Annotated[str | None, BeforeValidator(_or_none(_moment))]
Address = Annotated[str, Field(pattern=URL)]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BeneficiaryRow(Row):
    """beneficiaries.csv; only kind, code, group_id and group_name are required columns.

    A row without kind and code names a group that has no territory of its own. The columns from `name` to `lat` repeat
    the official geography for the reader's comfort; the first four are checked against it.
    """

    kind: Annotated[Literal["commune", "epci", "departement", "region", "pays"] | None, BeforeValidator(_or_none(str))]
    code: Optional
    name: Optional = None
    departement: Optional = None
    region: Optional = None
    epci_siren: Optional = None
    population: Count = None
    lon: Degree = None
    lat: Degree = None
    group_id: Cell
    group_name: Cell
    signed_on: Day = None
    signed_on_source: Optional = None
    planned_on: Day = None
    under_way: Count = None
    delivered: Count = None
    counts_shared: Flag = False
    counted_on: Day = None
    listed_in: Names = ()
    note: Optional = None


class DeclaredRow(Row):
    """declared.csv: the columns of the table `declared_facts`."""

    fact_id: Cell
    programme: Cell
    statement: Cell
    value: Number
    unit: Cell
    hedge: Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "target", "record"]
    as_of: Moment
    published: Published
    publisher: Cell
    title: Optional
    url: Address
    independent: Flag
    agrees: Annotated[Literal["yes", "no", "partly"] | None, BeforeValidator(_or_none(str))]
    note: Optional


class AmountRow(Row):
    """amounts.csv: money attributed to a group by a publication."""

    group_id: Cell
    amount_eur: Euros
    nature: Cell
    url: Address
    note: Optional


class LaureateRow(Row):
    """laureates.csv: who a call chose; `sources` are addresses joined by |."""

    group_id: Cell
    call: Cell
    project: Cell
    leader: Cell
    leader_kind: Cell
    partners: Optional
    theme: Cell
    sources: Annotated[Names, Field(min_length=1)]
    note: Optional
