"""What an address asks of a figure: which one, in which edition, as of which day, with which parameters."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict

from jalon.editions import Edition, open_edition
from jalon.errors import FigureError
from jalon.figures import Definition, Figure, permalink
from jalon.figures.permalink import ALSO, IN_ADDRESS
from jalon.home import home
from jalon.web.params import day, text
from jalon.web.published import published
from jalon.web.queries import figures as query


@dataclass(frozen=True, slots=True)
class Asked:
    """`fixed` is the edition that the address names, empty for the published one."""

    figure: str
    fixed: str
    edition: Edition
    as_of: date | None
    params: query.Parameters

    @property
    def definition(self) -> Definition:
        return query.definition(self.edition, self.figure)

    @property
    def value(self) -> Figure:
        return query.value(self.edition, self.figure, self.as_of, self.params)

    def link(self, page: str = "", *, latest: bool = False) -> str:
        """The lasting address, or that of the same figure in whatever edition is published."""
        return permalink(self.figure, "" if latest else self.edition.id, self.as_of, self.params, page)


def asked(request: HttpRequest, name: str) -> Asked:
    """`name` is "figure" or "figure@edition". Raises UnknownFigure, UnknownEdition, FigureError; marks the request."""
    found = asked_of(name, request.GET)
    if found.fixed:
        request.edition_shown = found.edition  # type: ignore[attr-defined]
    return found


def asked_of(name: str, question: QueryDict) -> Asked:
    figure, _, fixed = name.partition("@")
    edition = open_edition(home(), fixed) if fixed else published()
    definition = query.definition(edition, figure)
    return Asked(figure, fixed, edition, _as_of(question), _params(question, definition))


def _as_of(question: QueryDict) -> date | None:
    """The day asked for, `au` or `as_of`; None when none is. Raises FigureError for what is not a day."""
    name = "au" if question.get("au") else "as_of"
    as_of = day(question, name)
    if as_of is None and question.get(name):
        raise FigureError(
            f"not a day: {text(question, name)!r}",
            user_message=f"« {text(question, name)[:20]} » n’est pas une date.",
            mend="écrivez l’année, le mois et le jour, par exemple ?au=2020-02-24, ou enlevez la date de l’adresse.",
        )
    return as_of


def _params(question: QueryDict, definition: Definition) -> query.Parameters:
    """The parameters that the figure takes, when the address gives them, in the order of addresses."""
    found: list[tuple[str, str | int]] = []
    for name, written in IN_ADDRESS.items():
        if name != "programme" and name not in definition.parameters:
            continue
        value = text(question, written) or text(question, ALSO.get(name, written))
        if name == "programme" and value == definition.programme:
            continue
        if value:
            number = name == "year" and value.isascii() and value.isdigit() and len(value) < 6
            found.append((name, int(value) if number else value))
    return tuple(found)
