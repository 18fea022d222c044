"""Subsidised projects as rows of the register: which changed, what funds them, which themes the machine gives."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import jalon.themes
from jalon.errors import Refusal
from jalon.geography import geography
from jalon.sources import GrantRow

Known = Mapping[str, tuple[str, str, float | None]]
"""What the register holds of an action: fingerprint of its row ("" once withdrawn), of its label, its probability."""

ACTION_COLUMNS = (
    "action_id", "kind", "territory_kind", "territory_id", "published_code", "beneficiary", "departement_code",
    "region_code", "title", "category", "year", "scheme", "cost_cents", "grant_cents", "known_on", "standing",
    "probability", "source_id", "source_row", "fingerprint", "label_key",
)  # fmt: skip
FUNDING_COLUMNS = ("key", "action_id", "line", "funder", "instrument", "scheme", "amount_cents", "year")
LABEL_COLUMNS = ("key", "action_id", "theme", "origin", "accepted", "probability", "terms", "reason")
STATE = "État"


@dataclass(frozen=True, slots=True)
class Grants:
    """What to write: whole rows of changed actions, and the labels of texts that the classifier had not seen.

    `relabelled` are the known actions among those, whose labels are to be replaced.
    """

    actions: tuple[tuple, ...] = ()
    funding: tuple[tuple, ...] = ()
    labels: tuple[tuple, ...] = ()
    relabelled: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """What the machine says of one action; `themes` as (theme, probability, terms)."""

    probability: float | None
    themes: tuple[tuple[str, float, tuple[tuple[str, float], ...]], ...]


def unique(rows: Iterable[GrantRow], source_id: str, file: str) -> tuple[list[GrantRow], list[Refusal]]:
    """The first row of each identifier, and a refusal for each other one."""
    first: dict[str, GrantRow] = {}
    others = [row for row in rows if first.setdefault(row.action_id, row) is not row]
    return list(first.values()), [_doubled(row, first[row.action_id], source_id, file) for row in others]


def _doubled(row: GrantRow, first: GrantRow, source_id: str, file: str) -> Refusal:
    return Refusal(
        source_id, file, row.row, "action_id", row.action_id, "duplicate-id",
        f"identifiant déjà porté par la ligne {first.row} ; la première est gardée", "row",
    )  # fmt: skip


def changes(rows: Sequence[GrantRow], source_id: str, known: Known) -> Grants:
    """Compare rows with what the register knows; label the texts that this classifier has not labelled there."""
    prints = {row.action_id: digest(repr(row)) for row in rows}
    keys = {row.action_id: _label_key(row) for row in rows}
    unseen = [row for row in rows if row.action_id not in known or known[row.action_id][1] != keys[row.action_id]]
    labels = dict(zip([row.action_id for row in unseen], _labels(unseen), strict=True))
    changed = [row for row in rows if row.action_id in labels or known[row.action_id][0] != prints[row.action_id]]
    chances = {action: probability for action, (_, _, probability) in known.items()}
    chances |= {action: label.probability for action, label in labels.items()}
    return Grants(
        actions=tuple(
            _action(row, source_id, prints[row.action_id], keys[row.action_id], chances[row.action_id])
            for row in changed
        ),
        funding=tuple(_funding(row) for row in changed if row.grant_cents is not None),
        labels=tuple(line for row in unseen for line in label_lines(row.action_id, labels[row.action_id])),
        relabelled=tuple(action for action in labels if action in known),
        vanished=tuple(action for action, (fingerprint, *_) in known.items() if fingerprint and action not in prints),
        unchanged=len(rows) - len(changed),
    )


def _labels(rows: Sequence[GrantRow]) -> Iterator[Label]:
    """Labels carried by the rows, else the classifier's for those that have a text, else none."""
    texts = [row for row in rows if row.title and row.labels is None]
    said = iter(classify([row.title for row in texts if row.title], [row.category for row in texts]))
    for row in rows:
        yield _carried(row) or (next(said) if row.title else Label(None, ()))


def classify(texts: Sequence[str], categories: Sequence[str | None]) -> Iterator[Label]:
    """What the machine says of each text; the classifier is not loaded for none."""
    for given in jalon.themes.Classifier.load().label(texts, categories) if texts else ():
        yield Label(given.probability, tuple((said.theme, said.probability, said.terms) for said in given.themes))


def _carried(row: GrantRow) -> Label | None:
    if row.labels is None:
        return None
    return Label(row.labels.probability, tuple((theme, probability, ()) for theme, probability in row.labels.themes))


def _label_key(row: GrantRow) -> str:
    return digest(f"carried {row.labels!r}") if row.labels is not None else label_key(row.title, row.category)


def told(title: str, description: str) -> str:
    """All that an action of an agreement says of itself, its title apart as a first sentence."""
    return f"{title}\n{description}" if description else title


def label_key(title: str | None, category: str | None) -> str:
    """Tells a text that this classifier has labelled; empty text asks for no label."""
    return digest(f"{jalon.themes.VERSION} {title!r} {category!r}" if title else "")


def digest(text: str) -> str:
    """A short fingerprint of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def storable(text: str | None) -> str:
    """Text that every engine takes: no NUL, no lone surrogate; unknown is empty."""
    return (text or "").replace("\0", "").encode("utf-8", "replace").decode()


def _action(row: GrantRow, source_id: str, fingerprint: str, label_key: str, probability: float | None) -> tuple:
    """The values of `ACTION_COLUMNS`."""
    return (
        row.action_id, "grant", row.territory_kind, _territory(row), row.published_code or "",
        storable(row.beneficiary), row.departement_code or "", row.region_code or "", storable(row.title),
        storable(row.category), row.year, row.scheme or "", row.cost_cents, row.grant_cents, date(row.year, 12, 31),
        "current", probability, source_id, row.row, fingerprint, label_key,
    )  # fmt: skip


def _territory(row: GrantRow) -> str | None:
    """The key of the beneficiary, when official geography knows it; a département may be an overseas collectivity."""
    if row.territory_code is None:
        return None
    for kind in (row.territory_kind, "collectivite") if row.territory_kind == "departement" else (row.territory_kind,):
        if geography().place(kind, row.territory_code):
            return f"{kind}:{row.territory_code}"
    return None


def _funding(row: GrantRow) -> tuple:
    return f"{row.action_id}:1", row.action_id, 1, STATE, "grant", row.scheme or "", row.grant_cents, row.year


def label_lines(action: str, label: Label) -> Iterator[tuple]:
    """The values of `LABEL_COLUMNS`, a theme each."""
    for theme, probability, terms in label.themes:
        weighed = json.dumps([[storable(term), weight] for term, weight in terms], ensure_ascii=False)
        yield f"{action}:{theme}:machine:", action, theme, "machine", True, probability, weighed, ""
