"""Every error Jalon raises on purpose.

    JalonError
    ├── ConfigurationError        a setting, a folder or a permission is wrong
    │   ├── NotWritable
    │   ├── DiskFull
    │   └── PortBusy
    ├── ProgrammeError            a programme folder does not follow its schema
    ├── SourceError               a source cannot be had or read
    │   ├── SourceMissing
    │   ├── SourceCorrupted
    │   └── SourceUnreadable
    ├── RegisterError             the register refuses a write
    ├── EditionError              an edition is absent, damaged or unknown
    │   ├── NoEdition
    │   ├── UnknownEdition
    │   └── EditionDamaged
    ├── FigureError               a definition is wrong or unknown
    │   └── UnknownFigure
    ├── DocumentError             a document cannot be read
    └── FundingError              a decision on money that the rules refuse
        ├── Overrun               more than what is left
        ├── KindsMixed            a sum of kinds of money that no rule allows
        └── InstrumentError       a file of rules of eligibility does not follow its schema

Each class has a stable `code`. An instance carries a text for developers (`str(error)`), a French sentence for the
user (`user_message`) and the next step (`mend`). Defects of data are not exceptions but `Refusal` records.
"""

from dataclasses import dataclass
from typing import Literal


class JalonError(Exception):
    """Root of all expected errors; picklable, so that worker processes can raise it."""

    code = "jalon"

    def __init__(self, message: str, *, user_message: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.user_message = user_message or message
        self.mend = mend

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), str(self), self.user_message, self.mend)


def _rebuild(kind: type[JalonError], message: str, user_message: str, mend: str) -> JalonError:
    return kind(message, user_message=user_message, mend=mend)


class ConfigurationError(JalonError):
    code = "configuration"


class NotWritable(ConfigurationError):
    code = "not-writable"


class DiskFull(ConfigurationError):
    code = "disk-full"


class PortBusy(ConfigurationError):
    code = "port-busy"


class ProgrammeError(JalonError):
    code = "programme"


class SourceError(JalonError):
    code = "source"


class SourceMissing(SourceError):
    code = "source-missing"


class SourceCorrupted(SourceError):
    code = "source-corrupted"


class SourceUnreadable(SourceError):
    code = "source-unreadable"


class RegisterError(JalonError):
    code = "register"


class EditionError(JalonError):
    code = "edition"


class NoEdition(EditionError):
    code = "edition-none"


class UnknownEdition(EditionError):
    code = "edition-unknown"


class EditionDamaged(EditionError):
    code = "edition-damaged"


class FigureError(JalonError):
    code = "figure"


class UnknownFigure(FigureError):
    code = "figure-unknown"


class DocumentError(JalonError):
    code = "document"


class FundingError(JalonError):
    code = "funding"


class Overrun(FundingError):
    code = "funding-overrun"


class KindsMixed(FundingError):
    code = "funding-kinds"


class InstrumentError(FundingError):
    code = "funding-instrument"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One defect of a source, kept and shown.

    `row` is the 1-based line or record in the published file (0: the file as a whole). `effect` says what was done:
    "row": the whole row was left out; "field": the row stands, this value became unknown;
    "repaired": the value was mended by the rule that `reason` states, in French.
    """

    source: str
    file: str
    row: int
    field: str
    value: str
    code: str
    reason: str
    effect: Literal["row", "field", "repaired"]
