"""The stream of items cut into actions: where a fiche begins, what belongs to it, where it ends."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from jalon.agreements import tables
from jalon.agreements.axes import is_section
from jalon.agreements.drafts import Draft, Value
from jalon.agreements.items import Close, Item, Label, Reopen, Rows, Text
from jalon.agreements.references import CONTINUED, Heading, heading, is_code, key
from jalon.agreements.wording import BULLET, fold, join
from jalon.documents.lines import Line

ENDS = re.compile(
    r"^(?:annexes?\b(?!.*:\s*\S)|annexes?\b.{0,14}:\s*(?:les\s+)?(?:fiches?|listes?|plan|tableaux?|actions|programme)\b|avenant\b|article\s+\d|titre\s+[ivx\d]|chapitre\s|partie\s+[ivx\d]|section\s+\d"
    r"|signatures?\b|signataires\b|fait (?:a|en)\b|convention signee|plan d'actions?\b|liste des actions"
    r"|tableau (?:recapitulatif|de synthese|des actions))"
)
ABANDONED = re.compile(
    r"[\s–—:-]*\(?\s*(?:fiche |action |projet )?(?:abandonn|supprim|retir|annul)(?:é|ée|e)\)?\s*$", re.IGNORECASE
)
NAMED = re.compile(r"(?:fiche|action)s?\b")
AMENDMENT = re.compile(r"\bavenant\s*(?:n\s?[°ºo]\s*)?(\d+)?")
AHEAD = 6
FAR = 40
SHORT = frozenset({"owner", "axis", "reference", "budget", "calendar", "start", "end"})
FIRST = ("title", "reference", "heading")
TITLE_LINES = 4
LONGEST_TITLE = 320


@dataclass
class Cut:
    """State of the walk; `drafts` are the fiches found, `listed` the tables whose rows are actions."""

    items: Sequence[Item]
    body: float
    guessed: bool
    drafts: list[Draft] = field(default_factory=list)
    listed: list[tuple[Rows, str, tuple[Line, ...], str]] = field(default_factory=list)
    loose: list[tuple[Text, str, tuple[Line, ...]]] = field(default_factory=list)
    current: Draft | None = None
    value: Value | None = None
    paused: Value | None = None
    section: str = ""
    section_lines: tuple[Line, ...] = ()
    amendment: str = ""
    skip: int = 0
    heads: list[Text] = field(default_factory=list)


def cut(items: Sequence[Item], guessed: bool) -> Cut:
    """The fiches, listing tables and loose numbered lines of a stream."""
    state = Cut(items, body_size(items), guessed)
    for rank, item in enumerate(items):
        if rank < state.skip:
            continue
        if isinstance(item, Label):
            _label(state, item, rank)
        elif isinstance(item, Text):
            _text(state, item, rank)
        elif isinstance(item, Rows):
            _rows(state, item)
        elif isinstance(item, Close):
            state.paused, state.value = state.value or state.paused, None
        elif isinstance(item, Reopen):
            state.value = state.paused
    return state


def body_size(items: Sequence[Item]) -> float:
    """The size in which most of the text is set, in points."""
    sizes: Counter[float] = Counter()
    for item in items:
        if isinstance(item, Text):
            sizes[round(item.line.size, 1)] += len(item.line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _label(state: Cut, item: Label, rank: int) -> None:
    if item.resumed and state.current is not None and item.name in state.current.values:
        state.value = state.current.values[item.name]
        return
    if state.current is None or _repeats(state, item):
        if not _is_fiche(state, rank):
            return
        _begin(state, Draft("fiche"))
        _take_heads(state, item)
    state.heads = []
    draft = state.current
    if draft is None:
        return
    if item.name == "title" and draft.title and not draft.values.get("title"):
        draft.title, draft.title_lines = "", ()
    state.value = draft.open(item)


def _repeats(state: Cut, item: Label) -> bool:
    """A label that the fiche has already: another fiche begins at its title, or where fiches begin."""
    draft = state.current
    if draft is None or item.name not in draft.values or draft.values[item.name].empty:
        return False
    if item.name in FIRST:
        return not (item.name == "reference" and draft.order and draft.order[-1] == "reference")
    return len(draft.order) >= 4 and draft.order[0] == item.name


def _is_fiche(state: Cut, rank: int) -> bool:
    """Whether labels that follow each other from here are those of an action."""
    names: set[str] = set()
    for item in state.items[rank : rank + 60]:
        if isinstance(item, Label):
            names.add(item.name)
        elif isinstance(item, Text) and ENDS.match(fold(item.line.text)):
            break
    names -= {"other", "group", "status"}
    return len(names) >= 3 and bool(names & {"title", "description", "owner", "budget", "heading", "objectives"})


def _begin(state: Cut, draft: Draft) -> None:
    draft.section, draft.section_lines = state.section, state.section_lines
    draft.amendment = state.amendment
    state.drafts.append(draft)
    state.current, state.value, state.paused = draft, None, None


def _take_heads(state: Cut, label: Label) -> None:
    """Headings just above the first label of a fiche that nothing else announced are its title."""
    page = label.lines[0].page if label.lines else None
    near = [text for text in state.heads[-TITLE_LINES:] if page in (None, text.line.page)]
    if near and state.current is not None:
        _name(state.current, near)


def _name(draft: Draft, texts: Sequence[Text]) -> None:
    """Give a draft the reference and the title that heading lines hold."""
    lines = tuple(text.line for text in texts)
    whole = CONTINUED.sub("", join(line.text for line in lines)).strip()
    if not ABANDONED.sub("", whole).strip() and any(word.struck for line in lines for word in line.words):
        whole = join(" ".join(word.text for word in line.words if word.struck) for line in lines).strip()
    found = heading(whole)
    for line in lines:
        draft.reach(line.page)
    if found:
        draft.reference, draft.reference_lines = found.reference, lines[:1]
        whole = found.title
    if whole:
        draft.title, draft.title_lines = whole, lines


def _text(state: Cut, item: Text, rank: int) -> None:
    line = item.line
    styled = is_styled(line, state.body)
    free = not item.boxed or item.alone
    if free and not _is_value(state) and _opens(state, item, rank, styled):
        return
    if free and is_section(line.text) and (styled or state.guessed or item.alone) and not _awaits_axis(state):
        _section(state, item, rank)
        return
    folded = fold(line.text)
    if free and ENDS.match(folded) and (styled or state.guessed or not state.value) and len(folded) < 160:
        _end(state, folded)
        return
    if state.current is not None and free and not item.boxed and styled and _outranks(state, line):
        _end(state, folded)
        state.heads = [item]
        return
    if state.current is not None and not state.current.values.keys() - {"context"} and is_section(line.text):
        state.current.values.setdefault("axis", Value()).texts.append(item)
        state.current.reach(line.page)
        return
    if state.value is not None and state.current is not None:
        if _digresses(state.value, item):
            state.value = state.current.values.setdefault("context", Value())
        state.value.texts.append(item)
        state.current.reach(line.page)
    else:
        _loose(state, item, styled)


def _digresses(value: Value, item: Text) -> bool:
    """Whether a line begins a paragraph of its own under the short value of a label that ran in on the line above."""
    if not value.texts or (item.boxed and not item.alone) or value.label is None or value.label.name not in SHORT:
        return False
    above, line = value.texts[-1].line, item.line
    wide = (item.right or line.box.x1) - line.box.x0
    ended = above.page == line.page and above.box.x1 < line.box.x0 + 0.8 * wide
    reach = (line.box.x1 - line.box.x0) / wide if len(line.text) > 45 else 0.0
    return reach > (0.6 if ended else 0.85) and line.text[:1].isupper() and line.box.x0 < above.box.x0


def is_styled(line: Line, body: float) -> bool:
    """Set apart as a heading: bold, larger, or in capitals."""
    letters = [c for c in line.text if c.isalpha()]
    return line.bold or line.size > 1.12 * body or (len(letters) > 8 and all(c.isupper() for c in letters))


def _is_value(state: Cut) -> bool:
    """Whether a label that waits for its value is one whose value may look like a heading."""
    value = state.value
    return bool(value and value.label and value.empty and value.label.name in (*FIRST, "axis"))


def _awaits_axis(state: Cut) -> bool:
    value = state.value
    return bool(value and value.label and value.label.name == "axis" and value.empty)


def _opens(state: Cut, item: Text, rank: int, styled: bool) -> bool:
    """Begin a fiche if this line is its heading."""
    if is_section(item.line.text) or ENDS.match(fold(item.line.text)):
        return False
    found = heading(item.line.text)
    if _waits(state) and not (found and NAMED.match(fold(item.line.text))):
        return False
    if found:
        if not _announces(state, item, rank, found, styled):
            return False
    elif not (styled and not BULLET.match(item.line.text) and _precedes_labels(state, rank)):
        return False
    taken = _title_lines(state, rank)
    if found and state.current is not None and _same(state.current, found):
        state.skip = rank + len(taken)
        return True
    draft = Draft("fiche")
    _begin(state, draft)
    _name(draft, taken)
    state.skip = rank + len(taken)
    state.heads = []
    state.value = draft.values.setdefault("context", Value())
    return True


def _waits(state: Cut) -> bool:
    """Whether a label has had no value yet: the next line is it."""
    return state.value is not None and state.value.label is not None and state.value.empty


def _same(draft: Draft, found: Heading) -> bool:
    """The same fiche going on, or announced twice."""
    if not draft.reference or key(draft.reference) != key(found.reference):
        return False
    return not draft.values or not found.title or fold(found.title) == fold(draft.title)


def _announces(state: Cut, item: Text, rank: int, found: Heading, styled: bool) -> bool:
    """Whether a numbered heading is that of a fiche: labels follow soon."""
    ahead = _next_label(state, rank)
    if ahead is None:
        return found.strong and styled and not item.boxed and _far_label(state, rank)
    if found.strong and (styled or item.alone or state.guessed):
        return True
    if found.strong and ahead == 1:
        return state.value is None or bool(NAMED.match(fold(item.line.text)))
    large = item.line.size > 1.12 * state.body
    return ((styled and not state.guessed) or large) and _is_fiche(state, rank + ahead) and ahead <= 3


def _next_label(state: Cut, rank: int) -> int | None:
    """How many items ahead the next label stands, None when it is far or when something else comes before."""
    for ahead in range(1, AHEAD):
        item = state.items[rank + ahead] if rank + ahead < len(state.items) else None
        if item is None or isinstance(item, Rows):
            return None
        if isinstance(item, Label):
            return ahead if item.name != "other" or ahead == 1 else None
    return None


def _far_label(state: Cut, rank: int) -> bool:
    """Whether a label comes after paragraphs, before any other heading: a description that no label announces."""
    for item in state.items[rank + 1 : rank + 1 + FAR]:
        if isinstance(item, Label):
            return _is_fiche(state, rank + 1)
        if isinstance(item, Rows) or (
            isinstance(item, Text) and (ENDS.match(fold(item.line.text)) or _numbers(item.line))
        ):
            return False
    return False


def _numbers(line: Line) -> bool:
    found = heading(line.text)
    return bool(found and found.strong)


def _precedes_labels(state: Cut, rank: int) -> bool:
    """A heading without a number that begins a fiche: the labels below it are those that fiches begin with."""
    ahead = _next_label(state, rank)
    if ahead is None or any(
        isinstance(item, Text) and not is_styled(item.line, state.body) for item in state.items[rank + 1 : rank + ahead]
    ):
        return False
    label = state.items[rank + ahead]
    if not isinstance(label, Label) or not _is_fiche(state, rank + ahead):
        return False
    item = state.items[rank]
    if not isinstance(item, Text) or item.line.text[:1].islower():
        return False
    if state.current is None:
        return not state.guessed or item.line.size > 1.25 * state.body
    if state.guessed and item.line.size <= 1.12 * state.body:
        return False
    return state.value is not None and label.name in state.current.values and label.name in state.current.order[:1]


def _title_lines(state: Cut, rank: int) -> list[Text]:
    """The heading at `rank` and the lines that go on with it, before the first label."""
    first = state.items[rank]
    if not isinstance(first, Text):
        return []
    taken = [first]
    found = heading(first.line.text)
    bare = is_code(CONTINUED.sub("", first.line.text).strip()) or (found is not None and not found.title)
    for item in state.items[rank + 1 : rank + 2 * TITLE_LINES]:
        if isinstance(item, Close):
            continue
        if not isinstance(item, Text) or len(taken) > TITLE_LINES or is_section(item.line.text):
            break
        if sum(len(text.line.text) for text in taken) + len(item.line.text) > LONGEST_TITLE:
            break
        if not (bare and len(taken) == 1) and not _alike(taken[-1].line, item.line, state.guessed):
            break
        if _numbers(item.line) and not bare:
            break
        taken.append(item)
    return taken


def _alike(above: Line, below: Line, guessed: bool) -> bool:
    """Set in the same way and just below."""
    near = above.page == below.page and below.box.y0 - above.box.y1 < 1.1 * above.size
    if guessed:
        return near and abs(above.size - below.size) < 0.25 * above.size
    return near and above.bold == below.bold and abs(above.size - below.size) < 0.06 * above.size


def _section(state: Cut, item: Text, rank: int) -> None:
    taken = _title_lines(state, rank)
    text = " ".join(t.line.text for t in taken)
    state.skip = max(state.skip, rank + len(taken))
    lines = tuple(t.line for t in taken)
    if state.current is not None and not state.current.values:
        state.current.section, state.current.section_lines = text, lines
        state.current.reach(item.line.page)
        return
    state.current = state.value = state.paused = None
    state.section, state.section_lines = text, lines


def _end(state: Cut, folded: str) -> None:
    state.current = state.value = state.paused = None
    state.section, state.section_lines, state.heads = "", (), []
    found = AMENDMENT.search(folded)
    if found and re.match(r"(?:annexe\b.*)?avenant\b", folded):
        state.amendment = found.group(1) or state.amendment or "1"


def _outranks(state: Cut, line: Line) -> bool:
    """A heading larger than that of the fiche."""
    draft = state.current
    if draft is None or not draft.title_lines or not draft.values:
        return False
    return line.size > 1.1 * draft.title_lines[0].size and line.size > 1.12 * state.body


def _loose(state: Cut, item: Text, styled: bool) -> None:
    """A line outside every value: a heading that may announce a fiche, or an entry of a list."""
    if styled and not BULLET.match(item.line.text):
        adjoining = state.heads and _alike(state.heads[-1].line, item.line, state.guessed)
        state.heads = [*state.heads, item] if adjoining else [item]
    else:
        state.heads = []
    if state.current is None:
        state.loose.append((item, state.section, state.section_lines))


def _rows(state: Cut, rows: Rows) -> None:
    role = tables.role(rows, state.current, state.value)
    if role == "listing":
        state.listed.append((rows, state.section, state.section_lines, state.amendment))
        return
    draft = state.current
    if draft is None:
        return
    if role == "contents" and not (
        state.value and state.value.label and state.value.label.name in ("contents", "description")
    ):
        state.value = draft.values.setdefault("contents", Value())
    if state.value is None and state.paused is not None and state.paused.rows and not rows.columns:
        state.value = state.paused
    if state.value is None:
        return
    state.value.rows.append(rows)
    draft.reach(rows.page)
