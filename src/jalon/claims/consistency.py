"""What a text says against itself: parts that do not add up, shares that are not, sentences that disagree."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from jalon.claims.claim import Claim, Verdict
from jalon.claims.context import Context, Reading
from jalon.claims.hedging import exactly
from jalon.figures import format_number

Judged = tuple[Context, Claim]
WEAK: tuple[Verdict, ...] = ("unverifiable", "contradicted", "circular")
_SOIT = re.compile(r"\b(?:soit|au total|en tout|total de|totalis\w+|ce qui (?:fait|porte|donne))\b[^.;]{0,24}$")
_SPLIT = re.compile(r" ?:|\b(?:se )?reparti\w*|, soit\b|\bqui se decompos\w+|\bse decompos\w+")
_PART = re.compile(r"\bdont\b[^.;:]{0,24}$")
_SHARE = re.compile(r"\b(?:soit|ou|c'est-a-dire)\b[^.;]{0,20}$|\($")


def reconciled(reading: Reading, judged: list[Judged]) -> list[Claim]:
    """The claims in order, those that the text itself refutes turned to inconsistent."""
    verdicts: dict[int, str] = {}
    for group in _sentences(judged):
        for context, reason in [*_sums(reading, group), *_shares(reading, group), *_parts(reading, group)]:
            verdicts.setdefault(id(context), reason)
    for context, reason in _disagreements(reading, judged):
        verdicts.setdefault(id(context), reason)
    return [_turned(claim, verdicts.get(id(context))) for context, claim in judged]


def _turned(claim: Claim, reason: str | None) -> Claim:
    if reason is None or claim.verdict not in WEAK:
        return claim
    known = f" {claim.reason}" if claim.verdict == "contradicted" else ""
    return replace(claim, verdict="inconsistent", reason=f"{reason}{known}")


def _sentences(judged: list[Judged]) -> Iterator[list[Judged]]:
    for sentence in dict.fromkeys(context.sentence for context, _ in judged):
        group = [
            (c, claim) for c, claim in judged if c.sentence == sentence and c.quantity.kind not in ("date", "event")
        ]
        if len(group) > 1:
            yield group


def _sums(reading: Reading, group: list[Judged]) -> Iterator[tuple[Context, str]]:
    """A total after its parts ("…, soit 5 029 au total"), or before them ("5 029 actions : 2 022 … et 3 007 …")."""
    text = reading.plain.text
    for place, (context, _) in enumerate(group):
        same = [(other, claim) for other, claim in group if _alike(other, context) and other is not context]
        before = [pair for pair in same if pair[0].quantity.start < context.quantity.start]
        after = [pair for pair in same if pair[0].quantity.start > context.quantity.start]
        said = text[max(context.sentence[0], context.quantity.start - 40) : context.quantity.start]
        if place and len(before) >= 2 and _SOIT.search(said):
            yield from _added(context, before, group)
        elif not before and len(after) >= 2 and _SPLIT.search(text, context.quantity.end, after[0][0].quantity.start):
            yield from _added(context, after, group)


def _added(total: Context, parts: list[Judged], group: list[Judged]) -> Iterator[tuple[Context, str]]:
    added = sum(part.quantity.value for part, _ in parts)
    slack = max(part.quantity.step for part, _ in parts) / 2 * len(parts) if total.quantity.step > 1 else 0.0
    if any(part.quantity.hedge != "exact" for part, _ in parts) or abs(added - total.quantity.value) <= slack + 1e-6:
        return
    shown, stated = format_number(round(added, 2), 2), format_number(round(total.quantity.value, 2), 2)
    reason = f"Les parties de la phrase font {shown}, et non {stated}."
    sure = next(claim for context, claim in group if context is total).verdict in ("confirmed", "compatible")
    for context in [part for part, claim in parts if claim.verdict != "contradicted"] if sure else [total]:
        yield context, reason


def _alike(one: Context, other: Context) -> bool:
    return (
        one.quantity.kind == other.quantity.kind
        and one.quantity.kind in ("count", "money")
        and not one.quantity.fraction
    )


def _parts(reading: Reading, group: list[Judged]) -> Iterator[tuple[Context, str]]:
    """A part introduced by "dont" that is larger than what it is a part of."""
    for (whole, _), (part, _) in pairwise(group):
        said = reading.plain.text[whole.quantity.end : part.quantity.start]
        if _alike(whole, part) and _PART.search(said) and part.quantity.value > whole.quantity.value:
            yield part, "La partie dépasse le tout que dit la phrase."


def _shares(reading: Reading, group: list[Judged]) -> Iterator[tuple[Context, str]]:
    """ "66 communes sur 246, soit 26,8 %": the share that the two numbers make."""
    for place, (share, _) in enumerate(group):
        counts = [context.quantity for context, _ in group[:place] if context.quantity.kind == "count"]
        said = reading.plain.text[max(share.sentence[0], share.quantity.start - 24) : share.quantity.start]
        if share.quantity.kind != "percent" or len(counts) < 2 or not _SHARE.search(said):
            continue
        low, high = sorted(count.value for count in counts[-2:])
        if not high or any(count.hedge != "exact" for count in counts[-2:]):
            continue
        made = 100 * low / high
        loose = share.quantity.round_to if share.quantity.hedge != "exact" else share.quantity.step
        rounded = exactly(share.quantity, made) or abs(made - share.quantity.value) <= loose
        if not rounded:
            yield (
                share,
                f"{format_number(low)} sur {format_number(high)} font {format_number(made, 1)} %, et non ce taux.",
            )


def _disagreements(reading: Reading, judged: list[Judged]) -> Iterator[tuple[Context, str]]:
    """The same thing counted twice, and not alike."""
    said: dict[tuple, list[Judged]] = {}
    for context, claim in judged:
        if context.quantity.kind in ("count", "money") and context.quantity.hedge == "exact" and not context.elliptic:
            said.setdefault(_subject(reading, context, claim), []).append((context, claim))
    for pairs in said.values():
        values = {context.quantity.value for context, _ in pairs}
        if len(values) > 1 and not any(claim.verdict == "confirmed" for _, claim in pairs):
            shown = " et ".join(format_number(value, 2) for value in sorted(values)[:3])
            for context, _ in pairs:
                yield context, f"Le texte donne deux valeurs pour la même chose : {shown}."


def _subject(reading: Reading, context: Context, claim: Claim) -> tuple:
    """What is counted: the figure and its parameters, else the words of the text."""
    if claim.figure is not None:
        return claim.figure.id, claim.figure.params, claim.figure.as_of
    words = tuple(reading.plain.text[context.quantity.end : context.clause_end].split())
    moment = (context.moment.first, context.moment.last) if context.moment else None
    alone = () if len(words) > 1 else (context.quantity.start,)
    return *words[:8], context.place.code if context.place else "", moment, *alone
