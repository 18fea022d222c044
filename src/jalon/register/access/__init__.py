"""Who may do what: the one place that decides, for pages, API and commands."""

from jalon.register.access.deciding import can, demand, may_at_all
from jalon.register.access.verbs import Verb

__all__ = ["Verb", "can", "demand", "may_at_all"]
