"""One action described twice is one action with two evidences."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from jalon.agreements.drafts import Draft
from jalon.agreements.references import key
from jalon.agreements.wording import fold

SAME_TITLE, NEAR_TITLE = 88, 55


@dataclass
class Group:
    """Drafts of the same action: the one that tells most first, then the others in order."""

    main: Draft
    others: list[Draft] = field(default_factory=list)


def likeness(a: str, b: str) -> float:
    """How alike two titles are, 0 to 100; one cut short is like the whole."""
    one, two = fold(a), fold(b)
    if min(len(one), len(two)) >= 15 and (one.startswith(two) or two.startswith(one)):
        return 100.0
    return float(fuzz.ratio(one, two))


def groups(drafts: Sequence[Draft], guessed: bool = False) -> list[Group]:
    """Groups in the order of the document; fiches lead, then rows of tables, then entries of lists.

    In a `guessed` text (OCR) titles count more than references, which are short and easily misread.
    """
    rank = {"fiche": 0, "row": 1, "list": 2}
    ordered = sorted(drafts, key=lambda d: (rank[d.source], -_weight(d) if d.source == "row" else 0))
    out: list[Group] = []
    by_key: dict[str, list[Group]] = {}
    for draft in ordered:
        found = _find(draft, out, by_key.get(key(reference(draft)), []))
        if found is None and guessed and draft.source != "fiche":
            found = _by_title(draft, out)
        if found:
            found.others.append(draft)
        else:
            group = Group(draft)
            out.append(group)
            by_key.setdefault(key(reference(draft)), []).append(group)
    return sorted(out, key=lambda group: drafts.index(group.main))


def _weight(draft: Draft) -> int:
    return len(draft.values)


def _find(draft: Draft, known: Sequence[Group], numbered: Sequence[Group]) -> Group | None:
    own = key(reference(draft))
    if own:
        for group in numbered:
            alike = likeness(title(group.main), title(draft))
            if alike >= NEAR_TITLE or not title(group.main) or not title(draft):
                return group
        return None if draft.source == "fiche" else _by_title(draft, [g for g in known if not key(reference(g.main))])
    return _by_title(draft, known)


def _by_title(draft: Draft, known: Sequence[Group]) -> Group | None:
    if not title(draft):
        return None
    best = max(known, key=lambda group: likeness(title(group.main), title(draft)), default=None)
    return best if best and likeness(title(best.main), title(draft)) >= SAME_TITLE and best.main is not draft else None


def reference(draft: Draft) -> str:
    """The reference under its label, else the one of the heading."""
    value = draft.values.get("reference")
    return " ".join(text.line.text for text in value.texts) if value and value.texts else draft.reference


def title(draft: Draft) -> str:
    value = draft.values.get("title")
    return " ".join(text.line.text for text in value.texts) if value and value.texts else draft.title
