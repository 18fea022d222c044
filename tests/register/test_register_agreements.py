"""Agreements in the register: read once, matched, folded; people win, nothing is lost."""

import re
import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import register_world
from agreement_files import CAMERAS, HALLE, VELO, agreement, fiche
from django.contrib.auth.models import User
from register_world import World

from jalon import workers
from jalon.editions import Edition, build, checks
from jalon.editions.derived import emptied
from jalon.errors import RegisterError
from jalon.figures import evaluate, evidence, ledger
from jalon.home import home
from jalon.register import decisions
from jalon.register.agreements import DocumentReport, import_agreements
from jalon.register.importing import agreements as writing
from jalon.register.importing import originals
from jalon.register.imports import import_programmes
from jalon.register.models import Action, Change, Document, Evidence, Standing, ThemeLabel
from jalon.register.snapshot import tables

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (f"acv:ACV008:{number}" for number in (1, 2, 3))


@pytest.fixture
def ready(world: World) -> World:
    import_programmes({"acv": register_world.programme()})
    return world


def bring(*paths: Path) -> list[DocumentReport]:
    with workers.executor() as pool:
        return list(import_agreements(paths, "acv", pool))


def given(tmp_path: Path) -> Path:
    return agreement(tmp_path, "convention.pdf", fiche(1, HALLE, 90_000), fiche(2, CAMERAS, 40_000))


def held() -> dict[str, tuple]:
    rows = Action.objects.filter(kind="agreement").order_by("pk")
    return {one.pk: (one.title, one.cost_cents, one.standing) for one in rows}


def test_actions_enter_the_register_with_their_proofs(ready: World, tmp_path: Path) -> None:
    (report,) = bring(given(tmp_path))
    assert (report.status, report.agreement, report.actions, report.changed) == ("read", "acv:ACV008", 2, 2)
    assert held() == {ONE: (HALLE, 9_000_000, "current"), TWO: (CAMERAS, 4_000_000, "current")}
    action = Action.objects.get(pk=TWO)
    assert (action.agreement_id, action.territory_id, action.grant_cents) == ("acv:ACV008", "commune:01004", None)
    assert action.known_on == date(2019, 9, 12)
    assert ThemeLabel.objects.get(action=TWO).theme == "securite_numerique"
    proof = Evidence.objects.get(subject_id=TWO, field="budget", row=0)
    assert (proof.page, proof.quote) == (2, "40 000 euros")
    assert proof.confidence is not None


def test_twice_gives_the_same_register(ready: World, tmp_path: Path) -> None:
    path = given(tmp_path)
    bring(path)
    before = register_world.dump()
    (again,) = bring(path)
    assert (again.changed, again.withdrawn) == (0, 0)
    assert register_world.dump() == before


def test_the_original_is_kept_whole(ready: World, tmp_path: Path) -> None:
    path = given(tmp_path)
    bring(path)
    document = Document.objects.get(name="convention.pdf")
    assert originals.place(home(), document.sha256).read_bytes() == path.read_bytes()
    assert (document.kind, document.pages, document.bytes) == ("agreement", 2, path.stat().st_size)


def test_a_changed_document_of_the_same_name_speaks_instead(ready: World, tmp_path: Path) -> None:
    bring(given(tmp_path))
    newer = agreement(tmp_path / "b", "convention.pdf", fiche(1, HALLE, 95_000), fiche(3, VELO, 7_000))
    (report,) = bring(newer)
    assert (report.actions, report.changed, report.withdrawn) == (2, 2, 1)
    assert {own: row[1:] for own, row in held().items()} == {
        ONE: (9_500_000, "current"), TWO: (4_000_000, "withdrawn"), THREE: (700_000, "current")
    }  # fmt: skip
    assert Document.objects.exclude(replaced_by=None).count() == 1
    bring(given(tmp_path))
    assert held()[ONE][1] == 9_500_000


def test_corrections_and_decisions_survive_every_reading(ready: World, tmp_path: Path, claire: User) -> None:
    bring(given(tmp_path))
    decisions.correct(Action.objects.get(pk=ONE), {"title": "Halle aux grains"}, claire, "coquille")
    decisions.decide_smart_city(Action.objects.get(pk=TWO), False, claire, "parking")
    bring(agreement(tmp_path / "b", "convention.pdf", fiche(1, HALLE, 95_000), fiche(2, CAMERAS, 41_000)))
    assert held()[ONE] == ("Halle aux grains", 9_500_000, "current")
    shown = {one["action_id"]: one for one in tables()["actions"].to_pylist()}
    assert (shown[TWO]["smart_city"], shown[TWO]["decided_by"]) == (False, "human")


@pytest.mark.parametrize("order", [("convention", "avenant"), ("avenant", "convention")])
def test_an_amendment_changes_its_agreement_whatever_the_order(ready: World, tmp_path: Path, order) -> None:
    paths = {
        "convention": given(tmp_path),
        "avenant": agreement(
            tmp_path, "avenant.pdf", fiche(1, HALLE, 120_000), fiche(3, VELO, 7_000), head="Avenant n°1"
        ),
    }
    bring(*(paths[name] for name in order))
    assert {own: row[1] for own, row in held().items()} == {ONE: 12_000_000, TWO: 4_000_000, THREE: 700_000}
    changes = {(one.action_id, one.kind): (one.before, one.after) for one in Change.objects.all()}
    assert changes == {(ONE, "budget"): ("90000 €", "120000 €"), (THREE, "added"): ("", VELO)}


@pytest.mark.parametrize(
    ("town", "why"),
    [
        ("Port-Clairval", "« Port-Clairval » n’est pas une commune de la géographie officielle"),
        ("Marseille", "n’a pas de convention dans le programme acv"),
    ],
)
def test_a_document_of_no_agreement_is_kept_and_says_why(ready: World, tmp_path: Path, town: str, why: str) -> None:
    path = agreement(tmp_path, "autre.pdf", fiche(1, HALLE, 90_000), town=town, head=f"Ville de {town}")
    (report,) = bring(path)
    assert (report.status, held()) == ("unmatched", {})
    assert why in report.reason
    document = Document.objects.get()
    assert document.refusal == report.reason
    assert originals.place(home(), document.sha256).exists()


def test_a_person_attaches_what_was_not_matched(ready: World, tmp_path: Path, claire: User) -> None:
    path = agreement(
        tmp_path, "autre.pdf", fiche(1, HALLE, 90_000), town="Port-Clairval", head="Ville de Port-Clairval"
    )
    bring(path)
    decisions.correct(Document.objects.get(), {"agreement_id": "acv:ACV008"}, claire, "nom mal lu")
    (report,) = bring(path)
    assert (report.status, report.actions) == ("read", 1)
    assert Document.objects.get().refusal == ""


def test_a_file_that_cannot_be_read_stops_no_other(ready: World, tmp_path: Path) -> None:
    broken = tmp_path / "abime.pdf"
    broken.write_bytes(b"%PDF-1.7 rien")
    refused, read = bring(broken, given(tmp_path))
    assert (refused.status, read.status) == ("refused", "read")
    assert "abime.pdf" in refused.reason
    assert Document.objects.get(name="abime.pdf").refusal


def test_a_programme_that_does_not_exist_is_said(ready: World, tmp_path: Path) -> None:
    with workers.executor() as pool, pytest.raises(RegisterError, match="pvd9"):
        import_agreements([], "pvd9", pool)


def test_a_write_that_fails_leaves_the_register_as_it_was(ready: World, tmp_path: Path, monkeypatch) -> None:
    path = given(tmp_path)
    before = register_world.dump()

    def fail(changed: object) -> None:
        raise RegisterError("stopped", user_message="arrêté", mend="relancez")

    with monkeypatch.context() as patched:
        patched.setattr(writing, "_write_parts", fail)
        assert bring(path)[0].status == "refused"
    assert register_world.dump() == before
    assert bring(path)[0].changed == 2


def test_the_edition_holds_actions_whose_quotes_are_found_on_their_page(ready: World, tmp_path: Path) -> None:
    path = given(tmp_path)
    bring(path)
    made = tables()
    checks.check(checks.conform(emptied(made)))
    assert {one["action_id"] for one in made["actions"].to_pylist() if one["kind"] == "agreement"} == {ONE, TWO}
    one = next(action for action in made["actions"].to_pylist() if action["action_id"] == ONE)
    assert (one["owner"], one["beneficiary"], one["schedule"]) == ("Ville", None, "2019")
    assert (one["starts_on"], one["ends_on"]) == (date(2019, 1, 1), date(2019, 12, 31))
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [_plain(page.get_textpage().get_text_range()) for page in pdf]
    quoted = [one for one in made["evidence"].to_pylist() if one["quote"]]
    assert {one["field"] for one in quoted} >= {"title", "budget", "owner", "towns", "signed"}
    assert all(_plain(one["quote"]) in texts[one["page"] - 1] for one in quoted)


def test_withdrawn_actions_leave_the_edition_with_their_proofs(ready: World, tmp_path: Path) -> None:
    bring(given(tmp_path))
    Action.objects.filter(pk=TWO).update(standing=Standing.WITHDRAWN)
    made = tables()
    assert TWO not in made["actions"]["action_id"].to_pylist() + made["evidence"]["subject_id"].to_pylist()


def test_nothing_is_known_before_its_signature(ready: World, tmp_path: Path) -> None:
    bring(given(tmp_path))
    known = [tables(day)["actions"].num_rows for day in (date(2019, 9, 11), date(2019, 9, 12))]
    assert known == [0, 2]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_generated_agreement_with_its_amendment(ready: World, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "scripts"))
    from fictional import content
    from fictional.making import make

    monkeypatch.setattr(content, "TOWNS", ("Ambérieu-en-Bugey",))
    (report,) = bring(make(tmp_path, "plain", "pdf", 77, amended=True, count=6))
    assert (report.status, report.actions) == ("read", 6)
    assert sorted(Change.objects.values_list("kind", flat=True)) == ["budget", "budget", "withdrawn"]
    assert Action.objects.filter(standing=Standing.WITHDRAWN).count() == 1


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", "", text)


def test_actions_of_agreements_have_their_figures_and_change_no_other(ready: World, tmp_path: Path) -> None:
    ready.load()
    before = _values(_edition(date(2026, 1, 1)))
    bring(given(tmp_path))
    edition = _edition(date(2026, 1, 2))
    after = _values(edition)
    moved = {name for name, value in after.items() if before[name] != value}
    distinct = {"acv-projets-distincts", "acv-projets-distincts-ville-intelligente"}
    assert moved == {"acv-actions-lues", "acv-conventions-lues", "acv-actions-registre", *distinct}
    assert (after["acv-actions-lues"], after["acv-conventions-lues"]) == (2, 1)
    proof = evidence(ledger()["acv-actions-lues"], edition)
    shown = dict(zip((column.name for column in proof.columns), proof.rows[0], strict=True))
    assert (shown["title"], shown["page"]) == (HALLE, 2)
    assert HALLE in shown["quote"]
    assert shown["document_sha256"] == Document.objects.get().pk
    themed = evaluate(ledger()["acv-actions-lues"], edition, theme="securite_numerique")
    early = evaluate(ledger()["acv-actions-lues"], edition, as_of=date(2019, 9, 11))
    assert (themed.value, early.value) == (1, None)


def _edition(day: date) -> Edition:
    return build(tables(), home=home(), as_of=day)


def _values(edition: Edition) -> dict[str, object]:
    """Values by figure, on one day whatever the day of the edition."""
    figures = {
        name: evaluate(one, edition, as_of=date(2025, 12, 31))
        for name, one in ledger().items()
        if one.programme == "acv"
    }
    return {name: one.rows if one.columns else one.value for name, one in figures.items()}
