"""What must hold between the parts of a programme: references, order of dates, official codes, groups."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jalon.geography import Place, distance_km, geography
from jalon.geography.names import key
from jalon.programmes.issues import Issue
from jalon.programmes.rows import AmountRow, BeneficiaryRow, DeclaredRow, LaureateRow
from jalon.programmes.schema import ProgrammeKeys, repeated
from jalon.programmes.tables import Numbered

TOML, TOWNS, DECLARED, AMOUNTS = "programme.toml", "beneficiaries.csv", "declared.csv", "amounts.csv"
LAUREATES = "laureates.csv"
FARTHEST_KM = 60.0
Towns = Sequence[Numbered[BeneficiaryRow]]


def of_keys(keys: ProgrammeKeys, facts: dict[str, DeclaredRow]) -> Iterator[Issue]:
    """Rules of programme.toml, with the declared facts it cites."""
    for section, field in (
        ("axes", "number"), ("partners", "id"), ("envelopes", "id"), ("targets", "id"), ("calls", "id"),
    ):  # fmt: skip
        values = [getattr(item, field) for item in getattr(keys, section)]
        for position in repeated(values):
            where = f"{section}[{position + 1}].{field}"
            yield Issue(TOML, where, f"« {values[position]} » est déjà pris", "donnez une autre valeur")
    if keys.ends_on is not None and keys.ends_on < keys.launched_on:
        problem = f"fin ({keys.ends_on}) avant le lancement ({keys.launched_on})"
        yield Issue(TOML, "ends_on", problem, "corrigez l'une des deux dates")
    yield from _origin_of_launch(keys)
    for section in ("envelopes", "targets", "milestones", "calls"):
        for position, item in enumerate(getattr(keys, section), start=1):
            if item.fact not in facts:
                problem = f"fait déclaré inconnu : « {item.fact} »"
                mend = f"ajoutez une ligne « {item.fact} » à {DECLARED}, ou citez un fait qui y est"
                yield Issue(TOML, f"{section}[{position}].fact", problem, mend)
    yield from _envelopes(keys, facts)
    yield from _calls(keys)


def _calls(keys: ProgrammeKeys) -> Iterator[Issue]:
    known, envelopes = {call.id for call in keys.calls}, {envelope.id for envelope in keys.envelopes}
    for position, call in enumerate(keys.calls, start=1):
        where = f"calls[{position}]"
        if call.follows is not None and (call.follows not in known or call.follows == call.id):
            yield Issue(TOML, f"{where}.follows", f"appel inconnu : « {call.follows} »", "citez un autre appel")
        if call.envelope is not None and call.envelope not in envelopes:
            yield Issue(TOML, f"{where}.envelope", f"enveloppe inconnue : « {call.envelope} »", "citez une enveloppe")
        if call.opened_on and call.decided_on and call.decided_on < call.opened_on:
            yield Issue(TOML, f"{where}.decided_on", "décidé avant l'ouverture", "corrigez l'une des deux dates")
    for position, milestone in enumerate(keys.milestones, start=1):
        if milestone.call is not None and milestone.call not in known:
            problem = f"appel inconnu : « {milestone.call} »"
            yield Issue(TOML, f"milestones[{position}].call", problem, "citez l'identifiant d'un appel")


def of_laureates(keys: ProgrammeKeys, laureates: Sequence[Numbered[LaureateRow]], towns: Towns) -> Iterator[Issue]:
    """Rules of laureates.csv: a known call, a group of the programme, one row a group and call."""
    groups, calls = {town.row.group_id for town in towns}, {call.id for call in keys.calls}
    for item in laureates:
        for column, known, file in (("group_id", groups, TOWNS), ("call", calls, TOML)):
            value = getattr(item.row, column)
            if value not in known:
                where = f"ligne {item.line}, colonne {column}"
                yield Issue(LAUREATES, where, f"inconnu : « {value} »", f"citez un identifiant de {file}")
    for position in repeated((item.row.group_id, item.row.call) for item in laureates):
        where = f"ligne {laureates[position].line}, colonne group_id"
        yield Issue(LAUREATES, where, "déjà lauréat de cet appel", "gardez une ligne par lauréat")


def _origin_of_launch(keys: ProgrammeKeys) -> Iterator[Issue]:
    known = set(ProgrammeKeys.model_fields)
    for position, reference in enumerate(keys.references, start=1):
        for name in reference.about:
            if name not in known:
                where = f"references[{position}].about"
                yield Issue(TOML, where, f"clé inconnue : « {name} »", "citez des clés de programme.toml")
    stated = any("launched_on" in reference.about for reference in keys.references)
    if not stated and all(milestone.on != keys.launched_on for milestone in keys.milestones):
        mend = 'ajoutez une section [[references]] avec about = ["launched_on"], ou un [[milestones]] de ce jour'
        yield Issue(TOML, "launched_on", "date de lancement sans source", mend)


def _envelopes(keys: ProgrammeKeys, facts: dict[str, DeclaredRow]) -> Iterator[Issue]:
    partners = {partner.id for partner in keys.partners}
    amounts = {envelope.id: envelope.amount_eur for envelope in keys.envelopes}
    for position, envelope in enumerate(keys.envelopes, start=1):
        where = f"envelopes[{position}]"
        if envelope.partner is not None and envelope.partner not in partners:
            mend = "ajoutez-le aux [[partners]] ou corrigez l'identifiant"
            yield Issue(TOML, f"{where}.partner", f"partenaire inconnu : « {envelope.partner} »", mend)
        if envelope.part_of is not None and (envelope.part_of not in amounts or envelope.part_of == envelope.id):
            mend = "citez l'identifiant d'une autre enveloppe"
            yield Issue(TOML, f"{where}.part_of", f"enveloppe inconnue : « {envelope.part_of} »", mend)
        elif envelope.part_of is not None and envelope.amount_eur > amounts[envelope.part_of]:
            yield Issue(TOML, f"{where}.amount_eur", "plus que l'enveloppe qui la contient", "corrigez un montant")
        fact = facts.get(envelope.fact)
        if fact is not None and fact.unit == "M€" and Decimal(str(fact.value)) * 1_000_000 != envelope.amount_eur:
            problem = f"le fait {envelope.fact} dit {fact.value:g} M€"
            yield Issue(TOML, f"{where}.amount_eur", problem, "reprenez le montant du fait, ou citez-en un autre")


def of_declared(keys: ProgrammeKeys, declared: Sequence[Numbered[DeclaredRow]]) -> Iterator[Issue]:
    for position in repeated(item.row.fact_id for item in declared):
        item = declared[position]
        problem = f"« {item.row.fact_id} » est déjà pris"
        yield Issue(DECLARED, f"ligne {item.line}, colonne fact_id", problem, "donnez un identifiant par fait")
    for item in declared:
        if item.row.programme != keys.id:
            problem = f"« {item.row.programme} » n'est pas ce programme"
            yield Issue(DECLARED, f"ligne {item.line}, colonne programme", problem, f"écrivez {keys.id}")


def of_amounts(amounts: Sequence[Numbered[AmountRow]], towns: Towns) -> Iterator[Issue]:
    groups = {town.row.group_id for town in towns}
    for item in amounts:
        if item.row.group_id not in groups:
            problem = f"groupe inconnu : « {item.row.group_id} »"
            yield Issue(AMOUNTS, f"ligne {item.line}, colonne group_id", problem, f"citez un groupe de {TOWNS}")


def of_towns(keys: ProgrammeKeys, towns: Towns) -> Iterator[Issue]:
    """Rules of beneficiaries.csv: each row against the official geography, then rows together."""
    for town in towns:
        yield from _place(town)
        yield from _dates(keys, town)
        yield from _counts(town)
    coded = [town for town in towns if town.row.code is not None]
    for position in repeated((town.row.kind, town.row.code) for town in coded):
        town = coded[position]
        problem = f"« {town.row.code} » est déjà listé"
        yield _at(town, "code", problem, "gardez une ligne par territoire")
    yield from _groups(towns)


def _at(town: Numbered[BeneficiaryRow], column: str, problem: str, mend: str) -> Issue:
    return Issue(TOWNS, f"ligne {town.line}, colonne {column}", problem, mend)


def _place(town: Numbered[BeneficiaryRow]) -> Iterator[Issue]:
    row = town.row
    if row.kind is None or row.code is None:
        if row.kind is not None or row.code is not None:
            problem = "kind et code vont ensemble"
            yield _at(town, "code", problem, "remplissez les deux, ou aucun pour un groupe sans territoire propre")
        return
    place = geography().place(row.kind, row.code)
    if place is None:
        yield _at(town, "code", f"code inconnu ({row.kind}) : « {row.code[:20]} »", _other_code(row.kind, row.code))
        return
    if row.name is not None and key(row.name) != key(place.name):
        mend = "corrigez le code ou le nom"
        yield _at(town, "name", f"{place.code} est le code de {place.name}, non de « {row.name[:60]} »", mend)
    for column, official in (
        ("departement", place.departement_code), ("region", place.region_code), ("epci_siren", place.epci_code),
    ):  # fmt: skip
        given = getattr(row, column)
        if given is not None and given != official:
            mend = "reprenez le code officiel, ou laissez vide"
            yield _at(town, column, f"« {given[:20]} » au lieu de {official or 'rien'} pour {place.name}", mend)
    yield from _position(town, place)


def _other_code(kind: str, code: str) -> str:
    """What to write instead of an unknown code."""
    if kind == "commune":
        successor = geography().successor(code) or geography().successor(code.zfill(5))
        if successor:
            return f"écrivez {successor} ({geography().communes[successor].name})"
    return "cherchez le code officiel sur https://www.insee.fr/fr/information/2560452"


def _position(town: Numbered[BeneficiaryRow], place: Place) -> Iterator[Issue]:
    lon, lat = town.row.lon, town.row.lat
    if (lon is None) != (lat is None):
        yield _at(town, "lon", "lon et lat vont ensemble", "remplissez les deux ou aucun")
    if lon is None or lat is None:
        return
    away = distance_km(place, place._replace(lon=lon, lat=lat))
    if away is not None and away > FARTHEST_KM:
        problem = f"point à {away:.0f} km de {place.name}"
        yield _at(town, "lon", problem, "écrivez la vraie position en degrés, outre-mer compris, ou laissez vide")


def _dates(keys: ProgrammeKeys, town: Numbered[BeneficiaryRow]) -> Iterator[Issue]:
    row = town.row
    if (row.signed_on is None) != (row.signed_on_source is None):
        mend = "donnez la date et sa source ; une date seulement prévue va dans planned_on"
        yield _at(town, "signed_on_source", "une signature et sa source vont ensemble", mend)
    for column, day in (("signed_on", row.signed_on), ("planned_on", row.planned_on)):
        if day is not None and day < keys.launched_on:
            problem = f"{day} précède le lancement du programme ({keys.launched_on})"
            yield _at(town, column, problem, "corrigez l'une des deux dates")


def _counts(town: Numbered[BeneficiaryRow]) -> Iterator[Issue]:
    counted = town.row.under_way is not None or town.row.delivered is not None
    if counted and town.row.counted_on is None:
        yield _at(town, "counted_on", "compte sans date", "donnez le jour de la liste qui le publie")
    if not counted and town.row.counted_on is not None:
        yield _at(town, "counted_on", "date sans compte", "laissez-la vide si les comptes sont inconnus")


def _groups(towns: Towns) -> Iterator[Issue]:
    """Towns of one group share its name, its dates, and its counts where they say so."""
    groups: dict[str, list[Numbered[BeneficiaryRow]]] = defaultdict(list)
    for town in towns:
        groups[town.row.group_id].append(town)
    for group_id, members in groups.items():
        first = members[0].row
        for town in members[1:]:
            for column in ("group_name", "signed_on"):
                if getattr(town.row, column) != getattr(first, column):
                    problem = f"diffère de la ligne {members[0].line}, du même groupe {group_id}"
                    yield _at(town, column, problem, "écrivez la même valeur : un groupe a une convention")
        for town in members:
            yield from _shared(town, members)


def _shared(town: Numbered[BeneficiaryRow], members: Towns) -> Iterator[Issue]:
    if not town.row.counts_shared:
        return
    others = [other.row for other in members if other is not town]
    same = [o for o in others if (o.under_way, o.delivered) == (town.row.under_way, town.row.delivered)]
    if not others or len(same) != len(others):
        mend = "mettez non, ou le même compte sur toutes les lignes du groupe"
        yield _at(town, "counts_shared", "oui, mais les comptes du groupe ne sont pas les mêmes", mend)
