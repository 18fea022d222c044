"""Programmes as data: a folder each, checked by strict models; adding one is adding a folder."""

from jalon.programmes.folder import Report, check, load
from jalon.programmes.issues import Issue
from jalon.programmes.model import (
    Amount,
    Axis,
    Beneficiary,
    Call,
    DeclaredFact,
    Envelope,
    Group,
    Laureate,
    Milestone,
    Partner,
    Programme,
    Reference,
    Target,
    Words,
)
from jalon.programmes.shelf import add, folders, programmes

__all__ = [
    "Amount",
    "Axis",
    "Beneficiary",
    "Call",
    "DeclaredFact",
    "Envelope",
    "Group",
    "Issue",
    "Laureate",
    "Milestone",
    "Partner",
    "Programme",
    "Reference",
    "Report",
    "Target",
    "Words",
    "add",
    "check",
    "folders",
    "load",
    "programmes",
]
