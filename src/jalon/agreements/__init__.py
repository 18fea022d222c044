"""Pages of a document to an agreement and its actions, each value with its page, box and quote."""

from jalon.agreements.model import Action, Agreement, Evidence, Field
from jalon.agreements.reading import VERSION, read

__all__ = ["VERSION", "Action", "Agreement", "Evidence", "Field", "read"]
