"""What the database itself refuses, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, models, transaction
from register_rows import NOW, sound

from jalon.register.models import (
    Action,
    ActionCount,
    Agreement,
    Axis,
    Correction,
    DeclaredFact,
    Document,
    Evidence,
    FundingLine,
    Group,
    Membership,
    Partner,
    Programme,
    Refusal,
    Signatory,
    SourceFile,
    Territory,
    ThemeLabel,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db: None) -> dict[type[models.Model], models.Model]:
    return {model: model._default_manager.create(**values) for model, values in sound().items()}


BAD_VALUES: list[tuple[type[models.Model], str, Any]] = [
    (Programme, "id", ""),
    (Programme, "name", ""),
    (Programme, "ends_on", date(2018, 12, 31)),
    (Axis, "number", 0),
    (Axis, "label", ""),
    (Partner, "label", ""),
    (Territory, "code", "1004"),
    (Territory, "code", "010040"),
    (Territory, "kind", "canton"),
    (Territory, "population", -1),
    (Territory, "lon", 181.0),
    (Territory, "lat", -91.0),
    (Group, "name", ""),
    (Agreement, "key", "acv:ACV009"),
    (ActionCount, "under_way", -1),
    (ActionCount, "delivered", -1),
    (Document, "sha256", "abc"),
    (Document, "bytes", -1),
    (Document, "kind", "poster"),
    (Action, "cost_cents", -1),
    (Action, "grant_cents", -1),
    (Action, "kind", "wish"),
    (Action, "territory_kind", "canton"),
    (Action, "standing", "lost"),
    (Action, "probability", 1.01),
    (Action, "probability", -0.01),
    (Action, "year", 20199),
    (Action, "axis", 0),
    (Action, "agreement_id", "acv:ACV008"),
    (Action, "territory_id", "commune:99999"),
    (FundingLine, "amount_cents", -1),
    (FundingLine, "line", 0),
    (FundingLine, "funder", ""),
    (FundingLine, "instrument", "lottery"),
    (Evidence, "source_id", ""),
    (Evidence, "subject", "town"),
    (Evidence, "page", 0),
    (ThemeLabel, "probability", 2.0),
    (ThemeLabel, "origin", "oracle"),
    (ThemeLabel, "origin", "human"),
    (ThemeLabel, "decided_at", NOW),
    (ThemeLabel, "theme", ""),
    (SourceFile, "sha256", "0"),
    (SourceFile, "origin", "hearsay"),
    (SourceFile, "rows_read", -1),
    (Refusal, "effect", "forgotten"),
    (Refusal, "code", ""),
    (DeclaredFact, "url", ""),
    (DeclaredFact, "programme_id", "xyz"),
]


@pytest.mark.parametrize(("model", "field", "value"), BAD_VALUES, ids=lambda part: getattr(part, "__name__", str(part)))
def test_the_database_refuses_a_bad_value(rows: dict, model: type[models.Model], field: str, value: Any) -> None:
    with pytest.raises(DatabaseError):
        _change(rows[model], field, value)


@transaction.atomic
def _change(row: models.Model, field: str, value: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{field: value})
    transaction.get_connection().check_constraints()


@pytest.mark.parametrize("model", list(sound()), ids=lambda model: model.__name__)
def test_the_same_row_cannot_be_there_twice(rows: dict, model: type[models.Model]) -> None:
    before = model._default_manager.count()
    twin = model(**sound()[model])
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    assert model._default_manager.count() == before


def test_one_agreement_a_group_and_programme(rows: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.bulk_create([Agreement(key="acv:other", programme_id="acv", group_id="acv:ACV008")])


def test_one_decision_a_person_action_and_theme(rows: dict, claire: User, denis: User) -> None:
    def decide(key: str, author: User) -> None:
        ThemeLabel.objects.bulk_create(
            [
                ThemeLabel(
                    key=key, action_id="di19_com1", theme="connectivite", origin="human", author=author, decided_at=NOW
                )
            ]
        )

    decide("a", claire)
    decide("b", denis)
    with pytest.raises(IntegrityError), transaction.atomic():
        decide("c", claire)


def test_a_correction_needs_a_reason(claire: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(subject="action", subject_id="x", field="y", author=claire, decided_at=NOW, reason="")


@pytest.mark.parametrize(
    ("model", "pk", "protector"),
    [(Territory, "commune:01004", Membership), (Partner, "acv:etat", Signatory)],
    ids=["territory", "partner"],
)
def test_what_others_rest_on_stays(rows: dict, model: type[models.Model], pk: str, protector: type) -> None:
    with pytest.raises(models.ProtectedError):
        model._default_manager.get(pk=pk).delete()
    assert protector._default_manager.exists()


@pytest.mark.parametrize("model", [m for m in sound() if hasattr(m, "NATURAL")], ids=lambda model: model.__name__)
def test_a_key_spells_its_natural_fields(rows: dict, model: type[models.Model]) -> None:
    row = rows[model]
    parts = [getattr(row, name) for name in model.NATURAL]  # type: ignore[attr-defined]
    assert row.pk == ":".join("" if part is None else str(part) for part in parts)
