"""French typography in templates."""

from django import template

from jalon import funding
from jalon.web import typography

register = template.Library()
register.filter("nombre", typography.number)
register.filter("euros", typography.euros)
register.filter("euros_courts", typography.short_euros)
register.filter("centimes", typography.to_the_cent)
register.filter("en_euros", funding.euros)
register.filter("part", typography.share)
register.filter("jour", typography.day)
register.filter("trimestre", typography.quarter)
register.filter("taille", typography.size)
register.filter("apostrophes", typography.apostrophes)
register.filter("en_ordre", typography.in_order)
register.filter("phrase", typography.sentence)


@register.filter
def pluriel(count: int, words: str) -> str:
    """`{{ n|pluriel:"ville,villes" }}` gives the number and its noun."""
    one, _, many = words.partition(",")
    return typography.plural(count, one, many)


@register.filter
def at(mapping: dict[int, tuple[str, ...]], key: int) -> tuple[str, ...]:
    """What a mapping holds for a number; nothing when it holds none."""
    return mapping.get(key, ())


@register.filter
def verdict(state: str) -> str:
    """How a declared figure stands to the computed one."""
    return {"confirmed": "confirmé", "contradicted": "contredit"}.get(state, "non comparé")
