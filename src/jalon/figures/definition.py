"""What a figure is, declared in TOML and validated strictly: a typo in a key is an error."""

import re
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Format = Literal["integer", "decimal", "percent", "euros", "date", "text", "population"]
Parameter = Literal["territory", "theme", "year"]
Section = Literal["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"]
_USED = re.compile(r"\$([a-z_]+)")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Column(_Strict):
    """A column of a figure of shape table."""

    name: str
    label: str
    format: Format


class Fact(_Strict):
    """A declared fact shown beside a figure.

    `scale` brings the fact to the unit of the figure (1000000 for millions of euros). `compare` is false when the fact
    speaks of another unit, scope or time; `note` then says which.
    """

    id: str
    scale: float = 1.0
    compare: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if not self.compare and not self.note:
            raise ValueError("un fait non comparé doit dire pourquoi dans « note »")
        return self


class Definition(_Strict):
    """One figure of the ledger.

    `value` and `evidence` are SQL over the tables of an edition with the named parameters $as_of, $programme and those
    listed in `parameters`; each of the latter may be NULL, for "all". A NULL value means unknown, and `unknown` says
    why. A declared figure has neither: its value is that of the first of its `facts`.
    `tolerance` is the relative difference up to which an exact declared fact agrees.
    `against` names the computed figure a declared one is held against.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    kind: Literal["computed", "declared"]
    section: Section
    programme: str
    label: str
    unit: str
    format: Format
    definition: str
    counts: str
    excludes: str
    shape: Literal["scalar", "table"] = "scalar"
    columns: list[Column] = []
    parameters: list[Parameter] = []
    value: str = ""
    evidence: str = ""
    interval: str = ""
    interval_method: str = ""
    unknown: str = ""
    hedge: Literal["exact", "estimate"] = "exact"
    tolerance: float = 0.0
    facts: list[Fact] = []
    against: str = ""

    def __hash__(self) -> int:
        return hash(self.id)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.kind == "computed":
            self._need("value", "evidence", "unknown")
        elif not self.facts:
            raise ValueError("un chiffre déclaré a besoin d'au moins un fait dans « facts »")
        elif self.value or self.evidence:
            raise ValueError("un chiffre déclaré n'a ni « value » ni « evidence »")
        if (self.shape == "table") != bool(self.columns):
            raise ValueError('« columns » va avec shape = "table", et seulement avec lui')
        if bool(self.interval) != bool(self.interval_method):
            raise ValueError("« interval » et « interval_method » vont ensemble")
        strange = {name for sql in (self.value, self.evidence, self.interval) for name in used(sql)} - {
            "as_of",
            "programme",
            *self.parameters,
        }
        if strange:
            raise ValueError(f"paramètres SQL non déclarés : {', '.join(sorted(strange))}")
        return self

    def _need(self, *names: str) -> None:
        missing = [name for name in names if not getattr(self, name)]
        if missing:
            raise ValueError(f"un chiffre calculé a besoin de : {', '.join(missing)}")


def used(sql: str) -> set[str]:
    """Names of the parameters a query uses."""
    return set(_USED.findall(sql))
