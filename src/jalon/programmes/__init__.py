"""Programmes as data: a folder each, checked by strict models; adding one is adding a folder."""

from jalon.programmes.folder import Report, check, load
from jalon.programmes.issues import Issue
from jalon.programmes.model import (
    Amount,
    Axis,
    Beneficiary,
    DeclaredFact,
    Envelope,
    Group,
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
    "DeclaredFact",
    "Envelope",
    "Group",
    "Issue",
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
