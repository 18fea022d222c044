"""The log of exports of what is not published."""

from django.contrib.auth.models import User
from django.http import HttpRequest

from jalon.register.access.deciding import demand
from jalon.register.access.verbs import Verb
from jalon.register.models import Taken


def taken(request: HttpRequest, what: str, rows: int) -> Taken:
    """Write who takes `rows` rows of `what`, a French noun, before they leave. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User):
        demand(user, Verb.EXPORT)
        raise AssertionError("unreachable: a stranger may not export")
    return Taken.objects.create(user=user, what=what, address=request.get_full_path()[:500], rows=rows)
