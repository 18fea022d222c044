"""The admin in French: every page opens, in few queries, and a change there is a decision."""

import pytest
import register_world
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from register_rows import DAY, NOW, signed, sound
from register_world import World, beneficiary, grant, group, programme

from jalon.register import decisions
from jalon.register.admin.base import DecidedAdmin, HistoryAdmin, ReadOnlyAdmin, euros
from jalon.register.imports import import_programmes
from jalon.register.models import (
    Action,
    Agreement,
    Correction,
    Group,
    ProjectLink,
    SourceFile,
    ThemeLabel,
    ThemeReview,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("register_urls")]
NOUNS = [m for m in apps.get_app_config("register").get_models() if not m.__name__.startswith("Historical")]
MOST_QUERIES = 14
MANY = 60
SAME_IN_FRENCH = {
    "action", "code", "correction", "description", "document", "instrument", "invitation", "licence", "note", "page",
    "actions", "pages", "programme", "session",
}  # fmt: skip
"""Words that French and English spell alike."""


@pytest.fixture
def boss(client: Client) -> User:
    boss = User.objects.create_superuser("boss")
    client.force_login(boss)
    return boss


@pytest.fixture
def rows(boss: User) -> dict[type[models.Model], models.Model]:
    made = {model: model._default_manager.create(**values) for model, values in {**sound(), **signed(boss)}.items()}
    decisions.correct(made[Group], {"name": "Autre nom"}, boss, "nom d’usage")
    other = Action.objects.create(action_id="di19_com2", kind="grant", territory_kind="commune", known_on=DAY)
    made[ProjectLink] = ProjectLink.objects.create(left=made[Action], right=other, score=0.9, words=0.9)
    made[ThemeReview] = ThemeReview.objects.create(action=other, author=boss, batch="1", made_at=NOW)
    return made | {Correction: Correction.objects.get()}


def url(model: type[models.Model], page: str, *args: str) -> str:
    return reverse(f"admin:register_{model._meta.model_name}_{page}", args=args)


def test_every_noun_has_its_pages() -> None:
    assert [model.__name__ for model in NOUNS if model not in admin.site._registry] == []


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_every_page_opens(client: Client, rows: dict, model: type[models.Model]) -> None:
    pk = rows[model].pk
    page = admin.site._registry[model]
    assert client.get(url(model, "changelist")).status_code == 200
    assert client.get(url(model, "changelist"), {"q": "a"}).status_code == 200
    assert client.get(url(model, "change", pk)).status_code == 200
    assert client.get(url(model, "history", pk)).status_code == 200
    added = client.get(url(model, "add"))
    assert added.status_code == (403 if isinstance(page, ReadOnlyAdmin) else 200)


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_pages_speak_french(client: Client, rows: dict, model: type[models.Model]) -> None:
    assert model._meta.verbose_name != model._meta.model_name or model._meta.model_name in SAME_IN_FRENCH
    english = {f.name for f in model._meta.fields if f.verbose_name == f.name.replace("_", " ")}
    assert english <= SAME_IN_FRENCH
    assert "Sélectionnez" in client.get(url(model, "changelist")).content.decode()


@pytest.mark.parametrize(
    "model", [m for m in NOUNS if not isinstance(admin.site._registry[m], ReadOnlyAdmin)], ids=lambda m: m.__name__
)
def test_what_people_change_has_a_history(model: type[models.Model]) -> None:
    assert isinstance(admin.site._registry[model], HistoryAdmin)
    assert hasattr(model, "history")


@pytest.fixture
def many(world: World) -> None:
    towns = [f"{n:05}" for n in range(1001, 1001 + MANY)]
    groups = [group(f"ACV{n}", f"Groupe {n}", beneficiary(town, f"ACV{n}")) for n, town in enumerate(towns) if n != 2]
    known = [g for g in groups if register_world.known(g)]
    import_programmes({"acv": programme(groups=tuple(known))})
    world.change(
        "grants-2018",
        *(
            grant(
                f"di18_{n}", year=2018, row=n, title=f"{register_world.CAMERAS} {n}", published_code=t, territory_code=t
            )
            for n, t in enumerate(towns)
        ),
    )
    world.load("grants-2018")


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_a_list_takes_few_queries_however_long(
    client: Client, boss: User, many: None, model: type[models.Model]
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url(model, "changelist")).status_code == 200
    assert len(captured) <= MOST_QUERIES


def posted(model: type[models.Model], client: Client, pk: str, **changes: str) -> dict[str, str]:
    form = client.get(url(model, "change", pk)).context["adminform"].form
    given = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in (given | changes).items()}


def test_a_change_is_a_correction_with_its_reason(client: Client, rows: dict, boss: User) -> None:
    pk = rows[Agreement].pk
    data = posted(Agreement, client, pk, signed_on="24/09/2019", reason="lu sur la convention")
    assert client.post(url(Agreement, "change", pk), data).status_code == 302
    assert str(Agreement.objects.get(pk=pk).signed_on) == "2019-09-24"
    kept = Correction.objects.get(subject="agreement")
    assert (kept.field, kept.machine_value, kept.value, kept.author) == ("signed_on", "2019-01-01", "2019-09-24", boss)


def test_a_change_without_a_reason_is_refused(client: Client, rows: dict) -> None:
    pk = rows[Agreement].pk
    answer = client.post(url(Agreement, "change", pk), posted(Agreement, client, pk, reason=""))
    assert answer.status_code == 200
    assert "reason" in answer.context["adminform"].form.errors


def test_amounts_are_typed_in_euros_and_kept_in_cents(client: Client, rows: dict) -> None:
    data = posted(Action, client, "di19_com1", cost_cents="1234,56", reason="facture")
    assert client.post(url(Action, "change", "di19_com1"), data).status_code == 302
    assert Action.objects.get(pk="di19_com1").cost_cents == 123_456
    assert list(Correction.objects.filter(subject="action").values_list("field", flat=True)) == ["cost_cents"]
    assert posted(Action, client, "di19_com1")["cost_cents"] == "1234.56"


@pytest.mark.parametrize(("cents", "shown"), [(None, ""), (0, "0,00\xa0€"), (123_456_789, "1\xa0234\xa0567,89\xa0€")])
def test_euros_are_written_as_the_french_do(cents: int | None, shown: str) -> None:
    assert euros(cents).replace(" ", "\xa0") == shown.replace(" ", "\xa0")


def test_a_person_decides_a_theme_and_cannot_touch_the_machine_s(client: Client, rows: dict, boss: User) -> None:
    data = {"action": "di19_com1", "theme": "smart_city", "accepted": "", "reason": "hors sujet"}
    assert client.post(url(ThemeLabel, "add"), data).status_code == 302
    mine = ThemeLabel.objects.get(origin="human")
    assert (mine.author, mine.accepted, mine.reason) == (boss, False, "hors sujet")
    assert client.post(url(ThemeLabel, "change", rows[ThemeLabel].pk), data).status_code == 403
    assert client.get(url(ThemeLabel, "delete", mine.pk)).status_code == 403
    again = client.post(url(ThemeLabel, "change", mine.pk), {"accepted": "on", "reason": "à la réflexion"})
    assert again.status_code == 302
    assert ThemeLabel.objects.get(pk=mine.pk).accepted is True


def test_only_what_a_person_added_can_be_deleted(client: Client, rows: dict, boss: User) -> None:
    import_programmes({"acv": programme()})
    assert client.get(url(Group, "delete", "acv:ACV114")).status_code == 403
    data = {"programme": "acv", "group_id": "ACV999", "name": "Essai", "reason": "essai"}
    assert client.post(url(Group, "add"), data).status_code == 302
    assert Group.objects.get(pk="acv:ACV999").history.get().history_user == boss
    assert client.post(url(Group, "delete", "acv:ACV999"), {"post": "yes"}).status_code == 302
    gone = Group.history.filter(key="acv:ACV999").first()
    assert (gone.history_type, gone.history_user) == ("-", boss)


def test_adding_a_row_that_exists_says_so(client: Client, rows: dict) -> None:
    data = {"programme": "acv", "group_id": "ACV008", "name": "Doublon", "reason": "essai"}
    answer = client.post(url(Group, "add"), data)
    assert answer.status_code == 200
    assert "existe déjà" in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(url(SourceFile, "changelist")).status_code == 302


def test_decided_pages_ask_for_a_reason() -> None:
    asking = [page for page in admin.site._registry.values() if isinstance(page, DecidedAdmin)]
    assert asking
    assert all("reason" in page.form.base_fields for page in asking)
