"""What the reading page shows."""

from dataclasses import dataclass, field

from jalon.documents import Box
from jalon.register.readings.correcting import Kind
from jalon.web.pages import Crumb


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: `box` is None in a document that is cited by section."""

    page: int
    box: Box | None
    quote: str


@dataclass(frozen=True, slots=True)
class Input:
    """One value that a person may correct: `name` is that of the form."""

    name: str
    label: str
    value: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person decided of a field: the machine's value stays beside."""

    machine: str
    who: str
    when: str
    reason: str
    stale: bool


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One field; `key` names it in the address of the page, `doubt` says in French why to look at it."""

    key: str
    label: str
    value: str
    places: tuple[Place, ...]
    doubt: str = ""
    inputs: tuple[Input, ...] = ()
    corrected: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRead:
    """What an amendment changes: before and after, with its page."""

    label: str
    before: str
    after: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Block:
    """An action, or the agreement itself: its fields in the order people read them.

    `subject` is the action's identifier in the register, empty where it has none; `href` its public page.
    """

    key: str
    title: str
    reference: str
    pages: tuple[int, ...]
    fields: tuple[FieldRead, ...]
    flags: tuple[str, ...] = ()
    changes: tuple[ChangeRead, ...] = ()
    subject: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document to show: what is read in it, and where its pictures are."""

    name: str
    title: str
    answer: str
    blocks: tuple[Block, ...]
    base: str
    editable: bool = False
    trial: bool = False
    fictional: bool = False
    note: str = ""
    download: str = ""
    crumbs: tuple[Crumb, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A box drawn on the page, and the field it leads to."""

    key: str
    href: str
    label: str
    x: float
    y: float
    width: float
    height: float
    on: bool


@dataclass(frozen=True, slots=True)
class Area:
    """Words found by a search."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FieldLine:
    read: FieldRead
    href: str
    page: int
    here: bool
    on: bool


@dataclass(frozen=True, slots=True)
class BlockShown:
    block: Block
    href: str
    open: bool
    fields: tuple[FieldLine, ...]
    changes: tuple[tuple[ChangeRead, str], ...]


@dataclass(frozen=True, slots=True)
class Thumb:
    number: int
    href: str
    image: str
    on: bool
    found: int


@dataclass(frozen=True, slots=True)
class HitLine:
    page: int
    href: str
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Context of `reading.html`; `image` is empty for a document without pages to show."""

    title: str
    answer: str
    crumbs: tuple[Crumb, ...]
    shown: Shown
    number: int
    count: int
    image: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    found: tuple[Area, ...]
    blocks: tuple[BlockShown, ...]
    thumbs: tuple[Thumb, ...]
    before: str
    after: str
    note: str
    asked: str
    searchable: bool
    hits: tuple[HitLine, ...] = field(default=())
