"""Drafts to actions: every field understood, what a second description adds kept as further evidence."""

from dataclasses import replace

from jalon.agreements import confidence, fields
from jalon.agreements.drafts import Draft
from jalon.agreements.fiches import ABANDONED
from jalon.agreements.fields import Context
from jalon.agreements.merge import Group
from jalon.agreements.model import Action, Field
from jalon.agreements.references import heading
from jalon.agreements.wording import join


def titled(group: Group, context: Context) -> bool:
    """Whether a group has a title: without one it is no action."""
    return any(_title(draft, context) for draft in (group.main, *group.others))


def action(group: Group, context: Context) -> Action:
    """The action of a group that has a title. A fiche bound with an amendment speaks before the first one."""
    drafts = [group.main, *group.others]
    drafts.sort(key=lambda draft: not (draft.amendment and draft.source == "fiche"))
    title = next(found for draft in drafts if (found := _title(draft, context)))
    main = drafts[0]
    money = _first([fields.money(d, context) for d in drafts])
    funds = _first([fields.funds(d, context) for d in drafts])
    described = fields.long_text(main, "description", context) or fields.long_text(main, "context", context)
    read = Action(
        title=title,
        reference=_first([_reference(draft, context) for draft in drafts]),
        axis=_first([fields.axis(draft, context) for draft in drafts]),
        owner=_first([fields.one_line(draft, "owner", context) for draft in drafts]),
        partners=_first([fields.items(draft, "partners", context, split=True) for draft in drafts]),
        description=described or _first([fields.long_text(draft, "description", context) for draft in group.others]),
        objectives=_first([fields.items(draft, "objectives", context) for draft in drafts]),
        budget=money,
        funding=funds,
        calendar=_first([fields.calendar(draft, context) for draft in drafts]),
        signed=fields.signed(main, context),
        progress=fields.items(main, "progress", context) or fields.items(main, "indicators", context),
        results=fields.items(main, "results", context),
        contents=fields.contents(main, context),
        page_start=group.main.first_page,
        page_end=group.main.last_page,
        state="withdrawn" if _struck(group.main) else "active",
        flags=(*fields.flags(money, funds), *_disagreements(drafts, context)),
    )
    return replace(read, confidence=read.title.confidence)


def _struck(draft: Draft) -> bool:
    value = draft.values.get("title")
    lines = draft.title_lines or tuple(text.line for text in (value.texts if value else ()))
    plain = " ".join(line.text for line in lines)
    return bool(lines) and (not ABANDONED.sub("", plain).strip() or ABANDONED.search(plain) is not None)


def _first(found: list[Field | None]) -> Field | None:
    """The first value found, with the evidence of the later ones that say the same."""
    held = [one for one in found if one is not None]
    if not held:
        return None
    same = [e for other in held[1:] if other.value == held[0].value for e in other.evidence]
    return replace(held[0], evidence=(*held[0].evidence, *same)) if same else held[0]


def _title(draft: Draft, context: Context) -> Field[str] | None:
    for name in ("title", "heading"):
        read = fields.one_line(draft, name, context)
        if read is not None:
            found = heading(read.value)
            if found and found.title and (found.strong or name == "heading"):
                return replace(read, value=found.title)
            return read
    whole = join((line.text for line in draft.title_lines), context.known)
    if not whole and draft.title_lines:
        whole = join(" ".join(word.text for word in line.words) for line in draft.title_lines)
        return Field(whole, fields.evidence(draft.title_lines), confidence.of("title", draft.title_lines))
    if not draft.title:
        return None
    found = heading(whole)
    text = ABANDONED.sub("", found.title if found and draft.reference and found.title else draft.title)
    return Field(text, fields.evidence(draft.title_lines), confidence.of("title", draft.title_lines))


def _reference(draft: Draft, context: Context) -> Field[str] | None:
    read = fields.one_line(draft, "reference", context)
    if read is not None and len(read.value) < 40:
        return read
    whole = fields.one_line(draft, "heading", context)
    found = heading(whole.value) if whole else None
    if whole and found:
        return replace(whole, value=found.reference)
    if not draft.reference:
        return None
    return Field(
        draft.reference, fields.evidence(draft.reference_lines), confidence.of("reference", draft.reference_lines)
    )


def _disagreements(drafts: list[Draft], context: Context) -> tuple[str, ...]:
    """A second description that states another budget."""
    read = [money.value.amount for draft in drafts if (money := fields.money(draft, context))]
    stated = {amount for amount in read if amount is not None}
    if len(stated) > 1:
        return ("le tableau récapitulatif et la fiche donnent des budgets différents",)
    return ()
