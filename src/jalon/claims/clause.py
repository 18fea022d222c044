"""The words around a number: whether each is known, so that nothing it says is passed over."""

import re
from functools import cache

from jalon.claims.context import Context, Reading
from jalon.claims.lexicon import pattern, spans
from jalon.claims.vocabulary import THEME, Entry, Terms, vocabulary
from jalon.figures import Definition

_WORD = re.compile(r"[a-z]+")
_DEFINITE = re.compile(r"(?<![a-z])(?:les|des|ces|aux|nos) $")
_FINITE = re.compile(r"[a-z]+(?:(?<!m)ent|[^dm]ont)")
"""A verb whose subject is several (nouns and adverbs end in "ment"): what it says does not tell which are counted."""
_INSERTED = re.compile(r"(?:, soit [^,()]{1,40},|\([^()]{1,40}\))")
_CLAUSES = re.compile(r"^.*[,;:()]")
_QUI = re.compile(r"^.* qui ")
Bounds = tuple[int, int]


def done_instead(reading: Reading, context: Context, definition: Definition) -> str:
    """Why an amount that was promised over years is not what the sentence says was done, or done in one year."""
    spent = spans(vocabulary().neutral.spent, reading.loose, *context.near)
    if spent:
        return f"Le registre connaît ce qui fut annoncé, et non ce que dit « {reading.plain.quote(*spent[0])} »."
    one_year = context.moment is not None and context.moment.year is not None
    return (
        "Ce montant couvre plusieurs années, et non une seule."
        if one_year and definition.section in ("S4", "S5")
        else ""
    )


def promised(entry: Entry, definition: Definition) -> bool:
    return entry.kind == "money" and definition.kind == "declared"


def of_a_theme(reading: Reading, context: Context) -> bool:
    """ "35 % des projets de vidéoprotection": a share of them, where the register knows their share of all."""
    if context.quantity.kind != "percent" or not context.themes or context.noun[0] < context.quantity.end:
        return False
    link = re.compile(r" (?:de |d |du |des |en matiere de )(?:la |l )?").match(reading.loose, context.noun[1])
    terms = tuple(term for key in context.themes for term in vocabulary().theme[key])
    return link is not None and pattern(terms).match(reading.loose, link.end()) is not None


def unknown_word(reading: Reading, context: Context, entry: Entry, definition: Definition) -> str:
    """The first word that qualifies what is counted, or says what became of it, and that is not known; else empty."""
    told = promised(entry, definition)
    if context.quantity.kind not in ("count", "percent") and not told:
        return ""
    allowed = _allowed(entry, "theme" in definition.parameters)
    if told:
        return _strange_in_clause(reading, context, (*allowed, *vocabulary().neutral.money))
    known = [*spans(allowed, reading.loose, *context.near), *_said(context)]
    if not context.elliptic:
        known.append(context.noun)
    return _strange_after(reading, context, known) or _strange_before(reading, context, known)


def said_besides(reading: Reading, context: Context, entry: Entry, definition: Definition) -> str:
    """The verb, unknown, of which "les 246 communes" is the subject: they may be so many, and it be false of them."""
    if context.quantity.kind != "count" or not _definite(reading, context):
        return ""
    known = spans(_allowed(entry, "theme" in definition.parameters), reading.loose, *context.near)
    for match in _WORD.finditer(reading.loose, context.after[0], context.clause_end):
        if _FINITE.fullmatch(match.group()):
            return "" if any(a <= match.start() < b for a, b in known) else reading.plain.quote(*match.span())
        if pattern(vocabulary().neutral.auxiliaries).fullmatch(match.group()):
            return ""
    return ""


def _definite(reading: Reading, context: Context) -> bool:
    start = context.quantity.start
    return _DEFINITE.search(reading.loose, max(0, start - 12), start) is not None


def _said(context: Context) -> list[Bounds]:
    own = [(one.start, one.end) for one in (context.place, context.moment) if one is not None]
    return [*own, *context.located]


def _strange_after(reading: Reading, context: Context, known: list[Bounds]) -> str:
    """Among the words after the number, down to the first verb: the participle that follows an auxiliary."""
    neutral = vocabulary().neutral
    stops, auxiliaries, small = pattern(neutral.stops), pattern(neutral.auxiliaries), pattern(neutral.small)
    verb, last = False, ""
    definite = _definite(reading, context)
    for match in _WORD.finditer(reading.loose, context.after[0], context.after[1]):
        gap = _INSERTED.sub("", reading.plain.text[context.after[0] : match.start()])
        if re.search(r"[,;:.()\n]", gap) or stops.fullmatch(match.group()):
            return ""
        if definite and (auxiliaries.fullmatch(match.group()) or _FINITE.fullmatch(match.group())):
            return ""
        if auxiliaries.fullmatch(match.group()):
            verb = True
        elif not any(a <= match.start() < b for a, b in known):
            return match.group()
        elif verb and not small.fullmatch(match.group()):
            return ""
        last = match.group()
    cut_short = context.after[1] < context.sentence[1] and reading.plain.text[context.after[1] - 1] == " "
    return last if verb and cut_short else ""


def _strange_in_clause(reading: Reading, context: Context, allowed: Terms) -> str:
    """The first word of the clause of an amount that is not known: what was promised is told from what was done."""
    low, high = context.before[0], context.clause_end
    said = _QUI.sub(_blank, _CLAUSES.sub(_blank, reading.loose[low : context.before[1]]))
    start = low + len(said) - len(said.lstrip())
    known = [*spans(tuple(sorted(allowed)), reading.loose, low, high), *_said(context)]
    quantity = context.quantity
    for match in _WORD.finditer(reading.loose, start, high):
        inside = quantity.start <= match.start() < quantity.end
        if len(match.group()) > 3 and not inside and not any(a <= match.start() < b for a, b in known):
            return match.group()
    return ""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _strange_before(reading: Reading, context: Context, known: list[Bounds]) -> str:
    """The last word of weight before the number, in its own clause, when it is not known."""
    low, high = context.before
    clause = max(reading.plain.text.rfind(sign, low, high) for sign in (",", ";", ":", "(", "\n")) + 1
    small = pattern(vocabulary().neutral.small)
    for match in reversed(list(_WORD.finditer(reading.loose, max(low, clause), high))):
        if small.fullmatch(match.group()) or len(match.group()) == 1:
            continue
        return "" if any(a <= match.start() < b for a, b in known) else match.group()
    return ""


@cache
def _allowed(entry: Entry, themed: bool) -> Terms:
    whole = vocabulary()
    neutral = whole.neutral
    terms: set[str] = {
        *neutral.words,
        *neutral.small,
        *neutral.verbs,
        *neutral.auxiliaries,
        *entry.nouns,
        *entry.words,
        *entry.other_scope,
    }
    for group in (*entry.require, *entry.near, *(names.names for names in whole.programme)):
        terms |= set(group) - {THEME}
    if themed:
        terms |= {term for group in whole.theme.values() for term in group} | {"theme*", "thematique*"}
    return tuple(sorted(terms))
