"""Pairs of actions that may be one project, and which actions are one."""

from collections.abc import Mapping
from datetime import date

from jalon.register import linking
from jalon.register.models import Action, ProjectLink, Standing
from jalon.register.snapshot.actions import moment_after
from jalon.register.snapshot.arrow import Columns, transposed


def columns(known_until: date) -> Mapping[str, Columns]:
    known = Action.objects.filter(standing=Standing.CURRENT, known_on__lte=known_until).order_by()
    kinds = dict(known.values_list("action_id", "kind")) if ProjectLink.objects.exists() else {}
    pairs = [p for p in linking.as_known(moment_after(known_until)) if p.left_id in kinds and p.right_id in kinds]
    projects = linking.projects(pairs, kinds)
    rows = [
        (
            p.left_id, p.right_id, p.across, p.score, p.words, p.amount, p.years, p.verdict,
            p.left_id in projects and projects[p.left_id] == projects.get(p.right_id),
        )
        for p in pairs
    ]  # fmt: skip
    return {"links": transposed(rows, 9), "same_projects": transposed(sorted(projects.items()), 2)}
