"""The addresses of the API that ask who calls: one's own rights, and proposals."""
# ruff: noqa: A002 - `id` is the word of the addresses

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router

from jalon.register.access import Verb, can, proposals
from jalon.register.models import Proposal
from jalon.web.api import answers, identity, params, schemas
from jalon.web.api.errors import NotAllowed, absent

router = Router(tags=["accounts"])
ERRORS = dict.fromkeys((401, 403, 404, 422, 503), schemas.Error)
SHOWN = 1000


@router.get("/me", response={200: schemas.Caller, **ERRORS}, url_name="me")
def me(request: HttpRequest) -> Any:
    """Qui appelle, d’après son jeton : ses rôles, leurs périmètres, et ce que le jeton permet."""
    answers.only(request)
    return identity.shown(identity.caller(request))


@router.get("/proposals", response={200: schemas.Listing[schemas.ProposalShown], **ERRORS}, url_name="list_proposals")
def list_proposals(request: HttpRequest) -> Any:
    """Les corrections proposées que l’on peut trancher, et celles que l’on a proposées ; les plus récentes d’abord."""
    answers.only(request)
    user = identity.caller(request, Verb.PROPOSE)
    seen = [each for each in Proposal.objects.select_related("author", "decided_by")[:SHOWN] if _sees(user, each)]
    return answers.listing(len(seen), [_shown(each) for each in seen])


@router.post("/proposals/new", response={200: schemas.ProposalShown, **ERRORS}, url_name="new_proposal")
def new_proposal(request: HttpRequest, asked: params.ProposalAsked) -> Any:
    """Propose une correction : un relecteur l’acceptera ou la refusera, en disant pourquoi."""
    answers.only(request)
    user = identity.caller(request, Verb.PROPOSE)
    row = proposals.row_of(asked.subject, asked.subject_id)
    return _allowed(lambda: _shown(proposals.propose(user, row, asked.field, asked.value, asked.reason)))


@router.post("/proposals/{id}/decision", response={200: schemas.ProposalShown, **ERRORS}, url_name="decide_proposal")
def decide_proposal(request: HttpRequest, id: int, asked: params.DecisionAsked) -> Any:
    """Accepte une proposition, ce qui corrige le registre, ou la refuse."""
    answers.only(request)
    user = identity.caller(request, Verb.REVIEW)
    found = Proposal.objects.filter(pk=id).first()
    if found is None:
        raise absent("proposition", str(id), "/api/v1/proposals les liste.")
    return _allowed(lambda: _shown(proposals.decide(found, asked.accepted, user, asked.reason)))


def _sees(user: Any, proposal: Proposal) -> bool:
    return proposal.author_id == user.pk or can(
        user, Verb.REVIEW, proposals.row_of(proposal.subject, proposal.subject_id)
    )


def _allowed(act: Any) -> Any:
    """The answer of an act on one row; what the perimeter does not cover is a refusal of the API."""
    try:
        return act()
    except PermissionDenied as error:
        raise NotAllowed(
            "outside the perimeter",
            user_message=str(error),
            mend="demandez ce droit, ou laissez cette ligne à qui l’a.",
        ) from error


def _shown(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.pk,
        **{name: getattr(proposal, name) for name in ("subject", "subject_id", "field", "before", "after", "reason")},
        "state": proposal.state,
        "author": proposal.author.get_username(),
        "proposed_at": proposal.proposed_at,
        "decided_by": proposal.decided_by.get_username() if proposal.decided_by else None,
        "decided_at": proposal.decided_at,
        "decision_reason": proposal.decision_reason or None,
    }
