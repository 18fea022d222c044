"""What people of this site read, as examples to learn from, and the texts of the register."""

from collections import defaultdict

from jalon.register.importing.grants import told
from jalon.register.models import Action, Origin, ReviewRole, ThemeLabel, ThemeReview
from jalon.register.verdicts import Decision, verdict
from jalon.themes import taxonomy
from jalon.themes.labels import Example, Label, Text
from jalon.themes.published import label_id


def texts() -> dict[str, Text]:
    """Every text of the register, by the id that labels use."""
    names = ("action_id", "title", "description", "category", "territory_id", "beneficiary")
    rows = Action.objects.exclude(title="").values_list(*names)
    return {
        label_id(own): Text(label_id(own), told(title, said), category, place or who or own)
        for own, title, said, category, place, who in rows
    }


def examples() -> tuple[Example, ...]:
    """The actions that somebody read whole, with the themes that stand after all decisions, by id."""
    read = ThemeReview.objects.filter(undone_at=None).exclude(role=ReviewRole.SECOND).values("action_id")
    labels = ThemeLabel.objects.filter(action_id__in=read)
    machine: dict[str, list[str]] = defaultdict(list)
    people: dict[str, list[Decision]] = defaultdict(list)
    for label in labels:
        if label.origin == Origin.MACHINE and label.accepted:
            machine[label.action_id].append(label.theme)
        elif label.origin == Origin.HUMAN and label.decided_at:
            people[label.action_id].append(Decision(label.theme, label.accepted, label.decided_at))
    known, shown = set(taxonomy().ids), texts()
    found = []
    for own in sorted(people):
        text = shown.get(label_id(own))
        if text is not None:
            stands = frozenset(verdict(machine[own], people[own]).themes) & known
            found.append(Example(text, Label(text.action_id, stands, doubt=False, weight=1.0)))
    return tuple(found)
