"""The nouns of the register."""

from jalon.register.models.action import Action, ActionKind, BeneficiaryKind, Standing
from jalon.register.models.agreement import ActionCount, Agreement
from jalon.register.models.change import Change, ChangeKind
from jalon.register.models.commitment import Commitment, CommitmentState
from jalon.register.models.correction import Correction
from jalon.register.models.credential import ApiToken, OpenSession, Taken
from jalon.register.models.document import Document, DocumentKind
from jalon.register.models.entry import Entry, LedgerImport, Measure, Scenario
from jalon.register.models.envelope import Delegation, Envelope, MoneyKind
from jalon.register.models.evidence import Evidence, Subject
from jalon.register.models.fact import DeclaredFact
from jalon.register.models.funding import FundingLine, Instrument
from jalon.register.models.group import Group, Membership
from jalon.register.models.investee import CapitalOperation, Investee, LegalForm, Security, Valuation, check_siren
from jalon.register.models.mandate import Identity, Invitation, Mandate, Perimeter, Role
from jalon.register.models.partner import Partner, Signatory
from jalon.register.models.point import Point, PointKind, Verdict
from jalon.register.models.programme import Axis, Programme
from jalon.register.models.proposal import Proposal, ProposalState
from jalon.register.models.reading import OPEN, Reading, ReadingState
from jalon.register.models.review import LinkVerdict, ProjectLink, ThemeReview
from jalon.register.models.review import Role as ReviewRole
from jalon.register.models.source import Effect, Refusal, SourceFile, SourceOrigin
from jalon.register.models.territory import Territory, TerritoryKind
from jalon.register.models.theme import ANY_THEME, Origin, ThemeLabel
from jalon.register.models.verification import (
    FrozenVerification,
    Verification,
    VerificationDecision,
    VerificationFile,
    VerificationNote,
)

__all__ = [
    "ANY_THEME",
    "OPEN",
    "Action",
    "ActionCount",
    "ActionKind",
    "Agreement",
    "ApiToken",
    "Axis",
    "BeneficiaryKind",
    "CapitalOperation",
    "Change",
    "ChangeKind",
    "Commitment",
    "CommitmentState",
    "Correction",
    "DeclaredFact",
    "Delegation",
    "Document",
    "DocumentKind",
    "Effect",
    "Entry",
    "Envelope",
    "Evidence",
    "FrozenVerification",
    "FundingLine",
    "Group",
    "Identity",
    "Instrument",
    "Investee",
    "Invitation",
    "LedgerImport",
    "LegalForm",
    "LinkVerdict",
    "Mandate",
    "Measure",
    "Membership",
    "MoneyKind",
    "OpenSession",
    "Origin",
    "Partner",
    "Perimeter",
    "Point",
    "PointKind",
    "Programme",
    "ProjectLink",
    "Proposal",
    "ProposalState",
    "Reading",
    "ReadingState",
    "Refusal",
    "ReviewRole",
    "Role",
    "Scenario",
    "Security",
    "Signatory",
    "SourceFile",
    "SourceOrigin",
    "Standing",
    "Subject",
    "Taken",
    "Territory",
    "TerritoryKind",
    "ThemeLabel",
    "ThemeReview",
    "Valuation",
    "Verdict",
    "Verification",
    "VerificationDecision",
    "VerificationFile",
    "VerificationNote",
    "check_siren",
]
