"""A small world for the register: three sources whose files lie in a folder, a programme, and one worker in place."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.apps import apps

import jalon.sources.consolidation
import jalon.themes
from jalon.errors import Refusal
from jalon.geography import geography
from jalon.programmes import Axis, Beneficiary, DeclaredFact, Group, Partner, Programme, Words
from jalon.register import imports
from jalon.sources import CoverageRow, FileRead, GrantRow, Labels, ListingRow, Located, Reading, Row, SeriesRow, Source
from jalon.themes import Labelling, ThemeScore

WHEN_READ = {"imported_at", "history_date"}


class Here(Executor):
    """Runs each task where it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        done: Future = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def grant(action_id: str, **changes: Any) -> GrantRow:
    given = {
        "year": 2019, "scheme": "DETR", "territory_kind": "commune", "published_code": "01004",
        "territory_code": "01004", "beneficiary": "AMBERIEU", "departement_code": "01", "region_code": "84",
        "title": "Réfection de la toiture de l’école", "category": "Éducation", "cost_cents": 1_000_000,
        "grant_cents": 300_000, "row": 2,
    } | changes  # fmt: skip
    return GrantRow(action_id, **given)


CAMERAS = "Installation de caméras de vidéoprotection"
GRANTS_2018 = (
    grant("di18_com1", year=2018, title=CAMERAS, row=2),
    grant("di18_com2", year=2018, row=3, grant_cents=None),
    grant(
        "di18_epci1", year=2018, row=4, territory_kind="epci", territory_code="240100883", published_code="240100883"
    ),
    grant("di18_synd1", year=2018, row=5, territory_kind="syndicat", territory_code=None, published_code="256004255"),
)
GRANTS_2019 = (
    grant("di19_com1", title=CAMERAS + " et d’un centre de supervision urbain", row=2),
    grant(
        "di19_com2",
        title=None,
        row=3,
        territory_code="97105",
        published_code="97105",
        departement_code="971",
        region_code="01",
    ),
    grant("di19_dep1", row=4, scheme="DSID", territory_kind="departement", territory_code="01", published_code="01"),
)
FIBRE = (
    CoverageRow("commune", "01004", date(2018, 3, 31), None, None, None, 25, 2),
    CoverageRow("departement", "01", date(2018, 3, 31), 1200, 4000, 0.3, None, 3),
    SeriesRow("nb-logements", "Logements", "departement", "01", date(2019, 12, 31), 12.5, "logements", 4),
    ListingRow("acv", 5, "01004", "01004", "Ambérieu", "ACV008", signed_on=date(2019, 9, 24), partners=("Lagnieu",)),
)
REFUSALS = (
    Refusal("grants-2019", "grants-2019/data.csv", 7, "cost", "9\0,5", "bad-amount", "montant illisible", "row"),
    Refusal("grants-2019", "grants-2019/data.csv", 2, "title", "x ", "spaces", "espaces retirés", "repaired"),
    Refusal("grants-2019", "grants-2019/data.csv", 2, "title", "y ", "spaces", "espaces retirés", "repaired"),
)


def source(source_id: str, *tables: str, published_on: date = date(2020, 2, 12)) -> Source:
    given = {
        "file": f"{source_id}/data.csv",
        "path_in_repository": "data.csv",
        "sha256": "0" * 64,
        "bytes": 9,
        "rows": 3,
    }
    return Source.model_validate(
        {
            "id": source_id, "title": f"Source {source_id}", "producer": "Producteur", "licence": "Licence Ouverte",
            "licence_evidence": "README", "repository": "https://github.com/owner/repo", "commit": "a" * 40,
            "vintage": "2019", "published_on": published_on, "reader": "arcep", "tables": tables, "yields": "Tout.",
            "files": [given],
        }
    )  # fmt: skip


class Labeller:
    """Stands for the classifier: cameras are digital security, the rest is not the smart city."""

    seen: ClassVar[list[str]] = []

    @classmethod
    def load(cls) -> "Labeller":
        return cls()

    def label(self, texts: Sequence[str], categories: Sequence[str | None]) -> list[Labelling]:
        self.seen.extend(texts)
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Labelling:
        if "caméras" not in text:
            return Labelling(0.02)
        return Labelling(0.95, (ThemeScore("securite_numerique", 0.9, (("caméras", 2.5), ("vidéoprotection", 1.25))),))


@dataclass
class World:
    """Change `rows`, then `touch`: the file gets other bytes, as a newer publication would."""

    folder: Path
    sources: dict[str, Source]
    rows: dict[str, tuple[Row, ...]]
    refusals: dict[str, tuple[Refusal, ...]] = field(default_factory=dict)
    origin: str = "mirror"
    broken: dict[str, Exception] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    programmes: dict[str, Programme] = field(default_factory=dict)

    def touch(self, *ids: str) -> None:
        for source_id in ids or tuple(self.sources):
            path = self.path(source_id)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(repr((self.rows[source_id], self.refusals.get(source_id))), "utf-8")

    def path(self, source_id: str) -> Path:
        return self.folder / (f"{source_id}.csv" if self.origin == "carried" else f"{source_id}/data.csv")

    def change(self, source_id: str, *rows: Row) -> None:
        self.rows[source_id] = rows
        self.touch(source_id)

    def chosen(self, ids: tuple[str, ...] | None = None) -> tuple[Source, ...]:
        return tuple(self.sources[i] for i in ids or self.sources)

    def locate(self, source: Source) -> Located | None:
        return Located(source, self.origin, self.folder) if self.path(source.id).exists() else None

    def reading(self, located: Located) -> Reading:
        source_id = located.source.id
        if source_id in self.broken:
            raise self.broken[source_id]
        self.read.append(source_id)
        content = self.path(source_id).read_bytes()
        rows, refusals = self.rows[source_id], self.refusals.get(source_id, ())
        out = sum(refusal.effect == "row" for refusal in refusals)
        file = FileRead(
            f"{source_id}/data.csv", hashlib.sha256(content).hexdigest(), len(content), len(rows) + out, out
        )
        return Reading(source_id, rows, refusals, len(rows) + out, (file,))

    def load(self, *ids: str) -> dict[str, imports.ImportReport]:
        """Import, every source being readable."""
        reports = self.attempt(*ids)
        failures = [report.failure for report in reports.values() if report.failure]
        if failures:
            raise failures[0]
        return reports

    def attempt(self, *ids: str) -> dict[str, imports.ImportReport]:
        reports = imports.import_sources(list(ids) or None, executor=Here())
        return {report.source_id: report for report in reports}


def world(folder: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(
        folder,
        {
            "grants-2018": source("grants-2018", "actions", "funding_lines"),
            "grants-2019": source("grants-2019", "actions", "funding_lines"),
            "fibre": source("fibre", "coverage", "series", published_on=date(2024, 9, 9)),
        },
        {"grants-2018": GRANTS_2018, "grants-2019": GRANTS_2019, "fibre": FIBRE},
        {"grants-2019": REFUSALS},
    )
    made.touch()
    made.programmes["acv"] = programme()
    monkeypatch.setattr(jalon.themes, "Classifier", Labeller)
    monkeypatch.setitem(vars(jalon.themes), "VERSION", "labeller-1")
    monkeypatch.setattr(imports, "chosen", made.chosen)
    monkeypatch.setattr(imports, "locate", made.locate)
    monkeypatch.setattr(imports, "programmes", lambda: made.programmes)
    monkeypatch.setattr(jalon.sources.consolidation, "catalog", lambda: made.sources)
    monkeypatch.setattr(jalon.sources, "read", lambda given, where: made.reading(where))
    return made


CARRIED = {"di18_com1": Labels(0.93, (("securite_numerique", 0.9),))}


def as_carried(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The facts of the rows, without their text."""
    kept = []
    for row in rows:
        if isinstance(row, GrantRow):
            given = {f.name: getattr(row, f.name) for f in fields(row)} | {"title": None, "beneficiary": None}
            kept.append(GrantRow(**given | {"labels": CARRIED.get(row.action_id, Labels(0.01, ()))}))
    return tuple(kept)


def beneficiary(code: str, group: str, **changes: Any) -> Beneficiary:
    given = {
        "group_name": "Un groupe", "signed_on": None, "signed_on_source": None, "planned_on": None,
        "under_way": None, "delivered": None, "counted_on": None, "counts_shared": False, "listed_in": ("2018", "2024"),
    } | changes  # fmt: skip
    return Beneficiary("commune", code, group, **given)


def group(group_id: str, name: str, *members: Beneficiary, **changes: Any) -> Group:
    given = {
        "signed_on": None, "signed_on_source": None, "planned_on": None, "under_way": None, "delivered": None,
        "note": None,
    } | changes  # fmt: skip
    return Group(group_id, name, members, **given)


def programme(**changes: Any) -> Programme:
    given = {
        "id": "acv", "name": "Action Cœur de Ville", "short_name": "Cœur de ville", "description": "Des villes.",
        "launched_on": date(2018, 3, 27), "ends_on": None, "words": Words(*["mot"] * 6),
        "axes": (Axis(1, "Habitat"), Axis(2, "Commerce")), "partners": PARTNERS, "envelopes": (), "targets": (),
        "milestones": (), "references": (), "home_figures": (), "groups": _groups(), "declared": (FACT,), "amounts": (),
    } | changes  # fmt: skip
    return Programme(**given)


PARTNERS = (
    Partner("etat", "État", False, True),
    Partner("anah", "Anah", True, True),
    Partner("cci", "CCI", False, False),
)
FACT = DeclaredFact(
    "C1", "acv", "222 villes retenues.", 222.0, "villes", "exact", "2018-03-27", None, "Europe 1", None,
    "http://example.org", False, "yes", None,
)  # fmt: skip


def _groups() -> tuple[Group, ...]:
    """A town alone and signed, two towns counted apart, two towns that share their counters and are only planned."""
    counted = {"counted_on": date(2024, 9, 9), "under_way": 2, "delivered": 16}
    shared = counted | {"counts_shared": True}
    alone = beneficiary("01004", "ACV008", **counted)
    apart = beneficiary("97101", "ACV114", **counted), beneficiary("97120", "ACV114", **counted | {"under_way": 8})
    together = beneficiary("81004", "ACV002", **shared), beneficiary("81065", "ACV002", **shared)
    return (
        group("ACV008", "Ambérieu", alone, signed_on=date(2019, 9, 24), signed_on_source="acv-2024-09"),
        group("ACV114", "Les Abymes et Pointe-à-Pitre", *apart),
        group("ACV002", "Albi et Castres", *together, planned_on=date(2018, 9, 30)),
    )


def dump() -> dict[str, list[tuple]]:
    """Every row of every table of the register, history included, without the times of reading and numbers."""
    found = {}
    for model in apps.get_app_config("register").get_models():
        names = [
            f.attname
            for f in model._meta.concrete_fields
            if f.name not in WHEN_READ and f.get_internal_type() not in ("BigAutoField", "AutoField")
        ]
        found[model._meta.label] = sorted(model._default_manager.values_list(*names), key=repr)
    return found


def empty() -> None:
    """Forget everything, history included."""
    for model in reversed(list(apps.get_app_config("register").get_models())):
        rows = model._default_manager.all()
        rows._raw_delete(rows.db)


def known(one: Group) -> bool:
    """Whether official geography knows every town of the group."""
    return all(geography().place(member.territory_kind, member.territory_code) for member in one.members)
