"""The nouns of the register."""

from jalon.register.models.action import Action, ActionKind, BeneficiaryKind, Standing
from jalon.register.models.agreement import ActionCount, Agreement
from jalon.register.models.change import Change, ChangeKind
from jalon.register.models.correction import Correction
from jalon.register.models.credential import ApiToken, OpenSession, Taken
from jalon.register.models.document import Document, DocumentKind
from jalon.register.models.evidence import Evidence, Subject
from jalon.register.models.fact import DeclaredFact
from jalon.register.models.funding import FundingLine, Instrument
from jalon.register.models.group import Group, Membership
from jalon.register.models.mandate import Identity, Invitation, Mandate, Perimeter, Role
from jalon.register.models.partner import Partner, Signatory
from jalon.register.models.programme import Axis, Programme
from jalon.register.models.proposal import Proposal, ProposalState
from jalon.register.models.source import Effect, Refusal, SourceFile, SourceOrigin
from jalon.register.models.territory import Territory, TerritoryKind
from jalon.register.models.theme import ANY_THEME, Origin, ThemeLabel

__all__ = [
    "ANY_THEME",
    "Action",
    "ActionCount",
    "ActionKind",
    "Agreement",
    "ApiToken",
    "Axis",
    "BeneficiaryKind",
    "Change",
    "ChangeKind",
    "Correction",
    "DeclaredFact",
    "Document",
    "DocumentKind",
    "Effect",
    "Evidence",
    "FundingLine",
    "Group",
    "Identity",
    "Instrument",
    "Invitation",
    "Mandate",
    "Membership",
    "OpenSession",
    "Origin",
    "Partner",
    "Perimeter",
    "Programme",
    "Proposal",
    "ProposalState",
    "Refusal",
    "Role",
    "Signatory",
    "SourceFile",
    "SourceOrigin",
    "Standing",
    "Subject",
    "Taken",
    "Territory",
    "TerritoryKind",
    "ThemeLabel",
]
