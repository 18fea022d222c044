"""Actions, their themes after human decisions, who funds them, and where they come from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from jalon.register.models import (
    Action,
    Change,
    Document,
    Evidence,
    FundingLine,
    Origin,
    SourceFile,
    Standing,
    Subject,
    ThemeLabel,
)
from jalon.register.snapshot.arrow import Columns, transposed
from jalon.register.verdicts import Decision, verdict

FIRST = (
    "action_id", "kind", "programme_id", "agreement_id", "territory_kind", "territory__code", "published_code",
    "beneficiary", "departement_code", "region_code", "title", "category", "axis", "year", "scheme", "cost_cents",
    "grant_cents", "known_on",
)  # fmt: skip
LAST = ("source_id", "source_row", "owner", "partners", "description", "schedule", "starts_on", "ends_on")
SOURCE = len(FIRST) + 1
Stood = dict[str, tuple[float | None, str, str]]
"""What stands of each theme of an action: probability, who decided, terms."""
Themes = dict[str, Stood]


def columns(known_until: date) -> Mapping[str, Columns]:
    rows = Action.objects.filter(standing=Standing.CURRENT, known_on__lte=known_until).order_by()
    read = transposed(rows.values_list(*FIRST, "probability", *LAST), len(FIRST) + 1 + len(LAST))
    ids = read[0]
    themes, decided = _themes(set(ids), known_until)
    return {
        "actions": [
            *read[: len(FIRST)],
            [bool(themes.get(action)) or decided.get(action, False) for action in ids],
            read[len(FIRST)],
            ["human" if action in decided else "machine" for action in ids],
            *read[-len(LAST) :],
        ],
        "action_themes": _action_themes(themes),
        "funding_lines": _funding(set(ids)),
        "documents": _documents(known_until),
        "action_changes": _changes(set(ids)),
        "evidence": _evidence(ids, *read[SOURCE : SOURCE + 2]),
    }


def _themes(ids: set[str], known_until: date) -> tuple[Themes, dict[str, bool]]:
    """The themes that stand, and for each action that a person judged, whether it is the smart city."""
    themes: Themes = {}
    said = ThemeLabel.objects.filter(origin=Origin.MACHINE, accepted=True).order_by()
    for action, theme, probability, terms in said.values_list("action_id", "theme", "probability", "terms"):
        if action in ids:
            words = "|".join(term for term, _ in terms)
            themes.setdefault(action, {})[theme] = (probability, "machine", words)
    decided = {}
    for action, decisions in _decisions(known_until).items():
        if action in ids:
            themes[action], decided[action] = _judged(themes.get(action, {}), decisions)
    return themes, decided


def _decisions(known_until: date) -> dict[str, list[Decision]]:
    made = ThemeLabel.objects.filter(origin=Origin.HUMAN).order_by()
    end = moment_after(known_until)
    if end:
        made = made.filter(decided_at__lt=end)
    found: dict[str, list[Decision]] = {}
    for label in made.only("action_id", "theme", "accepted", "decided_at"):
        if label.decided_at:
            found.setdefault(label.action_id, []).append(Decision(label.theme, label.accepted, label.decided_at))
    return found


def moment_after(known_until: date) -> datetime | None:
    """The first moment after a day, where the user is; None when no day bounds."""
    if known_until == date.max:
        return None
    return timezone.make_aware(datetime.combine(known_until + timedelta(days=1), time()))


def _judged(machine: Stood, decisions: Sequence[Decision]) -> tuple[Stood, bool]:
    stands = verdict(machine, decisions)
    themes = {}
    for theme, by in stands.themes.items():
        probability, _, terms = machine.get(theme, (None, by, ""))
        themes[theme] = (probability, by, terms)
    return themes, stands.smart_city


def _action_themes(themes: Themes) -> Columns:
    rows = (
        (action, theme, probability, by, terms)
        for action, carried in themes.items()
        for theme, (probability, by, terms) in carried.items()
    )
    return transposed(rows, 5)


def _funding(ids: set[str]) -> Columns:
    names = ("action_id", "line", "funder", "instrument", "scheme", "amount_cents", "year")
    rows = FundingLine.objects.values_list(*names).order_by()
    return transposed((row for row in rows if row[0] in ids), len(names))


def _documents(known_until: date) -> Columns:
    """The documents of an agreement that were read; those of none are kept apart, and published nowhere."""
    names = ("sha256", "name", "kind", "agreement_id", "pages", "bytes", "dated_on", "replaced_by_id")
    rows = Document.objects.filter(agreement__isnull=False, pages__isnull=False, given_on__lte=known_until)
    return transposed(rows.values_list(*names).order_by(), len(names))


def _changes(ids: set[str]) -> Columns:
    names = ("action_id", "document_id", "rank", "kind", "amendment", "before", "after", "page", "quote")
    rows = Change.objects.values_list(*names).order_by()
    return transposed((row for row in rows if row[0] in ids), len(names))


def _evidence(ids: Sequence[str], source_ids: Sequence[str], rows: Sequence[int]) -> Columns:
    """What people and readers recorded of what stands, and for each action of a source, its row there."""
    sums = {file.source_id: file.sha256 for file in SourceFile.objects.order_by("-key")}
    found: list[tuple] = [
        ("action", a, "", None, s, r, None, "", "") for a, s, r in zip(ids, source_ids, rows, strict=True) if s
    ]
    current = set(ids)
    recorded = Evidence.objects.values_list(
        "subject", "subject_id", "field", "document_id", "source_id", "row", "page", "box", "quote"
    ).order_by()
    found += (row for row in recorded if row[0] != Subject.ACTION or row[1] in current)
    columns = transposed(found, 9)
    columns[3] = [document or sums.get(source, "") for document, source in zip(columns[3], columns[4], strict=True)]
    return columns
