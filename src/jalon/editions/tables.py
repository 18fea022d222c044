"""The tables of an edition: names, columns, types, keys and what each column says.

Every edition holds every table, empty where nothing is known. Rows are sorted by `key`, so that the same content
gives the same bytes. Amounts are euros with two decimals; rates are shares between 0 and 1; dates are days.
"""

from dataclasses import dataclass

import pyarrow as pa

TEXT, DAY, FLAG, INT = pa.string(), pa.date32(), pa.bool_(), pa.int32()
COUNT, SHARE, EUROS = pa.int64(), pa.float64(), pa.decimal128(14, 2)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: pa.DataType
    says: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One Parquet file of an edition."""

    name: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([pa.field(c.name, c.type, c.nullable) for c in self.columns])


def _column(name: str, kind: pa.DataType, says: str) -> Column:
    """A trailing `?` in the name marks a column whose value may be unknown."""
    return Column(name.rstrip("?"), kind, says, nullable=name.endswith("?"))


def _table(name: str, says: str, key: str, *columns: tuple[str, pa.DataType, str]) -> Table:
    return Table(name, says, tuple(key.split()), tuple(_column(*c) for c in columns))


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "programmes",
            "Programmes followed",
            "programme",
            ("programme", TEXT, "identifier: acv, tiga, thd"),
            ("name", TEXT, "full French name"),
            ("short_name", TEXT, "name used in sentences and menus"),
            ("description", TEXT, "one sentence"),
            ("launched_on", DAY, "day of launch"),
            ("ends_on?", DAY, "last day, where stated"),
        ),
        _table(
            "axes",
            "Axes of a programme",
            "programme axis",
            ("programme", TEXT, "programme"),
            ("axis", INT, "number"),
            ("label", TEXT, "French label"),
        ),
        _table(
            "partners",
            "Partners of a programme",
            "programme partner",
            ("programme", TEXT, "programme"),
            ("partner", TEXT, "identifier: etat, banque-des-territoires, anah"),
            ("label", TEXT, "French name"),
            ("funds", FLAG, "one of the financing partners"),
        ),
        _table(
            "territories",
            "Official French geography",
            "kind code",
            ("kind", TEXT, "commune, epci, departement, region or pays"),
            ("code", TEXT, "INSEE code; SIREN for an EPCI; FR for the country"),
            ("name", TEXT, "official name with its article"),
            ("departement_code?", TEXT, "parent"),
            ("region_code?", TEXT, "parent"),
            ("epci_code?", TEXT, "parent"),
            ("population?", COUNT, "municipal population; unknown is null, never 0"),
            ("population_class?", TEXT, "class of a commune: see geography.POPULATION_CLASSES"),
            ("lon?", SHARE, "longitude of the town hall, WGS84"),
            ("lat?", SHARE, "latitude"),
        ),
        _table(
            "groups",
            "Beneficiary groups: the towns that share one agreement",
            "programme group_id",
            ("programme", TEXT, "programme"),
            ("group_id", TEXT, "identifier in the programme, as ACV001"),
            ("name", TEXT, "names of its towns"),
        ),
        _table(
            "memberships",
            "Territories that benefit from a programme",
            "programme territory_code",
            ("programme", TEXT, "programme"),
            ("territory_kind", TEXT, "kind of territory"),
            ("territory_code", TEXT, "code of territory"),
            ("group_id", TEXT, "group"),
            ("listed_in", TEXT, "published vintages that list it, joined by |"),
        ),
        _table(
            "agreements",
            "Framework agreements, one a group",
            "agreement_id",
            ("agreement_id", TEXT, "programme:group"),
            ("programme", TEXT, "programme"),
            ("group_id", TEXT, "group"),
            ("signed_on?", DAY, "day of signature; a planned date is not one"),
            ("planned_on?", DAY, "day once announced for the signature"),
            ("source_id?", TEXT, "source of the date"),
        ),
        _table(
            "signatories",
            "Who signs an agreement",
            "agreement_id partner",
            ("agreement_id", TEXT, "agreement"),
            ("partner", TEXT, "partner"),
        ),
        _table(
            "action_counts",
            "Actions under way and delivered, as published by the agency",
            "agreement_id territory_code counted_on",
            ("agreement_id", TEXT, "agreement"),
            ("territory_code", TEXT, "the town counted apart, or '' for the whole group"),
            ("counted_on", DAY, "date of the published list"),
            ("under_way?", COUNT, "actions under way"),
            ("delivered?", COUNT, "actions delivered"),
            ("source_id", TEXT, "source"),
        ),
        _table(
            "actions",
            "Actions: subsidised projects and actions read in agreements",
            "action_id",
            ("action_id", TEXT, "stable identifier, as di19_com00010"),
            ("kind", TEXT, "grant (a project subsidised by the State) or agreement (read in a document)"),
            ("programme?", TEXT, "programme, for an action of an agreement"),
            ("agreement_id?", TEXT, "agreement"),
            ("territory_kind", TEXT, "kind of the beneficiary: commune, epci, departement, syndicat, autre"),
            ("territory_code?", TEXT, "current code of the beneficiary (merged communes follow their successor)"),
            ("published_code?", TEXT, "code as published"),
            ("beneficiary?", TEXT, "beneficiary as published"),
            ("departement_code?", TEXT, "département"),
            ("region_code?", TEXT, "région"),
            ("title?", TEXT, "text of the project; unknown where only the facts are carried"),
            ("category?", TEXT, "category as published, without its number"),
            ("axis?", INT, "axis of the programme"),
            ("year?", INT, "year of the grant"),
            ("scheme?", TEXT, "DETR, DSIL or DSID"),
            ("cost_eur?", EUROS, "cost before tax; in an agreement, the budget as stated"),
            ("grant_eur?", EUROS, "grant of the State"),
            ("known_on", DAY, "first day on which a figure may count it"),
            ("smart_city", FLAG, "at least one theme of the smart city, after human decisions"),
            ("probability?", SHARE, "probability of smart city given by the classifier"),
            ("decided_by", TEXT, "machine or human"),
            ("source_id", TEXT, "source"),
            ("source_row", COUNT, "row in the source's file"),
            ("owner?", TEXT, "who carries out an action of an agreement"),
            ("partners?", TEXT, "partners named in the agreement, separated by ' ; '"),
            ("description?", TEXT, "what the agreement says of the action"),
            ("schedule?", TEXT, "the period as written, as precise as it was: T2 2019 – fin 2021"),
            ("starts_on?", DAY, "first day of that period, where it has one"),
            ("ends_on?", DAY, "last day of that period, where it has one"),
        ),
        _table(
            "action_themes",
            "Themes of the actions",
            "action_id theme",
            ("action_id", TEXT, "action"),
            ("theme", TEXT, "theme"),
            ("probability?", SHARE, "probability given by the classifier"),
            ("decided_by", TEXT, "machine or human"),
            ("terms", TEXT, "terms that made the machine decide, joined by |"),
        ),
        _table(
            "funding_lines",
            "Who pays what in an action",
            "action_id line",
            ("action_id", TEXT, "action"),
            ("line", INT, "rank in the action"),
            ("funder", TEXT, "funder"),
            ("instrument", TEXT, "grant, advance, loan, equity, quasi-equity"),
            ("scheme?", TEXT, "scheme"),
            ("amount_eur", EUROS, "amount"),
            ("year?", INT, "year"),
        ),
        _table(
            "links",
            "Pairs of actions that may be one project",
            "left_id right_id",
            ("left_id", TEXT, "first action"),
            ("right_id", TEXT, "second action"),
            ("across", FLAG, "told by an agreement and by a list of grants"),
            ("score", SHARE, "likeness, from 0 to 1: words, then amounts, then years"),
            ("words", SHARE, "likeness of the words"),
            ("amount?", SHARE, "likeness of the amounts"),
            ("years?", INT, "years between the two"),
            ("verdict?", TEXT, "same or different, when a person decided"),
            ("counted_once", FLAG, "whether both count as one project"),
        ),
        _table(
            "same_projects",
            "The project of each action that is one with another; the others are their own",
            "action_id",
            ("action_id", TEXT, "action"),
            ("project_id", TEXT, "action that stands for the project: that of an agreement first"),
        ),
        _table(
            "themes",
            "Themes of the smart city",
            "theme",
            ("theme", TEXT, "identifier"),
            ("label", TEXT, "French label"),
            ("definition", TEXT, "definition"),
            ("rank", INT, "order on screen"),
        ),
        _table(
            "theme_scores",
            "Quality of the classifier by cross-validation",
            "theme",
            ("theme", TEXT, "theme, or smart_city for any of them, or micro for all together"),
            ("precision", SHARE, "precision, weighted to the population"),
            ("precision_low", SHARE, "lower bound of its 95 % interval (Wilson)"),
            ("precision_high", SHARE, "upper bound"),
            ("recall", SHARE, "recall, weighted to the population"),
            ("recall_low", SHARE, "lower bound of its 95 % interval (Wilson)"),
            ("recall_high", SHARE, "upper bound"),
            ("f1", SHARE, "F1"),
            ("f1_low", SHARE, "lower bound of its 95 % interval (Wilson, on the share of rows rightly accepted)"),
            ("f1_high", SHARE, "upper bound"),
            ("tp", COUNT, "labelled actions rightly accepted (micro: actions x themes)"),
            ("fp", COUNT, "wrongly accepted"),
            ("fn", COUNT, "wrongly left out"),
            ("tn", COUNT, "rightly left out"),
            ("positives", COUNT, "labelled actions that carry it"),
            ("method", TEXT, "how it was measured"),
        ),
        _table(
            "estimates",
            "Appetite and commitment of groups of communes, corrected for the classifier's errors, with 95 % intervals",
            "indicator theme territory_kind territory_code population_class programme year known_on",
            ("indicator", TEXT, "what is estimated: see docs/method.md"),
            ("theme", TEXT, "theme, or smart_city for any of them"),
            ("territory_kind", TEXT, "pays, region or departement: where the communes are"),
            ("territory_code", TEXT, "its code"),
            ("population_class", TEXT, "class of the communes, '' for all"),
            ("programme", TEXT, "programme of the communes, '' for all communes"),
            ("year", INT, "year of the projects, 0 for all years known"),
            ("known_on", DAY, "first day on which this is the estimate"),
            ("value?", SHARE, "estimate"),
            ("low?", SHARE, "lower bound of the 95 % interval"),
            ("high?", SHARE, "upper bound"),
            ("naive?", SHARE, "the same by a bare count of what the classifier flags"),
            ("same_size?", SHARE, "what it would be if each commune did as all communes of its size"),
            ("same_size_low?", SHARE, "lower bound of the 95 % interval"),
            ("same_size_high?", SHARE, "upper bound"),
            ("n", COUNT, "communes or projects the value rests on"),
            ("shrunk", FLAG, "drawn toward the value of all areas together, because few communes speak"),
            ("method", TEXT, "method, or why the value is unknown"),
        ),
        _table(
            "coverage",
            "FTTH by territory and quarter",
            "territory_kind territory_code quarter source_id",
            ("territory_kind", TEXT, "kind of territory"),
            ("territory_code", TEXT, "current code"),
            ("quarter", DAY, "last day of the quarter"),
            ("connectable?", COUNT, "premises connectable"),
            ("premises?", COUNT, "premises in all"),
            ("rate?", SHARE, "share of premises connectable, as published or computed"),
            ("band?", INT, "published band, lower bound in per cent (0, 5, 10, 25, 50, 80): not a rate"),
            ("zone?", TEXT, "very_dense, private or public: who was to build the network"),
            ("operator?", TEXT, "infrastructure operator, as published"),
            ("known_on?", DAY, "day of publication of the source: a quarter restated later keeps both values"),
            ("source_id", TEXT, "source"),
        ),
        _table(
            "series",
            "Other published series",
            "series territory_kind territory_code day source_id",
            ("series", TEXT, "identifier, as nb-logement-accompagnement"),
            ("label", TEXT, "French label"),
            ("territory_kind", TEXT, "kind"),
            ("territory_code", TEXT, "code"),
            ("day", DAY, "date of the value"),
            ("value", SHARE, "value"),
            ("unit", TEXT, "unit"),
            ("source_id", TEXT, "source"),
        ),
        _table(
            "declared_facts",
            "What cited publications state",
            "fact_id",
            ("fact_id", TEXT, "identifier"),
            ("programme", TEXT, "programme"),
            ("statement", TEXT, "our sentence"),
            ("value", SHARE, "value"),
            ("unit", TEXT, "unit"),
            ("hedge", TEXT, "exact, about, at_least, at_most…"),
            ("as_of", TEXT, "the moment it speaks of: a year, a month or a day"),
            ("published?", TEXT, "date of publication, as precise as read"),
            ("publisher", TEXT, "publisher"),
            ("title?", TEXT, "title"),
            ("url", TEXT, "address"),
            ("independent", FLAG, "does not come from the author of the ministerial answer"),
            ("agrees?", TEXT, "yes, no or partly, against the ministerial answer"),
            ("note?", TEXT, "note"),
        ),
        _table(
            "sources",
            "Files read",
            "source_id file",
            ("source_id", TEXT, "source"),
            ("file", TEXT, "file"),
            ("title", TEXT, "title"),
            ("producer", TEXT, "producer"),
            ("licence", TEXT, "licence"),
            ("url?", TEXT, "address"),
            ("vintage", TEXT, "vintage"),
            ("published_on?", DAY, "day of publication"),
            ("sha256", TEXT, "hash of the file"),
            ("bytes", COUNT, "size"),
            ("rows_read", COUNT, "rows read"),
            ("rows_refused", COUNT, "rows left out"),
            ("origin", TEXT, "mirror, producer or carried (facts the product carries)"),
        ),
        _table(
            "refusals",
            "Defects found in the sources",
            "source_id file row field code",
            ("source_id", TEXT, "source"),
            ("file", TEXT, "file"),
            ("row", COUNT, "row, 0 for the whole file"),
            ("field", TEXT, "column"),
            ("value", TEXT, "value as published, cut at 200 characters"),
            ("code", TEXT, "kind of defect"),
            ("reason", TEXT, "French reason"),
            ("effect", TEXT, "row, field or repaired"),
        ),
        _table(
            "evidence",
            "Where a value comes from",
            "subject subject_id field document_sha256 row",
            ("subject", TEXT, "agreement, action"),
            ("subject_id", TEXT, "identifier"),
            ("field", TEXT, "field, or '' for the whole record"),
            ("document_sha256", TEXT, "file or document"),
            ("source_id", TEXT, "source, or '' for a document"),
            ("row", COUNT, "row in a table; in a document, rank among the quotes of the field"),
            ("page?", INT, "page"),
            ("box?", TEXT, "x0 y0 x1 y1 in points"),
            ("quote?", TEXT, "quote"),
        ),
    )
}

DERIVED = ("estimates",)
"""Tables that `build` computes from the others: `derived.complete`."""
