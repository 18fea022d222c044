"""Which instruments are open to a candidate, and why; which candidates an instrument would take, best first."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from jalon.errors import InstrumentError
from jalon.funding.candidate import Candidate
from jalon.funding.kinds import Kind
from jalon.funding.rules import AnyRule, Line, Outcome
from jalon.home import home
from jalon.programmes.issues import from_pydantic
from jalon.programmes.schema import URL, Id, Strict, Text

BUNDLED = Path(__file__).resolve().parent / "instruments"
LARGEST = 200_000


class Instrument(Strict):
    """One instrument file: who gives what, where its rules are written and when they were read, and the rules."""

    id: Id
    label: Text
    short: Annotated[Text, Field(max_length=40)]
    funder: Text
    kind: Kind = Field(strict=False)
    scheme: Text | None = None
    publisher: Text
    url: Annotated[str, Field(pattern=URL)]
    read_on: date
    note: Text | None = None
    rules: Annotated[list[AnyRule], Field(min_length=1)]


class Opening(StrEnum):
    OPEN = "open"
    TO_COMPLETE = "to-complete"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an instrument says of a candidate, rule by rule."""

    instrument: Instrument
    candidate: Candidate
    lines: tuple[Line, ...]

    @property
    def opening(self) -> Opening:
        outcomes = {line.outcome for line in self.lines}
        if Outcome.NOT_MET in outcomes:
            return Opening.CLOSED
        return Opening.TO_COMPLETE if Outcome.UNKNOWN in outcomes else Opening.OPEN

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.missing for line in self.lines if line.missing))


def answer(instrument: Instrument, candidate: Candidate, day: date) -> Answer:
    return Answer(instrument, candidate, tuple(rule.check(candidate, day) for rule in instrument.rules))


def for_candidate(candidate: Candidate, instruments: Iterable[Instrument], day: date) -> tuple[Answer, ...]:
    """All instruments, the open ones first, then those that need the least to be known."""
    return tuple(sorted((answer(each, candidate, day) for each in instruments), key=_open_first))


def for_instrument(instrument: Instrument, candidates: Iterable[Candidate], day: date) -> tuple[Answer, ...]:
    """The candidates that are not funded in full and that no rule excludes, best first.

    Best: fewer things to find out, then the larger part of the cost that nobody pays, then the larger gap.
    """
    answers = (answer(instrument, each, day) for each in candidates if each.gap_cents != 0)
    return tuple(sorted((each for each in answers if each.opening != Opening.CLOSED), key=_best_first))


def _open_first(given: Answer) -> tuple[int, int, str]:
    failed = sum(line.outcome == Outcome.NOT_MET for line in given.lines)
    return failed, len(given.missing), given.instrument.id


def _best_first(given: Answer) -> tuple[int, float, int, str]:
    gap, cost = given.candidate.gap_cents or 0, given.candidate.cost_cents
    return len(given.missing), -(gap / cost if cost else 0.0), -gap, given.candidate.id


def instruments() -> Mapping[str, Instrument]:
    """Those that Jalon carries, and those of `JALON_HOME/instruments`. Raises InstrumentError for a defective file."""
    own = home().root / "instruments"
    files = [*sorted(BUNDLED.glob("*.toml")), *(sorted(own.glob("*.toml")) if own.is_dir() else [])]
    return {each.id: each for each in (_load(file, file.stat().st_mtime_ns) for file in files)}


def load(file: Path) -> Instrument:
    """The instrument of a file. Raises InstrumentError, which names the file, the key and the mend."""
    if file.stat().st_size > LARGEST:
        raise _defect(file, "le fichier est trop gros", "gardez un instrument par fichier")
    try:
        made = Instrument.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _defect(file, f"TOML illisible ({error})", "corrigez la ligne que le message cite") from error
    except ValidationError as error:
        first, *others = from_pydantic(file.name, error.errors())
        more = f" ; et {len(others)} autre(s) défaut(s)" if others else ""
        raise _defect(file, f"{first.where} : {first.problem}{more}", first.mend) from error
    if made.id != file.stem:
        raise _defect(file, f"l’identifiant « {made.id} » n’est pas le nom du fichier", f"écrivez {file.stem}")
    return made


@lru_cache(maxsize=64)
def _load(file: Path, stamp: int) -> Instrument:
    return load(file)


def _defect(file: Path, problem: str, mend: str) -> InstrumentError:
    return InstrumentError(f"{file}: {problem}", user_message=f"{file.name} : {problem}.", mend=f"{mend}.")
