"""Verb x role x perimeter, from one table; and what a mandate, an invitation, a token or a proposal may not do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone
from register_rows import sound

from jalon.errors import RegisterError
from jalon.register.access import Verb, can, mandates, may_at_all, proposals, tokens
from jalon.register.models import (
    Action,
    Agreement,
    Document,
    Group,
    Mandate,
    Perimeter,
    Proposal,
    Role,
    Territory,
)

pytestmark = pytest.mark.django_db

MAY = {
    "contributor": "consult upload propose",
    "reviewer": "consult upload propose correct review freeze",
    "funder": "consult propose fund export",
    "manager": "consult upload propose correct review freeze fund export publish",
    "administrator": "consult upload propose correct review freeze fund export publish administer",
}
"""What each role may do inside its perimeter."""
INSIDE = {
    "all": "", "programme": "acv", "region": "84", "departement": "01", "territory": "01004",
}  # fmt: skip
OUTSIDE = {"programme": "tiga", "region": "11", "departement": "75", "territory": "75056", "envelope": "acv:fonds"}


@pytest.fixture
def agreement() -> Agreement:
    for model, values in sound().items():
        model._default_manager.create(**values)
    region = Territory.objects.create(kind="region", code="84", name="Auvergne-Rhône-Alpes")
    departement = Territory.objects.create(kind="departement", code="01", name="Ain", region=region)
    Territory.objects.create(kind="commune", code="75056", name="Paris")
    Territory.objects.filter(key="commune:01004").update(region=region, departement=departement)
    return Agreement.objects.get()


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("boss")


def holder(role: str, perimeter: str, code: str, **more: object) -> User:
    user = User.objects.create_user(f"{role}-{perimeter}-{code}-{User.objects.count()}")
    Mandate.objects.create(user=user, role=role, perimeter=perimeter, code=code, reason="essai", **more)
    return user


def test_the_table_names_every_role_verb_and_perimeter() -> None:
    assert set(MAY) == set(Role.values)
    assert set(" ".join(MAY.values()).split()) == {verb.value for verb in Verb}
    assert set(INSIDE) | set(OUTSIDE) == set(Perimeter.values)


@pytest.mark.parametrize(
    ("role", "perimeter"),
    [(role, where) for role in Role.values for where in INSIDE if role != "administrator" or where == "all"],
)
def test_inside_its_perimeter_a_role_may_what_the_table_says(agreement: Agreement, role: str, perimeter: str) -> None:
    user = holder(role, perimeter, INSIDE[perimeter])
    allowed = {verb.value for verb in Verb if can(user, verb, agreement)}
    assert allowed == set(MAY[role].split())
    assert {verb.value for verb in Verb if may_at_all(user, verb)} == allowed
    assert {verb.value for verb in Verb if can(user, verb)} == (allowed if perimeter == "all" else set())


@pytest.mark.parametrize("role", [role for role in Role.values if role != "administrator"])
@pytest.mark.parametrize("perimeter", OUTSIDE)
def test_outside_its_perimeter_a_role_may_nothing(agreement: Agreement, role: str, perimeter: str) -> None:
    user = holder(role, perimeter, OUTSIDE[perimeter])
    assert [verb for verb in Verb if can(user, verb, agreement)] == []


def test_who_has_no_mandate_may_nothing(agreement: Agreement, boss: User) -> None:
    past = holder("manager", "all", "", ends_on=timezone.localdate() - timedelta(days=1))
    closed = holder("manager", "all", "")
    closed.is_active = False
    for user in (AnonymousUser(), User.objects.create_user("passant"), past, closed):
        assert [verb for verb in Verb if can(user, verb, agreement) or may_at_all(user, verb)] == []
    assert all(can(boss, verb, agreement) for verb in Verb)


def test_rows_lie_where_their_agreement_lies(agreement: Agreement) -> None:
    user = holder("reviewer", "departement", "01")
    Document.objects.update(agreement=agreement)
    Action.objects.update(agreement=agreement, programme_id="acv")
    rows = (
        Document.objects.get(),
        Action.objects.get(),
        Group.objects.get(),
        Territory.objects.get(key="commune:01004"),
    )
    assert all(can(user, Verb.CORRECT, row) for row in rows)
    assert not can(user, Verb.CORRECT, Territory.objects.get(key="commune:75056"))
    assert not can(user, Verb.CORRECT, Proposal(subject="group"))


def test_giving_and_ending_a_mandate_keeps_who_and_why(agreement: Agreement, boss: User) -> None:
    user = User.objects.create_user("claire")
    mandate = mandates.give(user, "reviewer", "region", "84", boss, "relit pour la préfecture")
    assert can(user, Verb.REVIEW, agreement)
    mandates.end(mandate, boss, "a changé de poste")
    assert not can(User.objects.get(pk=user.pk), Verb.REVIEW, agreement)
    said = [(h.history_user, h.history_change_reason) for h in Mandate.history.order_by("history_id")]
    assert said == [(boss, "relit pour la préfecture"), (boss, "a changé de poste")]


@pytest.mark.parametrize(
    ("role", "perimeter", "code", "reason"),
    [
        ("king", "all", "", "r"),
        ("reviewer", "planet", "", "r"),
        ("reviewer", "all", "84", "r"),
        ("reviewer", "region", "00", "r"),
        ("reviewer", "territory", "84", "r"),
        ("reviewer", "programme", "nope", "r"),
        ("reviewer", "all", "", " "),
    ],
)
def test_a_mandate_that_means_nothing_is_refused(
    agreement: Agreement, boss: User, role: str, perimeter: str, code: str, reason: str
) -> None:
    with pytest.raises(RegisterError):
        mandates.give(boss, role, perimeter, code, boss, reason)


def test_only_administrators_give_mandates(agreement: Agreement) -> None:
    manager = holder("manager", "all", "")
    with pytest.raises(PermissionDenied):
        mandates.give(manager, "administrator", "all", "", manager, "pour moi")


def test_an_administrator_is_one_of_all(agreement: Agreement, boss: User) -> None:
    with pytest.raises(RegisterError):
        mandates.give(boss, "administrator", "region", "84", boss, "un peu")
    with pytest.raises(IntegrityError):
        holder("administrator", "region", "84")


def test_an_invitation_serves_once_and_not_after_its_end(agreement: Agreement, boss: User) -> None:
    made, secret = mandates.invite("a@exemple.fr", "contributor", "territory", "01004", boss, "chef de projet")
    assert secret not in made.token_hash
    user = User.objects.create_user("chef")
    mandates.accept(mandates.invited(secret), user)  # type: ignore[arg-type]
    assert can(user, Verb.PROPOSE, agreement)
    assert mandates.invited(secret) is None
    with pytest.raises(RegisterError):
        mandates.accept(made, User.objects.create_user("autre"))
    late, other = mandates.invite("b@exemple.fr", "contributor", "all", "", boss, "r")
    type(late).objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert mandates.invited(other) is None


def test_a_token_narrows_and_ends(agreement: Agreement) -> None:
    user = holder("reviewer", "region", "84")
    token, secret = tokens.issue(user, "script", ["review"], 30)
    caller = tokens.holder(secret)
    assert caller == user
    assert [verb for verb in Verb if can(caller, verb, agreement)] == [Verb.REVIEW]
    tokens.revoke(token)
    assert tokens.holder(secret) is None
    assert tokens.holder("") is None
    with pytest.raises(RegisterError):
        tokens.issue(user, "script", ["publish"], 30)
    with pytest.raises(RegisterError):
        tokens.issue(user, "script", ["review"], 366)


def test_an_administrators_token_does_no_more_than_it_says(agreement: Agreement, boss: User) -> None:
    _, secret = tokens.issue(boss, "lecture", ["consult"], 1)
    caller = tokens.holder(secret)
    assert caller is not None
    assert [verb for verb in Verb if can(caller, verb)] == [Verb.CONSULT]


class TestProposals:
    def test_accepted_it_corrects_under_the_reviewers_name(self, agreement: Agreement) -> None:
        chef, reviewer = holder("contributor", "territory", "01004"), holder("reviewer", "departement", "01")
        made = proposals.change(chef, agreement, "signed_on", "2019-09-24", "date du procès-verbal")
        assert isinstance(made, Proposal)
        assert (made.before, made.after) == ("2019-01-01", "2019-09-24")
        proposals.decide(made, True, reviewer, "vu sur l’original")
        agreement.refresh_from_db()
        assert agreement.signed_on.isoformat() == "2019-09-24"
        last = agreement.history.first()
        assert last.history_user == reviewer
        assert "date du procès-verbal" in last.history_change_reason

    def test_refused_it_changes_nothing_and_says_why(self, agreement: Agreement) -> None:
        chef, reviewer = holder("contributor", "all", ""), holder("reviewer", "all", "")
        made = proposals.propose(chef, agreement, "planned_on", "2018-01-01", "vu en conseil")
        done = proposals.decide(made, False, reviewer, "sans source")
        assert (done.state, done.decided_by, done.decision_reason) == ("refused", reviewer, "sans source")
        agreement.refresh_from_db()
        assert agreement.planned_on is None
        with pytest.raises(RegisterError):
            proposals.decide(done, True, reviewer, "finalement")

    @pytest.mark.parametrize(
        ("field", "value", "reason"),
        [
            ("signed_on", "hier", "r"), ("signed_on", "2019-01-01", "r"), ("signed_on", "2019-09-24", ""),
            ("key", "acv:X", "r"), ("source_id", "x", "r"), ("nope", "x", "r"),
        ],
    )  # fmt: skip
    def test_what_may_not_be_proposed(self, agreement: Agreement, field: str, value: str, reason: str) -> None:
        with pytest.raises(RegisterError):
            proposals.propose(holder("contributor", "all", ""), agreement, field, value, reason)

    def test_not_elsewhere_nor_by_oneself_nor_on_a_moved_register(self, agreement: Agreement) -> None:
        with pytest.raises(PermissionDenied):
            proposals.propose(holder("contributor", "region", "11"), agreement, "signed_on", "2019-09-24", "r")
        reviewer = holder("reviewer", "all", "")
        own = proposals.propose(reviewer, agreement, "signed_on", "2019-09-24", "r")
        with pytest.raises(RegisterError):
            proposals.decide(own, True, reviewer, "moi-même")
        Agreement.objects.update(signed_on="2019-02-02")
        with pytest.raises(RegisterError):
            proposals.decide(own, True, holder("reviewer", "all", ""), "trop tard")
        with pytest.raises(PermissionDenied):
            proposals.decide(own, True, holder("reviewer", "region", "11"), "ailleurs")
